import Agreement
import Standoff

/// The contribution of one document to a study: all that is kept of it after reading.
package struct DocumentContribution {
  /// The number of items with each combination of values, by annotator.
  typealias ItemCounts = [(masks: [UInt64], count: Int)]

  /// The counts that two annotators, by index, have in common for each pairwise measure.
  struct Pair {
    let first: Int
    let second: Int
    let counts: [[Int32]]
  }

  /// The longest stretch of words where one annotator has one value and another a different one.
  package struct Example {
    package let words: Int
    package let document: String
    package let text: String
    package let first: Int
    package let second: Int
    let firstMask: UInt64

    /// The same example with the annotators' indices replaced.
    func between(_ first: Int, _ second: Int) -> Example {
      Example(words: words, document: document, text: text, first: first, second: second, firstMask: firstMask)
    }
  }

  /// Two different sets of labels, the one with the smaller bits first.
  struct Difference: Hashable {
    let low: UInt64
    let high: UInt64

    init(_ a: UInt64, _ b: UInt64) {
      low = min(a, b)
      high = max(a, b)
    }
  }

  /// What an annotator says of the document as a whole.
  struct Said {
    let attributes: [String: String]
    /// Whether the annotator is done, so that an attribute that is not set is a value, too.
    let isWhole: Bool
  }

  let document: String
  /// What each annotator says of the document; nil for those without a file.
  let said: [Said?]
  /// The counts for each unit, in one part or, where sentences are resampled, in several.
  private(set) var parts: [[ItemCounts]] = []
  private(set) var pairs: [Pair] = []
  /// The continuum; nil if no measure of it is wanted.
  let continuum: UnitizingStudy.Continuum?
  /// The labels of overlapping spans of two annotators: a square of labels and none, summed over pairs.
  private(set) var confusion: [Int]
  private(set) var examples: [Difference: Example] = [:]

  /// - Parameter bySentence: whether each sentence is a part of its own.
  /// - Throws: what is wrong with an annotator's units.
  init(
    _ compared: ItemsAndUnits, _ units: [ItemKind], _ rows: [PairMeasure], _ setting: PairMeasures,
    hasContinuum: Bool, bySentence: Bool
  ) throws(Undefined) {
    document = compared.document.id
    said = compared.columns.map { column in
      column.map { Said(attributes: $0.ofDocument, isWhole: $0.limit == compared.document.text.count) }
    }
    continuum = hasContinuum ? compared.continuum : nil
    confusion = [Int](repeating: 0, count: (setting.labels.count + 1) * (setting.labels.count + 1))
    for unit in units {
      let stretches = compared.stretches(unit)
      parts.append(Self.parts(stretches, bySentence ? compared.sentences.count : 1))
      if unit == .word { exemplify(stretches, compared) }
    }
    let present = compared.columns.indices.filter { compared.columns[$0] != nil }
    if rows.isEmpty {
      pairs = present.flatMap { first in
        present.filter { $0 > first }.map { Pair(first: first, second: $0, counts: []) }
      }
    } else {
      try pair(compared, rows, setting)
    }
  }

  private static func parts(_ stretches: [ItemsAndUnits.Stretch], _ count: Int) -> [ItemCounts] {
    var parts = [ItemCounts](repeating: [], count: max(1, count))
    var (places, current): ([[UInt64]: Int], Int) = ([:], 0)
    for stretch in stretches {
      if count > 1, stretch.sentence != current {
        current = stretch.sentence
        places = [:]
      }
      let part = count > 1 ? current : 0
      if let place = places[stretch.masks] {
        parts[part][place].count += stretch.items
      } else {
        places[stretch.masks] = parts[part].count
        parts[part].append((stretch.masks, stretch.items))
      }
    }
    return parts
  }

  private mutating func pair(
    _ compared: ItemsAndUnits, _ rows: [PairMeasure], _ setting: PairMeasures
  ) throws(Undefined) {
    var values: [String: Int] = [:]
    let layers = compared.columns.map { column in
      column.map { compared.layer($0, upTo: $0.limit, setting, &values) }
    }
    for first in layers.indices {
      for second in layers.indices where second > first {
        guard let one = compared.columns[first], let other = compared.columns[second], var ours = layers[first],
          var theirs = layers[second], min(one.limit, other.limit) > 0
        else { continue }
        if one.limit > other.limit { ours = compared.layer(one, upTo: other.limit, setting, &values) }
        if other.limit > one.limit { theirs = compared.layer(other, upTo: one.limit, setting, &values) }
        let aligned = Alignment(ours.units, theirs.units, by: setting.aligned)
        var counts: [[Int32]] = []
        for row in rows {
          counts.append(try row.counts(ours, theirs, aligned, setting).map { Int32(truncatingIfNeeded: $0) })
        }
        pairs.append(Pair(first: first, second: second, counts: counts))
        confuse(ours.units, theirs.units, setting.labels.count)
      }
    }
  }

  private mutating func confuse(
    _ ours: [UnitizingStudy.Unit], _ theirs: [UnitizingStudy.Unit], _ labels: Int
  ) {
    var (isAlone, isLeft) = ([Bool](repeating: true, count: ours.count), [Bool](repeating: true, count: theirs.count))
    // Where possible, a span is aligned with one of the same label.
    for pair in Alignment(ours, theirs, by: .type).pairs {
      isAlone[pair.first] = false
      isLeft[pair.second] = false
      confusion[ours[pair.first].label * (labels + 1) + theirs[pair.second].label] += 1
    }
    for unit in ours.indices where isAlone[unit] { confusion[ours[unit].label * (labels + 1) + labels] += 1 }
    for unit in theirs.indices where isLeft[unit] { confusion[labels * (labels + 1) + theirs[unit].label] += 1 }
  }

  /// Finds the longest stretch of words for each difference between two annotators.
  private mutating func exemplify(_ stretches: [ItemsAndUnits.Stretch], _ compared: ItemsAndUnits) {
    var longest: [Difference: (words: Int, first: Int, second: Int, stretches: Range<Int>)] = [:]
    let present = compared.columns.indices.filter { compared.columns[$0] != nil }
    for first in present {
      for second in present where second > first {
        var (start, words) = (0, 0)
        for index in stretches.indices {
          let (one, other) = (stretches[index].masks[first], stretches[index].masks[second])
          if one != stretches[start].masks[first] || other != stretches[start].masks[second] {
            (start, words) = (index, 0)
          }
          words += stretches[index].items
          guard one != other, one != ItemsAndUnits.Stretch.missing, other != ItemsAndUnits.Stretch.missing else {
            continue
          }
          let difference = Difference(one, other)
          if words > longest[difference]?.words ?? 0 {
            longest[difference] = (words, first, second, start..<index + 1)
          }
        }
      }
    }
    for (difference, found) in longest {
      let range = TextRange(
        stretches[found.stretches.lowerBound].range.start, stretches[found.stretches.upperBound - 1].range.end)
      let words = Words.ranges(in: range, of: compared.document.text)
      let shown = TextRange(range.start, words[min(words.count, 12) - 1].end)
      examples[difference] = Example(
        words: found.words, document: document,
        text: compared.document.text[shown] + (words.count > 12 ? " …" : ""), first: found.first,
        second: found.second, firstMask: stretches[found.stretches.lowerBound].masks[found.first])
    }
  }
}
