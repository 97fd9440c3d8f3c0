import Agreement
import Dispatch
import JSONText
import Standoff
public import Storage
import Synchronization

/// Who has done how much: documents × annotators, how fast, how long it will take, and how far they agree so far.
public struct WorkspaceStatus {
  /// One document.
  fileprivate struct Row: Sendable {
    struct Cell: Sendable {
      let annotator: String
      let role: AnnotationSet.Role
      let status: AnnotationSet.Status
      let spans: [String: Int]
      let relations: Int
      let seconds: Int
      var count: Int { spans.values.reduce(0, +) }
    }

    let document: String
    let words: Int
    let cells: [Cell]
    let assigned: [String]
    let isVeiled: Bool
    /// Mean exact span F1 of the annotators who are done.
    let agreement: Result<Coefficient, Undefined>
    /// Exact spans that pairs of them have in common, and all that they have, by label.
    let counts: [String: Remedy.Count]
    let lastChange: Timestamp?
  }

  /// What one annotator has done.
  struct Person: Equatable {
    let name: String
    /// Nil where nothing was assigned to them.
    let assigned: Int?
    let done: Int
    let spans: Int
    /// Seconds of work.
    let active: Int
    let perHour: Double?
    /// Seconds until all that was assigned is done; nil where there is nothing to go by.
    let left: Int?
  }

  /// How far annotators agree on a label.
  struct LabelAgreement: Equatable {
    let label: String
    /// Exact F1 over all pairs together.
    let f1: Double
    /// The same of the documents changed last, and of those before; nil where there are too few.
    let recent: Double?
    let before: Double?
    /// Whether it has fallen by more than ``greatestFall``.
    var drifts: Bool { (before ?? 0) - (recent ?? before ?? 0) > WorkspaceStatus.greatestFall }
  }

  /// Documents that make up the latest stretch.
  static let recentDocuments = 5
  /// A fall of F1 from which on it is a drift.
  static let greatestFall = 0.1

  private let rows: [Row]
  private let labels: [String]
  let people: [Person]
  let agreement: [LabelAgreement]

  public init(in workspace: Workspace) throws(Complaint) {
    let names: [String]
    let assignments: Assignments
    do throws(FileFault) {
      names = try workspace.documentNames()
      assignments = try workspace.assignments()
    } catch {
      throw Complaint(error)
    }
    let results = Mutex([Result<(row: Row, labels: [String]), FileFault>?](repeating: nil, count: names.count))
    DispatchQueue.concurrentPerform(iterations: names.count) { index in
      let result: Result<(row: Row, labels: [String]), FileFault>
      do throws(FileFault) { result = .success(try Self.row(names[index], assignments, workspace)) } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    var (rows, labels): ([Row], [String]) = ([], [])
    do throws(FileFault) {
      for result in results.withLock({ $0 }) {
        guard let found = try result?.get() else { continue }
        rows.append(found.row)
        for label in found.labels where !labels.contains(label) { labels.append(label) }
      }
    } catch {
      throw Complaint(error)
    }
    self.rows = rows
    self.labels = labels
    people = Self.people(rows, assignments)
    agreement = labels.compactMap { Self.agreement(on: $0, rows) }
  }

  private static func row(
    _ name: String, _ assignments: Assignments, _ workspace: Workspace
  ) throws(FileFault) -> (row: Row, labels: [String]) {
    let document = try workspace.document(name)
    var sets: [AnnotationSet] = []
    var cells: [Row.Cell] = []
    for annotator in try workspace.annotators(of: name) + (workspace.hasGold(name) ? ["gold"] : []) {
      guard let set = try workspace.annotations(of: annotator, on: document, known: sets.first?.scheme) else {
        continue
      }
      sets.append(set)
      let spans = Dictionary(set.spans.map { ($0.label, 1) }, uniquingKeysWith: +)
      cells.append(
        Row.Cell(
          annotator: annotator, role: set.role, status: set.status, spans: spans, relations: set.relations.count,
          seconds: ActiveTime.seconds(try workspace.editTimes(of: annotator, on: name))))
    }
    let done = sets.filter { $0.role == .annotator && $0.status == .complete }
    let row = Row(
      document: name, words: Words.ranges(in: document.text.range, of: document.text).count, cells: cells,
      assigned: assignments.annotators(of: name), isVeiled: workspace.isVeiled(name),
      agreement: agreement(done, document), counts: counts(done),
      lastChange: done.flatMap(\.spans).map(\.modified).max())
    return (row, sets.first?.scheme.labels.map(\.name) ?? [])
  }

  private static func agreement(_ done: [AnnotationSet], _ document: Document) -> Result<Coefficient, Undefined> {
    var study = UnitizingStudy(annotators: done.count)
    let units = done.map { set -> [UnitizingStudy.Unit]? in
      set.spans.map { span in
        UnitizingStudy.Unit(
          fragments: span.fragments.map { $0.start..<$0.end }, label: set.scheme.index(ofLabel: span.label) ?? 0)
      }
    }
    study.append(UnitizingStudy.Continuum(length: document.text.count, units: units))
    do throws(Undefined) {
      return .success(try MeanOverPairs(SpanScore(.f1, by: .strict)).coefficient(of: study))
    } catch {
      return .failure(error)
    }
  }

  private static func counts(_ done: [AnnotationSet]) -> [String: Remedy.Count] {
    let marks = done.map { set in Set(set.spans.map { Declined(label: $0.label, fragments: $0.fragments) }) }
    var counts: [String: Remedy.Count] = [:]
    for first in marks.indices {
      for second in marks.indices where second > first {
        for mark in marks[first] {
          counts[mark.label, default: Remedy.Count()].all += 1
          if marks[second].contains(mark) { counts[mark.label]?.common += 1 }
        }
        for mark in marks[second] { counts[mark.label, default: Remedy.Count()].all += 1 }
      }
    }
    return counts
  }

  // MARK: people

  private static func people(_ rows: [Row], _ assignments: Assignments) -> [Person] {
    let annotators = Set(rows.flatMap { $0.cells.filter { $0.role == .annotator }.map(\.annotator) })
    return annotators.union(assignments.all.flatMap(\.annotators)).sorted().map { name in
      let own = rows.compactMap { row in row.cells.first { $0.annotator == name }.map { (row: row, cell: $0) } }
      let assigned = rows.filter { $0.assigned.contains(name) }
      let done = own.filter { $0.cell.status == .complete }
      let (spans, active) = own.reduce(into: (0, 0)) { sum, one in
        sum.0 += one.cell.seconds > 0 ? one.cell.count : 0
        sum.1 += one.cell.seconds
      }
      let worked = own.filter { $0.cell.status == .complete && $0.cell.seconds > 0 }
      let (words, seconds) = worked.reduce(into: (0, 0)) { sum, one in
        sum.0 += one.row.words
        sum.1 += one.cell.seconds
      }
      let open = assigned.filter { row in !done.contains { $0.row.document == row.document } }
      let rest = open.reduce(0) { $0 + $1.words }
      return Person(
        name: name, assigned: assigned.isEmpty ? nil : assigned.count, done: done.count,
        spans: own.reduce(0) { $0 + $1.cell.count }, active: active,
        perHour: active == 0 ? nil : Double(spans) * 3600 / Double(active),
        left: assigned.isEmpty
          ? nil : rest == 0 ? 0 : words == 0 ? nil : Int((Double(rest) * Double(seconds) / Double(words)).rounded()))
    }
  }

  // MARK: agreement

  private static func agreement(on label: String, _ rows: [Row]) -> LabelAgreement? {
    let counted = rows.filter { $0.counts[label] != nil }.sorted {
      ($0.lastChange ?? Timestamp(secondsSince1970: 0), $0.document)
        < ($1.lastChange ?? Timestamp(secondsSince1970: 0), $1.document)
    }
    func f1(_ rows: some Sequence<Row>) -> Double? {
      rows.reduce(Remedy.Count()) { $0 + ($1.counts[label] ?? Remedy.Count()) }.f1
    }
    guard let all = f1(counted) else { return nil }
    let isEnough = counted.count >= 2 * recentDocuments
    return LabelAgreement(
      label: label, f1: all, recent: isEnough ? f1(counted.suffix(recentDocuments)) : nil,
      before: isEnough ? f1(counted.dropLast(recentDocuments)) : nil)
  }

  // MARK: page

  public var page: Page {
    if rows.isEmpty { return Page("No documents yet. “gainsay add FILE” adds one.") }
    var page = Page()
    func append(_ table: [[String]]) {
      for (index, line) in AgreementReport.columns(table).enumerated() {
        page.append(line, index == 0 ? .bold : .plain)
      }
    }
    let isGold = rows.contains { $0.cells.contains { $0.role == .gold } }
    let names = people.map(\.name) + (isGold ? ["gold"] : [])
    append([[""] + names + ["F1 so far"]] + rows.map { cells(of: $0, names) })
    page.append(
      "Spans of each annotator; “todo” is assigned and not begun. F1 of exact spans, mean over pairs of annotators who are "
        + "done.", .dim)
    page.append("")
    append(
      [["", "done", "spans", "active", "spans an hour", "time left"]]
        + people.map { person in
          [
            person.name, person.assigned.map { "\(person.done)/\($0)" } ?? "\(person.done)", "\(person.spans)",
            person.active == 0 ? "–" : Self.duration(person.active),
            person.perHour.map { AgreementReport.rounded($0, places: 0) } ?? "–",
            person.left.map { $0 == 0 ? "–" : "about \(Self.duration($0))" } ?? "–",
          ]
        })
    page.append(
      "Active time is told from the journals: pauses of more than \(ActiveTime.longestPause / 60) minutes do not count.",
      .dim)
    for label in agreement where label.drifts {
      page.append(
        "\(label.label) drifts: exact F1 over all pairs is \(AgreementReport.rounded(label.recent ?? 0)) in the last "
          + "\(Self.recentDocuments) documents, \(AgreementReport.rounded(label.before ?? 0)) before.", .bold)
    }
    let veiled = rows.filter(\.isVeiled).map(\.document)
    if !veiled.isEmpty {
      page.append(
        "You have not done \(Complaint.list(veiled)): what others marked there is not shown.", .bold, indent: 2)
    }
    return page
  }

  private func cells(of row: Row, _ names: [String]) -> [String] {
    let cells = names.map { name in
      row.cells.first { $0.annotator == name }.map { "\($0.count)\($0.status == .complete ? " done" : "")" }
        ?? (row.assigned.contains(name) ? (row.isVeiled ? "?" : "todo") : "–")
    }
    var agreement = "–"
    if case .success(let value) = row.agreement { agreement = AgreementReport.rounded(value.value) }
    return [row.document] + cells + [agreement]
  }

  /// “2 h 5 min”, “12 min”, “40 s”.
  static func duration(_ seconds: Int) -> String {
    if seconds < 60 { return "\(seconds) s" }
    let minutes = (seconds + 30) / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  // MARK: JSON

  public var json: [UInt8] {
    JSONWriter.document { writer in
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
        writer.string("measure", Figure.Measure.spanF1Exact.rawValue)
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
      writer.integer("relations", cell.relations)
      writer.string("role", cell.role.rawValue)
      writer.integer("spans", cell.count)
      writer.string("status", cell.status.rawValue)
    }
  }
}
