public import ArgumentParser
import Comparison
import Interchange
package import Pages
import Standoff
import Storage

/// The options of `export`, in the shell and at the prompt.
package struct ExportOptions: SharedOptions, Sendable {
  package static let name = "export"

  @Argument(
    help: ArgumentHelp("The format: \(Complaint.list(Formats.exporters.map { $0.name }, "or")).", valueName: "format"),
    completion: .list(Formats.exporters.map { $0.name }))
  package var format: String

  @Argument(help: ArgumentHelp("Documents to export. Default: all.", valueName: "document"))
  var documents: [String] = []

  @Option(help: ArgumentHelp("Annotators to export, separated by commas. Default: all.", valueName: "annotators"))
  var annotators: [String] = []

  @Flag(help: "Export the adjudicated version, gold.json.")
  var gold = false

  @Option(
    help: ArgumentHelp(
      "Merge annotators into one version: majority (spans that more than half marked), intersection (all) "
        + "or union (any).",
      valueName: "merge")
  )
  var merge: Merge?

  @Option(
    help: ArgumentHelp(
      "File to write, or - for standard output; a folder if the format writes a file per document.", valueName: "file"),
    completion: .file())
  var to = "-"

  @Option(
    help: ArgumentHelp(
      "Split by document into parts with these shares, such as train=0.8,dev=0.1,test=0.1; --to is then a folder.",
      valueName: "parts"))
  var split: String?

  @Option(help: ArgumentHelp("Seed for --split and --negatives.", valueName: "number"))
  var seed = 1

  @Flag(
    help: "jsonl: write one line for each document with everybody's annotations, as “gainsay tally” reads them.")
  var grouped = false

  @Flag(help: "Write each sentence as a text of its own.")
  var sentences = false

  @Option(
    help: ArgumentHelp("With --sentences: keep this share of the sentences without a span.", valueName: "share"))
  var negatives: Double?

  @Option(
    help: ArgumentHelp(
      "Export spans in parts that are skipped otherwise: boilerplate (menus, notices), repeat (repeated text).",
      valueName: "zones"),
    completion: .list(Zone.Kind.allCases.map(\.rawValue)))
  var zones: [String] = []

  @Option(help: ArgumentHelp("How conll tags tokens.", valueName: "tags"))
  var tags = CoNLL.Tags.iob2

  @Option(
    help: ArgumentHelp(
      "Write a datasheet to this file: counts, agreement, scheme and guideline, in Markdown.", valueName: "file"),
    completion: .file())
  var card: String?

  @Flag(help: "If anything would be lost, write nothing and exit with status 1.")
  var strict = false

  package init() {}

  static var formats: [String] { Formats.exporters.map { $0.name } }

  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    let workspace = place.workspace
    guard let exporter = Formats.exporter(format, tags: tags) else {
      let guess = didYouMean(format, among: Self.formats)
      throw Complaint(
        "There is no format “\(format)”.\(guess)", "Choose one of \(Complaint.list(Self.formats, "or")).",
        culprit: format)
    }
    if gold, merge != nil || !annotators.isEmpty {
      throw Complaint("--gold exports the adjudicated version only.", "Leave out --annotators and --merge.")
    }
    if let negatives, !sentences || !(0...1).contains(negatives) {
      throw Complaint(
        "--negatives takes a share from 0 to 1 and needs --sentences.", culprit: String(negatives))
    }
    if grouped { return try groupedOutcome(in: place) }
    let isFolder = type(of: exporter).layout == .folder || split != nil
    if isFolder, to == "-" {
      throw Complaint(
        split == nil ? "“\(format)” writes a file per document." : "--split writes several files.",
        "Name a folder with --to.")
    }
    let parts = try splitParts()
    try OutputTarget.check(to, "--to", workspace)
    if let card {
      guard card != "-", card != to else {
        throw Complaint(
          "--card takes a file of its own, not “\(card)”.", "Name one, such as --card README.md.", culprit: card)
      }
      try OutputTarget.check(card, "--card", workspace)
    }
    try DocumentChoice.checkSeen(documents, in: workspace)
    let names = try DocumentChoice.names(documents, in: workspace)
    let chosen = try commaSeparated(annotators, "annotator")
    try checkAnnotators(chosen, names, workspace)
    let rule = CountingRule(
      gold ? .named(["gold"]) : try CountingRule.people(named: chosen), .any, zones: try zoneKinds(zones))
    var places: [String: String]?
    if let parts {
      do throws(FileFault) {
        var used: [String] = []
        for name in names where try !rule.names(name, in: workspace).isEmpty { used.append(name) }
        places = try workspace.keepingParts(of: used, in: parts)
      } catch {
        throw Complaint(error)
      }
    }
    var export = ExportRun(exporter, split: parts, places: places ?? [:], of: workspace)
    export.stream = type(of: exporter).writesApart && split == nil && card == nil ? try stream(place) : nil
    let options = self
    do throws(Complaint) {
      try InOrder.forEach(names) { (name) throws(Complaint) in
        try options.versions(of: name, rule, workspace).map {
          ExportRun.Version($0, options.pieces($0), by: exporter)
        }
      } take: { (versions) throws(Complaint) in
        for version in versions { try export.add(version) }
      }
      return try finish(&export, names, chosen)
    } catch {
      export.stream?.abandon()
      throw error
    }
  }

  /// Where to write while the export is made; nil to write at the end.
  func stream(_ place: Surroundings) throws(Complaint) -> ExportStream? {
    guard to == "-" else { return try ExportStream(to: to, place.workspace) }
    // What has gone to standard output cannot be taken back.
    return strict ? nil : place.output.map { ExportStream(to: $0, place.workspace) }
  }

  /// The texts written of a version: itself or, with `--sentences`, the sentences that are kept.
  private func pieces(_ version: AnnotatedDocument) -> (pieces: [AnnotatedDocument], losses: [Loss]) {
    guard sentences else { return ([version], []) }
    let cut = version.sentences()
    let share = negatives ?? 1
    let kept = cut.pieces.filter { piece in
      !piece.set.spans.isEmpty || Split.place(of: piece.document.id, seed: UInt64(seed)) < share
    }
    return (kept, cut.losses)
  }

  private func finish(
    _ export: inout ExportRun, _ names: [String], _ chosen: [String]
  ) throws(Complaint) -> CommandOutcome {
    guard export.versions > 0 else {
      throw Complaint("There is nothing to export.", "“gainsay status” shows who has annotated what.")
    }
    try export.finish()
    var outcome = CommandOutcome(Page())
    outcome.notes = export.report
    if strict, !export.losses.isEmpty {
      export.stream?.abandon()
      outcome.status = 1
      outcome.notes.append("Nothing was written: --strict allows no losses.")
      return outcome
    }
    if let stream = export.stream {
      try stream.finish()
      if to == "-" {
        outcome = CommandOutcome(data: [])
        outcome.notes = export.report
      } else {
        outcome.page = Page("Wrote \(to)")
      }
      return outcome
    }
    let files = export.files(at: to)
    if to == "-", files.count > 1 {
      throw Complaint(
        "Overlapping spans make this \(counted(files.count, "file")), one per layer.",
        "Name a file with --to; each layer's name is added to it.")
    }
    if to == "-" {
      outcome = CommandOutcome(data: files.first?.bytes ?? [])
      outcome.notes = export.report
    } else {
      let named = files.count == 1 ? files[0].path : "\(to), \(counted(files.count, "file"))"
      outcome.page = Page("Wrote \(named)")
    }
    var written = to == "-" ? [] : files
    if let card {
      let sheet = try Datasheet(export, names, annotators: gold ? ["gold"] : chosen, format)
      written.append((card, Array(sheet.markdown.utf8)))
      outcome.page.append("Wrote \(card)")
    }
    try OutputTarget.write(written, export.workspace)
    return outcome
  }

  /// The parts of the split; nil without `--split`.
  private func splitParts() throws(Complaint) -> Split? {
    let seed = try checked(seed: seed)
    guard let split else { return nil }
    var parts: [(name: String, share: Double)] = []
    for part in split.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let share = Double(sides[1]), (0...1).contains(share),
        Scheme.isPlainName(String(sides[0])),
        !parts.contains(where: { $0.name.lowercased() == sides[0].lowercased() })
      else {
        throw Complaint(
          "--split takes names with shares, not “\(part)”.", "Write train=0.8,dev=0.1,test=0.1.", culprit: String(part))
      }
      parts.append((String(sides[0]), share))
    }
    let sum = parts.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) < 0.001 else {
      throw Complaint(
        "The shares of --split must add up to 1, not \(Decimals.rounded(sum)).", "Change “\(split)”.", culprit: split)
    }
    return Split(parts, seed: seed)
  }

  /// Throws if a named annotator has annotated none of the documents: most likely a typing error.
  private func checkAnnotators(
    _ chosen: [String], _ names: [String], _ workspace: Workspace
  ) throws(Complaint) {
    guard !chosen.isEmpty else { return }
    var known: Set<String> = []
    do throws(FileFault) {
      for name in names { known.formUnion(try workspace.annotators(of: name)) }
    } catch {
      throw Complaint(error)
    }
    if let nobody = chosen.first(where: { !known.contains($0) }) {
      throw Complaint(
        "“\(nobody)” has annotated none of these documents.",
        "These were annotated by \(Complaint.list(known.sorted())).", culprit: nobody)
    }
  }

  /// The versions of a document to export: gold, a merged one, or each annotator's own.
  private func versions(
    of name: String, _ rule: CountingRule, _ workspace: Workspace
  ) throws(Complaint) -> [AnnotatedDocument] {
    do throws(FileFault) {
      let counted = try CountedAnnotations(of: name, in: workspace, rule)
      let document = counted.document
      let sets = counted.files.map { counted.leftOut.isEmpty ? $0.set : $0.set.without(counted.leftOut) }
      let tokens = try workspace.tokens(of: document)
      guard let merge, let first = sets.first else {
        return sets.map { AnnotatedDocument(document, $0, tokens: tokens) }
      }
      if let other = sets.first(where: { $0.scheme.name != first.scheme.name }) {
        throw FileFault(
          workspace.path(of: other.annotator, on: name),
          .wrongName(key: "scheme of a merge", expected: first.scheme.name, found: other.scheme.name))
      }
      do throws(AnnotationSet.Fault) {
        return [AnnotatedDocument(document, try merge.version(of: sets), tokens: tokens)]
      } catch {
        throw FileFault(name, .spanNotAllowed(id: error.id, error.refusal))
      }
    } catch {
      throw Complaint(error)
    }
  }
}

extension Merge: ExpressibleByArgument {}
extension CoNLL.Tags: ExpressibleByArgument {}
