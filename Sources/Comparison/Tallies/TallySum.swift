import Agreement
import JSONText
package import Pages
import Standoff

/// The counts of many documents added up: once as they are, and once for each resample of a Poisson bootstrap.
///
/// Sums of parts of a corpus add up to those of the whole, whatever the parts. A document that was counted in two parts
/// counts twice: nothing is kept by which that could be known.
package struct TallySum: Sendable {
  /// The greatest number of resamples.
  package static let mostResamples = 10_000

  /// The number of resamples.
  package let resamples: Int
  /// The seed of the weights.
  package let seed: UInt64
  /// For each thing counted (see ``Key``), the sum over all documents; where it is resampled, then those of the
  /// resamples.
  var sums: [String: [Int]] = [:]
  var annotators: Set<String> = []
  var versions: Set<String> = []
  /// For each difference, the longest example; of equally long ones, that of the first document by name.
  var examples: [DocumentContribution.Difference: DocumentContribution.Example] = [:]
  /// The first document, by name, in which an annotator's spans with different labels overlap.
  var overlapping: Overlapping?

  struct Overlapping: Equatable, Sendable {
    let document: String
    let annotator: Int
  }

  package init(resamples: Int, seed: UInt64) {
    self.resamples = resamples
    self.seed = seed
  }

  // MARK: adding

  /// Adds a document that could not be counted.
  package mutating func addRefused() { add(1, Key.refused) }

  /// Adds a document.
  package mutating func add(_ reading: DocumentReading, _ plan: CountingPlan) {
    annotators.formUnion(reading.annotators)
    versions.formUnion(reading.versions)
    if reading.suggestedLeftOut > 0 { add(reading.suggestedLeftOut, Key.suggested) }
    for omission in reading.omissions { add(1, Key.omitted(omission.annotator, omission.reason)) }
    guard let found = reading.contribution else { return add(1, Key.leftOut) }
    add(1, Key.documents)
    let weights = [1] + PoissonWeights.weights(of: reading.document, resamples: resamples, seed: seed)
    for (unit, parts) in zip(plan.choice.units, found.parts) {
      for (masks, count) in parts.joined() { add(count, Key.items(unit, found.annotators, masks), weights) }
    }
    if !(plan.scheme?.documentAttributes ?? []).isEmpty {
      for saying in found.said { add(saying.count, Key.said(found.annotators, saying.said), weights) }
    }
    for value in found.values { add(value.count, Key.values(value), weights) }
    for pair in found.pairs {
      add(1, Key.together(pair.first, pair.second))
      for (place, count) in pair.counts.enumerated() where count != 0 {
        add(count, Key.pair(pair.first, pair.second, place), weights)
      }
    }
    for (group, counts) in found.aligned.enumerated() {
      for (place, count) in zip(counts.places, counts.counts) { add(count, Key.aligned(group, place), weights) }
    }
    for (place, count) in zip(found.confusion.places, found.confusion.counts) { add(count, Key.confusion(place)) }
    if let segments = found.segments {
      for (group, counts) in segments.alphas.enumerated() {
        for (place, count) in zip(counts.places, counts.counts) { add(count, Key.segment(group, place), weights) }
      }
      add(segments.lengths)
      if let annotator = segments.overlapping {
        note(Overlapping(document: reading.document, annotator: annotator))
      }
    }
    for (difference, example) in found.examples { note(example, difference) }
  }

  /// Adds the sums of other documents.
  ///
  /// - Throws: if they have other resamples.
  package mutating func add(_ other: TallySum) throws(Complaint) {
    guard resamples == other.resamples, seed == other.seed else {
      throw Complaint(
        "\(counted(other.resamples, "resample")) of seed \(other.seed) do not add up with \(resamples) of seed \(seed).",
        "Count all documents with the same --resamples and --seed.")
    }
    for (key, counts) in other.sums {
      guard let known = sums[key], known.count == counts.count else {
        sums[key] = counts
        continue
      }
      sums[key] = zip(known, counts).map { $0 &+ $1 }
    }
    annotators.formUnion(other.annotators)
    versions.formUnion(other.versions)
    for (difference, example) in other.examples { note(example, difference) }
    if let found = other.overlapping { note(found) }
  }

  private mutating func add(_ count: Int, _ key: String, _ weights: [Int] = [1]) {
    sums[key, default: [Int](repeating: 0, count: weights.count)].add(count, times: weights)
  }

  /// Adds the lengths of segments, which are not resampled.
  private mutating func add(_ lengths: SegmentLengths) {
    let annotators = lengths.annotators
    add(lengths.length, Key.length(annotators))
    for (label, own) in lengths.ofLabels {
      func add(_ part: Key.Part, _ count: Int) {
        if count != 0 { self.add(count, Key.lengths(part, annotators, label)) }
      }
      add(.marked, own.marked)
      add(.difference, own.difference)
      add(.overlapping, own.isOverlapping ? 1 : 0)
      add(.tooLarge, own.isTooLarge ? 1 : 0)
      for (length, count) in own.units { self.add(count, Key.lengths(.unit, annotators, label, length)) }
      for (length, count) in own.gaps { self.add(count, Key.lengths(.gap, annotators, label, length)) }
    }
  }

  mutating func note(_ example: DocumentContribution.Example, _ difference: DocumentContribution.Difference) {
    if let known = examples[difference] {
      let isBetter =
        example.words != known.words
        ? example.words > known.words : example.document.utf8.lexicographicallyPrecedes(known.document.utf8)
      guard isBetter else { return }
    }
    examples[difference] = example
  }

  private mutating func note(_ found: Overlapping) {
    if let known = overlapping, !found.document.utf8.lexicographicallyPrecedes(known.document.utf8) { return }
    overlapping = found
  }
}

extension [Int] {
  fileprivate mutating func add(_ count: Int, times weights: [Int]) {
    for place in indices { self[place] &+= count &* weights[place] }
  }
}

extension TallySum {
  /// The names of what is counted: a word for its kind, then places in the plan.
  enum Key {
    static let documents = "documents"
    static let leftOut = "left-out"
    static let refused = "refused"
    static let suggested = "suggested"

    static func omitted(_ annotator: String, _ reason: String) -> String { "omitted \(annotator) \(reason)" }

    static func items(_ unit: ItemKind, _ annotators: [Int], _ masks: [UInt64]) -> String {
      "items \(unit.rawValue) \(list(annotators)) \(list(masks.map { Int(bitPattern: UInt($0)) }))"
    }

    /// The sayings are JSON: of each annotator an object of attributes, in an array if the annotator is done.
    static func said(_ annotators: [Int], _ said: [DocumentContribution.Said]) -> String {
      var writer = JSONWriter()
      writer.array(.compact) { writer in
        for said in said {
          writer.array(.compact) { writer in
            writer.boolean(said.isWhole)
            writer.object(.compact) { writer in
              let sorted = said.attributes.sorted {
                $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars)
              }
              for (name, value) in sorted { writer.string(name, value) }
            }
          }
        }
      }
      return "said \(list(annotators)) \(String(decoding: writer.bytes, as: UTF8.self))"
    }

    /// The values are JSON.
    static func values(_ value: DocumentContribution.Values) -> String {
      var writer = JSONWriter()
      writer.array(.compact) { writer in
        for text in value.values { if let text { writer.string(text) } else { writer.null() } }
      }
      return "values \(value.first),\(value.second),\(value.attribute) \(String(decoding: writer.bytes, as: UTF8.self))"
    }

    static func together(_ first: Int, _ second: Int) -> String { "together \(first),\(second)" }
    static func pair(_ first: Int, _ second: Int, _ place: Int) -> String { "pair \(first),\(second) \(place)" }
    static func segment(_ group: Int, _ place: Int32) -> String { "segment \(group) \(place)" }
    static func aligned(_ group: Int, _ place: Int32) -> String { "aligned \(group) \(place)" }
    static func confusion(_ place: Int32) -> String { "confusion \(place)" }

    /// What is kept of the lengths of a label's segments.
    enum Part: String { case marked, difference, overlapping, tooLarge = "too-large", unit, gap }

    static func length(_ annotators: [Int]) -> String { "length \(list(annotators))" }

    static func lengths(_ part: Part, _ annotators: [Int], _ label: Int, _ length: Int? = nil) -> String {
      "\(part.rawValue) \(list(annotators)) \(label)" + (length.map { " \($0)" } ?? "")
    }

    private static func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
  }
}
