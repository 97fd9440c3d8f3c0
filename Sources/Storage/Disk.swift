/// The calls by which bytes reach a disk, one by one, so that a test can fail or stop any of them.
public protocol Disk: Sendable {
  /// The whole content of a file.
  func read(_ path: String) throws(DiskFault) -> [UInt8]
  /// Bytes of a file from an offset on, fewer than asked for only at its end.
  func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8]
  /// What stands at a path, symbolic links followed; nil where nothing does.
  func entry(_ path: String) throws(DiskFault) -> DiskEntry?
  /// Whether a path is itself a symbolic link.
  func isLink(_ path: String) throws(DiskFault) -> Bool
  /// The names in a folder, sorted.
  func names(in folder: String) throws(DiskFault) -> [String]
  func makeFolder(_ path: String) throws(DiskFault)
  /// Makes a file that must not exist yet.
  func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile
  /// Opens a file to write at its end, making it where it does not exist.
  func openForAppending(_ path: String) throws(DiskFault) -> OpenFile
  /// Writes all bytes at the end of what was written.
  func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault)
  /// Cuts a file to a length.
  func truncate(_ file: OpenFile, to length: Int) throws(DiskFault)
  /// Returns when the file's bytes are on the medium.
  func sync(_ file: OpenFile) throws(DiskFault)
  func close(_ file: OpenFile)
  /// Puts one name in the place of another, at once.
  func rename(_ path: String, to newPath: String) throws(DiskFault)
  /// Two names in one folder trade places, at once.
  func exchange(_ path: String, with other: String) throws(DiskFault)
  func remove(_ path: String) throws(DiskFault)
  /// Returns when the names in a folder are on the medium.
  func syncFolder(_ path: String) throws(DiskFault)
  /// Takes the lock of a file for as long as it stays open; nil where someone else has it.
  func lock(_ path: String) throws(DiskFault) -> OpenFile?
}

/// A file that is open, by its descriptor.
public struct OpenFile: Hashable, Sendable {
  public let descriptor: Int32
  public let path: String

  public init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }
}

/// What stands at a path, with enough to notice that it is no longer the same.
public struct DiskEntry: Equatable, Sendable {
  public let isFolder: Bool
  /// Whether it is neither a folder nor a plain file: a pipe, a terminal, a device.
  public let isSpecial: Bool
  /// Bytes.
  public let size: Int
  public let inode: UInt64
  /// Nanoseconds since 1970.
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
  /// The call, as a verb: “open”, “write”, “rename”.
  public let operation: String
  public let path: String
  /// errno.
  public let code: Int32

  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }
}

extension Disk {
  /// Removes what stands at a path with all that is below it; of a symbolic link, the link alone.
  func removeTree(_ path: String) throws(DiskFault) {
    if try isLink(path) { return try remove(path) }
    guard let entry = try entry(path) else { return }
    if entry.isFolder {
      for name in try names(in: path) { try removeTree(Paths.join(path, name)) }
    }
    try remove(path)
  }

  /// Replaces a file's content so that at any moment the old or the new content stands there, never a third thing.
  ///
  /// A temporary file in the same folder is written and synced, takes the name, and the folder is synced. Where any
  /// step before the last fails, the old content stands.
  public func replace(_ path: String, with bytes: [UInt8]) throws(DiskFault) {
    do throws(DiskFault) { try replaceByRename(path, bytes) } catch {
      // The temporary file is nobody's concern.
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

/// Paths as text: `/` between names, nothing else.
public enum Paths {
  public static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder and the last name.
  public static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
