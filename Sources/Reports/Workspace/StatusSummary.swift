import Agreement
import Comparison
package import Pages
import Standoff

/// The first page of a workspace's status, which fits a screen.
extension WorkspaceStatus {
  /// The whole status where it fits; else what needs somebody's attention first.
  ///
  /// - Parameter width: of the terminal, in columns.
  package func page(width: Int) -> Page {
    let whole = fullPage.laidOut(width: width)
    if whole.lines.count <= ScreenPage.rows { return whole }
    var page = ScreenPage()
    page.append(Page.Line(counts, style: .bold), rank: 0)
    if !agreement.isEmpty {
      let labels = agreement.map { "\($0.label) \(Decimals.rounded($0.f1, places: 2))" }
      page.append(Page.Line("Exact F1 so far: \(labels.joined(separator: ", ")).", indent: 2), rank: 1)
    }
    for line in news.lines { page.append(line, rank: 1) }
    append(people: width, to: &page)
    append(
      "least agreement", rows.filter { $0.value != nil }.sorted { ($0.value ?? 1) < ($1.value ?? 1) }, 3, width,
      to: &page)
    append("begun, not done", rows.filter { Self.isBegun($0) && !isDone($0) }, 4, width, to: &page)
    page.append(Page.Line("“status --full” shows every document.", style: .dim), rank: 0)
    return page.page(width: width)
  }

  private static func isBegun(_ row: Row) -> Bool { !row.cells.isEmpty }

  /// Whether all who have begun, or were assigned the document, are done with it.
  private func isDone(_ row: Row) -> Bool {
    let done = row.cells.filter { $0.status == .complete }.map(\.annotator)
    return Self.isBegun(row) && row.cells.count == done.count && row.assigned.allSatisfy(done.contains)
  }

  /// How many documents are done, begun and not begun.
  private var counts: String {
    let done = rows.count(where: isDone)
    let begun = rows.count(where: Self.isBegun) - done
    return "\(counted(rows.count, "document")): \(done) done, \(begun) begun, \(rows.count - done - begun) not begun."
  }

  private func append(people width: Int, to page: inout ScreenPage) {
    for (index, text) in TextTable.lines(peopleTable).enumerated() {
      page.append(
        Page.Line(text, style: index == 0 ? .bold : .plain).cut(to: width), rank: index == 0 ? 1 : 2)
    }
  }

  /// Adds a table of some documents, the first of them most surely.
  private func append(_ title: String, _ rows: [Row], _ rank: Int, _ width: Int, to page: inout ScreenPage) {
    guard !rows.isEmpty else { return }
    var table = table(of: Array(rows.prefix(ScreenPage.rows)))
    table[0][0] = title
    for (index, text) in TextTable.lines(table).enumerated() {
      page.append(
        Page.Line(text, style: index == 0 ? .bold : .plain).cut(to: width), rank: index <= 3 ? rank : rank + 2)
    }
  }
}

extension WorkspaceStatus.Row {
  /// The agreement on the document; nil if there is none.
  fileprivate var value: Double? { try? agreement.get().value }
}
