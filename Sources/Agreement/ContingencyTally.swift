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
  private let cells: Cells
  public var isApart: Bool { counts.allSatisfy { $0 == 0 } }

  /// The cells of a table that may not be empty.
  private final class Cells: Sendable, Equatable {
    /// The categories of each cell, by index in the lists of each annotator's.
    let rows: [Int]
    let columns: [Int]
    /// The categories that either annotator uses, in ascending order.
    let firsts: [Int]
    let seconds: [Int]

    init(_ cells: [Cell]) {
      firsts = Set(cells.map(\.first)).sorted()
      seconds = Set(cells.map(\.second)).sorted()
      let (rowOf, columnOf) = (Self.places(firsts), Self.places(seconds))
      rows = cells.map { rowOf[$0.first] ?? 0 }
      columns = cells.map { columnOf[$0.second] ?? 0 }
    }

    static func == (a: Cells, b: Cells) -> Bool {
      a === b || a.rows == b.rows && a.columns == b.columns && a.firsts == b.firsts && a.seconds == b.seconds
    }

    private static func places(_ categories: [Int]) -> [Int: Int] {
      Dictionary(zip(categories, categories.indices)) { first, _ in first }
    }
  }

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
    let sorted = found.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    let placeOf = Dictionary(zip(sorted, sorted.indices)) { first, _ in first }
    let cells = Cells(sorted)
    let zero = { ContingencyTally(counts: [Int](repeating: 0, count: sorted.count), cells: cells) }
    return try study.tallies(width: sorted.count, zero) { row, add in
      guard let first = row.first, let second = row.last, first >= 0, second >= 0 else { return }
      if let place = placeOf[Cell(first: numbers[Int(first)], second: numbers[Int(second)])] { add(place, 1) }
    }
  }

  /// A table with its margins.
  struct Table {
    /// The categories of each annotator, in ascending order, with how often the annotator uses them.
    fileprivate(set) var firsts, seconds: [(category: Int, count: Int)]
    /// The count of each cell, with its categories by index in ``firsts`` and ``seconds``.
    fileprivate(set) var cells: [(first: Int, second: Int, count: Int)]
    fileprivate(set) var items = 0
  }

  /// The cells with their counts, and how often each annotator uses each category.
  ///
  /// - Throws: ``Undefined/noPairableItems`` if there is no item; ``InvalidInput/differentTallies``.
  func table() throws(Undefined) -> Table {
    try check(cells.rows.count)
    var table = Table(firsts: cells.firsts.map { ($0, 0) }, seconds: cells.seconds.map { ($0, 0) }, cells: [])
    table.cells.reserveCapacity(counts.count)
    for (place, count) in counts.enumerated() {
      let (first, second) = (cells.rows[place], cells.columns[place])
      table.cells.append((first, second, count))
      table.firsts[first].count += count
      table.seconds[second].count += count
      table.items += count
    }
    guard table.items > 0 else { throw .noPairableItems }
    return table
  }
}
