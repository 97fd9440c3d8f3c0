/// An assignment of rows to columns with the greatest gain, kept best as rows are added one by one.
struct LinearAssignment {
  /// The value of a pair, compared lexicographically.
  struct Gain: Comparable {
    var equal = 0
    var credit = 0
    var pairs = 0
    var common = 0

    static func < (a: Gain, b: Gain) -> Bool {
      (a.equal, a.credit, a.pairs, a.common) < (b.equal, b.credit, b.pairs, b.common)
    }
    static func + (a: Gain, b: Gain) -> Gain {
      Gain(
        equal: a.equal + b.equal, credit: a.credit + b.credit, pairs: a.pairs + b.pairs, common: a.common + b.common)
    }
    static func - (a: Gain, b: Gain) -> Gain {
      Gain(
        equal: a.equal - b.equal, credit: a.credit - b.credit, pairs: a.pairs - b.pairs, common: a.common - b.common)
    }
  }

  /// The column and gain of each row; nil for a row that stays alone.
  var pairs: [(column: Int, gain: Gain)?] {
    zip(columns, edges).map { column, edges in edges.first { $0.column == column } }
  }

  private var columns: [Int?] = []
  private var edges: [[(column: Int, gain: Gain)]] = []
  /// The row of each column.
  private var rows: [Int?]
  // Prices: no edge gains more than the prices of its ends, an assigned edge gains exactly that, and a row or column that
  // stays alone has the price zero.
  private var rowPrice: [Gain] = []
  private var columnPrice: [Gain]
  /// The least loss on a path from the new row to each column, and the row before it; nil if none was found.
  private var loss: [Gain?]
  private var before: [Int]
  private var isSettled: [Bool]

  init(columns: Int) {
    rows = [Int?](repeating: nil, count: columns)
    columnPrice = [Gain](repeating: Gain(), count: columns)
    loss = [Gain?](repeating: nil, count: columns)
    before = [Int](repeating: 0, count: columns)
    isSettled = [Bool](repeating: false, count: columns)
  }

  /// Adds a row with its gain in each column that it may be assigned to.
  mutating func insert(_ edges: [(column: Int, gain: Gain)]) {
    let new = columns.count
    columns.append(nil)
    self.edges.append(edges)
    rowPrice.append(max(edges.map { $0.gain - columnPrice[$0.column] }.max() ?? Gain(), Gain()))
    // Dijkstra's search for the path with the least loss; it ends at a free column, or by leaving a row alone.
    var seen: [Int] = []
    var settled: [(column: Int, loss: Gain)] = []
    var (row, base) = (new, Gain())
    var aloneLoss = rowPrice[new]
    var alone = new
    var end: Int?
    while true {
      for (column, gain) in self.edges[row] {
        let total = base + (rowPrice[row] + columnPrice[column] - gain)
        guard let known = loss[column] else {
          loss[column] = total
          before[column] = row
          seen.append(column)
          continue
        }
        if total < known, !isSettled[column] {
          loss[column] = total
          before[column] = row
        }
      }
      guard let (nearest, reached) = nearest(of: seen), reached < aloneLoss else { break }
      settled.append((nearest, reached))
      isSettled[nearest] = true
      guard let holder = rows[nearest] else {
        end = nearest
        aloneLoss = reached
        break
      }
      (row, base) = (holder, reached)
      if base + rowPrice[holder] < aloneLoss { (alone, aloneLoss) = (holder, base + rowPrice[holder]) }
    }
    price(new, settled, aloneLoss)
    assign(from: end, alone: alone, new: new)
    for column in seen {
      loss[column] = nil
      isSettled[column] = false
    }
  }

  /// The unsettled column with the least loss.
  private func nearest(of seen: [Int]) -> (column: Int, loss: Gain)? {
    var nearest: (column: Int, loss: Gain)?
    for column in seen where !isSettled[column] {
      guard let reached = loss[column] else { continue }
      if nearest.map({ (reached, column) < ($0.loss, $0.column) }) ?? true { nearest = (column, reached) }
    }
    return nearest
  }

  private mutating func price(_ new: Int, _ settled: [(column: Int, loss: Gain)], _ total: Gain) {
    rowPrice[new] = rowPrice[new] - total
    for (column, loss) in settled where loss < total {
      columnPrice[column] = columnPrice[column] + (total - loss)
      if let holder = rows[column] { rowPrice[holder] = rowPrice[holder] - (total - loss) }
    }
  }

  /// Shifts the assignments along the path found.
  private mutating func assign(from end: Int?, alone: Int, new: Int) {
    var column: Int
    if let end {
      column = end
    } else {
      guard alone != new, let left = columns[alone] else { return }
      columns[alone] = nil
      column = left
    }
    while true {
      let row = before[column]
      let next = columns[row]
      columns[row] = column
      rows[column] = row
      guard row != new, let next else { return }
      column = next
    }
  }
}
