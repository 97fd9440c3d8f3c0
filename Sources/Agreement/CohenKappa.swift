/// Cohen's kappa: agreement of two annotators, corrected for chance by each one's own use of the categories.
///
/// With p_1k and p_2k the shares of category k with either annotator, over the items that both have coded,
///
///     κ = (Aₒ − Aₑ) / (1 − Aₑ),   Aₑ = Σ_k p_1k p_2k
///
/// For more annotators, use ``MeanOverPairs`` of it (Light 1971), or ``HubertKappa``.
///
/// Source: Cohen, “A coefficient of agreement for nominal scales”, *Educational and Psychological Measurement* 20
/// (1960), pages 37–46.
///
/// Undefined if no item has both values, or both annotators use the same single category.
public struct CohenKappa: MarginMeasure {
  /// Creates the measure.
  public init() {}

  public func coefficient(of tally: MarginTally) throws(Undefined) -> Coefficient {
    let items = tally.items
    guard items > 0 else { throw .noPairableItems }
    let products = try tally.margins().reduce(Int128(0)) { $0 + Int128($1.first) * Int128($1.second) }
    guard products < Int128(items) * Int128(items) else { throw .oneCategory }
    return try Coefficient(
      observed: Double(tally.agreeing) / Double(items), expected: products.nearest / (Double(items) * Double(items)),
      items: items)
  }
}
