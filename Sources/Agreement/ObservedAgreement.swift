/// Observed agreement: the share of agreeing pairs of values in an item, averaged over items.
///
/// With n_uk of the m_u values of item u in category k,
///
///     P̄ = mean over items with m_u ≥ 2 of Σ_k n_uk(n_uk − 1) / (m_u(m_u − 1))
///
/// It is not corrected for chance.
///
/// Source: Fleiss, “Measuring nominal scale agreement among many raters”, *Psychological Bulletin* 76 (1971), equation
/// 2; missing values as in Gwet, *Handbook of Inter-Rater Reliability*.
///
/// Undefined if no item has two values.
public struct ObservedAgreement: PooledMeasure {
  /// Creates the measure.
  public init() {}

  public func coefficient(of tally: PooledTally) throws(Undefined) -> Coefficient {
    Coefficient(value: try tally.itemMean(), items: tally.pairableItems)
  }
}
