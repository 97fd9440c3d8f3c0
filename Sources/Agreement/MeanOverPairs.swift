/// The tallies of all pairs of annotators, sorted by their indices.
public struct PairwiseTally<Pair: PairTally>: Tally {
  public var counts: [Int]
  /// The two annotators of each pair.
  public let ends: [(Int, Int)]
  @usableFromInline let zeros: [Pair]
  /// The start of each pair's counts, and the end of the last.
  @usableFromInline let starts: [Int]

  /// Creates the tally of these pairs.
  ///
  /// - Throws: ``InvalidInput/differentTallies`` unless there is one tally for each pair.
  public init(_ ends: [(Int, Int)], _ pairs: [Pair]) throws(Undefined) {
    guard ends.count == pairs.count else { throw .invalid(.differentTallies) }
    self.ends = ends
    zeros = pairs.map { pair in
      var zero = pair
      zero.counts = [Int](repeating: 0, count: pair.counts.count)
      return zero
    }
    counts = pairs.flatMap(\.counts)
    var starts = [0]
    for pair in pairs { starts.append((starts.last ?? 0) + pair.counts.count) }
    self.starts = starts
  }

  /// The tally of one pair, by its position in ``ends``.
  ///
  /// - Throws: ``InvalidInput`` if there is none.
  @inlinable
  public func pair(_ place: Int) throws(Undefined) -> Pair {
    guard zeros.indices ~= place else { throw .invalid(.noSuchAnnotator) }
    guard counts.count == starts[starts.count - 1] else { throw .invalid(.differentTallies) }
    var pair = zeros[place]
    pair.replaceCounts(with: counts[starts[place]..<starts[place + 1]])
    return pair
  }

  /// The tally of some pairs, added together.
  ///
  /// - Throws: ``InvalidInput`` if pairs have different counts, or too many.
  @usableFromInline
  func sum(of places: [Int]) throws(Undefined) -> Pair {
    guard let first = places.first, places.allSatisfy({ zeros.indices ~= $0 }) else {
      throw .invalid(.noSuchAnnotator)
    }
    let width = starts[first + 1] - starts[first]
    guard counts.count == starts[starts.count - 1], places.allSatisfy({ starts[$0 + 1] - starts[$0] == width }) else {
      throw .invalid(.differentTallies)
    }
    var sums = [Int](repeating: 0, count: width)
    for place in places {
      for index in 0..<width {
        let (total, isTooLarge) = sums[index].addingReportingOverflow(counts[starts[place] + index])
        guard !isTooLarge else { throw .invalid(.tooLarge) }
        sums[index] = total
      }
    }
    var sum = zeros[first]
    sum.replaceCounts(with: sums[...])
    return sum
  }

  /// The positions in ``ends`` of the pairs that one annotator, by index, makes with each other.
  @usableFromInline
  func places(of annotator: Int) throws(Undefined) -> [Int] {
    let places = ends.indices.filter { ends[$0].0 == annotator || ends[$0].1 == annotator }
    guard !places.isEmpty else { throw .invalid(.noSuchAnnotator) }
    return places
  }

  /// Whether two tallies have the same counts.
  public static func == (a: Self, b: Self) -> Bool { a.counts == b.counts && a.zeros == b.zeros }
}

/// The mean of a measure of two annotators over all pairs for which it has a value.
///
/// A pair without a value is left out and counted: see ``Coefficient/pairs``. Where a category is rare, two annotators may
/// both never have used it, so that their pair has no value; ``PooledOverPairs`` then rests on more.
///
/// Source: Light, “Measures of response agreement for qualitative data”, *Psychological Bulletin* 76 (1971), pages
/// 365–377.
///
/// Undefined if no pair has a value.
public struct MeanOverPairs<Pair: Measure>: Measure where Pair.Study: PairedStudy, Pair.Evidence: PairTally {
  @usableFromInline let measure: Pair
  private let reference: Int?

  /// Creates the mean of a measure.
  ///
  /// - Parameters:
  ///   - measure: a measure of two annotators.
  ///   - reference: the index of an annotator with whom all others are paired; nil for all pairs.
  public init(_ measure: Pair, reference: Int? = nil) {
    self.measure = measure
    self.reference = reference
  }

  public func tallies(of study: Pair.Study) throws(Undefined) -> Tallies<PairwiseTally<Pair.Evidence>> {
    try measure.pairwiseTallies(of: study, reference: reference)
  }

  /// The mean over the pairs of a sum of contributions.
  ///
  /// - Throws: ``Undefined/noPairableItems`` if no pair has anything in common; if none of those that have has a value,
  ///   the reason, or ``Undefined/pair(_:_:_:)`` with that of the first pair where the reasons differ.
  @inlinable
  public func coefficient(of tally: PairwiseTally<Pair.Evidence>) throws(Undefined) -> Coefficient {
    try results(of: tally).mean()
  }

  /// The mean over the pairs of one annotator, by index, with each other: one against the rest.
  ///
  /// - Throws: as for all pairs; ``InvalidInput/noSuchAnnotator`` if there is no such pair.
  @inlinable
  public func coefficient(
    of tally: PairwiseTally<Pair.Evidence>, with annotator: Int
  ) throws(Undefined) -> Coefficient {
    try results(of: tally).mean(with: annotator)
  }

  /// What the measure gives for each pair.
  @inlinable
  public func results(of tally: PairwiseTally<Pair.Evidence>) -> PairResults {
    var results = PairResults(tally.ends)
    for place in tally.ends.indices {
      do throws(Undefined) {
        let pair = try tally.pair(place)
        results.append(measure.result(of: pair), isApart: pair.isApart)
      } catch {
        results.append(.failure(error), isApart: false)
      }
    }
    return results
  }
}

/// What a measure of two annotators gives for each pair, from which the means follow.
public struct PairResults: Sendable {
  private let ends: [(Int, Int)]
  private var results: [Result<Coefficient, Undefined>] = []
  private var areApart: [Bool] = []

  @usableFromInline
  init(_ ends: [(Int, Int)]) {
    self.ends = ends
    results.reserveCapacity(ends.count)
    areApart.reserveCapacity(ends.count)
  }

  @usableFromInline
  mutating func append(_ result: Result<Coefficient, Undefined>, isApart: Bool) {
    results.append(result)
    areApart.append(isApart)
  }

  /// The result of one pair, by its position in ``PairwiseTally/ends``.
  public subscript(place: Int) -> Result<Coefficient, Undefined> {
    results.indices ~= place ? results[place] : .failure(.invalid(.noSuchAnnotator))
  }

  /// The mean over the pairs that have a value.
  ///
  /// - Throws: ``Undefined/fewerThanTwoAnnotators``; ``Undefined/noPairableItems`` if no pair has anything in common; if
  ///   none of those that have has a value, the reason, or ``Undefined/pair(_:_:_:)`` with that of the first pair where
  ///   the reasons differ.
  public func mean() throws(Undefined) -> Coefficient {
    guard !ends.isEmpty else { throw .fewerThanTwoAnnotators }
    return try mean { _ in true }
  }

  /// The mean over the pairs of one annotator, by index.
  ///
  /// - Throws: as ``mean()``; ``InvalidInput/noSuchAnnotator`` if there is no such pair.
  public func mean(with annotator: Int) throws(Undefined) -> Coefficient {
    guard ends.contains(where: { $0.0 == annotator || $0.1 == annotator }) else { throw .invalid(.noSuchAnnotator) }
    return try mean { $0.0 == annotator || $0.1 == annotator }
  }

  private func mean(where counts: ((Int, Int)) -> Bool) throws(Undefined) -> Coefficient {
    var (values, reasons): ([Coefficient], [(place: Int, reason: Undefined)]) = ([], [])
    for place in ends.indices where counts(ends[place]) && !areApart[place] {
      switch results[place] {
      case .success(let value): values.append(value)
      case .failure(.invalid(let fault)): throw .invalid(fault)
      case .failure(let reason): reasons.append((place, reason))
      }
    }
    if values.isEmpty, let (place, first) = reasons.first {
      if reasons.allSatisfy({ $0.reason == first }) { throw first }
      throw .pair(ends[place].0, ends[place].1, first)
    }
    return try Coefficient(meanOf: values, without: reasons.count)
  }
}

extension Coefficient {
  /// Computes the mean of the values of pairs.
  ///
  /// - Parameter undefined: how many pairs have no value.
  fileprivate init(meanOf values: [Coefficient], without undefined: Int) throws(Undefined) {
    guard !values.isEmpty else { throw .noPairableItems }
    func mean(_ part: (Coefficient) -> Double?) -> Double? {
      guard part(values[0]) != nil else { return nil }
      // In ascending order, so that no digit depends on the order of annotators.
      let parts = values.compactMap(part).sorted()
      return parts.count == values.count ? parts.reduce(0, +) / Double(parts.count) : nil
    }
    self.init(
      value: mean(\.value) ?? 0, items: values.reduce(0) { $0 + $1.items }, observed: mean(\.observed),
      expected: mean(\.expected), pairs: Pairs(defined: values.count, undefined: undefined))
  }
}

extension Measure where Study: PairedStudy, Evidence: PairTally {
  /// The tallies of all pairs of a study's annotators; if there is a reference, of its pairs with each other annotator.
  func pairwiseTallies(of study: Study, reference: Int?) throws(Undefined) -> Tallies<PairwiseTally<Evidence>> {
    try study.check()
    let ends: [(Int, Int)] =
      if let reference {
        (0..<study.annotators).filter { $0 != reference }.map { (reference, $0) }
      } else {
        (0..<study.annotators).flatMap { first in (first..<study.annotators).dropFirst().map { (first, $0) } }
      }
    var pairs: [Tallies<Evidence>] = []
    for (first, second) in ends { pairs.append(try tallies(of: study.pair(first, second))) }
    return try Tallies(ends, pairs)
  }
}

extension Tallies {
  /// Creates the joint tallies of several pairs of annotators.
  fileprivate init<Pair>(
    _ ends: [(Int, Int)], _ pairs: [Tallies<Pair>]
  ) throws(Undefined) where Evidence == PairwiseTally<Pair> {
    var zero = try PairwiseTally(ends, pairs.map(\.total))
    zero.counts = [Int](repeating: 0, count: zero.counts.count)
    let documents = pairs.first?.documents ?? 0
    var (columns, starts, width): ([Int], [Int], Int) = ([], [], 0)
    for pair in pairs {
      starts.append(columns.count)
      columns += pair.columns.map { width + $0 }
      width += pair.total.counts.count
    }
    var builder = CountMatrix.Builder(columns: columns.count)
    for document in 0..<documents {
      for (pair, start) in zip(pairs, starts) {
        pair.matrix.forEachCell(of: document) { builder.append($1, at: start + $0) }
      }
      builder.endDocument()
    }
    self.init(zero, columns: columns, builder.finished(), documents: documents)
  }
}
