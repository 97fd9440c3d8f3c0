import Glibc
import Dispatch
public import Standoff
import Synchronization

/// Documents, annotation files and a scheme added to a workspace, all or none.
///
/// Everything is written to a separate folder and synced, then renamed into place, one item after another. If one
/// cannot be put in place, the earlier ones are removed again. A crash in between leaves some of them in place, every
/// file whole, and repeating the addition completes it.
public struct WorkspaceAddition: Sendable {
  private let workspace: Workspace
  private let folder: String
  /// The documents that are new to the workspace.
  private var newDocuments: Set<String> = []
  /// The annotation files for existing documents.
  private var files: [(document: String, annotator: String)] = []
  private var folders: Set<String> = []
  private var scheme: String?
  /// The files still to be written.
  private var waiting: [Waiting] = []

  private struct Waiting: Sendable {
    let path: String
    let bytes: @Sendable () -> [UInt8]
  }

  private var disk: any Disk { workspace.disk }

  /// The lock; nil when the addition is over.
  private var lock: OpenFile?

  /// - Throws: if another addition to the workspace is in progress.
  public init(to workspace: Workspace) throws(FileFault) {
    self.workspace = workspace
    folder = Paths.join(workspace.annotationsFolder, ".import.tmp")
    let path = Paths.join(workspace.annotationsFolder, ".import.lock")
    do throws(DiskFault) { lock = try workspace.disk.lock(path) } catch { throw FileFault(error) }
    guard lock != nil else { throw FileFault(path, .busy("another import")) }
    do throws(DiskFault) {
      try disk.removeTree(folder)
      try disk.makeFolder(folder)
    } catch {
      abandon()
      throw FileFault(error)
    }
  }

  /// Adds a document that the workspace does not have.
  public mutating func add(_ document: Document) throws(FileFault) {
    guard Scheme.isPlainName(document.id) else { throw FileFault(document.id, .nameNotAllowed(document.id)) }
    newDocuments.insert(document.id)
    try add("document.txt", of: document.id) { document.text.utf8 }
    try add("document.json", of: document.id) { DocumentFile.encode(document) }
  }

  /// Adds the file of an annotator who has none for that document.
  public mutating func add(_ set: AnnotationSet, on document: Document) throws(FileFault) {
    guard Scheme.isPlainName(set.annotator), !Workspace.reservedNames.contains(set.annotator.lowercased()) else {
      throw FileFault(set.annotator, .nameNotAllowed(set.annotator))
    }
    if !newDocuments.contains(document.id) { files.append((document.id, set.annotator)) }
    try add("\(set.annotator).json", of: document.id) { AnnotationFile.encode(set, text: document.text) }
  }

  /// Adds a scheme, or replaces the one of the same name.
  public mutating func put(_ scheme: Scheme) throws(FileFault) {
    self.scheme = scheme.name
    // No document's name begins with a point.
    try add(".scheme", of: nil) { SchemeFile.encode(scheme) }
  }

  private mutating func add(
    _ name: String, of document: String?, _ bytes: @escaping @Sendable () -> [UInt8]
  ) throws(FileFault) {
    do throws(DiskFault) {
      let place = document.map { Paths.join(folder, $0) } ?? folder
      if let document, folders.insert(document).inserted { try disk.makeFolder(place) }
      waiting.append(Waiting(path: Paths.join(place, name), bytes: bytes))
      if waiting.count >= Self.atOnce { try writeWaiting() }
    } catch {
      throw FileFault(error)
    }
  }

  /// The number of files to write in parallel.
  private static let atOnce = 64

  private mutating func writeWaiting() throws(DiskFault) {
    let (files, disk) = (waiting, disk)
    waiting = []
    try sideBySide(files.count) { (index) throws(DiskFault) in
      let file = try disk.create(files[index].path, permissions: 0o644)
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
  public mutating func commit() throws(FileFault) {
    var taken: [String] = []
    var oldScheme: (path: String, bytes: [UInt8]?)?
    do throws(DiskFault) {
      try writeWaiting()
      try syncAll()
      if let scheme {
        let path = Paths.join(workspace.schemasFolder, "\(scheme).scheme.json")
        oldScheme = (path, try disk.entry(path) == nil ? nil : try disk.read(path))
        try disk.rename(Paths.join(folder, ".scheme"), to: path)
        try disk.syncFolder(workspace.schemasFolder)
      }
      for (document, annotator) in files {
        let path = workspace.path(of: annotator, on: document)
        if try disk.entry(path) != nil { throw DiskFault(operation: "create", path: path, code: EEXIST) }
        // Before: a call that failed may have been carried out.
        taken.append(path)
        try disk.rename(Paths.join(Paths.join(folder, document), "\(annotator).json"), to: path)
      }
      for document in newDocuments.sorted() {
        let path = workspace.folder(of: document)
        if try disk.entry(path) != nil { throw DiskFault(operation: "create", path: path, code: EEXIST) }
        taken.append(path)
        try disk.rename(Paths.join(folder, document), to: path)
      }
      for document in Set(files.map(\.document)).sorted() { try disk.syncFolder(workspace.folder(of: document)) }
      try disk.syncFolder(workspace.annotationsFolder)
    } catch {
      for path in taken.reversed() { try? disk.removeTree(path) }
      if let (path, bytes) = oldScheme {
        if let bytes { try? disk.replace(path, with: bytes) } else { try? disk.remove(path) }
      }
      abandon()
      throw FileFault(error)
    }
    abandon()
  }

  /// Removes what was not put in place and releases the lock; may be called again.
  public mutating func abandon() {
    guard let lock else { return }
    try? disk.removeTree(folder)
    try? disk.remove(lock.path)
    disk.close(lock)
    self.lock = nil
  }

  /// Returns when all written files are on the medium; syncs several at once, as each waits for the disk.
  private func syncAll() throws(DiskFault) {
    let names = try disk.names(in: folder)
    try sideBySide(names.count) { (index) throws(DiskFault) in try sync(Paths.join(folder, names[index])) }
    try disk.syncFolder(folder)
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
