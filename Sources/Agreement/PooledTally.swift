/// Counts of the categories in items, separately for each number of values m_u of an item.
///
/// They suffice for every nominal coefficient that does not ask which annotator gave which value.
public struct PooledTally: Tally {
  public var counts: [Int]
  /// The number of annotators.
  public let annotators: Int
  /// The number of categories.
  public let categories: Int

  fileprivate init(annotators: Int, categories: Int) {
    self.annotators = annotators
    self.categories = categories
    counts = [Int](repeating: 0, count: annotators * (categories + 2))
  }

  /// The start of the counts of items with this many values: items, ordered agreeing pairs Σ_k n_uk(n_uk − 1), and the
  /// values Σ n_uk of each category.
  private func start(_ values: Int) -> Int { (values - 1) * (categories + 2) }

  /// The number of items with this many values.
  func items(_ values: Int) -> Int { counts[start(values)] }

  /// The number of ordered agreeing pairs of values in items with this many values.
  func agreeing(_ values: Int) -> Int { counts[start(values) + 1] }

  /// The number of values of a category in items with this many values.
  func values(_ values: Int, of category: Int) -> Int { counts[start(values) + 2 + category] }

  /// The number of items with at least two values.
  public var pairableItems: Int { annotators < 2 ? 0 : (2...annotators).reduce(0) { $0 + items($1) } }

  /// P̄, the mean over pairable items of the share of agreeing pairs.
  ///
  /// - Throws: ``Undefined`` if there is no such item.
  func itemMean() throws(Undefined) -> Double {
    guard annotators > 1 else { throw .fewerThanTwoAnnotators }
    let items = pairableItems
    guard items > 0 else { throw .noPairableItems }
    var sum = 0.0
    for values in 2...annotators { sum += Double(agreeing(values)) / Double(values * (values - 1)) }
    return sum / Double(items)
  }

  /// p̄_k, the mean over items with a value of each category's share in the item.
  var shares: [Double] {
    let coded = (1...annotators).reduce(0) { $0 + items($1) }
    return (0..<categories).map { category in
      (1...annotators).reduce(0.0) { $0 + Double(values($1, of: category)) / Double($1) } / Double(coded)
    }
  }

  /// The tallies of each document of a study.
  public static func tallies(of study: CodingStudy) -> Tallies<PooledTally> {
    let zero = PooledTally(annotators: study.annotators, categories: study.categories)
    return study.tallies(zero) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 0 else { return }
      let start = zero.start(values)
      var agreeing = 0
      for value in row where value >= 0 {
        for other in row where other == value { agreeing += 1 }
        add(start + 2 + Int(value), 1)
      }
      add(start, 1)
      add(start + 1, agreeing - values)
    }
  }
}

/// A measure that is computed from a ``PooledTally``.
public protocol PooledMeasure: Measure where Study == CodingStudy, Evidence == PooledTally {}

extension PooledMeasure {
  /// The pooled tallies of each document.
  public func tallies(of study: CodingStudy) -> Tallies<PooledTally> { PooledTally.tallies(of: study) }
}
