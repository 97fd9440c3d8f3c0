/// Cohen's weighted kappa: agreement of two annotators, with some disagreements worse than others.
///
/// With p_ij the share of items that the first annotator puts into i and the second into j, and w_ij the weights of
/// disagreement,
///
///     κ_w = 1 − Σ w_ij p_ij / Σ w_ij p_i· p_·j
///
/// Source: Cohen, “Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit”,
/// *Psychological Bulletin* 70 (1968), pages 213–220.
///
/// Undefined if no item has both values, or no disagreement is expected.
public struct WeightedKappa: Measure {
  private let weight: @Sendable (Int, Int) -> Double

  /// Creates the measure with a function of weights.
  ///
  /// - Parameter weight: the weight of the first and the second annotator's categories; 0 for equal ones, never
  ///   negative.
  public init(weight: @escaping @Sendable (Int, Int) -> Double) { self.weight = weight }

  /// Weights |i − j|, with categories numbered along their scale.
  public static let linear = WeightedKappa { abs(Double($0) - Double($1)) }

  /// Weights (i − j)², with categories numbered along their scale.
  public static let quadratic = WeightedKappa { (Double($0) - Double($1)) * (Double($0) - Double($1)) }

  /// The tallies of each document of a study of two annotators.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<ContingencyTally> {
    try ContingencyTally.tallies(of: study)
  }

  public func coefficient(of tally: ContingencyTally) throws(Undefined) -> Coefficient {
    let (table, firsts, seconds) = try tally.margins()
    let (numbers, items) = (tally.numbers, firsts.reduce(0, +))
    var (observed, expected) = (0.0, 0.0)
    for first in table.indices {
      for second in table.indices {
        let weight = weight(numbers[first], numbers[second])
        observed += weight * Double(table[first][second])
        expected += weight * (Int128(firsts[first]) * Int128(seconds[second])).nearest
      }
    }
    guard expected > 0 else { throw .oneCategory }
    observed /= Double(items)
    expected /= Double(items) * Double(items)
    return Coefficient(value: 1 - observed / expected, items: items, observed: observed, expected: expected)
  }
}
