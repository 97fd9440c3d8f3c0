/// Observed agreement: the share of agreeing pairs of values in an item, averaged over items.
///
/// With n_uk of the m_u values of item u in category k,
///
///     P̄ = mean over items with m_u ≥ 2 of Σ_k n_uk(n_uk − 1) / (m_u(m_u − 1))
///
/// Source: Fleiss, “Measuring nominal scale agreement among many raters” (1971), equation 2; with missing values as
/// in Gwet, *Handbook of Inter-Rater Reliability*.
///
/// - Throws: ``Undefined`` where no item has two values.
/// - Complexity: O(*rows* · *annotators*).
public func observedAgreement(_ study: CodingStudy) throws(Undefined) -> Coefficient {
  guard study.annotators > 1 else { throw .fewerThanTwoAnnotators }
  let pairs = AgreeingPairs(study)
  guard pairs.items > 0 else { throw .noPairableItems }
  return Coefficient(value: pairs.itemMean, items: pairs.items)
}

/// Agreeing pairs of values, summed as integers apart for each number of values in an item.
struct AgreeingPairs {
  /// Ordered agreeing pairs, Σ_u Σ_k n_uk(n_uk − 1), by m_u.
  private(set) var agreeing: [Int]
  /// Items by m_u.
  private(set) var itemsByValues: [Int]

  init(_ study: CodingStudy) {
    agreeing = [Int](repeating: 0, count: study.annotators + 1)
    itemsByValues = agreeing
    let categories = study.categories
    for row in study.rows {
      let (counts, values) = CodingStudy.tally(row.values, categories: categories)
      agreeing[values] += row.count * counts.reduce(0) { $0 + $1 * ($1 - 1) }
      itemsByValues[values] += row.count
    }
  }

  /// Items with two values or more.
  var items: Int { itemsByValues.dropFirst(2).reduce(0, +) }

  /// The mean over items of the share of agreeing pairs.
  var itemMean: Double {
    var sum = 0.0
    for values in agreeing.indices.dropFirst(2) where agreeing[values] > 0 {
      sum += Double(agreeing[values]) / Double(values * (values - 1))
    }
    return sum / Double(items)
  }
}
