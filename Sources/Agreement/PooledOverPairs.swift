/// A measure of two annotators from the counts of all pairs, added together: the micro-average over pairs.
///
/// Pooled F1 of spans, for example, is twice the matched spans of all pairs over the spans of both annotators of all
/// pairs. A pair adds as much as it has counts. So two annotators who both never used a rare label add nothing, where
/// their missing value leaves ``MeanOverPairs`` with fewer pairs; and ten spans of one pair weigh as much as ten of another.
///
/// For a measure that depends on which annotator is the reference, such as precision, name one.
///
/// Undefined where the measure is undefined for the sum of counts.
public struct PooledOverPairs<Pair: Measure>: Measure where Pair.Study: PairedStudy, Pair.Evidence: PoolableTally {
  @usableFromInline let measure: Pair
  private let reference: Int?

  /// Creates the pooled form of a measure.
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

  /// The value for a sum of contributions, whose pairs are added.
  ///
  /// - Throws: ``Undefined/fewerThanTwoAnnotators``, ``Undefined/noPairableItems`` if no pair has anything in common, and
  ///   what the measure throws for the sum.
  @inlinable
  public func coefficient(of tally: PairwiseTally<Pair.Evidence>) throws(Undefined) -> Coefficient {
    guard !tally.ends.isEmpty else { throw .fewerThanTwoAnnotators }
    return try coefficient(of: tally, at: Array(tally.ends.indices))
  }

  /// The value for the pairs of one annotator, by index, with each other: one against the rest.
  ///
  /// - Throws: as for all pairs; ``InvalidInput/noSuchAnnotator`` if there is no such pair.
  @inlinable
  public func coefficient(
    of tally: PairwiseTally<Pair.Evidence>, with annotator: Int
  ) throws(Undefined) -> Coefficient {
    try coefficient(of: tally, at: tally.places(of: annotator))
  }

  @usableFromInline
  func coefficient(of tally: PairwiseTally<Pair.Evidence>, at places: [Int]) throws(Undefined) -> Coefficient {
    let sum = try tally.sum(of: places)
    guard !sum.isApart else { throw .noPairableItems }
    return try measure.coefficient(of: sum)
  }
}
