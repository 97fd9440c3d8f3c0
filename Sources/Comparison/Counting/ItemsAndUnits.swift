package import Agreement
package import Standoff

/// One document with the annotations to compare, divided into items and units.
struct ItemsAndUnits {
  struct AnnotatorColumn {
    /// The annotator's place in the plan.
    let annotator: Int
    /// The spans whose labels count, as units with the labels' places.
    let units: [UnitizingStudy.Unit]
    /// The ids of these spans.
    let ids: [Int]
    /// The attributes as they count, by the ids of spans.
    let attributes: [Int: [String: String]]
    let relations: [Relation]
    /// The attributes of the document as a whole.
    let ofDocument: [String: String]
    /// The offset, in code points, from which values are missing; the text's length if the annotator is done.
    let limit: Int

    /// - Parameter labels: those that count, in the scheme's order.
    init(
      annotator: Int, spans: [Annotation], labels: [String], attributes: [Int: [String: String]],
      relations: [Relation], ofDocument: [String: String], limit: Int
    ) {
      var (units, ids): ([UnitizingStudy.Unit], [Int]) = ([], [])
      units.reserveCapacity(spans.count)
      ids.reserveCapacity(spans.count)
      for span in spans {
        guard let label = labels.firstIndex(of: span.label) else { continue }
        units.append(span.unit(label: label))
        ids.append(span.id)
      }
      (self.annotator, self.units, self.ids, self.attributes) = (annotator, units, ids, attributes)
      (self.relations, self.ofDocument, self.limit) = (relations, ofDocument, limit)
    }
  }

  let document: Document
  /// The labels that count, in the scheme's order.
  let labels: [String]
  /// The annotations of each annotator of the document and how far they count.
  let columns: [AnnotatorColumn]
  /// Ranges in which nothing is an item.
  let leftOut: [TextRange]
  let sentences: [TextRange]
  /// The words as ranges of code points.
  private let tokens: [Range<Int>]
  /// The words that count; empty unless they are compared.
  private let words: [TextRange]

  /// - Parameter hasWords: whether words are compared.
  init(document: Document, labels: [String], columns: [AnnotatorColumn], leftOut: [TextRange], hasWords: Bool) {
    self.document = document
    self.labels = labels
    self.columns = columns
    self.leftOut = leftOut
    let found = document.sentences
    sentences = (0..<found.count).map { found[$0] }
    let all = hasWords ? Words.ranges(in: document.text.range, of: document.text) : []
    words = leftOut.isEmpty ? all : all.filter { !$0.lies(in: leftOut) }
    tokens = words.map { $0.start..<$0.end }
  }

  private init(_ other: ItemsAndUnits, columns: [AnnotatorColumn]) {
    (document, labels, self.columns) = (other.document, other.labels, columns)
    (leftOut, sentences, words, tokens) = (other.leftOut, other.sentences, other.words, other.tokens)
  }

  /// The same without one annotator, by the place in the plan; nil for nobody.
  func without(_ annotator: Int?) -> ItemsAndUnits {
    guard let annotator else { return self }
    return ItemsAndUnits(self, columns: columns.filter { $0.annotator != annotator })
  }

  // MARK: items

  /// Consecutive items on which every annotator has the same value: a bit for each label that covers a code point of
  /// the item.
  struct Stretch {
    /// The value of an item that the annotator has not read; at most 63 labels count, so that no other has all bits.
    static let missing = UInt64.max

    var range: TextRange
    var items: Int
    let masks: [UInt64]
    /// The index of the sentence in which the first item begins.
    let sentence: Int
  }

  /// All items in reading order; a new stretch begins with each sentence.
  func stretches(_ unit: ItemKind) -> [Stretch] {
    let ranges = ranges(unit)
    let values = columns.map { masks($0, ranges) }
    let starts = sentences.map(\.start)
    var stretches: [Stretch] = []
    var (sentence, current) = (0, [UInt64](repeating: 0, count: columns.count))
    for (index, range) in ranges.enumerated() {
      var isSame = !stretches.isEmpty
      for column in columns.indices {
        let mask = values[column][index]
        if current[column] != mask {
          current[column] = mask
          isSame = false
        }
      }
      while sentence + 1 < starts.count, range.start >= starts[sentence + 1] {
        sentence += 1
        isSame = false
      }
      let items = unit == .character ? range.count : 1
      if isSame {
        stretches[stretches.count - 1].items += items
        stretches[stretches.count - 1].range = TextRange(stretches[stretches.count - 1].range.start, range.end)
      } else {
        stretches.append(Stretch(range: range, items: items, masks: current, sentence: sentence))
      }
    }
    return stretches
  }

  private func ranges(_ unit: ItemKind) -> [TextRange] {
    if unit == .word { return words }
    let all = allRanges(unit)
    return leftOut.isEmpty ? all : all.filter { !$0.lies(in: leftOut) }
  }

  private func allRanges(_ unit: ItemKind) -> [TextRange] {
    switch unit {
    case .sentence: return sentences
    case .word: return words
    case .character:
      var borders = [0, document.text.count] + sentences.map(\.start) + leftOut.flatMap { [$0.start, $0.end] }
      for column in columns {
        borders.append(column.limit)
        for unit in column.units {
          Self.forEachFragment(of: unit) { fragment in
            borders.append(fragment.lowerBound)
            borders.append(fragment.upperBound)
          }
        }
      }
      borders.sort()
      return zip(borders, borders.dropFirst()).compactMap { $0 < $1 ? TextRange($0, $1) : nil }
    }
  }

  /// The value of each item: a bit for each label that covers a code point of it; missing beyond the limit.
  private func masks(_ column: AnnotatorColumn, _ items: [TextRange]) -> [UInt64] {
    var masks = [UInt64](repeating: 0, count: items.count)
    for (index, item) in items.enumerated() where item.end > column.limit { masks[index] = Stretch.missing }
    for unit in column.units {
      Self.forEachFragment(of: unit) { fragment in
        var (low, high) = (0, items.count)
        while low < high {
          let middle = (low + high) / 2
          if items[middle].end <= fragment.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low < items.count, items[low].start < fragment.upperBound {
          masks[low] |= 1 << UInt64(unit.label)
          low += 1
        }
      }
    }
    return masks
  }

  private static func forEachFragment(of unit: UnitizingStudy.Unit, _ body: (Range<Int>) -> Void) {
    if unit.isContinuous { return body(unit.hull) }
    for fragment in unit.fragments { body(fragment) }
  }

  // MARK: units

  /// An annotator's units of the labels that count, with their attributes and relations.
  struct Layer {
    let units: [UnitizingStudy.Unit]
    /// The units of each label.
    let ofLabel: [[UnitizingStudy.Unit]]
    let relations: RelationStudy.Layer
    let attributes: AttributeStudy.Layer
    /// The words under each span, all labels together.
    let pieces: [TokenStudy.Piece]

    /// The words under the spans of a label; nil for all.
    func words(_ label: Int?) -> [TokenStudy.Piece] {
      label.map { label in pieces.filter { $0.label == label } } ?? pieces
    }
  }

  /// The continuum, as far as all annotators of the document have read.
  var continuum: UnitizingStudy.Continuum {
    let limit = columns.map(\.limit).min() ?? 0
    return UnitizingStudy.Continuum(
      length: limit, units: columns.map { column in column.units.filter { $0.hull.upperBound <= limit } })
  }

  /// An annotator's layer, as far as two annotators have both read.
  ///
  /// - Parameter values: numbers for the attributes' values so far; equal values share a number.
  func layer(_ column: AnnotatorColumn, upTo limit: Int, _ setting: PairMeasures, _ values: inout [String: Int])
    -> Layer
  {
    let chosen = column.units.indices.filter { column.units[$0].hull.upperBound <= limit }
    let units = chosen.map { column.units[$0] }
    var ofLabel = [[UnitizingStudy.Unit]](repeating: [], count: labels.count)
    for unit in units { ofLabel[unit.label].append(unit) }
    let places =
      column.relations.isEmpty
      ? [:] : Dictionary(chosen.enumerated().map { (column.ids[$1], $0) }) { first, _ in first }
    let relations = column.relations.compactMap { relation -> RelationStudy.Relation? in
      guard let type = setting.types.firstIndex(of: relation.type), let from = places[relation.from] else { return nil }
      switch relation.to {
      case .absent: return RelationStudy.Relation(type: type, from: from, to: nil)
      case .span(let id): return places[id].map { RelationStudy.Relation(type: type, from: from, to: $0) }
      }
    }
    let none = [Int?](repeating: nil, count: setting.attributes.count)
    var rows: [[Int?]] = []
    rows.reserveCapacity(chosen.count)
    for place in chosen {
      rows.append(none)
      for (name, value) in column.attributes[column.ids[place]] ?? [:] {
        guard let attribute = setting.attributes.firstIndex(of: name) else { continue }
        let number = values[value] ?? values.count
        if number == values.count { values[value] = number }
        rows[rows.count - 1][attribute] = number
      }
    }
    return Layer(
      units: units, ofLabel: ofLabel, relations: RelationStudy.Layer(units: units, relations: relations),
      attributes: AttributeStudy.Layer(units: units, values: rows),
      pieces: TokenStudy.pieces(of: units, tokens: tokens))
  }
}

extension Annotation {
  /// This span as a unit of a continuum.
  func unit(label: Int) -> UnitizingStudy.Unit {
    isDiscontinuous
      ? UnitizingStudy.Unit(fragments: fragments.map { $0.start..<$0.end }, label: label)
      : UnitizingStudy.Unit(hull.start..<hull.end, label: label)
  }

  /// This span as a unit whose label is its index in the scheme.
  package func unit(in scheme: Scheme) -> UnitizingStudy.Unit { unit(label: scheme.index(ofLabel: label) ?? 0) }
}
