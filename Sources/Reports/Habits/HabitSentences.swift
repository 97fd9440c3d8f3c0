package import Comparison
import Standoff
package import Pages

/// Habits in words.
extension Habit {
  /// What is done, by whom, and where: “ben ends claims before the trailing clause, ana does not: 31 of 40”.
  package var sentence: String {
    if case .says(let attribute, let pairs) = deed { return said(attribute, pairs) }
    if case .labels(let own) = deed {
      let (have, haveOthers) = (annotators.count == 1 ? "has" : "have", others.count == 1 ? "has" : "have")
      return
        "\(Complaint.list(annotators)) \(have) \(Self.plural(own)) where \(Complaint.list(others)) \(haveOthers) \(spans): "
        + "\(places.count) of \(chances)"
    }
    let doNot = others.count == 1 ? "does not" : "do not"
    return
      "\(Complaint.list(annotators)) \(act(annotators.count == 1 ? "s" : "")), \(Complaint.list(others)) \(doNot): "
      + "\(places.count) of \(chances)"
  }

  /// The values of an attribute that meet: “about: ana’s “a” is ben’s “b” (25), “c” is “d” (16)”.
  private func said(_ attribute: String, _ pairs: [ValuePair]) -> String {
    let shown = pairs.prefix(3).map {
      "“\(Complaint.shortened($0.own))” is “\(Complaint.shortened($0.others))” (\($0.count))"
    }
    let more = pairs.count > 3 ? ", and \(counted(pairs.count - 3, "more pair"))" : ""
    return
      "\(attribute): \(annotators.joined()) and \(others.joined()) name the same things differently, "
      + "\(shown.joined(separator: ", "))\(more); on \(places.count) of \(counted(chances, "span"))"
  }

  /// What is done, as a verb with its object.
  ///
  /// - Parameter ending: that of the verb, for one annotator or for several.
  private func act(_ ending: String) -> String {
    switch deed {
    case .leavesOut(let part, .start): "begin\(ending) \(spans) after \(Self.words(for: part))"
    case .leavesOut(let part, .end): "end\(ending) \(spans) before \(Self.words(for: part))"
    case .isShorter(.start): "begin\(ending) \(spans) later"
    case .isShorter(.end): "end\(ending) \(spans) earlier"
    case .missing(let trait): "leave\(ending) \(spans) unmarked\(Self.clause(for: trait))"
    case .labels(let own): "mark\(ending) \(spans) as \(Self.plural(own))"
    case .splits(.any): "split\(ending) \(spans)"
    case .splits(.stop): "split\(ending) \(spans) at a comma or full stop"
    case .splits(.quotations): "split\(ending) \(spans) between quotations"
    case .respells(let attribute, .lastWords): "set\(ending) \(attribute) to the last words of what others set"
    case .respells(let attribute, .letterCase): "write\(ending) \(attribute) all in capitals, or in none"
    case .leavesUnset(let attribute): "leave\(ending) \(attribute) unset\(label.map { " on \(Self.plural($0))" } ?? "")"
    case .saysAlways(let attribute, let value):
      "set\(ending) \(attribute) to “\(Complaint.shortened(value))” whatever others set"
    case .says(let attribute, _): "name\(ending) \(attribute) differently"
    case .relation(let type): "draw\(ending) no \(type)\(label.map { " from \(Self.plural($0))" } ?? "")"
    }
  }

  private static func clause(for trait: SpanTrait) -> String {
    switch trait {
    case .any: ""
    case .pronoun: " that are pronouns"
    case .noun, .reportingNoun: " that are nouns"
    case .gerund: " that end in “-ing”"
    case .unnamed: " that are no names"
    case .nested: " that lie inside others"
    case .short: " that are short"
    case .quoting: " that have quotation marks"
    case .words(let words): " that read “\(words)”"
    }
  }

  private var spans: String { label.map(Self.plural) ?? "spans" }

  private static func plural(_ label: String) -> String {
    label.last?.isLetter == true && label.last?.isLowercase == true && !label.hasSuffix("s")
      ? label + "s" : "“\(label)” spans"
  }

  private static func words(for part: EdgeFeature) -> String {
    switch part {
    case .quotationMark: "the quotation mark"
    case .parenthesis: "the parenthesis"
    case .determiner: "the determiner"
    case .title: "the title"
    case .description: "what stands before the name"
    case .infinitive: "“to”"
    case .auxiliary: "a word like “has” or “clearly”"
    case .subordinator: "a word like “that”"
    case .conjunction: "a word like “and”"
    case .leadingClause: "the leading clause"
    case .punctuation: "the punctuation"
    case .trailingClause: "the trailing clause"
    }
  }
}

extension Habit.Deed {
  /// The attribute that it is about; nil if it is about spans or relations.
  fileprivate var attribute: String? {
    switch self {
    case .leavesUnset(let name), .saysAlways(let name, _), .says(let name, _), .respells(let name, _): name
    default: nil
    }
  }

  /// The command that settles it for good; nil if there is none.
  fileprivate var settlement: (command: String, kept: String)? {
    guard case .says(let attribute, let pairs) = self, attribute == "about" || attribute == "speaker",
      let pair = pairs.first
    else { return nil }
    func quoted(_ value: String) -> String { "'\(value.replacing("'", with: "'\\''"))'" }
    return ("gainsay lists --same \(attribute) \(quoted(pair.others)) \(quoted(pair.own))", pair.others)
  }
}

extension Differences {
  /// A habit as lines: what is done, what settling it would bring, examples, and the command that lists its places.
  ///
  /// - Parameters:
  ///   - number: its number among ``Differences/habits``, counted from 1.
  ///   - examples: how many examples to show.
  ///   - now: the present exact F1 over all pairs, their counts added.
  package func lines(of habit: Habit, number: Int, examples: Int, now: Double?) -> [Page.Line] {
    var lines = [Page.Line("\(number). \(habit.sentence)\(gain(of: habit, now))", indent: 3)]
    if let (command, kept) = habit.deed.settlement {
      lines.append(Page.Line("   “\(command)” keeps “\(kept)” for both.", indent: 5))
    }
    for place in habit.places.prefix(examples) {
      lines.append(Page.Line("   \(example(of: habit, place))", style: .dim, indent: 5).cut(to: ScreenPage.columns))
    }
    return lines
  }

  /// What settling a habit would bring; empty if nothing.
  func gain(of habit: Habit, _ now: Double?) -> String {
    guard let settled = habit.settled, let now else { return "" }
    return "; settled, F1 \(Decimals.rounded(now, places: 2)) → \(Decimals.rounded(settled, places: 2))"
  }

  /// The number of the sentence in which a place begins, counted from 1.
  func sentence(of place: Habit.Place) -> Int {
    let part = parts[place.document]
    return (part.document.sentences.index(at: part.alignment.groups[place.group].hull.start) ?? 0) + 1
  }

  /// A place of a habit in a few words, with each version.
  func example(of habit: Habit, _ place: Habit.Place) -> String {
    let part = parts[place.document]
    let spans = part.alignment.groups[place.group]
    let edge: SpanEdge? =
      switch habit.deed {
      case .leavesOut(_, let edge), .isShorter(let edge): edge
      default: nil
      }
    let versions = part.annotators.enumerated().compactMap { layer, name -> String? in
      guard habit.annotators.contains(name) || habit.others.contains(name), let held = spans.spans[layer] else {
        return nil
      }
      guard let first = held.first else { return "\(name) –" }
      if let attribute = habit.deed.attribute {
        let value = part.alignment.layers[layer].attributes[first.id]?[attribute]
        return "\(name) \(value.map { "“\(Self.shortened($0, at: nil))”" } ?? "–")"
      }
      let words = part.document.text.onOneLine(first.hull)
      let label = habit.label == nil || spans.labels.count > 1 ? "\(first.label) " : ""
      return "\(name) \(label)‹\(Self.shortened(words, at: edge))›"
    }
    let words =
      habit.deed.attribute == nil ? "" : " ‹\(Self.shortened(part.document.text.onOneLine(spans.hull), at: nil))›"
    return "\(part.document.id) \(sentence(of: place))\(words): \(versions.joined(separator: " · "))"
  }

  /// Words cut so that the edge in question stays.
  private static func shortened(_ words: String, at edge: SpanEdge?) -> String {
    let limit = 24
    guard words.count > limit else { return words }
    return switch edge {
    case .start: "\(words.prefix(limit))…"
    case .end: "…\(words.suffix(limit))"
    case nil: "\(words.prefix(limit / 2))…\(words.suffix(limit / 2))"
    }
  }
}
