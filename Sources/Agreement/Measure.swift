/// A measure of agreement: a function of counts that add up over documents.
public protocol Measure<Study>: Sendable {
  /// The kind of study that it measures.
  associatedtype Study: Sendable
  /// The counts that its value follows from.
  associatedtype Evidence: Tally

  /// The contribution of each document of a study.
  func tallies(of study: Study) -> Tallies<Evidence>

  /// The value for a sum of contributions.
  ///
  /// - Throws: ``Undefined`` if there is none.
  func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient
}

extension Measure {
  /// The value over all documents of a study.
  ///
  /// - Throws: ``Undefined`` if there is none.
  public func coefficient(of study: Study) throws(Undefined) -> Coefficient {
    try coefficient(of: tallies(of: study).total)
  }

  /// The value for a sum of contributions, or the reason that there is none.
  @inlinable
  @Sendable public func result(of tally: Evidence) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: tally)) } catch { return .failure(error) }
  }
}

/// A study that can be reduced to two of its annotators.
public protocol PairedStudy: Sendable {
  /// The number of annotators.
  var annotators: Int { get }

  /// The study of two annotators, by index, with all documents.
  func pair(_ first: Int, _ second: Int) -> Self
}

/// Counts for a measure of two annotators.
public protocol PairTally: Tally {
  /// Whether the two annotators have nothing in common to compare.
  var isApart: Bool { get }
}

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
  /// - Precondition: one tally for each pair.
  public init(_ ends: [(Int, Int)], _ pairs: [Pair]) {
    precondition(ends.count == pairs.count)
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
  @inlinable
  public func pair(_ place: Int) -> Pair {
    var pair = zeros[place]
    pair.counts = Array(counts[starts[place]..<starts[place + 1]])
    return pair
  }

  /// Whether two tallies have the same counts.
  public static func == (a: Self, b: Self) -> Bool { a.counts == b.counts && a.zeros == b.zeros }
}

/// The mean of a measure of two annotators over all pairs that have something in common.
///
/// A pair may have nothing in common in a resample of documents; the mean is then that of the other pairs.
///
/// Source: Light, “Measures of response agreement for qualitative data”, *Psychological Bulletin* 76 (1971), pages
/// 365–377.
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

  public func tallies(of study: Pair.Study) -> Tallies<PairwiseTally<Pair.Evidence>> {
    let ends: [(Int, Int)] =
      if let reference {
        (0..<study.annotators).filter { $0 != reference }.map { (reference, $0) }
      } else {
        (0..<study.annotators).flatMap { first in (first..<study.annotators).dropFirst().map { (first, $0) } }
      }
    return Tallies(ends, ends.map { measure.tallies(of: study.pair($0.0, $0.1)) })
  }

  /// The mean over the pairs of a sum of contributions.
  ///
  /// - Throws: ``Undefined/pair(_:_:_:)`` if one pair has no value, ``Undefined/noPairableItems`` if no pair has
  ///   anything in common.
  @inlinable
  public func coefficient(of tally: PairwiseTally<Pair.Evidence>) throws(Undefined) -> Coefficient {
    guard !tally.ends.isEmpty else { throw .fewerThanTwoAnnotators }
    var values: [Coefficient] = []
    for place in tally.ends.indices {
      let pair = tally.pair(place)
      if pair.isApart { continue }
      do throws(Undefined) { values.append(try measure.coefficient(of: pair)) } catch {
        throw .pair(tally.ends[place].0, tally.ends[place].1, error)
      }
    }
    return try Coefficient(meanOf: values)
  }
}

extension Coefficient {
  /// Computes the mean of the values of pairs.
  @usableFromInline
  init(meanOf values: [Coefficient]) throws(Undefined) {
    guard !values.isEmpty else { throw .noPairableItems }
    func mean(_ part: (Coefficient) -> Double?) -> Double? {
      // In ascending order, so that no digit depends on the order of annotators.
      let parts = values.compactMap(part).sorted()
      return parts.count == values.count ? parts.reduce(0, +) / Double(parts.count) : nil
    }
    self.init(
      value: mean(\.value) ?? 0, items: values.reduce(0) { $0 + $1.items }, observed: mean(\.observed),
      expected: mean(\.expected))
  }
}

extension Tallies {
  /// Creates the joint tallies of several pairs of annotators.
  fileprivate init<Pair>(_ ends: [(Int, Int)], _ pairs: [Tallies<Pair>]) where Evidence == PairwiseTally<Pair> {
    var zero = PairwiseTally(ends, pairs.map(\.total))
    zero.counts = [Int](repeating: 0, count: zero.counts.count)
    let documents = pairs.first?.documents ?? 0
    let width = zero.counts.count
    var matrix = [Int](repeating: 0, count: documents * width)
    var start = 0
    for pair in pairs {
      for document in 0..<documents {
        for (column, place) in pair.columns.enumerated() {
          matrix[document * width + start + place] = pair.matrix[document * pair.columns.count + column]
        }
      }
      start += pair.total.counts.count
    }
    self.init(zero, matrix: matrix, documents: documents)
  }
}
