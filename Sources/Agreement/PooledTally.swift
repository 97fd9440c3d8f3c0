/// Counts of the categories in items, separately for each number of values m_u of an item.
///
/// They suffice for every nominal coefficient that does not ask which annotator gave which value.
public struct PooledTally: Tally {
  public var counts: [Int]
  /// The number of annotators.
  public let annotators: Int
  private let numbers: CategoryNumbers

  /// The number of categories.
  public var categories: Int { numbers.count }

  private init(annotators: Int, _ numbers: CategoryNumbers) {
    self.annotators = annotators
    self.numbers = numbers
    counts = [Int](repeating: 0, count: annotators * (numbers.count + 2))
  }

  /// The start of the counts of items with this many values: items, ordered agreeing pairs Σ_k n_uk(n_uk − 1), and the
  /// values Σ n_uk of each category.
  private func start(_ values: Int) -> Int { (values - 1) * (categories + 2) }

  /// A count of items with this many values; 0 where there are none.
  private func count(_ values: Int, _ place: Int) -> Int {
    guard 1...max(1, annotators) ~= values else { return 0 }
    let index = start(values) + place
    return counts.indices ~= index ? counts[index] : 0
  }

  /// The number of items with this many values, from 1 to ``annotators``.
  public func items(_ values: Int) -> Int { count(values, 0) }

  /// The number of ordered agreeing pairs of values, Σ n_uk(n_uk − 1), in items with this many values.
  public func agreeing(_ values: Int) -> Int { count(values, 1) }

  /// The number of values of a category, by its number, in items with this many values.
  public func values(_ values: Int, of category: Int) -> Int {
    numbers.index(of: category).map { count(values, 2 + $0) } ?? 0
  }

  /// The number of items with at least two values.
  public var pairableItems: Int { annotators < 2 ? 0 : (2...annotators).reduce(0) { $0 &+ items($1) } }

  /// P̄, the mean over pairable items of the share of agreeing pairs.
  ///
  /// - Throws: ``Undefined`` if there is no such item.
  public func itemMean() throws(Undefined) -> Double {
    try check(annotators * (categories + 2))
    guard annotators > 1 else { throw .fewerThanTwoAnnotators }
    let counts = counts
    var (items, sum) = (0, 0.0)
    for values in 2...annotators {
      items += counts[start(values)]
      sum += Double(counts[start(values) + 1]) / Double(values * (values - 1))
    }
    guard items > 0 else { throw .noPairableItems }
    return sum / Double(items)
  }

  /// p̄_k, the mean over items with a value of each category's share in the item, in the order of the categories'
  /// numbers.
  ///
  /// - Throws: ``Undefined`` if no item has a value.
  public func shares() throws(Undefined) -> [Double] {
    try check(annotators * (categories + 2))
    guard annotators > 0 else { throw .fewerThanTwoAnnotators }
    let counts = counts
    let coded = (1...annotators).reduce(0) { $0 + counts[start($1)] }
    guard coded > 0 else { throw .noPairableItems }
    return (0..<categories).map { category in
      (1...annotators).reduce(0.0) { $0 + Double(counts[start($1) + 2 + category]) / Double($1) } / Double(coded)
    }
  }

  /// The tallies of each document of a study.
  ///
  /// - Throws: what is wrong with the study.
  public static func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<PooledTally> {
    let (annotators, numbers) = (study.annotators, study.numbers)
    let zero = { PooledTally(annotators: annotators, numbers) }
    return try study.tallies(width: annotators * (numbers.count + 2), zero) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 0 else { return }
      let start = (values - 1) * (numbers.count + 2)
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
  ///
  /// - Throws: what is wrong with the study.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<PooledTally> {
    try PooledTally.tallies(of: study)
  }
}
