public import ArgumentParser
import Interchange
import Standoff
public import Storage

/// The arguments of `export`, in the shell and at the prompt.
public struct ExportArguments: ParsableArguments {
  @Argument(help: "The format: jsonl.")
  var format: String

  @Argument(help: "Documents; all where none is named.")
  var documents: [String] = []

  @Option(help: "Annotators, with commas between; all where none is named.")
  var annotators: [String] = []

  @Flag(help: "The adjudicated version, gold.json.")
  var gold = false

  @Option(help: "One version of several annotators: majority keeps what more than half of them marked alike.")
  var merge: String?

  @Option(help: "A file, or - for standard output.")
  var to = "-"

  public init() {}

  /// The names of the formats.
  static let formats = [JSONLines.name]

  static func read(_ words: String) throws(Complaint) -> ExportArguments { try parsed(words) }

  public func outcome(in workspace: Workspace) throws(Complaint) -> Outcome {
    guard format == JSONLines.name else {
      throw Complaint("There is no format “\(format)”.", "One of: \(JSONLines.name).", culprit: format)
    }
    if let merge, merge != "majority" {
      throw Complaint("There is no merge “\(merge)”.", "One of: majority.", culprit: merge)
    }
    if gold, merge != nil || !annotators.isEmpty {
      throw Complaint("--gold stands alone.", "Leave out --annotators and --merge.")
    }
    let names = try Comparison.names(documents, in: workspace)
    try checkTarget(workspace)
    let chosen = try commaSeparated(annotators, "annotator")
    try checkAnnotators(chosen, names, workspace)
    let exporter = JSONLines()
    var bytes: [UInt8] = []
    var (lines, spans, unfinished) = (0, 0, 0)
    var schemes: Set<String> = []
    for name in names {
      for (document, set) in try versions(of: name, by: chosen, workspace) {
        schemes.insert(set.scheme.name)
        bytes += exporter.export(set, of: document)
        lines += 1
        spans += set.spans.count
        if set.status == .inProgress { unfinished += 1 }
      }
    }
    guard schemes.count < 2 else {
      throw Complaint(
        "The files are of different schemes: \(Complaint.list(schemes.sorted())).",
        "Export documents of one scheme at a time; every line has the same keys.")
    }
    guard lines > 0 else {
      throw Complaint("There is nothing to export.", "“gainsay status” shows who has annotated what.")
    }
    var outcome = Outcome(Page())
    let carries = "\(counted(lines, "line")), \(counted(spans, "span")); offsets are \(JSONLines.offsetUnit)."
    outcome.notes.append(carries)
    outcome.notes.append("Not carried: \(JSONLines.notCarried). No span was lost.")
    if unfinished > 0 { outcome.notes.append("\(unfinished) of the files are not done yet.") }
    if to == "-" {
      outcome.data = bytes
    } else {
      do throws(DiskFault) { try write(bytes, workspace) } catch { throw Complaint(error) }
      outcome.page = Page("Written: \(to)").followed(by: outcome.notes)
      outcome.notes = Page()
    }
    return outcome
  }

  /// A file is replaced whole; what is no file, such as a pipe, is written to.
  private func write(_ bytes: [UInt8], _ workspace: Workspace) throws(DiskFault) {
    let disk = workspace.disk
    guard try disk.entry(to)?.isSpecial == true else { return try disk.replace(to, with: bytes) }
    let file = try disk.openForAppending(to)
    defer { disk.close(file) }
    try disk.write(bytes, to: file)
  }

  /// The workspace's own files are not for an export to replace.
  private func checkTarget(_ workspace: Workspace) throws(Complaint) {
    guard to != "-" else { return }
    guard !to.isEmpty else { throw Complaint("--to names no file.", "“-” is standard output.") }
    do throws(DiskFault) {
      let own = [
        try workspace.disk.entry(workspace.annotationsFolder)?.inode,
        try workspace.disk.entry(workspace.schemasFolder)?.inode,
      ]
      var folder = Paths.split(to).folder
      while true {
        if let entry = try workspace.disk.entry(folder), own.contains(entry.inode) {
          throw DiskFault(operation: "", path: to, code: 0)
        }
        let parent = Paths.split(folder).folder
        if parent == folder { return }
        folder = parent
      }
    } catch {
      guard error.code == 0 else { throw Complaint(error) }
      throw Complaint("\(to) lies in the workspace's own folders.", "Write the export somewhere else.", culprit: to)
    }
  }

  /// A name that nobody has is a mistake, not an empty choice.
  private func checkAnnotators(
    _ chosen: [String], _ names: [String], _ workspace: Workspace
  ) throws(Complaint) {
    var known: Set<String> = []
    do throws(FileFault) {
      for name in names { known.formUnion(try workspace.annotators(of: name)) }
    } catch {
      throw Complaint(error)
    }
    if let nobody = chosen.first(where: { !known.contains($0) }) {
      throw Complaint(
        "“\(nobody)” has annotated none of these documents.",
        "They were annotated by \(Complaint.list(known.sorted())).", culprit: nobody)
    }
  }

  /// What is exported of a document: gold, the majority, or each annotator's own.
  private func versions(
    of name: String, by chosen: [String], _ workspace: Workspace
  ) throws(Complaint) -> [(Document, AnnotationSet)] {
    do throws(FileFault) {
      let document = try workspace.document(name)
      let present = try gold ? (workspace.hasGold(name) ? ["gold"] : []) : workspace.annotators(of: name)
      var sets: [AnnotationSet] = []
      for annotator in present where chosen.isEmpty || chosen.contains(annotator) {
        if let set = try workspace.annotations(of: annotator, on: document) { sets.append(set) }
      }
      guard merge != nil, let first = sets.first else { return sets.map { (document, $0) } }
      let merged = Majority.merge(sets)
      var majority = AnnotationSet(
        document: name, annotator: "majority", scheme: first.scheme, textSHA256: document.sha256,
        textLength: document.text.count)
      do throws(AnnotationSet.Fault) {
        let isDone = sets.allSatisfy { $0.status == .complete }
        try majority.fill(
          spans: merged.spans, relations: merged.relations, status: isDone ? .complete : .inProgress,
          seenTo: document.text.count)
      } catch {
        throw FileFault(name, .spanNotAllowed(id: error.id, error.refusal))
      }
      return [(document, majority)]
    } catch {
      throw Complaint(error)
    }
  }
}
