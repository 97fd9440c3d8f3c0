import Glibc
import Dispatch
public import Standoff
import Synchronization

/// Documents, annotation files, a scheme and corrected texts put into a workspace, all or none.
///
/// Everything is written to a separate folder and synced; then the intention is recorded (``PendingMoves``), and one
/// item after another is moved to its place. If one cannot be, the earlier ones are taken back, but for those with which
/// somebody has begun to work. What a crash leaves in between, the next command that writes completes or undoes.
public struct WorkspaceChange: Sendable {
  private let workspace: Workspace
  private let command: String
  private let folder: String
  /// The documents that are new to the workspace.
  private var newDocuments: Set<String> = []
  /// What goes where.
  private var places: [Target] = []
  private var folders: Set<String> = []
  /// The files still to be written.
  private var waiting: [Waiting] = []
  private var files = 0

  /// Paths are relative to the workspace's root.
  private struct Target: Sendable {
    let from: String
    let to: String
    /// The entry of what is to be replaced; nil for a new name.
    var replaces: DiskEntry?
    /// What is to be replaced, as it was when it was read.
    var displaces: [String: DiskEntry] = [:]
    /// The existing document and the annotator who gets a first file there; nil for anything else.
    var newcomer: (document: Document, annotator: String)?
  }

  private struct Waiting: Sendable {
    let path: String
    let permissions: UInt32
    let bytes: @Sendable () -> [UInt8]
  }

  private var disk: any Disk { workspace.disk }
  /// Whether the record and what was prepared must stay for the next command.
  private(set) var isUnsettled = false

  /// The lock; nil when the addition is over.
  private var lock: OpenFile?

  /// - Parameters:
  ///   - command: the command that makes the change, such as “import”.
  ///   - seconds: how long to wait while another change is in progress.
  /// - Throws: if another change of the workspace is in progress.
  public init(of workspace: Workspace, by command: String, waiting seconds: Int = 0) throws(FileFault) {
    self.workspace = workspace
    self.command = command
    folder = Paths.join(workspace.root, PendingMoves.stage)
    lock = try workspace.lockForChange(waiting: seconds)
    do throws(DiskFault) {
      try disk.makeFolder(folder)
    } catch {
      release()
      throw FileFault(error)
    }
  }

  /// Adds a document that the workspace does not have.
  public mutating func add(_ document: Document) throws(FileFault) {
    try NewName.check(document.id)
    newDocuments.insert(document.id)
    places.append(Target(from: "\(PendingMoves.stage)/\(document.id)", to: "Annotations/\(document.id)"))
    try add("document.txt", of: document.id) { document.text.utf8 }
    try add("document.json", of: document.id) { DocumentFile.encode(document) }
  }

  /// Adds the file of an annotator who has none for that document.
  public mutating func add(_ set: AnnotationSet, on document: Document) throws(FileFault) {
    try NewName.check(set.annotator)
    if !newDocuments.contains(document.id) {
      let file = "\(document.id)/\(set.annotator).json"
      places.append(
        Target(from: "\(PendingMoves.stage)/\(file)", to: "Annotations/\(file)", newcomer: (document, set.annotator)))
    }
    try add("\(set.annotator).json", of: document.id) { AnnotationFile.encode(set, text: document.text) }
  }

  /// Adds the tokens in which a document's text came, which has none yet.
  public mutating func add(_ tokens: TextTokens, of document: Document) throws(FileFault) {
    if !newDocuments.contains(document.id) {
      let file = "\(document.id)/tokens.json"
      places.append(Target(from: "\(PendingMoves.stage)/\(file)", to: "Annotations/\(file)"))
    }
    try add("tokens.json", of: document.id) { TokensFile.encode(tokens, of: document) }
  }

  /// Adds a scheme, or replaces the one of the same name.
  ///
  /// - Parameter old: the scheme to replace, as it was read; nil if there was none of that name.
  /// - Throws: if the workspace's scheme is not *old*.
  public mutating func put(_ scheme: Scheme, inPlaceOf old: Scheme?) throws(FileFault) {
    let to = "Schemas/\(scheme.name).scheme.json"
    let there = try entry(to)
    guard try there == nil ? old == nil : workspace.scheme(scheme.name) == old else {
      throw FileFault(Paths.join(workspace.root, to), .changedUnderneath)
    }
    // No document's name begins with a point.
    places.append(
      Target(from: "\(PendingMoves.stage)/.scheme", to: to, replaces: there, displaces: there.map { ["": $0] } ?? [:]))
    try add(".scheme", of: nil, permissions: there?.permissions) { SchemeFile.encode(scheme) }
  }

  /// Puts bytes in the place of a file of an existing document, whose annotator's lock the caller holds.
  ///
  /// - Parameter old: the file's entry when it was read; nil if there was none.
  mutating func replace(
    _ name: String, of document: String, with bytes: [UInt8], inPlaceOf old: DiskEntry?
  ) throws(FileFault) {
    let file = "\(document)/\(name)"
    places.append(
      Target(
        from: "\(PendingMoves.stage)/\(file)", to: "Annotations/\(file)", replaces: old,
        displaces: old.map { ["": $0] } ?? [:]))
    try add(name, of: document, permissions: old?.permissions) { bytes }
  }

  /// Lets a folder that stands prepared and synced at ``PendingMoves/exchangeStage(of:)`` change places with the
  /// document's, all of whose locks the caller holds.
  ///
  /// - Parameter old: the entries below the document's folder when they were read.
  mutating func exchange(_ document: String, inPlaceOf old: [String: DiskEntry]) throws(FileFault) {
    let to = "Annotations/\(document)"
    places.append(
      Target(from: PendingMoves.exchangeStage(of: document), to: to, replaces: try entry(to), displaces: old))
  }

  private func entry(_ path: String) throws(FileFault) -> DiskEntry? {
    do throws(DiskFault) { return try disk.entry(Paths.join(workspace.root, path)) } catch { throw FileFault(error) }
  }

  private mutating func add(
    _ name: String, of document: String?, permissions: UInt32? = nil, _ bytes: @escaping @Sendable () -> [UInt8]
  ) throws(FileFault) {
    do throws(DiskFault) {
      let place = document.map { Paths.join(folder, $0) } ?? folder
      if let document, folders.insert(document).inserted { try disk.makeFolder(place) }
      files += 1
      waiting.append(Waiting(path: Paths.join(place, name), permissions: permissions ?? 0o644, bytes: bytes))
      if waiting.count >= Self.atOnce { try writeWaiting() }
    } catch {
      throw FileFault(error)
    }
  }

  /// The number of files from which on the whole file system is synced at once, whatever else is on it: each file by
  /// itself would wait for the medium.
  private static let mostSyncs = 256
  /// The number of files to write in parallel.
  private static let atOnce = 64

  private mutating func writeWaiting() throws(DiskFault) {
    let (files, disk) = (waiting, disk)
    waiting = []
    try sideBySide(files.count) { (index) throws(DiskFault) in
      let file = try disk.create(files[index].path, permissions: files[index].permissions)
      defer { disk.close(file) }
      try disk.write(files[index].bytes(), to: file)
    }
  }

  /// Calls a function for each index on several threads; throws the first fault after all have finished.
  private func sideBySide(_ count: Int, _ body: @Sendable (Int) throws(DiskFault) -> Void) throws(DiskFault) {
    let failed = Mutex<DiskFault?>(nil)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do throws(DiskFault) { try body(index) } catch { failed.withLock { $0 = $0 ?? error } }
    }
    if let fault = failed.withLock({ $0 }) { throw fault }
  }

  /// Puts everything in place.
  ///
  /// - Throws: where one of the places is taken, or somebody is writing one of the files; nothing is changed then, or
  ///   the fault says what was.
  public mutating func commit() throws(FileFault) {
    defer { abandon() }
    try checkNames()
    var held: [OpenFile] = []
    defer { for lock in held { disk.release(lock) } }
    for (document, annotator) in places.compactMap(\.newcomer) {
      held.append(try lock(annotator, on: document.id))
      try DocumentRealignment.checkStands(document, in: workspace)
    }
    var pending = PendingMoves(command: command)
    do throws(DiskFault) {
      try writeWaiting()
      for place in places.sorted(by: { $0.to < $1.to }) { pending.moves.append(try move(to: place)) }
      for stage in pending.stagePaths {
        pending.stages[stage] = try disk.entry(Paths.join(workspace.root, stage))?.inode
      }
      if let lock, files > Self.mostSyncs { try disk.syncFileSystem(of: lock) } else { try syncAll() }
      try disk.replace(workspace.pendingPath, with: pending.encoded())
    } catch {
      // Whatever came of the record, nothing was moved.
      forget()
      let operation = error.operation == DiskFault.securing ? "sync" : error.operation
      throw FileFault(DiskFault(operation: operation, path: error.path, code: error.code, limit: error.limit))
    }
    do throws(DiskFault) {
      try pending.carryOut(in: workspace.root, on: disk)
    } catch {
      let rest: PendingMoves.Rest
      do throws(DiskFault) { rest = try pending.undo(in: workspace.root, on: disk) } catch let second {
        isUnsettled = true
        throw FileFault(second.path, .unsettled(second))
      }
      forget()
      throw rest.left.isEmpty ? FileFault(error) : FileFault(error.path, .partlyDone(rest.left, kept: rest.kept, error))
    }
    forget()
  }

  /// Throws if a document that is there has the name of a new one but for case.
  private func checkNames() throws(FileFault) {
    guard !newDocuments.isEmpty else { return }
    let names = Dictionary(grouping: newDocuments) { $0.lowercased() }
    for other in try workspace.documentNames() {
      if let name = names[other.lowercased()]?.first {
        throw FileFault(workspace.folder(of: other), .nameTaken(name, by: other))
      }
    }
  }

  /// Removes the record, as everything is in place or nothing is.
  private func forget() {
    guard (try? disk.entry(workspace.pendingPath)) != .some(nil) else { return }
    try? disk.remove(workspace.pendingPath)
    try? disk.syncFolder(workspace.annotationsFolder)
  }

  /// Takes the lock of an annotator whose first file is put in place.
  private func lock(_ annotator: String, on document: String) throws(FileFault) -> OpenFile {
    let path = Paths.join(workspace.folder(of: document), ".\(annotator).lock")
    let taken = AnnotationStore.takeLock(path, me: "gainsay \(command)", disk: disk)
    if let fault = taken.fault { throw FileFault(fault) }
    guard let lock = taken.lock else {
      throw FileFault(workspace.path(of: annotator, on: document), .held(by: taken.holder ?? ""))
    }
    do throws(DiskFault) {
      let journal = AnnotationStore.journalPath(annotator, document, workspace)
      if try disk.entry(journal) != nil { throw DiskFault(operation: "create", path: journal, code: EEXIST) }
    } catch {
      disk.release(lock)
      throw FileFault(error)
    }
    return lock
  }

  private func move(to place: Target) throws(DiskFault) -> PendingMoves.Move {
    let from = Paths.join(workspace.root, place.from)
    guard let entry = try disk.entry(from) else { throw DiskFault(operation: "open", path: from, code: ENOENT) }
    let target = Paths.join(workspace.root, place.to)
    let there = try disk.entry(target)
    if place.replaces == nil, there != nil { throw DiskFault(operation: "create", path: target, code: EEXIST) }
    guard there?.inode == place.replaces?.inode else {
      throw DiskFault(operation: "replace", path: target, code: ESTALE)
    }
    return PendingMoves.Move(
      from: place.from, to: place.to, inode: entry.inode, replaces: there?.inode,
      prepared: try PendingMoves.state(of: from, on: disk), displaces: PendingMoves.state(of: place.displaces))
  }

  /// Removes what was prepared; may be called again, and after ``commit()``.
  public mutating func abandon() {
    guard lock != nil else { return }
    if !isUnsettled { try? disk.removeTree(folder) }
    release()
  }

  private mutating func release() {
    if let lock { disk.release(lock) }
    lock = nil
  }

  /// Returns when all written files are on the medium, each synced by itself; syncs several at once, as each waits for the disk.
  private func syncAll() throws(DiskFault) {
    let names = try disk.names(in: folder)
    try sideBySide(names.count) { (index) throws(DiskFault) in try sync(Paths.join(folder, names[index])) }
    try disk.syncFolder(folder)
    // The record must not be there without what it speaks of.
    try disk.syncFolder(workspace.annotationsFolder)
  }

  private func sync(_ path: String) throws(DiskFault) {
    guard try disk.entry(path)?.isFolder == true else {
      let file = try disk.openForAppending(path)
      defer { disk.close(file) }
      return try disk.sync(file)
    }
    for name in try disk.names(in: path) { try sync(Paths.join(path, name)) }
    try disk.syncFolder(path)
  }
}
