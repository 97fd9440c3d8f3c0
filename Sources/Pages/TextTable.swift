/// Tables of plain text.
package enum TextTable {
  /// The rows with their columns aligned to the right, or to the left for those given.
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
