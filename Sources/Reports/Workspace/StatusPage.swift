import Standoff
import Agreement
import Comparison
import JSONText
package import Pages
import Storage

/// The status of a workspace as a page and as JSON.
extension WorkspaceStatus {
  package var fullPage: Page {
    if rows.isEmpty { return Page("No documents yet. “gainsay add FILE…” adds some.") }
    var page = Page()
    func append(_ table: [[String]]) {
      for (index, line) in TextTable.lines(table).enumerated() {
        page.append(line, index == 0 ? .bold : .plain)
      }
    }
    append(table(of: rows))
    page.append(
      "Spans per annotator; “todo”: assigned but not begun. F1: exact spans, mean over pairs of annotators who are "
        + "done.", .dim)
    page.append("")
    append(peopleTable)
    if hasTimes {
      page.append(
        "Active time comes from the journals: a minute counts once, whatever documents it went to, and pauses of more than "
          + "\(ActiveTime.longestPause / 60) minutes do not count.", .dim)
    }
    page.lines += news.lines
    return page
  }

  /// What a lead has to know beside the numbers: adjudication, questions, labels on which agreement falls, hidden files.
  var news: Page {
    var page = Page()
    if adjudicated.all > 0 {
      let time = adjudicated.active == 0 ? "" : ", \(Decimals.duration(adjudicated.active)) of active time"
      page.append("Adjudicated: \(adjudicated.done) of \(counted(adjudicated.all, "document"))\(time).")
    }
    for row in rows {
      for cell in row.cells where !cell.question.isEmpty {
        page.append("\(cell.annotator) on \(row.document) asks: \(cell.question)", .bold, indent: 2)
      }
    }
    if rows.contains(where: { $0.cells.contains { !$0.question.isEmpty } }) {
      page.append("“gainsay answer NAME TEXT” answers.", .dim)
    }
    for label in agreement where label.drifts {
      page.append(
        "Agreement on \(label.label) is falling: exact F1 over all pairs is \(Decimals.rounded(label.recent ?? 0)) in "
          + "the last \(Self.recentDocuments) documents, down from \(Decimals.rounded(label.before ?? 0)).", .bold)
    }
    let veiled = rows.filter(\.isVeiled).map(\.document)
    if !veiled.isEmpty {
      page.append(
        "Others' annotations of \(Complaint.list(veiled)) are hidden until you have done your own.", .bold, indent: 2)
    }
    return page
  }

  /// A row for each document with the spans of each person.
  func table(of rows: [Row]) -> [[String]] {
    let isGold = self.rows.contains { $0.cells.contains { $0.role == .gold } }
    let names = people.map(\.name) + (isGold ? ["gold"] : [])
    return [[""] + names + ["F1 so far"]] + rows.map { cells(of: $0, names) }
  }

  /// A row for each person.
  var peopleTable: [[String]] {
    let heads = ["", "done", "spans", "active", "spans per hour", "time left"]
    return ([heads] + people.map(Self.cells)).map { hasTimes ? $0 : Array($0.prefix(3)) }
  }

  /// Whether anybody has active time.
  private var hasTimes: Bool { people.contains { $0.active > 0 } }

  private static func cells(of person: Person) -> [String] {
    let left = person.left.map { $0 == 0 ? "–" : "about \(Decimals.duration($0))" }
    return [
      person.name, person.assigned.map { "\(person.assignedDone)/\($0)" } ?? "\(person.done)", "\(person.spans)",
      person.active == 0 ? "–" : Decimals.duration(person.active),
      person.perHour.map { Decimals.rounded($0, places: 0) } ?? "–", left ?? "–",
    ]
  }

  private func cells(of row: Row, _ names: [String]) -> [String] {
    let cells = names.map { name in
      row.cells.first { $0.annotator == name }.map { "\($0.count)\($0.status == .complete ? " done" : "")" }
        ?? (row.isVeiled && name != reader ? "?" : row.assigned.contains(name) ? "todo" : "–")
    }
    var agreement = "–"
    if case .success(let value) = row.agreement { agreement = Decimals.rounded(value.value) }
    return [row.document] + cells + [agreement]
  }

  // MARK: JSON

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.object("adjudicated") { writer in
        writer.integer("activeSeconds", adjudicated.active)
        writer.integer("documents", adjudicated.all)
        writer.integer("done", adjudicated.done)
      }
      writer.array("annotators", .block) { writer in
        for person in people {
          writer.object { writer in
            writer.integer("activeSeconds", person.active)
            writer.string("annotator", person.name)
            writer.integer("assigned", person.assigned)
            writer.integer("done", person.done)
            writer.integer("secondsLeft", person.left)
            writer.integer("spans", person.spans)
            writer.number("spansPerHour", person.perHour)
          }
        }
      }
      writer.array("documents", .block) { writer in
        for row in rows { write(row, to: &writer) }
      }
      writer.array("labels", .block) { writer in
        for label in agreement {
          writer.object { writer in
            writer.number("before", label.before)
            writer.key("drifts")
            writer.boolean(label.drifts)
            writer.number("f1", label.f1)
            writer.string("label", label.label)
            writer.number("recent", label.recent)
          }
        }
      }
    }
  }

  private func write(_ row: Row, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.object("agreement") { writer in
        writer.string("measure", MeasureName.spanF1Exact.rawValue)
        writer.key("value")
        if case .success(let value) = row.agreement { writer.number(value.value) } else { writer.null() }
      }
      writer.array("annotators") { writer in
        for cell in row.cells { write(cell, to: &writer) }
      }
      writer.strings("assigned", row.assigned)
      writer.string("id", row.document)
      writer.key("veiled")
      writer.boolean(row.isVeiled)
    }
  }

  private func write(_ cell: Row.Cell, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("annotator", cell.annotator)
      writer.object("labels") { writer in
        for label in labels.sorted(by: { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }) {
          if let count = cell.spans[label] { writer.integer(label, count) }
        }
      }
      if !cell.question.isEmpty { writer.string("question", cell.question) }
      writer.integer("relations", cell.relations)
      writer.string("role", cell.role.rawValue)
      writer.integer("spans", cell.count)
      writer.string("status", cell.status.rawValue)
    }
  }
}
