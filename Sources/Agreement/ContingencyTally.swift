/// A table of categories × categories: the number of items that the first of two annotators put into one and the second into
/// the other.
public struct ContingencyTally: PairTally {
  public var counts: [Int]
  let numbers: CategoryNumbers
  public var isApart: Bool { counts.allSatisfy { $0 == 0 } }

  /// The number of items that both have put into a category.
  public var items: Int { counts.reduce(0, &+) }

  /// The tallies of each document of a study of two annotators.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public static func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<ContingencyTally> {
    try study.checkPair()
    let numbers = study.numbers
    let categories = numbers.count
    guard categories <= InvalidInput.mostCategories else { throw .invalid(.tooLarge) }
    let zero = { ContingencyTally(counts: [Int](repeating: 0, count: categories * categories), numbers: numbers) }
    return try study.tallies(width: categories * categories, zero) { row, add in
      guard let first = row.first, let second = row.last, first >= 0, second >= 0 else { return }
      add(Int(first) * categories + Int(second), 1)
    }
  }

  /// The table with its row sums and column sums.
  ///
  /// - Throws: ``Undefined/noPairableItems`` if it is empty; ``InvalidInput/differentTallies``.
  func margins() throws(Undefined) -> (table: [[Int]], firsts: [Int], seconds: [Int]) {
    let categories = 0..<numbers.count
    try check(numbers.count * numbers.count)
    guard counts.reduce(0, +) > 0 else { throw .noPairableItems }
    let table = categories.map { first in categories.map { counts[first * numbers.count + $0] } }
    return (
      table, table.map { $0.reduce(0, +) }, categories.map { second in table.reduce(0) { $0 + $1[second] } }
    )
  }
}
