/// Fleiss' kappa: agreement of any number of annotators, corrected for chance by the pooled use of the categories.
///
/// With n_uk of the m_u values of item u in category k,
///
///     κ = (P̄ − P̄ₑ) / (1 − P̄ₑ),   P̄ₑ = Σ_k p̄_k²,   p̄_k = mean over items with m_u ≥ 1 of n_uk / m_u
///
/// and P̄ as in ``ObservedAgreement``. With two annotators and no missing value it is Scott's pi.
///
/// Source: Fleiss, “Measuring nominal scale agreement among many raters”, *Psychological Bulletin* 76 (1971), pages
/// 378–382; missing values as in Gwet, *Handbook of Inter-Rater Reliability*.
///
/// Undefined if no item has two values, or all values are of one category.
public struct FleissKappa: PooledMeasure {
  /// Creates the measure.
  public init() {}

  public func coefficient(of tally: PooledTally) throws(Undefined) -> Coefficient {
    let observed = try tally.itemMean()
    let shares = try tally.shares()
    guard shares.count(where: { $0 > 0 }) > 1 else { throw .oneCategory }
    // In ascending order, so that no digit depends on the order of categories.
    let expected = shares.map { $0 * $0 }.sorted().reduce(0, +)
    return try Coefficient(observed: observed, expected: expected, items: tally.pairableItems)
  }
}
