/// Gwet's AC1: agreement corrected for annotators guessing on hard items.
///
///     AC1 = (P̄ − Aₑ) / (1 − Aₑ),   Aₑ = Σ_k p̄_k(1 − p̄_k) / (K − 1)
///
/// with P̄ as in ``ObservedAgreement``, p̄_k as in ``FleissKappa``, and K the number of categories to choose from, used
/// or not.
///
/// Source: Gwet, “Computing inter-rater reliability and its variance in the presence of high agreement”, *British
/// Journal of Mathematical and Statistical Psychology* 61 (2008), pages 29–48.
///
/// Undefined if no item has two values, or K is less than 2.
public struct GwetAC1: PooledMeasure {
  private let categories: Int

  /// Creates the measure.
  ///
  /// - Parameter categories: K, the number of categories to choose from.
  public init(categories: Int) { self.categories = categories }

  public func coefficient(of tally: PooledTally) throws(Undefined) -> Coefficient {
    guard categories > 1 else { throw .fewerThanTwoCategories }
    let observed = try tally.itemMean()
    let expected = try tally.shares().map { $0 * (1 - $0) }.sorted().reduce(0, +) / Double(categories - 1)
    return try Coefficient(observed: observed, expected: expected, items: tally.pairableItems)
  }
}
