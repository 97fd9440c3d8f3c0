import Comparison
package import Pages
import Standoff

/// The first page of a comparison: what repeats, what settling would bring, and what to type next.
extension Differences {
  /// Every difference where all of them fit; else what matters most.
  ///
  /// - Parameter width: of the terminal, in columns.
  package func summaryPage(width: Int) -> Page {
    var page = ScreenPage()
    guard !parts.isEmpty else {
      return NothingToCompare(annotators: annotators, omissions: omissions).page.laidOut(width: width)
    }
    if count <= ScreenPage.rows {
      let whole = self.page(lanes: nil, colour: false).laidOut(width: width)
      if whole.lines.count <= ScreenPage.rows { return whole }
    }
    let all = parts.reduce(0) { $0 + $1.all.count + $1.ofDocument.count }
    let overAttributes = parts.reduce(0) { $0 + $1.all.count { $0.kinds == [.attribute] } }
    page.append(
      Page.Line(
        all == 0
          ? "\(Complaint.list(annotators)) agree in \(counted(parts.count, "document")): 0 disagreements."
          : "\(Complaint.list(annotators)) differ in \(counted(all, "place")) of \(counted(parts.count, "document")).",
        style: .bold), rank: 0)
    for line in documentNotes.lines + omissions.sentences.map({ Page.Line($0) }) { page.append(line, rank: 1) }
    guard all > 0 else { return page.page(width: width) }
    let now = exactF1
    if let now {
      page.append(
        Page.Line(
          "Spans: exact F1 \(Decimals.rounded(now, places: 2)) over all pairs."
            + (overAttributes > 0 ? " \(overAttributes) of the places differ in attributes alone." : "")), rank: 0)
    }
    if let line = ofDocuments { page.append(Page.Line(line, indent: 2), rank: 1) }
    let habits = habits
    if habits.isEmpty {
      page.append(
        Page.Line("Nothing repeats often enough to be a habit: settle the places one by one.", indent: 0), rank: 0)
    } else {
      page.append(Page("\nWhat repeats"), rank: 0)
      for (index, habit) in habits.enumerated() {
        let lines = lines(of: habit, number: index + 1, examples: 3, now: now)
        page.append(Page([lines[0]]), rank: index < 2 ? 0 : index + 4)
        for (example, line) in lines.dropFirst().enumerated() { page.append(line, rank: index + 4 + 4 * example) }
      }
    }
    page.append(settling, rank: 2)
    page.append(homesOfSpeakers, rank: 3)
    page.append(
      Page.Line(
        habits.isEmpty
          ? "“compare --full” lists all places; --label, --kind and --attribute choose among them."
          : "“compare --habit 1” lists the places of the first habit; “compare --full” lists all.", style: .dim),
      rank: 0)
    return page.page(width: width)
  }

  /// All places of a habit.
  ///
  /// - Parameter number: its number among the habits, counted from 1.
  package func page(ofHabit number: Int) throws(Complaint) -> Page {
    let habits = habits
    guard habits.indices.contains(number - 1) else {
      throw Complaint(
        "There is no habit \(number).",
        habits.isEmpty ? "No habit was found." : "“gainsay compare” numbers them from 1 to \(habits.count).",
        culprit: "\(number)")
    }
    let habit = habits[number - 1]
    var page = Page(lines(of: habit, number: number, examples: 0, now: exactF1))
    for (document, part) in parts.enumerated() {
      let groups = Set(habit.places.filter { $0.document == document }.map(\.group))
      let listed = part.all.filter { groups.contains($0.group) }
      guard !listed.isEmpty else { continue }
      page.append("")
      page.append("\(part.document.id): \(counted(listed.count, "place"))", .bold)
      for disagreement in listed { page.lines += part.lines(of: disagreement) }
    }
    return page
  }

  /// The attributes of documents on which annotators differ, with the number of documents; nil if there are none.
  private var ofDocuments: String? {
    var counts: [(name: String, count: Int)] = []
    for attribute in parts.flatMap(\.ofDocument) {
      if let place = counts.firstIndex(where: { $0.name == attribute.name }) {
        counts[place].count += 1
      } else {
        counts.append((attribute.name, 1))
      }
    }
    let said = counts.map { "\($0.name) of \(counted($0.count, "document"))" }
    return said.isEmpty ? nil : "Attributes of documents differ, too: \(Complaint.list(said))."
  }

  /// What settling the most rewarding kinds of disagreement would bring.
  private var settling: Page {
    let best = Remedy.mostRewarding(parts).prefix(3)
    guard !best.isEmpty else { return Page() }
    var table = [["disagreement", "label", "count", "F1 if settled"]]
    for remedy in best {
      table.append([
        remedy.attribute ?? remedy.kind.rawValue, remedy.label, String(remedy.count),
        remedy.pooled.map { Decimals.rounded($0, places: 2) } ?? "",
      ])
    }
    var page = Page("")
    for (index, line) in TextTable.lines(table, leftmost: [0, 1]).enumerated() {
      page.append(line, index == 0 ? .bold : .plain)
    }
    return page
  }
}
