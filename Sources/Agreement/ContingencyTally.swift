/// For each two categories that occur together, the number of items that the first of two annotators put into one and the
/// second into the other.
public struct ContingencyTally: PairTally {
  /// Two categories, by their numbers.
  struct Cell: Hashable, Sendable {
    let first: Int
    let second: Int
  }

  public var counts: [Int]
  /// The categories that each count is of, in ascending order.
  let cells: [Cell]
  public var isApart: Bool { counts.allSatisfy { $0 == 0 } }

  /// The number of items that both have put into a category.
  public var items: Int { counts.reduce(0, &+) }

  /// The tallies of each document of a study of two annotators.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public static func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<ContingencyTally> {
    try study.checkPair()
    let numbers = study.numbers
    let found = Set(
      study.distinctRows.compactMap { values, _ in
        values.first.flatMap { $0 }.flatMap { first in
          values.last.flatMap { $0 }.map { Cell(first: first, second: $0) }
        }
      })
    let cells = found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    let placeOf = Dictionary(zip(cells, cells.indices)) { first, _ in first }
    let zero = { ContingencyTally(counts: [Int](repeating: 0, count: cells.count), cells: cells) }
    return try study.tallies(width: cells.count, zero) { row, add in
      guard let first = row.first, let second = row.last, first >= 0, second >= 0 else { return }
      if let place = placeOf[Cell(first: numbers[Int(first)], second: numbers[Int(second)])] { add(place, 1) }
    }
  }

  /// The cells with their counts, and how often each annotator uses each category, in the order of their numbers.
  ///
  /// - Throws: ``Undefined/noPairableItems`` if there is no item; ``InvalidInput/differentTallies``.
  func margins() throws(Undefined) -> (
    table: [(first: Int, second: Int, count: Int)], firsts: [(category: Int, count: Int)],
    seconds: [(category: Int, count: Int)]
  ) {
    try check(cells.count)
    guard counts.reduce(0, +) > 0 else { throw .noPairableItems }
    var (firsts, seconds): ([Int: Int], [Int: Int]) = ([:], [:])
    for (cell, count) in zip(cells, counts) {
      firsts[cell.first, default: 0] += count
      seconds[cell.second, default: 0] += count
    }
    func sorted(_ margin: [Int: Int]) -> [(category: Int, count: Int)] {
      margin.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    return (zip(cells, counts).map { ($0.first, $0.second, $1) }, sorted(firsts), sorted(seconds))
  }
}
