/// Krippendorff's alpha for nominal data: agreement of any number of annotators, corrected for chance, with missing
/// values.
///
/// With o_ck the coincidences of categories c and k, n_c their margins and n = Σ n_c,
///
///     α = 1 − Dₒ/Dₑ,   Dₒ = Σ_{c≠k} o_ck / n,   Dₑ = Σ_{c≠k} n_c n_k / (n(n − 1))
///
/// Items with one value or none do not count. Nominal disagreement needs no matrix: Σ_{c≠k} o_ck is the sum over
/// items of m_u − Σ_k n_uk(n_uk − 1)/(m_u − 1).
///
/// Source: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), section C.
///
/// - Throws: ``Undefined`` where no item has two values, or all pairable values are of one category.
/// - Complexity: O(*rows* · (*annotators* + *categories*)).
public func krippendorffAlpha(_ study: CodingStudy) throws(Undefined) -> Coefficient {
  guard study.annotators > 1 else { throw .fewerThanTwoAnnotators }
  let categories = study.categories
  var margins = [Int](repeating: 0, count: categories)
  for row in study.rows {
    let (counts, values) = CodingStudy.tally(row.values, categories: categories)
    guard values > 1 else { continue }
    for category in 0..<categories { margins[category] += row.count * counts[category] }
  }
  let pairs = AgreeingPairs(study)
  let n = margins.reduce(0, +)
  guard n > 0 else { throw .noPairableItems }
  let unequal = margins.reduce(0) { $0 + $1 * (n - $1) }
  guard unequal > 0 else { throw .oneCategory }
  var disagreeing = 0.0
  for values in pairs.agreeing.indices.dropFirst(2) {
    let ordered = pairs.itemsByValues[values] * values * (values - 1) - pairs.agreeing[values]
    disagreeing += Double(ordered) / Double(values - 1)
  }
  let observed = disagreeing / Double(n)
  let expected = Double(unequal) / (Double(n) * Double(n - 1))
  return Coefficient(value: 1 - observed / expected, items: pairs.items, observed: observed, expected: expected)
}
