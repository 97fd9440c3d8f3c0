/// A page that fits a screen of 24 rows: parts in their order, of which the least important are left out until it fits.
package struct ScreenPage {
  /// The rows of the screen.
  package static let rows = 24
  /// The columns of the narrowest screen on which an example is not cut.
  package static let columns = 80

  private var parts: [(page: Page, rank: Int)] = []

  package init() {}

  /// Adds a part.
  ///
  /// - Parameter rank: 0 for what is never left out; parts of a higher rank are left out before those of a lower one, and
  ///   of one rank the last.
  package mutating func append(_ page: Page, rank: Int) {
    if !page.lines.isEmpty { parts.append((page, rank)) }
  }

  package mutating func append(_ line: Page.Line, rank: Int) { append(Page([line]), rank: rank) }

  /// The page, wrapped to a width.
  package func page(width: Int) -> Page {
    var laid = parts.map { (page: $0.page.laidOut(width: width), rank: $0.rank) }
    while laid.reduce(0, { $0 + $1.page.lines.count }) > Self.rows,
      let rank = laid.map(\.rank).max(), rank > 0, let last = laid.lastIndex(where: { $0.rank == rank })
    {
      laid.remove(at: last)
    }
    return Page(laid.flatMap(\.page.lines))
  }
}
