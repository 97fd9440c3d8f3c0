import Glibc
public import Standoff

/// The replacement of a document's text, together with everyone's annotations of it, in one step.
///
/// Meanwhile nobody else can write the document: every annotator's lock is held, and a lock beside the folder keeps out
/// annotators without a file. The new document is written to a folder beside the old one and synced; then the two swap
/// places and the old one is removed (``WorkspaceChange``). A crash at any moment leaves either the old or the new
/// document, whole. Symbolic links and special files are refused, as they cannot be carried along.
public struct DocumentRealignment: Sendable {
  /// The document before the change.
  public let document: Document
  /// Everyone's annotations before the change, from file and journal, by name; then the adjudicated version if there is
  /// one.
  public let sets: [AnnotationSet]

  private let workspace: Workspace
  private let files: [String: DiskEntry]
  private var change: WorkspaceChange
  private var locks: [OpenFile] = []
  private var disk: any Disk { workspace.disk }
  private var folder: String { workspace.folder(of: document.id) }

  /// Takes all locks and reads everything.
  ///
  /// - Parameter me: the name for this session that others are told.
  /// - Throws: if anyone has the document open for editing, or any of its files is damaged.
  public init(of id: String, in workspace: Workspace, me: String) throws(FileFault) {
    guard Scheme.isPlainName(id) else { throw FileFault(id, .nameNotAllowed(id)) }
    self.workspace = workspace
    var locks: [OpenFile] = []
    try Self.take(Self.lockPath(id, workspace), of: workspace.folder(of: id), workspace.disk, me, &locks)
    do throws(FileFault) { change = try WorkspaceChange(of: workspace, by: "realign") } catch {
      Self.release(locks, workspace.disk)
      throw error
    }
    do throws(FileFault) {
      try Self.takeLocks(id, workspace, me, &locks)
      do throws(DiskFault) { files = try workspace.disk.survey(workspace.folder(of: id)) } catch {
        throw FileFault(error)
      }
      (document, sets) = try Self.read(id, in: workspace)
    } catch {
      Self.release(locks, workspace.disk)
      change.abandon()
      throw error
    }
    self.locks = locks
  }

  /// Reads a document and everyone's annotations of it.
  ///
  /// - Throws: the first fault in any file of the document, including journals.
  public static func read(
    _ id: String, in workspace: Workspace
  ) throws(FileFault) -> (document: Document, sets: [AnnotationSet]) {
    let document = try workspace.document(id)
    var sets: [AnnotationSet] = []
    for annotator in try workspace.allAnnotators(of: id) + ["gold"] {
      if let fault = try workspace.checked(annotator, on: document).faults.first { throw fault }
      if let set = try workspace.annotations(of: annotator, on: document) { sets.append(set) }
    }
    return (document, sets)
  }

  /// Replaces the text and the annotations.
  ///
  /// - Parameters:
  ///   - zones: the zones of ``document``, moved onto the text.
  ///   - sets: ``sets``, moved onto the text.
  ///   - now: the date for the new names of the journals, which belong to the old text.
  /// - Returns: the journals' new names.
  public mutating func commit(
    _ text: DocumentText, _ zones: [Zone], _ sets: [AnnotationSet], at now: Timestamp
  ) throws(FileFault) -> [String] {
    let described = Document(
      id: document.id, text: text, sha256: SHA256.hex(of: text.utf8), title: document.title, source: document.source,
      url: document.url, published: document.published, language: document.language, zones: zones)
    let staged = Paths.join(workspace.root, PendingMoves.exchangeStage(of: document.id))
    defer { abandon() }
    do throws(FileFault) {
      let journals: [String]
      let found: [String: DiskEntry]
      do throws(DiskFault) {
        try disk.makeFolder(staged, permissions: disk.entry(folder)?.permissions)
        journals = try fill(staged, text, DocumentFile.encode(described), sets, now)
        found = try disk.survey(folder)
      } catch {
        throw FileFault(error)
      }
      guard found == files else { throw FileFault(folder, .changedUnderneath) }
      try change.exchange(document.id, inPlaceOf: files)
      try change.commit()
      try? disk.removeTree(staged)
      return journals
    } catch {
      if !change.isUnsettled { try? disk.removeTree(staged) }
      throw error
    }
  }

  /// Releases the locks; may be called again.
  public mutating func abandon() {
    Self.release(locks, disk)
    locks = []
    change.abandon()
  }

  // MARK: staging

  private func fill(
    _ staged: String, _ text: DocumentText, _ described: [UInt8], _ sets: [AnnotationSet], _ now: Timestamp
  ) throws(DiskFault) -> [String] {
    // The tokens are those of the old text.
    var written: Set<String> = ["document.txt", "document.json", "tokens.json"]
    try write(text.utf8, "document.txt", to: staged)
    try write(described, "document.json", to: staged)
    var journals: [String] = []
    for set in sets {
      written.insert("\(set.annotator).json")
      try write(AnnotationFile.encode(set, text: text), "\(set.annotator).json", to: staged)
      let journal = AnnotationStore.journalPath(set.annotator, document.id, workspace)
      let name = Paths.split(journal).name
      guard files[name] != nil else { continue }
      written.insert(name)
      let aside = Paths.split(try AnnotationStore.datedName(journal, now: now, disk: disk)).name
      try write(try disk.read(journal), aside, like: name, to: staged)
      journals.append(aside)
    }
    for (path, entry) in files.sorted(by: { $0.key < $1.key }) where !written.contains(path) {
      if entry.isFolder {
        try disk.makeFolder(Paths.join(staged, path), permissions: entry.permissions)
      } else {
        try write(try disk.read(Paths.join(folder, path)), path, to: staged)
      }
    }
    for (path, entry) in files.sorted(by: { $0.key > $1.key }) where entry.isFolder {
      try disk.syncFolder(Paths.join(staged, path))
    }
    try disk.syncFolder(staged)
    return journals
  }

  /// - Parameter old: the file whose permissions to take; nil for the one of the same name.
  private func write(
    _ bytes: [UInt8], _ name: String, like old: String? = nil, to staged: String
  ) throws(DiskFault) {
    let file = try disk.create(Paths.join(staged, name), permissions: files[old ?? name]?.permissions ?? 0o644)
    defer { disk.close(file) }
    try disk.write(bytes, to: file)
    try disk.sync(file)
  }

  // MARK: locks

  private static func lockPath(_ id: String, _ workspace: Workspace) -> String {
    Paths.join(workspace.annotationsFolder, ".\(id).realign.lock")
  }

  /// Takes the lock of everyone who has a file or a lock.
  private static func takeLocks(
    _ id: String, _ workspace: Workspace, _ me: String, _ locks: inout [OpenFile]
  ) throws(FileFault) {
    let folder = workspace.folder(of: id)
    var names = Set(try workspace.allAnnotators(of: id) + ["gold"])
    do throws(DiskFault) {
      let found = try workspace.disk.names(in: folder).filter(Paths.isLock)
      names.formUnion(found.map { String($0.dropFirst().dropLast(5)) })
    } catch {
      throw FileFault(error)
    }
    for name in names.sorted() {
      try take(Paths.join(folder, ".\(name).lock"), of: workspace.path(of: name, on: id), workspace.disk, me, &locks)
    }
  }

  private static func take(
    _ path: String, of file: String, _ disk: any Disk, _ me: String, _ locks: inout [OpenFile]
  ) throws(FileFault) {
    let taken = AnnotationStore.takeLock(path, me: me, disk: disk)
    if let fault = taken.fault { throw FileFault(fault) }
    guard let lock = taken.lock else { throw FileFault(file, .held(by: taken.holder ?? "")) }
    locks.append(lock)
  }

  private static func release(_ locks: [OpenFile], _ disk: any Disk) {
    for lock in locks.reversed() { disk.release(lock) }
  }

  /// Throws if a realignment of the document is in progress.
  static func checkNoneIsUnderWay(on id: String, in workspace: Workspace) throws(FileFault) {
    let (path, disk) = (lockPath(id, workspace), workspace.disk)
    let left: OpenFile?
    do throws(DiskFault) {
      guard try disk.entry(path) != nil else { return }
      left = try disk.lock(path)
    } catch {
      throw FileFault(error)
    }
    guard let left else { throw FileFault(workspace.folder(of: id), .held(by: "gainsay realign")) }
    // Left behind by one that was killed.
    release([left], disk)
  }

  /// Throws if the document's text has changed since it was read.
  static func checkStands(_ document: Document, in workspace: Workspace) throws(FileFault) {
    let path = Paths.join(workspace.folder(of: document.id), "document.txt")
    guard try workspace.read(path) == document.text.utf8 else { throw FileFault(path, .changedUnderneath) }
  }
}
