package import Agreement
package import Pages
package import Standoff
package import Storage

/// The progress of a workspace: who has done which documents, how fast, how long the rest will take, and how far
/// annotators agree so far.
package struct WorkspaceStatus {
  /// A document: each annotator's progress on it, and their agreement.
  package struct Row: Sendable {
    package struct Cell: Sendable {
      package let annotator: String
      package let role: AnnotationSet.Role
      package let status: AnnotationSet.Status
      package let spans: [String: Int]
      package let relations: Int
      let editTimes: [Timestamp]
      /// The question to the lead that is not answered; empty if there is none.
      package let question: String
      package var count: Int { spans.values.reduce(0, +) }
    }

    package let document: String
    let words: Int
    package let cells: [Cell]
    package let assigned: [String]
    package let isVeiled: Bool
    /// The mean exact span F1 of the annotators who are done.
    package let agreement: Result<Coefficient, Undefined>
    /// The exact matches of all pairs of these annotators, by label.
    let counts: [String: ExactMatches]
    let lastChange: Timestamp?
  }

  /// The work of one annotator.
  package struct Person: Equatable {
    package let name: String
    /// The number of documents assigned; nil if none are.
    package let assigned: Int?
    package let done: Int
    /// The number of assigned documents that are done.
    package let assignedDone: Int
    package let spans: Int
    /// Active time in seconds, with every minute counted once, whatever documents it went to.
    package let active: Int
    package let perHour: Double?
    /// The estimated time for the remaining documents in seconds; nil if there is nothing to estimate it from.
    package let left: Int?
  }

  /// The agreement on a label.
  package struct LabelAgreement: Equatable {
    package let label: String
    /// Exact F1 over all pairs.
    package let f1: Double
    /// Exact F1 in the documents changed last, and in those before; nil if there are too few.
    package let recent: Double?
    package let before: Double?
    /// Whether F1 has fallen by more than ``greatestFall``.
    package var drifts: Bool { (before ?? 0) - (recent ?? before ?? 0) > WorkspaceStatus.greatestFall }
  }

  /// The number of documents that count as recent.
  package static let recentDocuments = 5
  /// The fall of F1 beyond which a label drifts.
  static let greatestFall = 0.1

  /// How far adjudication has come.
  package struct Adjudicated: Equatable {
    /// The number of documents whose adjudicated version is done.
    package let done: Int
    /// The number of documents with an adjudicated version, or with two annotators who are done.
    package let all: Int
    /// Active time in seconds.
    package let active: Int
  }

  package let rows: [Row]
  package let adjudicated: Adjudicated
  /// The annotator for whom it is made; nil if everything may be seen.
  package let reader: String?
  package let labels: [String]
  package let people: [Person]
  package let agreement: [LabelAgreement]

  package init(in workspace: Workspace) throws(Complaint) {
    let names: [String]
    let assignments: Assignments
    do throws(FileFault) {
      names = try workspace.documentNames()
      assignments = try workspace.assignments()
    } catch {
      throw Complaint(error)
    }
    var (rows, labels): ([Row], [String]) = ([], [])
    do throws(FileFault) {
      try InOrder.forEach(names) { (name) throws(FileFault) in
        try Self.row(name, assignments, workspace)
      } take: { (found) throws(FileFault) in
        rows.append(found.row)
        for label in found.labels where !labels.contains(label) { labels.append(label) }
      }
    } catch {
      throw Complaint(error)
    }
    self.rows = rows
    reader = workspace.viewerName
    self.labels = labels
    people = Self.people(rows, assignments, reader: workspace.viewerName)
    adjudicated = Self.adjudicated(rows)
    agreement = labels.compactMap { Self.agreement(on: $0, rows) }
  }

  private static func row(
    _ name: String, _ assignments: Assignments, _ workspace: Workspace
  ) throws(FileFault) -> (row: Row, labels: [String]) {
    var rule = CountingRule(.annotatorsAndGold, .any)
    rule.countsPasses = true
    let counted = try CountedAnnotations(of: name, in: workspace, rule)
    let document = counted.document
    var cells: [Row.Cell] = []
    for set in counted.files.map(\.set) {
      let spans = Dictionary(set.spans.map { ($0.label, 1) }, uniquingKeysWith: +)
      cells.append(
        Row.Cell(
          annotator: set.annotator, role: set.role, status: set.status, spans: spans, relations: set.relations.count,
          editTimes: try workspace.editTimes(of: set.annotator, on: name),
          question: set.ofDocument.answer.isEmpty ? set.ofDocument.question : ""))
    }
    let done = counted.files.filter { $0.set.role == .annotator && $0.set.status == .complete && $0.set.pass == 1 }
    let row = Row(
      document: name, words: Words.count(in: document.text.range, of: document.text), cells: cells,
      assigned: assignments.annotators(of: name), isVeiled: workspace.isVeiled(name),
      agreement: agreement(done, document), counts: counts(done),
      lastChange: done.flatMap(\.set.spans).map(\.modified).max())
    return (row, counted.files.first?.set.scheme.labels.map(\.name) ?? [])
  }

  private static func agreement(
    _ done: [CountedAnnotations.File], _ document: Document
  ) -> Result<Coefficient, Undefined> {
    var study = UnitizingStudy(annotators: done.count)
    let units = done.map { file -> [UnitizingStudy.Unit]? in file.spans.map { $0.unit(in: file.set.scheme) } }
    study.append(UnitizingStudy.Continuum(length: document.text.count, units: units))
    do throws(Undefined) {
      return .success(try MeanOverPairs(SpanScore(.f1, by: .strict)).coefficient(of: study))
    } catch {
      return .failure(error)
    }
  }

  private static func counts(_ done: [CountedAnnotations.File]) -> [String: ExactMatches] {
    var counts: [String: ExactMatches] = [:]
    let keys = done.map { file in Dictionary(grouping: file.spans.lazy.map(SpanKey.init), by: \.label) }
    for first in done.indices {
      for second in done.indices where second > first {
        let pair = ExactMatches.Pair(done[first].annotator, done[second].annotator)
        for label in Set(keys[first].keys).union(keys[second].keys) {
          let matches = ExactMatches(pair, keys[first][label] ?? [], keys[second][label] ?? [])
          counts[label] = (counts[label] ?? ExactMatches()) + matches
        }
      }
    }
    return counts
  }

  // MARK: people

  private static func adjudicated(_ rows: [Row]) -> Adjudicated {
    let gold = rows.map { row in row.cells.first { $0.role == .gold } }
    let ready = zip(rows, gold).count { row, gold in
      gold != nil || row.cells.count { $0.role == .annotator && $0.status == .complete } > 1
    }
    return Adjudicated(
      done: gold.count { $0?.status == .complete }, all: ready,
      active: ActiveTime.seconds(gold.compactMap { $0?.editTimes }).reduce(0, +))
  }

  /// - Parameter reader: the annotator for whom it is made, who sees nothing of others in documents that are hidden.
  private static func people(_ rows: [Row], _ assignments: Assignments, reader: String?) -> [Person] {
    let annotators = Set(rows.flatMap { $0.cells.filter { $0.role == .annotator }.map(\.annotator) })
    return annotators.union(assignments.all.flatMap(\.annotators)).sorted().map { name in
      let own = rows.compactMap { row in row.cells.first { $0.annotator == name }.map { (row: row, cell: $0) } }
      let assigned = rows.filter { $0.assigned.contains(name) && (!$0.isVeiled || name == reader) }
      let done = own.filter { $0.cell.status == .complete }
      let times = ActiveTime.seconds(own.map(\.cell.editTimes))
      // Without a journal nobody knows how long a document took.
      let timed = zip(own, times).filter { !$0.0.cell.editTimes.isEmpty }
      let spans = timed.reduce(0) { $0 + $1.0.cell.count }
      let active = times.reduce(0, +)
      let (words, seconds) = timed.filter { $0.0.cell.status == .complete }.reduce(into: (0, 0)) { sum, one in
        sum.0 += one.0.row.words
        sum.1 += one.1
      }
      let open = assigned.filter { row in !done.contains { $0.row.document == row.document } }
      let rest = open.reduce(0) { $0 + $1.words }
      let estimate =
        words == 0 || seconds == 0 ? nil : Int((Double(rest) * Double(seconds) / Double(words)).rounded())
      let left = rest == 0 ? 0 : estimate
      return Person(
        name: name, assigned: assigned.isEmpty ? nil : assigned.count, done: done.count,
        assignedDone: assigned.count - open.count,
        spans: own.reduce(0) { $0 + $1.cell.count }, active: active,
        perHour: active == 0 ? nil : Double(spans) * 3600 / Double(active),
        left: assigned.isEmpty ? nil : left)
    }
  }

  // MARK: agreement

  private static func agreement(on label: String, _ rows: [Row]) -> LabelAgreement? {
    let counted = rows.filter { $0.counts[label] != nil }.sorted {
      ($0.lastChange ?? Timestamp(secondsSince1970: 0), $0.document)
        < ($1.lastChange ?? Timestamp(secondsSince1970: 0), $1.document)
    }
    func f1(_ rows: some Sequence<Row>) -> Double? {
      rows.reduce(ExactMatches()) { $0 + ($1.counts[label] ?? ExactMatches()) }.f1
    }
    guard let all = f1(counted) else { return nil }
    let isEnough = counted.count >= 2 * recentDocuments
    return LabelAgreement(
      label: label, f1: all, recent: isEnough ? f1(counted.suffix(recentDocuments)) : nil,
      before: isEnough ? f1(counted.dropLast(recentDocuments)) : nil)
  }
}
