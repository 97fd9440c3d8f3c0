import Interchange
import Pages
import Standoff

/// The result of an import: what is new, what was left out, and what stands in the way.
struct ImportReport {
  /// A line and column of a file.
  struct Place {
    let file: String
    let line: Int
    var column = 1

    var text: String { column > 1 ? "\(file), line \(line), column \(column)" : "\(file), line \(line)" }
  }

  /// The most problems, and the most things left out, to list.
  private static let named = 20

  private(set) var problems: [String] = []
  private var problemCount = 0
  private var advice: Set<String> = []
  private var leftOut: [String] = []
  private var leftOutCount = 0
  var documents: Set<String> = []
  var files: [(annotator: String, document: String)] = []
  var spans = 0
  var relations = 0
  /// The number of annotation files that exist already with the same content.
  var unchanged = 0
  /// Numbers of documents by the unit of their offsets.
  var units: [OffsetUnit: Int] = [:]
  var names: [String: String] = [:]
  /// Names that `--map` gives and no file has.
  var unmet: [String] = []
  /// Annotations that were joined from several parts.
  var joined: Set<String> = []
  var scheme: ImportScheme?
  var isDry = false

  mutating func problem(_ place: @autoclosure () -> Place, _ problem: @autoclosure () -> String, _ advice: String) {
    problemCount += 1
    if problems.count < Self.named { problems.append("\(place().text): \(problem())") }
    if !advice.isEmpty { self.advice.insert(advice) }
  }

  mutating func leave(_ place: @autoclosure () -> Place, _ what: String) {
    leftOutCount += 1
    if leftOut.count < Self.named { leftOut.append("\(place().text): \(what)") }
  }

  /// The outcome where nothing was imported, with the reasons.
  var refusal: CommandOutcome {
    var page = Page()
    page.isRefusal = true
    page.append("Nothing was imported.", .bold)
    for problem in problems { page.append(problem, indent: 2) }
    if problemCount > problems.count { page.append("… and \(problemCount - problems.count) more.") }
    for advice in advice.sorted() { page.append(advice) }
    var outcome = CommandOutcome(Page(), status: 2)
    outcome.notes = page
    return outcome
  }

  var outcome: CommandOutcome {
    var page = Page()
    let verb = isDry ? "Would import" : "Imported"
    let annotators = Set(files.map(\.annotator)).sorted()
    if files.isEmpty, documents.isEmpty {
      page.append(unchanged > 0 ? "All of it is already here; nothing was changed." : "There was nothing to import.")
    } else {
      page.append(
        "\(verb): \(counted(documents.count, "new document")), \(counted(files.count, "annotation file"))"
          + (annotators.isEmpty ? "" : " by \(Complaint.list(annotators))")
          + " with \(counted(spans, "span")) and \(counted(relations, "relation")).")
      if unchanged > 0 { page.append("\(counted(unchanged, "annotation file")) already here, unchanged.") }
    }
    if let scheme, !files.isEmpty {
      page.append("Scheme: \(scheme.scheme.name) \(scheme.scheme.version)\(scheme.why).")
    }
    for (unit, count) in units.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      page.append("Offsets: \(unit.noun) in \(counted(count, "text")).")
    }
    if !joined.isEmpty {
      let shown = joined.sorted().prefix(Self.named)
      let rest = joined.count > shown.count ? " and \(joined.count - shown.count) more" : ""
      page.append("Joined from several parts: \(shown.joined(separator: ", "))\(rest).")
    }
    for (foreign, name) in names.sorted(by: { $0.key < $1.key }).prefix(Self.named) {
      page.append("“\(foreign)” becomes \(name) here.")
    }
    if names.count > Self.named { page.append("… and \(names.count - Self.named) more names.") }
    for name in unmet { page.append("--map \(name): no imported file uses that name.") }
    var outcome = CommandOutcome(page)
    if leftOutCount > 0 {
      outcome.notes.append("Left out:")
      for what in leftOut { outcome.notes.append(what, indent: 2) }
      if leftOutCount > leftOut.count { outcome.notes.append("… and \(leftOutCount - leftOut.count) more.") }
    }
    return outcome
  }
}
