import Glibc
public import Standoff

/// One annotator's annotations of one document, open for editing; the only writer of their file and journal.
///
/// An edit is in the journal, and the journal on disk, before ``commit(_:at:)`` returns. A small file follows at once,
/// a large one when ``flush()`` is called.
public struct AnnotationStore: Sendable {
  /// Files of at least this many bytes are replaced only by ``flush()``.
  public static let immediateLimit = 1 << 20

  public private(set) var set: AnnotationSet
  public private(set) var history: History
  /// Who is editing the file, if this store is read-only because of that.
  public let holder: String?
  /// Why the store is read-only, if nobody else is editing the file.
  public let lockFault: DiskFault?
  /// The number of edits that were in the journal but not in the file on opening.
  public let recovered: Int
  /// The journal's new name and the reason, if it was set aside.
  public let setAside: (name: String, fact: FileFault.Fact)?
  /// Whether the file lacks edits of the journal, or the latest offset read.
  public private(set) var isBehind: Bool
  /// Why the file could not be replaced after the last edit, which is in the journal.
  public private(set) var replaceFault: DiskFault?

  private let workspace: Workspace
  /// The disk beneath the document's folder, which stays open.
  private let disk: any Disk
  private let folder: String
  /// The inode of that folder; another program may put another folder in its place.
  private let folderInode: UInt64?
  private let text: DocumentText
  private let path: String
  private let journalPath: String
  /// The name of the person who edits, for the journal.
  private let author: String?
  private var digest: ContentDigest
  private var fileSHA256: String?
  /// The digest of content that a failed replacement may have written nevertheless.
  private var attemptedSHA256: String?
  private var fileEntry: DiskEntry?
  private var fileSize: Int
  private var lock: OpenFile?
  private var journal: OpenFile?
  private var journalLength: Int
  /// The journal as it was when it was read; nil if there was none.
  private var journalEntry: DiskEntry?
  /// The journal's inode and size when last seen; nil if there was none. The last record may be unfinished.
  private var journalInode: UInt64?
  private var journalSize: Int
  /// Whether the journal may end with the record of an edit that was refused.
  private var isUndecided = false
  /// Whether the journal's name is known to be on disk.
  private var isJournalNamed: Bool

  /// Why an edit was not carried out; nothing was changed.
  public enum CommitFault: Error, Equatable, Sendable {
    case refused(AnnotationSet.Refusal)
    case file(FileFault)
    case lookOnly(holder: String?, cause: DiskFault?)
    /// The call failed, and so did taking the record back: whether the edit is on disk will show at the next opening.
    case undecided(DiskFault)
    /// The clock's time is not plausible.
    case clock(Timestamp)
  }

  static func journalPath(_ annotator: String, _ document: String, _ workspace: Workspace) -> String {
    Paths.join(workspace.folder(of: document), ".\(annotator).journal")
  }

  /// Opens an annotator's file, or starts a new one, which is created with the first edit.
  ///
  /// - Parameters:
  ///   - scheme: the scheme for a new file.
  ///   - me: the name for this session that other sessions are told; the part before the first comma goes into the
  ///     journal as the person who edits.
  ///   - now: the date for the name of a journal that is set aside.
  public init(
    annotator: String, document: Document, scheme: Scheme, in workspace: Workspace, me: String, now: Timestamp
  ) throws(FileFault) {
    let isReserved = Workspace.reservedNames.contains(annotator.lowercased())
    guard Scheme.isPlainName(annotator), annotator == "gold" || !isReserved else {
      throw FileFault(annotator, .nameNotAllowed(annotator))
    }
    if let other = try workspace.allAnnotators(of: document.id).first(where: {
      $0 != annotator && $0.lowercased() == annotator.lowercased()
    }) {
      throw FileFault(workspace.path(of: other, on: document.id), .nameTaken(annotator, by: other))
    }
    let folder = workspace.folder(of: document.id)
    let disk = workspace.disk.beneath(folder)
    let lockPath = Paths.join(folder, ".\(annotator).lock")
    let taken = Self.takeLock(lockPath, me: me, disk: disk)
    do throws(FileFault) {
      if taken.lock != nil { try DocumentRealignment.checkNoneIsUnderWay(on: document.id, in: workspace) }
      self.workspace = workspace
      self.disk = disk
      self.folder = folder
      path = workspace.path(of: annotator, on: document.id)
      journalPath = Self.journalPath(annotator, document.id, workspace)
      // Before the files are read: what another program changes meanwhile is noticed at the next edit.
      do throws(DiskFault) {
        folderInode = try disk.entry(folder)?.inode
        fileEntry = try disk.entry(path)
        let found = try disk.entry(journalPath)
        journalEntry = found
        journalInode = found?.inode
        journalSize = found?.size ?? 0
      } catch {
        throw FileFault(error)
      }
      guard
        var stored = try StoredAnnotations.read(annotator, on: document, in: workspace, startingWith: scheme)
      else { throw FileFault(lockPath, .missing) }
      if stored.fileSHA256 == nil {
        if annotator != "gold", !stored.hasJournal { try NewName.check(annotator) }
        try DocumentRealignment.checkStands(document, in: workspace)
      }
      text = document.text
      let name = String(me.prefix { $0 != "," })
      author = name.isEmpty ? nil : name
      holder = taken.holder
      lockFault = taken.fault
      lock = taken.lock
      if let fact = stored.journalFault, lock != nil {
        if stored.replayed > 0 {
          // Sound edits of the journal go into the file before the journal is set aside.
          let bytes = AnnotationFile.encode(stored.set, text: document.text)
          do throws(DiskFault) {
            fileEntry = try disk.replace(path, with: bytes, inPlaceOf: fileEntry)
          } catch {
            throw FileFault(error)
          }
          stored.fileSHA256 = SHA256.hex(of: bytes)
          stored.fileSize = bytes.count
        }
        let name = try Self.setAside(journalPath, now: now, disk: disk)
        setAside = (name, fact)
        stored.hasJournal = false
        stored.journalLength = 0
        (journalEntry, journalInode, journalSize) = (nil, nil, 0)
      } else {
        let name = Paths.split(journalPath).name
        setAside = stored.journalFault.map { (name, $0) }
      }
      set = stored.set
      history = stored.history
      digest = stored.digest
      recovered = stored.replayed
      isBehind = stored.replayed > 0 && stored.journalFault == nil
      fileSHA256 = stored.fileSHA256
      attemptedSHA256 = nil
      fileSize = stored.fileSize
      journalLength = stored.journalLength
      isJournalNamed = stored.hasJournal
    } catch {
      if let lock = taken.lock { disk.release(lock) }
      throw error
    }
  }

  /// Whether this store may edit, as nobody else does.
  public var isWritable: Bool { lock != nil }

  /// Carries out an edit and makes it durable.
  public mutating func commit(_ edit: Edit, at time: Timestamp) throws(CommitFault) {
    try carryOut(edit, did: .edit, at: time) { $0.record(edit) }
  }

  /// Undoes the last edit; returns nil if there is none.
  public mutating func undo(at time: Timestamp) throws(CommitFault) -> Edit? {
    guard let edit = history.done.last?.inverse else { return nil }
    try carryOut(edit, did: .undo, at: time) { _ = $0.undo() }
    return edit
  }

  /// Redoes the last undone edit; returns nil if there is none.
  public mutating func redo(at time: Timestamp) throws(CommitFault) -> Edit? {
    guard let edit = history.undone.last else { return nil }
    try carryOut(edit, did: .redo, at: time) { _ = $0.redo() }
    return edit
  }

  /// Prepares the file and the journal as they are after an edit, to be put in place together with other files.
  ///
  /// The store holds its lock until it is closed, which is all that may be done with it afterwards.
  ///
  /// - Parameter did: whether *edit* is new, or the inverse of the last one.
  public mutating func prepare(
    _ edit: Edit, did: LoggedEdit.Deed = .edit, at time: Timestamp, in change: inout WorkspaceChange
  ) throws(CommitFault) {
    let old: (journal: DiskEntry?, file: DiskEntry?)
    do throws(DiskFault) { old = (try disk.entry(journalPath), try disk.entry(path)) } catch {
      throw .file(FileFault(error))
    }
    // Finds whatever changed before.
    let record = try apply(edit, did: did, at: time)
    do throws(FileFault) {
      let journal = try Array((workspace.readIfThere(journalPath) ?? []).prefix(journalLength))
      try change.replace(
        Paths.split(journalPath).name, of: set.document, with: journal + JournalFile.encode(record),
        inPlaceOf: old.journal)
      try change.replace(
        Paths.split(path).name, of: set.document, with: AnnotationFile.encode(set, text: text), inPlaceOf: old.file)
    } catch {
      throw .file(error)
    }
    isBehind = false
  }

  /// Notes that the annotator has seen a sentence, or the whole text; saved with the next edit or on closing.
  ///
  /// - Parameter missed: the sentences before it that the annotator has not seen.
  public mutating func see(_ range: TextRange, missing missed: [TextRange]) {
    let before = (set.seenTo, set.skipped)
    set.see(range, missing: missed)
    if (set.seenTo, set.skipped) != before, fileSHA256 != nil { isBehind = true }
  }

  /// Writes the journal's edits to the file.
  public mutating func flush() throws(FileFault) {
    guard isBehind, isWritable else { return }
    try checkUnchanged()
    do throws(DiskFault) { try replaceFile() } catch {
      replaceFault = error
      throw FileFault(error)
    }
  }

  /// Writes the journal's edits to the file and releases the lock; the store cannot be used afterwards.
  public mutating func close() throws(FileFault) {
    defer {
      if let journal { disk.close(journal) }
      if let lock { disk.release(lock) }
      journal = nil
      lock = nil
    }
    try flush()
  }

  // MARK: writing

  private mutating func carryOut(
    _ edit: Edit, did: LoggedEdit.Deed, at time: Timestamp, remember: (inout History) -> Void
  ) throws(CommitFault) {
    let (oldSet, oldDigest, oldLength) = (set, digest, journalLength)
    let record = try apply(edit, did: did, at: time)
    var isMoved = false
    do throws(DiskFault) {
      try append(JournalFile.encode(record))
      isBehind = try !replaceAtOnce()
      // What another program exchanged at the last moment takes the edit along; a doubt is no reason to refuse it.
      isMoved = (try? isFolderInPlace()) == false
      if isMoved { throw DiskFault(operation: "write", path: folder, code: ESTALE) }
      if isBehind, (try? isJournalInPlace()) == false {
        throw DiskFault(operation: "write", path: journalPath, code: ESTALE)
      }
    } catch {
      (set, digest) = (oldSet, oldDigest)
      if journalLength > oldLength, let journal {
        journalLength = oldLength
        takeBack(journal)
      }
      // Where the folder went, the file may hold the edit.
      if isUndecided || isMoved { throw .undecided(error) }
      throw .file(FileFault(error))
    }
    remember(&history)
  }

  /// Replaces a small file; if that fails, the journal holds the edit until it succeeds.
  ///
  /// - Throws: `ESTALE` if another program has changed the file.
  /// - Returns: whether the file holds the edit.
  private mutating func replaceAtOnce() throws(DiskFault) -> Bool {
    replaceFault = nil
    guard fileSize < Self.immediateLimit else { return false }
    do throws(DiskFault) {
      try replaceFile()
      return true
    } catch {
      guard error.code != ESTALE else { throw error }
      replaceFault = error
      return false
    }
  }

  /// Applies an edit in memory; returns its record for the journal.
  private mutating func apply(
    _ edit: Edit, did: LoggedEdit.Deed, at time: Timestamp
  ) throws(CommitFault) -> JournalFile.Record {
    guard isWritable else { throw .lookOnly(holder: holder, cause: lockFault) }
    guard time.isPlausible else { throw .clock(time) }
    do throws(FileFault) { try checkUnchanged() } catch { throw .file(error) }
    let before = digest.hex
    do throws(AnnotationSet.Refusal) { try set.apply(edit) } catch { throw .refused(error) }
    digest.apply(edit, to: set)
    return JournalFile.Record(
      at: time, did: did, edit: edit, before: before, after: digest.hex, scheme: set.scheme.name,
      seenTo: set.seenTo, by: author)
  }

  private mutating func append(_ bytes: [UInt8]) throws(DiskFault) {
    let file: OpenFile
    if let journal { file = journal } else { file = try openJournal() }
    do throws(DiskFault) {
      // Cuts off what an earlier append left unfinished, here or before a power failure.
      try disk.truncate(file, to: journalLength)
      try disk.write(bytes, to: file)
      try disk.sync(file)
      if !isJournalNamed {
        try disk.syncFolder(folder)
        isJournalNamed = true
      }
    } catch {
      takeBack(file)
      throw error
    }
    isUndecided = false
    journalLength += bytes.count
    journalSize = journalLength
  }

  /// Cuts off a refused record, which must not reappear after a power failure.
  private mutating func takeBack(_ file: OpenFile) {
    isUndecided = true
    if (try? disk.truncate(file, to: journalLength)) != nil, (try? disk.sync(file)) != nil { isUndecided = false }
    if let size = (try? disk.entry(journalPath))??.size { journalSize = size }
  }

  private mutating func openJournal() throws(DiskFault) -> OpenFile {
    let file = try disk.openForAppending(journalPath, permissions: fileEntry?.permissions ?? 0o644)
    do throws(DiskFault) {
      let entry = try disk.entry(file)
      // Another program's journal must not be cut; it may have got the number of the one that was read.
      guard entry == journalEntry || journalEntry == nil && entry.size == 0 else {
        throw DiskFault(operation: "write", path: journalPath, code: ESTALE)
      }
      journalInode = entry.inode
      journalSize = entry.size
    } catch {
      disk.close(file)
      throw error
    }
    journal = file
    return file
  }

  private mutating func replaceFile() throws(DiskFault) {
    let bytes = AnnotationFile.encode(set, text: text)
    let digest = SHA256.hex(of: bytes)
    attemptedSHA256 = digest
    fileEntry = try disk.replace(path, with: bytes, inPlaceOf: fileEntry)
    fileSHA256 = digest
    attemptedSHA256 = nil
    fileSize = bytes.count
    isBehind = false
    replaceFault = nil
  }

  /// Throws if another program has changed the file or the journal, so that nothing is overwritten.
  private mutating func checkUnchanged() throws(FileFault) {
    let changed: String?
    do throws(DiskFault) { changed = try changedPath() } catch { throw FileFault(error) }
    if let changed { throw FileFault(changed, .changedUnderneath) }
  }

  private func isJournalInPlace() throws(DiskFault) -> Bool {
    try disk.entry(journalPath)?.inode == journalInode
  }

  /// Whether the folder that is open is the document's.
  private func isFolderInPlace() throws(DiskFault) -> Bool { try workspace.disk.inode(at: folder) == folderInode }

  /// The folder, the file or the journal that another program has changed or removed; nil if none.
  private mutating func changedPath() throws(DiskFault) -> String? {
    guard try isFolderInPlace() else { return folder }
    let entry = try disk.entry(path)
    if entry != fileEntry {
      guard entry != nil else { return path }
      let found = SHA256.hex(of: try disk.read(path))
      guard found == fileSHA256 || found == attemptedSHA256 else { return path }
      fileSHA256 = found
      fileEntry = entry
    }
    let journalNow = try disk.entry(journalPath)
    let isSame =
      journal == nil
      ? journalNow == journalEntry || journalEntry == nil && journalNow?.size == 0
      : journalNow?.inode == journalInode && journalNow?.size == journalSize
    return isSame ? nil : journalPath
  }

  // MARK: opening

  static func takeLock(
    _ path: String, me: String, disk: any Disk
  ) -> (lock: OpenFile?, holder: String?, fault: DiskFault?) {
    do throws(DiskFault) {
      guard let lock = try disk.lock(path) else {
        // The holder may have gone by now, and its file.
        let holder = String(decoding: (try? disk.read(path)) ?? [], as: UTF8.self)
        return (nil, holder.isEmpty ? "another session" : holder, nil)
      }
      // The holder's name only informs others: on a full disk the lock holds without it.
      try? disk.truncate(lock, to: 0)
      try? disk.write(Array(me.utf8), to: lock)
      return (lock, nil, nil)
    } catch {
      return (nil, nil, error)
    }
  }

  /// Renames a journal to a dated name, so that nothing in it is lost; returns that name.
  private static func setAside(_ path: String, now: Timestamp, disk: any Disk) throws(FileFault) -> String {
    do throws(DiskFault) {
      let name = try datedName(path, now: now, disk: disk)
      try disk.rename(path, to: name)
      try disk.syncFolder(Paths.split(path).folder)
      return Paths.split(name).name
    } catch {
      throw FileFault(error)
    }
  }

  /// A journal's path with a date, at which nothing exists yet.
  static func datedName(_ path: String, now: Timestamp, disk: any Disk) throws(DiskFault) -> String {
    let stamp = now.description.filter { $0 != ":" && $0 != "-" }
    var name = "\(path)-\(stamp)"
    var count = 1
    while try disk.entry(name) != nil {
      count += 1
      name = "\(path)-\(stamp)-\(count)"
    }
    return name
  }
}
