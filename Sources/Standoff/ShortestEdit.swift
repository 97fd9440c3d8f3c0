/// The shortest sequence of deletions and insertions that turns one sequence of tokens into another.
///
/// Source: Myers, *An O(ND) Difference Algorithm and Its Variations* (1986), the greedy algorithm; d, k, x and y are
/// the paper's.
enum ShortestEdit {
  /// The greatest number of edits sought, which bounds the work to its square plus its product with the length.
  static let limit = 512

  /// The tokens that stay, in order; none if it takes more than ``limit`` edits.
  static func kept(_ a: ArraySlice<Int32>, _ b: ArraySlice<Int32>) -> [(a: Int, b: Int)] {
    guard !a.isEmpty, !b.isEmpty else { return [] }
    let (n, m) = (a.count, b.count)
    let most = min(limit, n + m)
    // furthest[k + most] is x on diagonal k; trace holds what it was before each d.
    var furthest = [Int](repeating: 0, count: 2 * most + 2)
    var trace: [[Int]] = []
    for d in 0...most {
      trace.append(d == 0 ? [] : Array(furthest[(most - d)...(most + d)]))
      for k in stride(from: -d, through: d, by: 2) {
        let isDown = k == -d || k != d && furthest[most + k - 1] < furthest[most + k + 1]
        var x = d == 0 ? 0 : isDown ? furthest[most + k + 1] : furthest[most + k - 1] + 1
        while x < n, x - k < m, a[a.startIndex + x] == b[b.startIndex + x - k] { x += 1 }
        furthest[most + k] = x
        if k == n - m, x >= n { return walk(back: trace, n, m, a.startIndex, b.startIndex) }
      }
    }
    return []
  }

  private static func walk(
    back trace: [[Int]], _ n: Int, _ m: Int, _ aStart: Int, _ bStart: Int
  ) -> [(a: Int, b: Int)] {
    var kept: [(a: Int, b: Int)] = []
    var (x, y) = (n, m)
    for d in stride(from: trace.count - 1, through: 0, by: -1) {
      var (previousX, previousY) = (0, 0)
      if d > 0 {
        let row = trace[d]
        let k = x - y
        // The row begins at diagonal -d.
        let isDown = k == -d || k != d && row[k - 1 + d] < row[k + 1 + d]
        let previousK = isDown ? k + 1 : k - 1
        previousX = row[previousK + d]
        previousY = previousX - previousK
      }
      while x > previousX, y > previousY {
        x -= 1
        y -= 1
        kept.append((aStart + x, bStart + y))
      }
      (x, y) = (previousX, previousY)
    }
    return kept.reversed()
  }
}
