/// A hint such as “ Did you mean claim?”; empty if no known word is close.
package func didYouMean(_ word: String, among known: [String]) -> String {
  nearest(word, among: known).first.map { " Did you mean \($0)?" } ?? ""
}

/// The known words closest to an unknown one, nearest first.
package func nearest(_ word: String, among known: [String]) -> [String] {
  guard word.utf8.count <= 64 else { return [] }
  let limit = max(1, word.count / 3)
  return known.map { ($0, distance(word.lowercased(), $0.lowercased())) }
    .filter { $0.1 <= limit || $0.0.lowercased().hasPrefix(word.lowercased()) && word.count > 1 }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
}

/// The number of single-character edits, swaps of neighbours included, that turn one word into the other.
package func distance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
