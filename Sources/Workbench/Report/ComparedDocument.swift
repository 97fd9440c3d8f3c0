import Agreement
import Standoff

/// One document with the annotations that are compared, and what is an item and a unit of it: the only place that says so.
struct ComparedDocument {
  enum Unit: String, CaseIterable { case character, word, sentence }

  struct Column {
    let spans: [Annotation]
    let relations: [Relation]
    /// Code points from here on are missing; the whole text where the annotator is done.
    let limit: Int
  }

  let document: Document
  let scheme: Scheme
  /// The labels that count, in the scheme's order.
  let labels: [String]
  /// For each annotator of the comparison the annotations and how far they count; nil where there are none.
  let columns: [Column?]

  /// What each annotator says of a stretch of items: a bit for each label that covers a code point of it, nil where the
  /// value is missing.
  struct Row: Hashable {
    let masks: [UInt64?]
  }

  // MARK: items

  /// Items in reading order with their values; of characters, stretches in which no annotator's value changes and which
  /// lie in one sentence.
  func items(_ unit: Unit) -> [(range: TextRange, row: Row)] {
    let ranges = ranges(unit)
    let values = columns.map { column in column.map { masks($0, ranges) } }
    return ranges.enumerated().map { index, range in (range, Row(masks: values.map { $0?[index] ?? nil })) }
  }

  /// How many items a stretch is.
  static func count(_ range: TextRange, _ unit: Unit) -> Int { unit == .character ? range.count : 1 }

  private func ranges(_ unit: Unit) -> [TextRange] {
    switch unit {
    case .sentence: return sentences
    case .word: return Words.ranges(in: document.text.range, of: document.text)
    case .character:
      var borders = [0, document.text.count] + sentences.map(\.start)
      for case let column? in columns {
        borders.append(column.limit)
        for fragment in column.spans.lazy.flatMap(\.fragments) { borders += [fragment.start, fragment.end] }
      }
      borders.sort()
      return zip(borders, borders.dropFirst()).compactMap { $0 < $1 ? TextRange($0, $1) : nil }
    }
  }

  var sentences: [TextRange] { (0..<document.sentences.count).map { document.sentences[$0] } }

  /// For each item a bit for each label that covers a code point of it; nil beyond the limit.
  private func masks(_ column: Column, _ items: [TextRange]) -> [UInt64?] {
    var masks = [UInt64?](repeating: 0, count: items.count)
    for (index, item) in items.enumerated() where item.end > column.limit { masks[index] = nil }
    for span in column.spans {
      guard let bit = labels.firstIndex(of: span.label) else { continue }
      for fragment in span.fragments {
        var (low, high) = (0, items.count)
        while low < high {
          let middle = (low + high) / 2
          if items[middle].end <= fragment.start { low = middle + 1 } else { high = middle }
        }
        while low < items.count, items[low].start < fragment.end {
          if let mask = masks[low] { masks[low] = mask | 1 << UInt64(bit) }
          low += 1
        }
      }
    }
    return masks
  }

  // MARK: units

  /// What an annotator has marked under the labels that count, as far as two annotators have read.
  func spans(_ column: Column, upTo limit: Int) -> [Annotation] {
    column.spans.filter { labels.contains($0.label) && $0.hull.end <= limit }
  }

  func unit(_ span: Annotation) -> UnitizingStudy.Unit {
    let label = labels.firstIndex(of: span.label) ?? labels.count
    return span.isDiscontinuous
      ? UnitizingStudy.Unit(fragments: span.fragments.map { $0.start..<$0.end }, label: label)
      : UnitizingStudy.Unit(span.hull.start..<span.hull.end, label: label)
  }

  /// The relations between spans that count.
  func layer(_ column: Column, upTo limit: Int) -> RelationStudy.Layer {
    let spans = spans(column, upTo: limit)
    let places = Dictionary(spans.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let relations = column.relations.compactMap { relation -> RelationStudy.Relation? in
      guard let type = scheme.relations.firstIndex(where: { $0.name == relation.type }),
        let from = places[relation.from]
      else { return nil }
      switch relation.to {
      case .absent: return RelationStudy.Relation(type: type, from: from, to: nil)
      case .span(let id): return places[id].map { RelationStudy.Relation(type: type, from: from, to: $0) }
      }
    }
    return RelationStudy.Layer(units: spans.map(unit), relations: relations)
  }

  /// Which labels that count a type of relation may join.
  static func permissions(_ scheme: Scheme, _ labels: [String]) -> Set<RelationStudy.Permission> {
    var permissions: Set<RelationStudy.Permission> = []
    for (type, relation) in scheme.relations.enumerated() {
      for from in relation.from.compactMap(labels.firstIndex) {
        for to in relation.to.compactMap(labels.firstIndex) {
          permissions.insert(RelationStudy.Permission(type: type, from: from, to: to))
        }
      }
    }
    return permissions
  }
}
