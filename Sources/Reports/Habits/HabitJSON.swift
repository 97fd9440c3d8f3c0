import Comparison
import JSONText
import Standoff

/// Habits as JSON.
extension Differences {
  func writeHabits(to writer: inout JSONWriter) {
    writer.array("habits", .block) { writer in
      for habit in habits { write(habit, to: &writer) }
    }
  }

  private func write(_ habit: Habit, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.strings("annotators", habit.annotators)
      writer.integer("chances", habit.chances)
      writer.string("deed", habit.deed.name)
      if let edge = habit.deed.edge { writer.string("edge", edge.rawValue) }
      writer.number("f1", habit.settled)
      writer.string("label", habit.label)
      if let object = habit.deed.object { writer.string("object", object) }
      writer.strings("others", habit.others)
      writer.array("places") { writer in
        for place in habit.places {
          let part = parts[place.document]
          let hull = part.alignment.groups[place.group].hull
          writer.object { writer in
            writer.string("document", part.document.id)
            writer.integer("end", hull.end)
            writer.integer("sentence", sentence(of: place))
            writer.integer("start", hull.start)
          }
        }
      }
      writer.string("sentence", habit.sentence)
      if case .saysAlways(_, let value) = habit.deed { writer.string("value", value) }
      if case .respells(_, let way) = habit.deed { writer.string("value", way.rawValue) }
      if case .says(_, let pairs) = habit.deed {
        writer.array("values") { writer in
          for pair in pairs {
            writer.object { writer in
              writer.integer("count", pair.count)
              writer.string("others", pair.others)
              writer.string("own", pair.own)
            }
          }
        }
      }
    }
  }
}

extension Habit.Deed {
  fileprivate var name: String {
    switch self {
    case .leavesOut: "leaves-out"
    case .isShorter: "shorter"
    case .missing: "missing"
    case .labels: "label"
    case .splits: "split"
    case .leavesUnset: "unset"
    case .says: "values"
    case .saysAlways: "one-value"
    case .respells: "spelling"
    case .relation: "relation"
    }
  }

  fileprivate var edge: SpanEdge? {
    switch self {
    case .leavesOut(_, let edge), .isShorter(let edge): edge
    default: nil
    }
  }

  /// The part of the words, the own label, the attribute or the relation that the deed is about.
  fileprivate var object: String? {
    switch self {
    case .leavesOut(let part, _): part.rawValue
    case .missing(.pronoun): "pronoun"
    case .missing(.noun), .missing(.reportingNoun): "noun"
    case .missing(.short): "short"
    case .missing(.quoting): "quoting"
    case .missing(.gerund): "-ing"
    case .missing(.unnamed): "unnamed"
    case .missing(.nested): "nested"
    case .splits(.stop): "stop"
    case .splits(.quotations): "quotations"
    case .respells(let attribute, _): attribute
    case .missing(.words(let words)): words
    case .saysAlways(let attribute, _): attribute
    case .labels(let label): label
    case .leavesUnset(let attribute), .says(let attribute, _): attribute
    case .relation(let type): type
    case .isShorter, .missing(.any), .splits(.any): nil
    }
  }
}
