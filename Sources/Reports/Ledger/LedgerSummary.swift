import Comparison
package import Pages

/// The first page of a ledger, which fits a screen.
extension Ledger {
  /// The whole ledger where it fits; else its matters, the most disputed first.
  ///
  /// - Parameter width: of the terminal, in columns.
  package func page(width: Int) -> Page {
    let whole = fullPage.laidOut(width: width)
    if whole.lines.count <= ScreenPage.rows { return whole }
    var page = ScreenPage()
    page.append(Page.Line(total, style: .bold), rank: 0)
    page.append(Page(""), rank: 3)
    let ranked = matters.enumerated().sorted { a, b in
      let (one, other) = (Self.weight(of: a.element), Self.weight(of: b.element))
      return one != other ? other.lexicographicallyPrecedes(one) : a.offset < b.offset
    }.map(\.element)
    let shown = ranked.prefix(Self.mostMatters)
    var table = [["claims", "denials", "quotes", "matter", "most said by"]]
    for matter in shown {
      table.append([
        "\(matter.claims.count)", "\(Self.denials(in: matter))", "\(matter.quotes.count)",
        Complaint.shortened(matter.key ?? "(no matter given)", to: 32), Self.speaker(of: matter),
      ])
    }
    for (index, text) in TextTable.lines(table, leftmost: [3, 4]).enumerated() {
      page.append(Page.Line(text, style: index == 0 ? .bold : .plain).cut(to: width), rank: index == 0 ? 0 : 1)
    }
    let more = matters.count - shown.count
    page.append(
      Page.Line(
        (more > 0 ? "\(counted(more, "more matter")). " : "")
          + "“ledger --full” has every statement; “ledger DOC” those of a document.", style: .dim), rank: 0)
    return page.page(width: width)
  }

  /// The matters that fit under the title.
  private static let mostMatters = ScreenPage.rows - 5

  private static func denials(in matter: Matter) -> Int {
    matter.denials.count + matter.claims.reduce(0) { $0 + $1.denials.count }
  }

  /// Disputed matters come before others, those with more statements before those with fewer; what has no matter is last.
  private static func weight(of matter: Matter) -> [Int] {
    [matter.key == nil ? 0 : 1, denials(in: matter), matter.claims.count, matter.quotes.count]
  }

  /// The speaker of most claims, with their number.
  private static func speaker(of matter: Matter) -> String {
    let names = matter.claims.map { name(of: $0.claim.speaker) } + matter.quotes.map { name(of: $0.speaker) }
    let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    let first = counts.min { a, b in a.value != b.value ? a.value > b.value : a.key < b.key }
    return first.map { "\(Complaint.shortened($0.key, to: 24)) (\($0.value))" } ?? ""
  }
}
