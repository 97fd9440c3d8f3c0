/// The calls to a disk, one by one, so that a test can make any of them fail.
public protocol Disk: Sendable {
  /// The whole content of a file.
  func read(_ path: String) throws(DiskFault) -> [UInt8]
  /// Bytes of a file from an offset on; fewer than asked for only at the end.
  func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8]
  /// The entry at a path, following symbolic links; nil if there is none.
  func entry(_ path: String) throws(DiskFault) -> DiskEntry?
  /// Whether a path is itself a symbolic link.
  func isLink(_ path: String) throws(DiskFault) -> Bool
  /// The names in a folder, sorted.
  func names(in folder: String) throws(DiskFault) -> [String]
  func makeFolder(_ path: String) throws(DiskFault)
  /// Creates a file that must not exist yet.
  func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile
  /// Opens a file to write at its end, creating it if needed.
  func openForAppending(_ path: String) throws(DiskFault) -> OpenFile
  /// Writes all bytes at the current end.
  func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault)
  /// Truncates a file to a length.
  func truncate(_ file: OpenFile, to length: Int) throws(DiskFault)
  /// Returns when the file's bytes are on the medium.
  func sync(_ file: OpenFile) throws(DiskFault)
  func close(_ file: OpenFile)
  /// Renames a file or folder in one step, replacing what has the new name.
  func rename(_ path: String, to newPath: String) throws(DiskFault)
  /// Swaps two names in one folder in one step.
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
  public let isFolder: Bool
  /// Whether it is neither a folder nor a plain file: a pipe, a terminal, a device.
  public let isSpecial: Bool
  /// The size in bytes.
  public let size: Int
  public let inode: UInt64
  /// The time of the last change, in nanoseconds since 1970.
  public let modified: Int
  public let permissions: UInt32

  public init(
    isFolder: Bool, isSpecial: Bool = false, size: Int, inode: UInt64, modified: Int, permissions: UInt32
  ) {
    self.isFolder = isFolder
    self.isSpecial = isSpecial
    self.size = size
    self.inode = inode
    self.modified = modified
    self.permissions = permissions
  }
}

/// A call that the operating system refused.
public struct DiskFault: Error, Equatable, Sendable {
  /// The call as a verb: “open”, “write”, “rename”.
  public let operation: String
  public let path: String
  /// The `errno`.
  public let code: Int32

  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }
}

extension Disk {
  /// Removes what is at a path and all below it; of a symbolic link, only the link.
  func removeTree(_ path: String) throws(DiskFault) {
    if try isLink(path) { return try remove(path) }
    guard let entry = try entry(path) else { return }
    if entry.isFolder {
      for name in try names(in: path) { try removeTree(Paths.join(path, name)) }
    }
    try remove(path)
  }

  /// Replaces a file's content in one step: at any moment the file has either its old or its new content.
  ///
  /// A temporary file in the same folder is written, synced and renamed, and the folder is synced. If any step before
  /// the last fails, the old content stays.
  public func replace(_ path: String, with bytes: [UInt8]) throws(DiskFault) {
    do throws(DiskFault) { try replaceByRename(path, bytes) } catch {
      // The fault names the file, not the temporary one.
      throw DiskFault(operation: error.operation, path: path, code: error.code)
    }
  }

  private func replaceByRename(_ path: String, _ bytes: [UInt8]) throws(DiskFault) {
    let (folder, name) = Paths.split(path)
    let temporary = Paths.join(folder, ".\(name).gainsay.tmp")
    let permissions = try entry(path)?.permissions ?? 0o644
    if try entry(temporary) != nil { try remove(temporary) }
    let file = try create(temporary, permissions: permissions)
    do {
      try write(bytes, to: file)
      try sync(file)
    } catch {
      close(file)
      try? remove(temporary)
      throw error
    }
    close(file)
    do { try rename(temporary, to: path) } catch {
      try? remove(temporary)
      throw error
    }
    try syncFolder(folder)
  }
}

/// Functions on paths as text, with `/` between names.
public enum Paths {
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
