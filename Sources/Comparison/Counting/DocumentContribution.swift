import Agreement
import Standoff

/// The contribution of one document to a study: all that is kept of it after reading.
package struct DocumentContribution: Sendable {
  /// The number of items with each combination of values, one of each annotator of the document.
  typealias ItemCounts = [(masks: [UInt64], count: Int)]

  /// The counts that two annotators, by their places in the plan, have in common for each pairwise measure in turn.
  struct Pair: Sendable {
    let first: Int
    let second: Int
    let counts: [Int]
  }

  /// How many aligned spans have these values of an attribute.
  struct Values: Sendable {
    /// The two annotators, by their places in the plan.
    let first: Int
    let second: Int
    /// The attribute, by its index among those of the plan.
    let attribute: Int
    /// The value that each of the two gave; nil for none. One is not nil.
    let values: [String?]
    let count: Int
  }

  /// The longest stretch of words where one annotator has one value and another a different one.
  package struct Example: Sendable {
    package let words: Int
    package internal(set) var document: String
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
  struct Difference: Hashable, Sendable {
    let low: UInt64
    let high: UInt64

    init(_ a: UInt64, _ b: UInt64) {
      low = min(a, b)
      high = max(a, b)
    }
  }

  /// What an annotator says of the document as a whole.
  struct Said: Sendable {
    let attributes: [String: String]
    /// Whether the annotator is done, so that an attribute that is not set is a value, too.
    let isWhole: Bool
  }

  /// What all annotators say of a document, and of how many documents they say it.
  struct Saying: Sendable {
    let said: [Said]
    var count = 1
  }

  var document = ""
  /// The annotators of the document but the one held apart, by their places in the plan, in order.
  var annotators: [Int] = []
  /// What the annotators say of the document, each in turn; several rows where documents were added up.
  var said: [Saying] = []
  /// The counts for each unit, in one part or, where sentences are resampled, in several.
  var parts: [[ItemCounts]] = []
  var pairs: [Pair] = []
  /// The attributes of aligned spans.
  var values: [Values] = []
  /// The lengths of segments, of all labels and then of each; nil if no measure of the continuum is wanted.
  var segments: Segments?
  /// The counts of a ``GammaTally`` of best alignments: for each kind, of all labels and then of each.
  var aligned: [SparseCounts] = []
  /// The continuum; nil unless the best alignments are still to be found.
  var continuum: UnitizingStudy.Continuum?
  /// The labels of overlapping spans of two annotators: a square of labels and none, summed over pairs.
  var confusion = SparseCounts()
  var examples: [Difference: Example] = [:]

  /// The lengths over which annotators have the same or different values.
  struct Segments: Sendable {
    /// For all labels together and then for each, the counts of a ``UnitizingTally``.
    var alphas: [SparseCounts]
    /// For the alpha of 1995.
    var lengths: SegmentLengths
    /// The first annotator whose spans with different labels overlap, by the place in the plan; nil if there is none.
    var overlapping: Int?
  }

  /// The contribution of nothing.
  init() {}

  /// - Parameter bySentence: whether each sentence is a part of its own.
  /// - Throws: what is wrong with an annotator's units.
  init(_ everyone: ItemsAndUnits, _ plan: CountingPlan, bySentence: Bool) throws(Undefined) {
    document = everyone.document.id
    let compared = everyone.without(plan.choice.heldApart.flatMap(plan.annotators.firstIndex))
    annotators = compared.columns.map(\.annotator)
    let length = compared.document.text.count
    said = [Saying(said: compared.columns.map { Said(attributes: $0.ofDocument, isWhole: $0.limit == length) })]
    if plan.choice.hasContinua, annotators.count > 1 {
      let found = compared.continuum
      segments = try Segments(found, annotators, labels: plan.labels.count)
      if plan.choice.keepsContinua { continuum = found }
      try align(found, plan)
    }
    for unit in plan.choice.units {
      let stretches = compared.stretches(unit)
      parts.append(Self.parts(stretches, bySentence ? compared.sentences.count : 1))
      if unit == .word { exemplify(stretches, compared) }
    }
    try pair(everyone, plan)
  }

  /// Drops what a narrower request does not need.
  mutating func choose(_ choice: CountingRequest, of plan: CountingPlan) {
    parts = choice.units.compactMap { plan.choice.units.firstIndex(of: $0).map { parts[$0] } }
    if !choice.units.contains(.word) { examples = [:] }
    if !choice.hasContinua { segments = nil }
    if !choice.hasAttributes { values = [] }
    if !choice.hasPairs {
      pairs = pairs.map { Pair(first: $0.first, second: $0.second, counts: []) }
      confusion = SparseCounts()
    }
  }

  /// Counts the best alignments of the continuum, if the plan wants them.
  private mutating func align(_ continuum: UnitizingStudy.Continuum, _ plan: CountingPlan) throws(Undefined) {
    guard let gamma = plan.choice.gamma else { return }
    let costs = gamma.setting.dissimilarity
    let dissimilarity = Dissimilarity(
      alpha: costs.alpha, beta: costs.beta, deltaEmpty: costs.deltaEmpty, categorical: plan.categorical)
    for isSoft in gamma.kinds {
      for label in [nil] + plan.labels.indices.map({ $0 as Int? }) {
        var study = UnitizingStudy(annotators: annotators.count)
        study.append(label.map { continuum.choosing(label: $0) } ?? continuum)
        var drawing = gamma.setting.drawing
        drawing.isSoft = isSoft
        let tallies = try GammaTally.tallies(of: study, by: dissimilarity, labels: plan.labels.count, drawing)
        aligned.append(SparseCounts(tallies.total.counts))
      }
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

  private mutating func pair(_ compared: ItemsAndUnits, _ plan: CountingPlan) throws(Undefined) {
    let annotators = compared.columns.map(\.annotator)
    let haveAttributes = plan.choice.hasAttributes && compared.columns.contains { !$0.attributes.isEmpty }
    guard !plan.rows.isEmpty || haveAttributes else {
      for (place, first) in annotators.enumerated() {
        for second in annotators[(place + 1)...] { pairs.append(Pair(first: first, second: second, counts: [])) }
      }
      return
    }
    let (setting, columns) = (plan.setting, compared.columns)
    var (values, valued): ([String: Int], [Valued: Int]) = ([:], [:])
    var confused = [Int](repeating: 0, count: (plan.labels.count + 1) * (plan.labels.count + 1))
    let layers = columns.map { compared.layer($0, upTo: $0.limit, setting, &values) }
    for first in columns.indices {
      for second in columns.indices where second > first {
        let (one, other) = (columns[first], columns[second])
        guard min(one.limit, other.limit) > 0 else { continue }
        var (ours, theirs) = (layers[first], layers[second])
        if one.limit > other.limit { ours = compared.layer(one, upTo: other.limit, setting, &values) }
        if other.limit > one.limit { theirs = compared.layer(other, upTo: one.limit, setting, &values) }
        let aligned = Alignment(ours.units, theirs.units, by: setting.aligned)
        var counts: [Int] = []
        for row in plan.rows { counts += try row.counts(ours, theirs, aligned, setting) }
        pairs.append(Pair(first: annotators[first], second: annotators[second], counts: counts))
        guard self.annotators.contains(annotators[first]), self.annotators.contains(annotators[second]) else {
          continue
        }
        if haveAttributes {
          for pair in aligned.pairs where pair.credit == 2 {
            for attribute in setting.attributes.indices {
              let value = Valued(
                first: annotators[first], second: annotators[second], attribute: attribute,
                one: ours.attributes.values[pair.first][attribute],
                other: theirs.attributes.values[pair.second][attribute])
              if value.one != nil || value.other != nil { valued[value, default: 0] += 1 }
            }
          }
        }
        if plan.rows.isEmpty { continue }
        Self.confuse(ours.units, theirs.units, plan.labels.count, &confused)
      }
    }
    confusion = SparseCounts(confused)
    let texts = Dictionary(values.map { ($1, $0) }) { first, _ in first }
    self.values = valued.map { value, count in
      Values(
        first: value.first, second: value.second, attribute: value.attribute,
        values: [value.one, value.other].map { $0.flatMap { texts[$0] } }, count: count)
    }.sorted()
  }

  /// The values of an attribute of two aligned spans, as numbers.
  private struct Valued: Hashable {
    let first, second, attribute: Int
    let one, other: Int?
  }

  private static func confuse(
    _ ours: [UnitizingStudy.Unit], _ theirs: [UnitizingStudy.Unit], _ labels: Int, _ confused: inout [Int]
  ) {
    var (isAlone, isLeft) = ([Bool](repeating: true, count: ours.count), [Bool](repeating: true, count: theirs.count))
    // Where possible, a span is aligned with one of the same label.
    for pair in Alignment(ours, theirs, by: .type).pairs {
      isAlone[pair.first] = false
      isLeft[pair.second] = false
      confused[ours[pair.first].label * (labels + 1) + theirs[pair.second].label] += 1
    }
    for unit in ours.indices where isAlone[unit] { confused[ours[unit].label * (labels + 1) + labels] += 1 }
    for unit in theirs.indices where isLeft[unit] { confused[labels * (labels + 1) + theirs[unit].label] += 1 }
  }

  /// Finds the longest stretch of words for each difference between two annotators.
  private mutating func exemplify(_ stretches: [ItemsAndUnits.Stretch], _ compared: ItemsAndUnits) {
    var longest: [Difference: (words: Int, first: Int, second: Int, stretches: Range<Int>)] = [:]
    for first in annotators.indices {
      for second in annotators.indices where second > first {
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
        text: compared.document.text[shown] + (words.count > 12 ? " …" : ""), first: annotators[found.first],
        second: annotators[found.second], firstMask: stretches[found.stretches.lowerBound].masks[found.first])
    }
  }
}

extension DocumentContribution.Segments {
  /// - Parameters:
  ///   - continuum: the units of the annotators of the document.
  ///   - annotators: their places in the plan.
  /// - Throws: what is wrong with the continuum.
  init(_ continuum: UnitizingStudy.Continuum, _ annotators: [Int], labels: Int) throws(Undefined) {
    let all = continuum.partition
    let zero = try UnitizingTally(labels: labels, annotators: annotators.count)
    alphas = [SparseCounts(try zero.counting(all).counts)]
    for label in 0..<labels {
      alphas.append(SparseCounts(try zero.counting(continuum.choosing(label: label).partition).counts))
    }
    lengths = SegmentLengths(all, labels: Array(0..<labels))
    lengths.annotators = annotators
    overlapping =
      zip(annotators, all.units).first { _, units in
        let sorted = (units ?? []).sorted { $0.hull.lowerBound < $1.hull.lowerBound }
        return zip(sorted, sorted.dropFirst()).contains { $0.hull.upperBound > $1.hull.lowerBound }
      }?.0
  }
}

extension DocumentContribution.Values: Comparable {
  static func < (a: Self, b: Self) -> Bool {
    let (one, other) = ([a.first, a.second, a.attribute], [b.first, b.second, b.attribute])
    if one != other { return one.lexicographicallyPrecedes(other) }
    for (one, other) in zip(a.values, b.values) where one != other {
      // No value comes before all.
      guard let one, let other else { return one == nil }
      return one.utf8.lexicographicallyPrecedes(other.utf8)
    }
    return false
  }
}
