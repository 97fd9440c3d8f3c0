import Standoff

/// The annotations and the history that a file and its journal hold together, with the state of the two.
struct StoredAnnotations {
  var set: AnnotationSet
  var history = History()
  var digest: ContentDigest
  /// The digest of the file's bytes; nil if there is no file.
  var fileSHA256: String?
  var fileSize = 0
  /// The number of bytes of whole records; anything after them was never answered.
  var journalLength = 0
  var hasJournal = false
  /// The number of journal edits that the file did not have yet.
  var replayed = 0
  /// Why the journal must be set aside; nil if it need not be.
  var journalFault: FileFault.Fact?

  /// - Parameter scheme: the scheme for an annotator without a file; nil to return nil without file and journal.
  static func read(
    _ annotator: String, on document: Document, in workspace: Workspace, startingWith scheme: Scheme?
  ) throws(FileFault) -> StoredAnnotations? {
    let bytes = try workspace.readIfThere(workspace.path(of: annotator, on: document.id))
    let journal = try workspace.readIfThere(AnnotationStore.journalPath(annotator, document.id, workspace))
    let records = journal.map(JournalFile.decode)
    if let number = records?.newerFormat {
      throw FileFault(AnnotationStore.journalPath(annotator, document.id, workspace), .newerFormat(number))
    }
    var stored: StoredAnnotations
    if let bytes {
      let set = try decode(bytes, annotator, on: document, in: workspace, workspace.scheme)
      stored = StoredAnnotations(set: set, digest: ContentDigest(set))
    } else {
      // After a crash between the journal's first record and the file, there is only the journal.
      let own: Scheme
      if let name = records?.records.first?.scheme {
        own = try workspace.scheme(name)
      } else if let scheme {
        own = scheme
      } else {
        return nil
      }
      let set = AnnotationSet(
        document: document.id, annotator: annotator, role: role(of: annotator),
        pass: Assignments.person(annotator).pass > 1
          ? try workspace.assignments().pass(annotator, on: document.id) : 1, scheme: own,
        textSHA256: document.sha256, textLength: document.text.count)
      stored = StoredAnnotations(set: set, digest: ContentDigest(set))
    }
    stored.fileSHA256 = bytes.map(SHA256.hex)
    stored.fileSize = bytes?.count ?? 0
    if let records {
      stored.hasJournal = true
      stored.replay(records)
    }
    return stored
  }

  /// Reads only the annotations; without a journal, from the file alone.
  static func readSet(
    _ annotator: String, on document: Document, in workspace: Workspace, scheme: (String) throws(FileFault) -> Scheme
  ) throws(FileFault) -> AnnotationSet? {
    guard try workspace.readIfThere(AnnotationStore.journalPath(annotator, document.id, workspace)) == nil else {
      return try read(annotator, on: document, in: workspace, startingWith: nil)?.set
    }
    guard let bytes = try workspace.readIfThere(workspace.path(of: annotator, on: document.id)) else { return nil }
    return try decode(bytes, annotator, on: document, in: workspace, scheme)
  }

  private static func role(of annotator: String) -> AnnotationSet.Role { annotator == "gold" ? .gold : .annotator }

  private static func decode(
    _ bytes: [UInt8], _ annotator: String, on document: Document, in workspace: Workspace,
    _ scheme: (String) throws(FileFault) -> Scheme
  ) throws(FileFault) -> AnnotationSet {
    try AnnotationFile.decode(
      bytes, path: workspace.path(of: annotator, on: document.id), document: document, annotator: annotator,
      role: role(of: annotator), scheme: scheme)
  }

  /// Rebuilds the history and applies the edits that the file does not have, up to the first that is not sound; a
  /// journal for another content changes nothing.
  private mutating func replay(_ journal: JournalFile) {
    journalLength = journal.length
    if journal.isDamaged { journalFault = .journalDamaged }
    let records = journal.records
    guard !records.isEmpty else { return }
    guard let start = firstUnheld(records) else {
      journalFault = .journalForeign
      return
    }
    // The history begins where the records up to there form an unbroken chain.
    var first = start
    while first > 0, records[first - 1].after == (first < records.count ? records[first].before : digest.hex) {
      first -= 1
    }
    for (index, record) in records.enumerated() {
      guard index >= start else {
        spendIDs(of: record.edit)
        if index >= first { remember(record) }
        continue
      }
      let before = digest
      guard record.before == before.hex, (try? set.apply(record.edit)) != nil else {
        journalFault = .journalDamaged
        return
      }
      digest.apply(record.edit, to: set)
      guard digest.hex == record.after else {
        _ = try? set.apply(record.edit.inverse)
        digest = before
        journalFault = .journalDamaged
        return
      }
      spendIDs(of: record.edit)
      remember(record)
      set.see(to: record.seenTo)
      replayed += 1
    }
  }

  /// The first record whose edit the file does not have; nil if no record begins or ends with the file's content.
  private func firstUnheld(_ records: [JournalFile.Record]) -> Int? {
    let held = digest.hex
    if records[records.count - 1].after == held { return records.count }
    return records.lastIndex { $0.before == held }
  }

  private mutating func remember(_ record: JournalFile.Record) {
    switch record.did {
    case .edit: history.record(record.edit)
    case .undo: _ = history.undo()
    case .redo: _ = history.redo()
    }
  }

  private mutating func spendIDs(of edit: Edit) {
    for change in edit.changes {
      switch change {
      case .span(let from, let to): set.spendIDs(spans: from?.id ?? to?.id ?? 0, relations: 0)
      case .relation(let from, let to): set.spendIDs(spans: 0, relations: from?.id ?? to?.id ?? 0)
      case .declined, .document, .status: break
      }
    }
  }
}
