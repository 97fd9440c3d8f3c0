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
  /// Whether the parts of a coefficient are weights of agreement, 1 less those of disagreement.
  private let saysAgreement: Bool

  /// Creates the measure with a function of weights.
  ///
  /// - Parameter weight: the weight of the first and the second annotator's categories; 0 for equal ones, never
  ///   negative.
  public init(weight: @escaping @Sendable (Int, Int) -> Double) {
    self.weight = weight
    saysAgreement = false
  }

  /// Creates the measure with weights of agreement: κ_w = (Aₒ − Aₑ)/(1 − Aₑ), with Aₒ and Aₑ the weights that are observed
  /// and expected.
  ///
  /// - Parameter weights: of the categories by their numbers; others have none.
  public init(_ weights: AgreementWeights) {
    weight = { 1 - weights.weight($0, $1) }
    saysAgreement = true
  }

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
    let table = try tally.table()
    let (firsts, seconds, items) = (table.firsts, table.seconds, table.items)
    var (observed, expected) = (0.0, 0.0)
    for cell in table.cells {
      observed += weight(firsts[cell.first].category, seconds[cell.second].category) * Double(cell.count)
    }
    for first in firsts {
      for second in seconds {
        expected += weight(first.category, second.category) * (Int128(first.count) * Int128(second.count)).nearest
      }
    }
    guard expected > 0 else { throw .oneCategory }
    observed /= Double(items)
    expected /= Double(items) * Double(items)
    return Coefficient(
      value: 1 - observed / expected, items: items, observed: saysAgreement ? 1 - observed : observed,
      expected: saysAgreement ? 1 - expected : expected)
  }
}
