/// Cohen's kappa: agreement of two annotators, corrected for chance by each one's own use of the categories.
///
/// With p_1k and p_2k the shares of category k with either annotator, over the items that both have coded,
///
///     κ = (Aₒ − Aₑ) / (1 − Aₑ),   Aₑ = Σ_k p_1k p_2k
///
/// Source: Cohen, “A coefficient of agreement for nominal scales”, *Educational and Psychological Measurement* 20
/// (1960), pages 37–46.
///
/// - Precondition: the study has two annotators; see ``CodingStudy/pair(_:_:)``.
/// - Throws: ``Undefined`` where no item has both values, or where both annotators use one category only.
/// - Complexity: O(*rows* + *categories*).
public func cohenKappa(_ study: CodingStudy) throws(Undefined) -> Coefficient {
  precondition(study.annotators == 2)
  let categories = study.categories
  var first = [Int](repeating: 0, count: categories)
  var second = first
  var (agreeing, items) = (0, 0)
  for row in study.rows {
    guard let a = row.values[0], let b = row.values[1] else { continue }
    first[a] += row.count
    second[b] += row.count
    items += row.count
    if a == b { agreeing += row.count }
  }
  guard items > 0 else { throw .noPairableItems }
  let products = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
  guard products < items * items else { throw .oneCategory }
  let observed = Double(agreeing) / Double(items)
  let expected = Double(products) / (Double(items) * Double(items))
  return Coefficient(
    value: (observed - expected) / (1 - expected), items: items, observed: observed, expected: expected)
}

/// The mean of Cohen's kappa over all pairs of annotators that share items (Light 1971).
///
/// Source: Light, “Measures of response agreement for qualitative data”, *Psychological Bulletin* 76 (1971),
/// pages 365–377.
///
/// - Throws: ``Undefined/pair(_:_:_:)`` where one pair has no value.
public func meanCohenKappa(_ study: CodingStudy) throws(Undefined) -> Coefficient {
  try Coefficient.mean(overPairsOf: study.annotators) { (first, second) throws(Undefined) in
    let pair = study.pair(first, second)
    return pair.pairableItems == 0 ? nil : try cohenKappa(pair)
  }
}
