import Comparison
import Interchange
import Pages
import Standoff
import Storage

/// `export jsonl --grouped`: each document with the annotations of everybody, whether they count or not.
extension ExportOptions {
  func groupedOutcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    let workspace = place.workspace
    guard format == JSONLines.name else {
      throw Complaint("--grouped writes jsonl, not \(format).", "Write “export jsonl --grouped”.", culprit: format)
    }
    guard !gold, merge == nil, split == nil, !sentences, zones.isEmpty, card == nil, annotators.isEmpty else {
      throw Complaint(
        "--grouped writes whole documents with everybody's annotations.",
        "Leave out the other options; those of “gainsay tally” choose what counts.")
    }
    try OutputTarget.check(to, "--to", workspace)
    try DocumentChoice.checkSeen(documents, in: workspace)
    let names = try DocumentChoice.names(documents, in: workspace)
    let assignments: Assignments
    do throws(FileFault) { assignments = try workspace.assignments() } catch { throw Complaint(error) }
    let stream = try stream(place)
    var bytes: [UInt8] = []
    do throws(Complaint) {
      try InOrder.forEach(names) { (name) throws(Complaint) in
        try Self.line(of: name, in: workspace, assignments)
      } take: { (line) throws(Complaint) in
        if let stream { try stream.write(line) } else { bytes += line }
      }
      try stream?.finish()
    } catch {
      stream?.abandon()
      throw error
    }
    if to == "-" { return CommandOutcome(data: bytes) }
    if stream == nil { try OutputTarget.write([(to, bytes)], workspace) }
    return CommandOutcome(Page("Wrote \(to)"))
  }

  private static func line(
    of name: String, in workspace: Workspace, _ assignments: Assignments
  ) throws(Complaint) -> [UInt8] {
    let counted: CountedAnnotations
    do throws(FileFault) {
      counted = try CountedAnnotations(
        of: name, in: workspace, CountingRule(.annotatorsAndGold, .any, countsPasses: true))
    } catch {
      throw Complaint(error)
    }
    var grouped = GroupedDocument(counted.document)
    for file in counted.files {
      let rounds = assignments.all.filter { $0.document == name && $0.annotators.contains(file.annotator) }.map(\.round)
      grouped.annotators.append(GroupedAnnotator(file.set, rounds: rounds))
    }
    return grouped.line
  }
}
