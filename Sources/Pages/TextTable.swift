/// A table in columns of text.
package enum TextTable {
  /// Columns to the right, but for those at the left.
  package static func lines(_ rows: [[String]], leftmost: Set<Int> = [0]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { DisplayWidth.width($0[column]) }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, text in
        let pad = String(repeating: " ", count: widths[column] - DisplayWidth.width(text))
        return leftmost.contains(column) ? text + pad : pad + text
      }.joined(separator: "  ").trimmingTrailingBlanks()
    }
  }
}

extension String {
  fileprivate func trimmingTrailingBlanks() -> String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
