import Comparison
package import Pages
import Standoff

/// The first page of a comparison: what repeats, what settling would bring, and what to type next.
extension Differences {
  /// - Parameter width: of the terminal, in columns.
  package func summaryPage(width: Int) -> Page {
    var page = ScreenPage()
    guard !parts.isEmpty else {
      return NothingToCompare(annotators: annotators, omissions: omissions).page.laidOut(width: width)
    }
    let all = parts.reduce(0) { $0 + $1.all.count + $1.ofDocument.count }
    let overAttributes = parts.reduce(0) { $0 + $1.all.count { $0.kinds == [.attribute] } }
    page.append(
      Page.Line(
        "\(Complaint.list(annotators)) differ in \(counted(all, "place")) of \(counted(parts.count, "document")).",
        style: .bold), rank: 0)
    let now = exactF1
    if let now {
      page.append(
        Page.Line(
          "Spans: exact F1 \(Decimals.rounded(now, places: 2)) over all pairs."
            + (overAttributes > 0 ? " \(overAttributes) of the places differ in attributes alone." : "")), rank: 0)
    }
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
    page.append(settling(now), rank: 2)
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

  /// What settling the most rewarding kinds of disagreement would bring.
  private func settling(_ now: Double?) -> Page {
    let (remedies, f1) = Remedy.remedies(parts)
    guard let mean = f1.f1 else { return Page() }
    let best = remedies.filter { ($0.settled ?? 0) > mean }.prefix(3)
    guard !best.isEmpty else { return Page() }
    var table = [["disagreement", "label", "count", "F1 if settled"]]
    for remedy in best {
      table.append([
        remedy.attribute ?? remedy.kind.rawValue, remedy.label, String(remedy.count),
        Decimals.rounded(remedy.settled ?? mean, places: 2),
      ])
    }
    var page = Page("")
    for (index, line) in TextTable.lines(table, leftmost: [0, 1]).enumerated() {
      page.append(line, index == 0 ? .bold : .plain)
    }
    return page
  }
}
