/// Bennett's S: agreement corrected for chance, with all categories equally likely.
///
///     S = (P̄ − 1/K) / (1 − 1/K)
///
/// with P̄ as in ``ObservedAgreement`` and K the number of categories to choose from, used or not. For more than two
/// annotators it is the coefficient of Brennan and Prediger (1981) and Randolph (2005).
///
/// Source: Bennett, Alpert and Goldstein, “Communications through limited response questioning”, *Public Opinion
/// Quarterly* 18 (1954), pages 303–308.
///
/// Undefined if no item has two values, or K is less than 2.
public struct BennettS: PooledMeasure {
  private let categories: Int

  /// Creates the measure.
  ///
  /// - Parameter categories: K, the number of categories to choose from.
  public init(categories: Int) { self.categories = categories }

  public func coefficient(of tally: PooledTally) throws(Undefined) -> Coefficient {
    guard categories > 1 else { throw .fewerThanTwoCategories }
    return try Coefficient(
      observed: try tally.itemMean(), expected: 1 / Double(categories), items: tally.pairableItems)
  }
}
