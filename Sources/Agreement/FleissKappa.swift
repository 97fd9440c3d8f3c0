/// Fleiss' kappa: agreement of any number of annotators, corrected for chance by the pooled use of the categories.
///
/// With n_uk of the m_u values of item u in category k,
///
///     κ = (P̄ − P̄ₑ) / (1 − P̄ₑ),   P̄ₑ = Σ_k p̄_k²,   p̄_k = mean over items with m_u ≥ 1 of n_uk / m_u
///
/// and P̄ as in ``observedAgreement(_:)``. With two annotators it is Scott's pi.
///
/// Source: Fleiss, “Measuring nominal scale agreement among many raters”, *Psychological Bulletin* 76 (1971), pages
/// 378–382; with missing values as in Gwet, *Handbook of Inter-Rater Reliability*.
///
/// - Throws: ``Undefined`` where no item has two values, or all values are of one category.
/// - Complexity: O(*rows* · (*annotators* + *categories*)).
public func fleissKappa(_ study: CodingStudy) throws(Undefined) -> Coefficient {
  guard study.annotators > 1 else { throw .fewerThanTwoAnnotators }
  let pairs = AgreeingPairs(study)
  guard pairs.items > 0 else { throw .noPairableItems }
  let categories = study.categories
  // n_uk summed apart for each m_u: integers, whatever the order of items.
  var sums = [[Int]](repeating: [Int](repeating: 0, count: categories), count: study.annotators + 1)
  for row in study.rows {
    let (counts, values) = CodingStudy.tally(row.values, categories: categories)
    for category in 0..<categories { sums[values][category] += row.count * counts[category] }
  }
  let coded = pairs.itemsByValues.dropFirst().reduce(0, +)
  let shares = (0..<categories).map { category in
    (1...study.annotators).reduce(0.0) { $0 + Double(sums[$1][category]) / Double($1) } / Double(coded)
  }
  guard shares.count(where: { $0 > 0 }) > 1 else { throw .oneCategory }
  let observed = pairs.itemMean
  // From small to large, so that the categories' order changes no digit.
  let expected = shares.map { $0 * $0 }.sorted().reduce(0, +)
  return Coefficient(
    value: (observed - expected) / (1 - expected), items: pairs.items, observed: observed, expected: expected)
}
