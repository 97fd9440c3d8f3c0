import Glibc

/// The calls to a disk, one by one, so that a test can make any of them fail.
public protocol Disk: Sendable {
  /// The disk as it is reached from one folder: what is below it is never opened through a link, and of files only
  /// plain ones are.
  func beneath(_ folder: String) -> any Disk
  /// The whole content of a file.
  ///
  /// - Parameter limit: the size in bytes above which the file is refused before it is read.
  func read(_ path: String, limit: Int) throws(DiskFault) -> [UInt8]
  /// Bytes of a file from an offset on; fewer than asked for only at the end.
  func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8]
  /// The entry at a path; nil if there is none. Of a link it is what the link leads to, but beneath a folder the link.
  func entry(_ path: String) throws(DiskFault) -> DiskEntry?
  /// The number of what is at a path, found in one call and only to be compared; nil if there is nothing.
  func inode(at path: String) throws(DiskFault) -> UInt64?
  /// The entry of an open file, wherever it is now.
  func entry(_ file: OpenFile) throws(DiskFault) -> DiskEntry
  /// What is written in a link; nil if there is no link at the path.
  func linkTarget(_ path: String) throws(DiskFault) -> String?
  /// The names in a folder, sorted.
  func names(in folder: String) throws(DiskFault) -> [String]
  /// - Parameter permissions: those that it gets exactly; nil for what the umask leaves.
  func makeFolder(_ path: String, permissions: UInt32?) throws(DiskFault)
  /// Creates a file that must not exist yet.
  func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile
  /// Opens a file to write at its end, creating it if needed.
  func openForAppending(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile
  /// Writes all bytes at the current end.
  func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault)
  /// Truncates a file to a length.
  func truncate(_ file: OpenFile, to length: Int) throws(DiskFault)
  /// Returns when the file's bytes are on the medium.
  func sync(_ file: OpenFile) throws(DiskFault)
  /// Returns when all bytes and names of the file system in which a file lies are on the medium.
  ///
  /// - Throws: if writing anything to the medium has failed since the file was opened.
  func syncFileSystem(of file: OpenFile) throws(DiskFault)
  func close(_ file: OpenFile)
  /// Renames a file or folder in one step, replacing what has the new name.
  func rename(_ path: String, to newPath: String) throws(DiskFault)
  /// Renames a file or folder in one step; fails with `EEXIST` if something has the new name.
  func renameWithoutReplacing(_ path: String, to newPath: String) throws(DiskFault)
  /// Swaps two names in one step; files also, over three, where the file system cannot.
  func exchange(_ path: String, with other: String) throws(DiskFault)
  func remove(_ path: String) throws(DiskFault)
  /// Returns when the names in a folder are on the medium.
  func syncFolder(_ path: String) throws(DiskFault)
  /// Locks a file for as long as it stays open; nil if somebody else has the lock.
  func lock(_ path: String) throws(DiskFault) -> OpenFile?
}

/// An open file.
public struct OpenFile: Hashable, Sendable {
  public let descriptor: Int32
  public let path: String

  public init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }
}

/// What exists at a path, with enough facts to notice a change.
public struct DiskEntry: Equatable, Sendable {
  public enum Kind: Sendable {
    case file, folder
    /// A symbolic link that is not followed.
    case link
    /// A pipe, a terminal, a device.
    case special
  }

  public let kind: Kind
  /// The size in bytes.
  public let size: Int
  public let inode: UInt64
  /// The time of the last change since 1970; a file may claim any.
  public let modified: Duration
  public let permissions: UInt32

  public init(kind: Kind, size: Int, inode: UInt64, modified: Duration, permissions: UInt32) {
    self.kind = kind
    self.size = size
    self.inode = inode
    self.modified = modified
    self.permissions = permissions
  }

  public var isFolder: Bool { kind == .folder }
}

/// A call that the operating system refused.
public struct DiskFault: Error, Equatable, Sendable {
  /// The operation of a fault that comes when a file is in place already, but perhaps not for good.
  public static let securing = "secure"

  /// The codes of a file system, such as that of a USB stick, that cannot swap two names.
  public static let cannotSwap: Set<Int32> = [EINVAL, ENOSYS, EOPNOTSUPP]

  /// The call as a verb: “open”, “write”, “rename”.
  public let operation: String
  public let path: String
  /// The `errno`.
  public let code: Int32
  /// The size in bytes that the file exceeds, if that is why.
  public let limit: Int?

  public init(operation: String, path: String, code: Int32, limit: Int? = nil) {
    self.operation = operation
    self.path = path
    self.code = code
    self.limit = limit
  }
}

/// The largest files that are read whole, in bytes.
public enum FileLimit {
  /// Of a document's text, an annotation file or a journal.
  public static let text = 1 << 30
  /// Of a scheme, a lexicon or a list.
  public static let list = 1 << 26
}

extension Disk {
  public func makeFolder(_ path: String) throws(DiskFault) { try makeFolder(path, permissions: nil) }

  public func openForAppending(_ path: String) throws(DiskFault) -> OpenFile {
    try openForAppending(path, permissions: 0o644)
  }

  /// The whole content of a file of at most ``FileLimit/text`` bytes.
  public func read(_ path: String) throws(DiskFault) -> [UInt8] { try read(path, limit: FileLimit.text) }

  /// The path that a link leads to, over any number of links; the path itself if it is none.
  ///
  /// - Throws: `ELOOP` where links go round in circles.
  public func following(_ path: String) throws(DiskFault) -> String {
    var place = path
    for _ in 0..<40 {
      guard let target = try linkTarget(place) else { return place }
      place = target.hasPrefix("/") ? target : Paths.join(Paths.split(place).folder, target)
    }
    throw DiskFault(operation: "open", path: path, code: ELOOP)
  }

  /// Closes a lock and removes its file, unless another file has the name by now.
  func release(_ lock: OpenFile) {
    if let named = try? entry(lock.path), let own = try? entry(lock), named.inode == own.inode {
      try? remove(lock.path)
    }
    close(lock)
  }

  /// Every entry below a folder but locks, by its path there.
  ///
  /// - Throws: `ELOOP` for a link, `EINVAL` for a pipe or a device.
  func survey(_ folder: String) throws(DiskFault) -> [String: DiskEntry] {
    var entries: [String: DiskEntry] = [:]
    func walk(_ below: String) throws(DiskFault) {
      let place = below.isEmpty ? folder : Paths.join(folder, below)
      for name in try names(in: place) where !Paths.isLock(name) {
        let path = below.isEmpty ? name : Paths.join(below, name)
        let full = Paths.join(folder, path)
        let entry = try entry(full)
        guard let entry, entry.isFolder || entry.kind == .file else {
          throw DiskFault(operation: "read", path: full, code: entry?.kind == .link ? ELOOP : EINVAL)
        }
        entries[path] = entry
        if entry.isFolder { try walk(path) }
      }
    }
    try walk("")
    return entries
  }

  /// Removes what is at a path beneath a folder, and all below it; of a link, only the link.
  func removeTree(_ path: String) throws(DiskFault) {
    guard let entry = try entry(path) else { return }
    if entry.isFolder {
      for name in try names(in: path) { try removeTree(Paths.join(path, name)) }
    }
    try remove(path)
  }

  /// Replaces a file's content in one step: at any moment the file has either its old or its new content.
  ///
  /// A temporary file in the same folder is written, synced and renamed, and the folder is synced. If any step before
  /// the last fails, the old content stays; if the last does, the fault's operation is ``DiskFault/securing``.
  public func replace(_ path: String, with bytes: [UInt8]) throws(DiskFault) {
    do throws(DiskFault) { try replaceByRename(path, bytes) } catch {
      // The fault names the file, not the temporary one.
      throw DiskFault(operation: error.operation, path: path, code: error.code)
    }
  }

  private func replaceByRename(_ path: String, _ bytes: [UInt8]) throws(DiskFault) {
    let temporary = try prepare(path, with: bytes)
    do throws(DiskFault) { try rename(temporary, to: path) } catch {
      try? remove(temporary)
      throw error
    }
    try secure(path)
  }

  /// Replaces a file if it still is what it was, so that nothing another program has written meanwhile is lost.
  ///
  /// - Parameter old: the file's entry when it was read; nil if there was none.
  /// - Throws: `ESTALE` if there is another one now, which stays.
  /// - Returns: the entry of the new file.
  public func replace(
    _ path: String, with bytes: [UInt8], inPlaceOf old: DiskEntry?
  ) throws(DiskFault) -> DiskEntry {
    do throws(DiskFault) {
      let (temporary, ours) = try write(bytes, beside: path, permissions: old?.permissions ?? 0o644)
      if let old {
        try exchange(temporary, ours, with: path, seen: old)
      } else {
        do throws(DiskFault) { try renameWithoutReplacing(temporary, to: path) } catch {
          try? remove(temporary)
          throw error.code == EEXIST ? DiskFault(operation: "replace", path: path, code: ESTALE) : error
        }
      }
      try secure(path)
      return ours
    } catch {
      throw DiskFault(operation: error.operation, path: path, code: error.code)
    }
  }

  /// Puts a prepared file in the place of another, unless that has changed.
  private func exchange(
    _ temporary: String, _ ours: DiskEntry, with path: String, seen old: DiskEntry
  ) throws(DiskFault) {
    let stale = DiskFault(operation: "replace", path: path, code: ESTALE)
    var failure: DiskFault?
    do throws(DiskFault) { try exchange(temporary, with: path) } catch { failure = error }
    // A call that failed may have been carried out.
    let displaced = try entry(temporary)
    if displaced == old {
      try? remove(temporary)
      return
    }
    if displaced == ours, let failure {
      defer { try? remove(temporary) }
      guard try entry(path) == old else { throw stale }
      guard DiskFault.cannotSwap.contains(failure.code), (try? rename(temporary, to: path)) != nil else {
        throw failure
      }
      return
    }
    // Another program's file came in at the last moment: it goes back, unless a later one has come in by now.
    try exchange(temporary, with: path)
    if let now = try entry(temporary), now != ours { try exchange(temporary, with: path) }
    try? remove(temporary)
    throw stale
  }

  private func secure(_ path: String) throws(DiskFault) {
    do throws(DiskFault) { try syncFolder(Paths.split(path).folder) } catch {
      throw DiskFault(operation: DiskFault.securing, path: path, code: error.code)
    }
  }

  /// Writes and syncs, beside a file, what is to replace it.
  ///
  /// - Returns: the path of the temporary file, which is to be renamed or removed.
  public func prepare(_ path: String, with bytes: [UInt8]) throws(DiskFault) -> String {
    let (file, temporary) = try beginReplacement(of: path)
    return try write(bytes, to: file, temporary).temporary
  }

  /// Creates a temporary file beside a file, to be written, synced, closed, and renamed or removed.
  public func beginReplacement(of path: String) throws(DiskFault) -> (file: OpenFile, temporary: String) {
    let old = try entry(path)
    if old?.kind == .link { throw DiskFault(operation: "write", path: path, code: ELOOP) }
    return try createBeside(path, permissions: old?.kind == .file ? old?.permissions ?? 0o644 : 0o644)
  }

  private func createBeside(
    _ path: String, permissions: UInt32
  ) throws(DiskFault) -> (file: OpenFile, temporary: String) {
    let (folder, name) = Paths.split(path)
    let temporary = Paths.join(folder, ".\(name).gainsay.tmp")
    return (try createAnew(temporary, permissions: permissions), temporary)
  }

  private func write(
    _ bytes: [UInt8], beside path: String, permissions: UInt32
  ) throws(DiskFault) -> (temporary: String, entry: DiskEntry) {
    let (file, temporary) = try createBeside(path, permissions: permissions)
    return try write(bytes, to: file, temporary)
  }

  private func write(
    _ bytes: [UInt8], to file: OpenFile, _ temporary: String
  ) throws(DiskFault) -> (temporary: String, entry: DiskEntry) {
    do throws(DiskFault) {
      defer { close(file) }
      try write(bytes, to: file)
      try sync(file)
      return (temporary, try entry(file))
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Creates a temporary file, in place of one that an earlier run left.
  private func createAnew(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    do throws(DiskFault) { return try create(path, permissions: permissions) } catch {
      guard error.code == EEXIST else { throw error }
      try remove(path)
      return try create(path, permissions: permissions)
    }
  }
}

/// Functions on paths as text, with `/` between names.
public enum Paths {
  /// Whether a file is a lock, by its name.
  static func isLock(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(".lock") }

  public static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder and the last name of a path.
  public static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
