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

  /// The most kinds of a thing to list, and the most things of a kind.
  private static let (named, ofKind) = (20, 3)

  /// Things of several kinds, of which the first of each are listed.
  private struct List {
    private var kinds: [String] = []
    private var first: [String: [String]] = [:]
    private var counts: [String: Int] = [:]

    var isEmpty: Bool { kinds.isEmpty }

    /// - Parameter kind: what tells kinds apart; words in quotation marks and numbers do not.
    mutating func add(_ kind: String, _ line: @autoclosure () -> String) {
      let plain = Self.plain(kind)
      if counts[plain] == nil { kinds.append(plain) }
      counts[plain, default: 0] += 1
      if counts[plain] ?? 0 <= ImportReport.ofKind { first[plain, default: []].append(line()) }
    }

    private static func plain(_ kind: String) -> String {
      var (plain, depth) = ("", 0)
      for character in kind {
        if character == "“" { depth += 1 }
        if depth == 0, !character.isNumber { plain.append(character) }
        if character == "”" { depth = max(0, depth - 1) }
      }
      return plain
    }

    var lines: [String] {
      var lines: [String] = []
      for kind in kinds.prefix(ImportReport.named) {
        lines += first[kind] ?? []
        let more = (counts[kind] ?? 0) - ImportReport.ofKind
        if more > 0 { lines.append("… and \(more) more of this kind.") }
      }
      let rest = kinds.dropFirst(ImportReport.named).reduce(0) { $0 + (counts[$1] ?? 0) }
      return rest > 0 ? lines + ["… and \(rest) more."] : lines
    }
  }

  private var problemList = List()
  private var leftOutList = List()
  private var advice: Set<String> = []
  /// Everything that was left out.
  private(set) var allLeftOut: [String] = []
  /// The annotation files that a newer export replaces.
  var replaced: [(annotator: String, document: String)] = []
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

  var hasProblems: Bool { !problemList.isEmpty }

  mutating func problem(_ place: @autoclosure () -> Place, _ problem: @autoclosure () -> String, _ advice: String) {
    let (place, problem) = (place(), problem())
    problemList.add("\(place.file) \(problem)", "\(place.text): \(problem)")
    if !advice.isEmpty { self.advice.insert(advice) }
  }

  mutating func leave(_ place: @autoclosure () -> Place, _ what: String) {
    let line = "\(place().text): \(what)"
    allLeftOut.append(line)
    leftOutList.add(what, line)
  }

  /// The outcome where nothing was imported, with the reasons.
  var refusal: CommandOutcome {
    var page = Page()
    page.isRefusal = true
    page.append("Nothing was imported.", .bold)
    for problem in problemList.lines { page.append(problem, indent: 2) }
    for advice in advice.sorted() { page.append(advice) }
    var outcome = CommandOutcome(Page(), status: 2)
    outcome.notes = page
    return outcome
  }

  var outcome: CommandOutcome {
    var page = Page()
    let verb = isDry ? "Would import" : "Imported"
    let annotators = Set(files.map(\.annotator)).sorted()
    if files.isEmpty, documents.isEmpty, replaced.isEmpty {
      page.append(unchanged > 0 ? "All of it is already here; nothing was changed." : "There was nothing to import.")
    } else {
      if !files.isEmpty || !documents.isEmpty {
        page.append(
          "\(verb): \(counted(documents.count, "new document")), \(counted(files.count, "annotation file"))"
            + (annotators.isEmpty ? "" : " by \(Complaint.list(annotators))")
            + " with \(counted(spans, "span")) and \(counted(relations, "relation")).")
      }
      if !replaced.isEmpty {
        let verb = isDry ? "Would replace" : "Replaced"
        page.append("\(verb) \(counted(replaced.count, "annotation file")); “undo” at the prompt takes it back.")
      }
      if unchanged > 0 { page.append("\(counted(unchanged, "annotation file")) already here, unchanged.") }
    }
    if let scheme, !files.isEmpty || !replaced.isEmpty {
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
    if !leftOutList.isEmpty {
      outcome.notes.append("Left out:")
      for line in leftOutList.lines { outcome.notes.append(line, indent: 2) }
    }
    return outcome
  }
}
