/// Scott's pi: agreement of two annotators, corrected for chance by their pooled use of the categories.
///
/// With p_1k and p_2k the shares of category k with either annotator, over the items that both have coded,
///
///     π = (Aₒ − Aₑ) / (1 − Aₑ),   Aₑ = Σ_k ((p_1k + p_2k) / 2)²
///
/// Source: Scott, “Reliability of content analysis: the case of nominal scale coding”, *Public Opinion Quarterly* 19
/// (1955), pages 321–325.
///
/// Undefined if no item has both values, or only one category is used.
public struct ScottPi: MarginMeasure {
  /// Creates the measure.
  public init() {}

  public func coefficient(of tally: MarginTally) throws(Undefined) -> Coefficient {
    let items = tally.items
    guard items > 0 else { throw .noPairableItems }
    let squares = try tally.margins().reduce(Int128(0)) { sum, margins in
      let both = Int128(margins.first + margins.second)
      return sum + both * both
    }
    guard squares < 4 * Int128(items) * Int128(items) else { throw .oneCategory }
    return try Coefficient(
      observed: Double(tally.agreeing) / Double(items),
      expected: squares.nearest / (4 * Double(items) * Double(items)), items: items)
  }
}
