import Comparison
import Dispatch
import Interchange
import Pages
import Standoff
import Storage
import Synchronization

/// `export jsonl --grouped`: each document with the annotations of everybody, whether they count or not.
extension ExportOptions {
  /// How many documents are read at once.
  private static let batch = 256

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
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: names.count, by: Self.batch) {
      let batch = Array(names[start..<min(start + Self.batch, names.count)])
      let found = Mutex([Result<[UInt8], Complaint>](repeating: .success([]), count: batch.count))
      DispatchQueue.concurrentPerform(iterations: batch.count) { index in
        let result: Result<[UInt8], Complaint>
        do throws(FileFault) {
          result = .success(try Self.line(of: batch[index], in: workspace, assignments))
        } catch {
          result = .failure(Complaint(error))
        }
        found.withLock { $0[index] = result }
      }
      for result in found.withLock({ $0 }) { bytes += try result.get() }
    }
    if to == "-" { return CommandOutcome(data: bytes) }
    try OutputTarget.write([(to, bytes)], workspace)
    return CommandOutcome(Page("Wrote \(to)"))
  }

  private static func line(
    of name: String, in workspace: Workspace, _ assignments: Assignments
  ) throws(FileFault) -> [UInt8] {
    let counted = try CountedAnnotations(
      of: name, in: workspace, CountingRule(.annotatorsAndGold, .any, countsPasses: true))
    var grouped = GroupedDocument(counted.document)
    for file in counted.files {
      let rounds = assignments.all.filter { $0.document == name && $0.annotators.contains(file.annotator) }.map(\.round)
      grouped.annotators.append(GroupedAnnotator(file.set, rounds: rounds))
    }
    return grouped.line
  }
}
