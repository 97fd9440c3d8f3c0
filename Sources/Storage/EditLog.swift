public import JSONText
import Standoff

extension Workspace {
  /// What was done to an annotator's annotations of a document, oldest first, from the journal and those set aside
  /// before it; empty if there are none. A damaged journal counts up to the damage.
  ///
  /// - Throws: if a journal cannot be read, or is of a later format.
  public func editLog(of annotator: String, on document: String) throws(FileFault) -> [LoggedEdit] {
    var journals: [[LoggedEdit]] = []
    for path in try journalPaths(of: annotator, on: document) {
      guard let journal = try readIfThere(path).map(JournalFile.decode) else { continue }
      if let number = journal.newerFormat { throw FileFault(path, .newerFormat(number)) }
      journals.append(
        journal.records.map { LoggedEdit(at: $0.at, did: $0.did, edit: $0.edit, by: $0.by) })
    }
    let begun = journals.filter { !$0.isEmpty }
    return begun.sorted { $0[0].at < $1[0].at }.flatMap { $0 }
  }

  /// The path of the current journal, whether or not it exists, and of those set aside.
  func journalPaths(of annotator: String, on document: String) throws(FileFault) -> [String] {
    let path = AnnotationStore.journalPath(annotator, document, self)
    let (folder, journal) = Paths.split(path)
    let names: [String]
    do throws(DiskFault) { names = try disk.names(in: folder) } catch { throw FileFault(error) }
    // An annotator's name may itself end in “.journal-1”; then a full stop follows.
    let setAside = names.filter { $0.hasPrefix(journal + "-") && !$0.dropFirst(journal.count).contains(".") }
    return setAside.map { Paths.join(folder, $0) } + [path]
  }
}

extension LoggedEdit {
  /// Writes the changes as the journal states them.
  public func writeChanges(to writer: inout JSONWriter) {
    for change in edit.changes { JournalFile.write(change, to: &writer) }
  }
}
