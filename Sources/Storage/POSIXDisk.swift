import CLinux
import Glibc
import Synchronization

/// The machine's disk.
///
/// A disk ``beneath(_:)`` a folder opens that folder once and reaches the rest from there, name by name and never
/// through a link. It takes only paths below that folder, and of files only plain ones.
public struct POSIXDisk: Disk {
  private let base: BaseFolder?

  public init() { base = nil }

  private init(base: BaseFolder) { self.base = base }

  public func beneath(_ folder: String) -> any Disk { POSIXDisk(base: BaseFolder(folder, in: base)) }

  // MARK: reading

  public func read(_ path: String, limit: Int) throws(DiskFault) -> [UInt8] {
    let (descriptor, status) = try openForReading(path)
    defer { _ = Glibc.close(descriptor) }
    let size = Int(status.st_size)
    guard size <= limit else { throw DiskFault(operation: "read", path: path, code: EFBIG, limit: limit) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1)
    // One call reads a whole file of known size; the loop reads on if the file grows or has no size.
    var piece = [UInt8](repeating: 0, count: max(4096, min(size + 1, 1 << 26)))
    while true {
      let count = unsafe Glibc.read(descriptor, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      _ = try check(Int32(clamping: count), "read", path)
      if count == 0 { return bytes }
      bytes.append(contentsOf: piece[..<count])
      guard bytes.count <= limit else { throw DiskFault(operation: "read", path: path, code: EFBIG, limit: limit) }
    }
  }

  public func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8] {
    let (descriptor, _) = try openForReading(path)
    defer { _ = Glibc.close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
      }
      if read < 0 && errno == EINTR { continue }
      _ = try check(Int32(clamping: read), "read", path)
      if read == 0 { break }
      filled += read
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  private func openForReading(_ path: String) throws(DiskFault) -> (descriptor: Int32, status: stat) {
    let descriptor = try open(path, O_RDONLY, "open")
    do throws(DiskFault) {
      let status = try status(of: descriptor, path)
      guard status.st_mode & S_IFMT != S_IFDIR else { throw DiskFault(operation: "read", path: path, code: EISDIR) }
      try checkPlain(status, path)
      return (descriptor, status)
    } catch {
      _ = Glibc.close(descriptor)
      throw error
    }
  }

  public func entry(_ path: String) throws(DiskFault) -> DiskEntry? {
    do throws(DiskFault) {
      let location = try locate(path, "stat")
      var status = stat()
      let found = unsafe fstatat(location.folder, location.name, &status, base == nil ? 0 : AT_SYMLINK_NOFOLLOW)
      _ = try check(found, "stat", path)
      return DiskEntry(status)
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return nil }
      throw error
    }
  }

  public func inode(at path: String) throws(DiskFault) -> UInt64? {
    var status = stat()
    let folder = try base?.descriptor() ?? AT_FDCWD
    let name = base.map { String(path.dropFirst($0.path.count).drop { $0 == "/" }) } ?? path
    let found = unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW)
    if found < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    _ = try check(found, "stat", path)
    return UInt64(status.st_ino)
  }

  public func entry(_ file: OpenFile) throws(DiskFault) -> DiskEntry {
    DiskEntry(try status(of: file.descriptor, file.path))
  }

  public func linkTarget(_ path: String) throws(DiskFault) -> String? {
    let location = try locate(path, "read")
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlinkat(location.folder, location.name, &bytes, bytes.count)
    if count < 0, [EINVAL, ENOENT, ENOTDIR].contains(errno) { return nil }
    _ = try check(Int32(clamping: count), "read", path)
    return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  public func names(in folder: String) throws(DiskFault) -> [String] {
    let descriptor = try open(folder, O_RDONLY | O_DIRECTORY, "open")
    guard let stream = unsafe fdopendir(descriptor) else {
      let code = errno
      _ = Glibc.close(descriptor)
      throw DiskFault(operation: "open", path: folder, code: code)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw DiskFault(operation: "read", path: folder, code: errno) }
    return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  // MARK: writing

  public func makeFolder(_ path: String, permissions: UInt32?) throws(DiskFault) {
    let location = try locate(path, "make")
    _ = try unsafe check(mkdirat(location.folder, location.name, mode_t(permissions ?? 0o755)), "make", path)
    guard let permissions else { return }
    // The umask must not take away what a group may do.
    let descriptor = try open(path, O_RDONLY | O_DIRECTORY, "make")
    defer { _ = Glibc.close(descriptor) }
    _ = try check(fchmod(descriptor, mode_t(permissions)), "make", path)
  }

  public func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    let descriptor = try open(path, O_WRONLY | O_CREAT | O_EXCL, "create", permissions)
    return OpenFile(descriptor: descriptor, path: path)
  }

  public func openForAppending(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    let descriptor = try open(path, O_WRONLY | O_CREAT | O_APPEND, "open", permissions)
    do throws(DiskFault) { try checkPlain(status(of: descriptor, path), path) } catch {
      _ = Glibc.close(descriptor)
      throw error
    }
    return OpenFile(descriptor: descriptor, path: path)
  }

  public func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file.descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      _ = try check(Int32(clamping: count), "write", file.path)
      rest = rest.dropFirst(count)
    }
  }

  public func truncate(_ file: OpenFile, to length: Int) throws(DiskFault) {
    _ = try check(ftruncate(file.descriptor, length), "truncate", file.path)
  }

  public func sync(_ file: OpenFile) throws(DiskFault) {
    _ = try check(fsync(file.descriptor), "sync", file.path)
  }

  public func syncFileSystem(of file: OpenFile) throws(DiskFault) {
    _ = try check(gainsay_sync_file_system(file.descriptor), "sync", file.path)
  }

  public func close(_ file: OpenFile) { _ = Glibc.close(file.descriptor) }

  /// The disk for the two names of one call: a folder below the base in which both lie is opened once, so that another
  /// program that exchanges it comes before both or after both.
  private func sharing(_ path: String, _ other: String) -> POSIXDisk {
    guard let base else { return self }
    let prefix = base.path.hasSuffix("/") ? base.path : base.path + "/"
    func folder(_ path: String) -> Substring? {
      guard path.hasPrefix(prefix) else { return nil }
      let names = path.dropFirst(prefix.count).split(separator: "/", maxSplits: 1)
      return names.count > 1 ? names[0] : nil
    }
    guard let shared = folder(path), shared == folder(other), shared != ".." else { return self }
    return POSIXDisk(base: BaseFolder(prefix + shared, in: base))
  }

  public func rename(_ path: String, to newPath: String) throws(DiskFault) {
    let disk = sharing(path, newPath)
    let old = try disk.locate(path, "rename")
    let new = try disk.locate(newPath, "rename")
    _ = try unsafe check(renameat(old.folder, old.name, new.folder, new.name), "rename", newPath)
  }

  public func renameWithoutReplacing(_ path: String, to newPath: String) throws(DiskFault) {
    let disk = sharing(path, newPath)
    let old = try disk.locate(path, "rename")
    let new = try disk.locate(newPath, "rename")
    var result = unsafe gainsay_rename(old.folder, old.name, new.folder, new.name, UInt32(GAINSAY_NO_REPLACE))
    if result < 0, DiskFault.cannotSwap.contains(errno) {
      // A file system that cannot tell, such as NFS: a link keeps what has the name; folders are never replaced.
      result = unsafe linkat(old.folder, old.name, new.folder, new.name, 0)
      if result == 0 {
        result = unsafe unlinkat(old.folder, old.name, 0)
      } else if errno == EPERM, try entry(newPath) == nil {
        result = unsafe renameat(old.folder, old.name, new.folder, new.name)
      }
    }
    _ = try check(result, "rename", newPath)
  }

  public func exchange(_ path: String, with other: String) throws(DiskFault) {
    let disk = sharing(path, other)
    let old = try disk.locate(path, "exchange")
    let new = try disk.locate(other, "exchange")
    var result = unsafe gainsay_rename(old.folder, old.name, new.folder, new.name, UInt32(GAINSAY_EXCHANGE))
    if result < 0, DiskFault.cannotSwap.contains(errno) {
      // In three steps, for files, at each of which the other name stands for one of the two.
      let refused = errno
      let aside = try disk.locate(path + ".old.tmp", "exchange")
      _ = unsafe unlinkat(aside.folder, aside.name, 0)
      if unsafe linkat(new.folder, new.name, aside.folder, aside.name, 0) == 0 {
        result = unsafe renameat(old.folder, old.name, new.folder, new.name)
        if result == 0 { result = unsafe renameat(aside.folder, aside.name, old.folder, old.name) }
      } else {
        errno = refused
      }
    }
    _ = try check(result, "exchange", other)
  }

  public func remove(_ path: String) throws(DiskFault) {
    let location = try locate(path, "remove")
    var result = unsafe unlinkat(location.folder, location.name, 0)
    if result < 0, errno == EISDIR { result = unsafe unlinkat(location.folder, location.name, AT_REMOVEDIR) }
    _ = try check(result, "remove", path)
  }

  public func syncFolder(_ path: String) throws(DiskFault) {
    if let base, path == base.path {
      _ = try check(fsync(base.descriptor()), "sync", path)
      return
    }
    let descriptor = try open(path, O_RDONLY | O_DIRECTORY, "open")
    defer { _ = Glibc.close(descriptor) }
    _ = try check(fsync(descriptor), "sync", path)
  }

  public func lock(_ path: String) throws(DiskFault) -> OpenFile? {
    while true {
      let file = OpenFile(descriptor: try open(path, O_RDWR | O_CREAT, "open", 0o644), path: path)
      var isTaken = false
      defer { if !isTaken { close(file) } }
      let status = try status(of: file.descriptor, path)
      try checkPlain(status, path)
      if flock(file.descriptor, LOCK_EX | LOCK_NB) < 0 {
        if errno == EWOULDBLOCK { return nil }
        if errno == EINTR { continue }
        throw DiskFault(operation: "lock", path: path, code: errno)
      }
      // The previous holder may have removed the file meanwhile; the lock must be on the file that has the name now.
      guard try entry(path)?.inode == UInt64(status.st_ino) else { continue }
      guard status.st_nlink == 1 else {
        // The holder's name must not be written into a file that has another name as well.
        try remove(path)
        continue
      }
      isTaken = true
      return file
    }
  }

  // MARK: paths

  private func open(
    _ path: String, _ flags: Int32, _ operation: String, _ permissions: UInt32 = 0
  ) throws(DiskFault) -> Int32 {
    let location = try locate(path, operation)
    // Opening a pipe must not wait for its other end before it is refused.
    let guarded = base == nil ? 0 : O_NOFOLLOW | O_NONBLOCK
    let descriptor = unsafe openat(
      location.folder, location.name, flags | O_CLOEXEC | guarded, mode_t(permissions))
    if descriptor < 0 {
      let code = errno
      let isLink = base != nil && location.isLink
      throw DiskFault(operation: operation, path: path, code: isLink ? ELOOP : code == ENXIO ? EINVAL : code)
    }
    return descriptor
  }

  /// The folder in which the last name of a path is looked up, and that name.
  private func locate(_ path: String, _ operation: String) throws(DiskFault) -> Location {
    guard !path.utf8.contains(0) else { throw DiskFault(operation: operation, path: path, code: EINVAL) }
    guard let base else { return Location(folder: AT_FDCWD, name: path, isOwned: false) }
    return try base.locate(path, operation)
  }

  private func status(of descriptor: Int32, _ path: String) throws(DiskFault) -> stat {
    var status = stat()
    _ = try check(unsafe fstat(descriptor, &status), "stat", path)
    return status
  }

  /// Throws if a file below the base is a pipe, a device or something else that is nobody's work.
  private func checkPlain(_ status: stat, _ path: String) throws(DiskFault) {
    guard base == nil || status.st_mode & S_IFMT == S_IFREG else {
      throw DiskFault(operation: "read", path: path, code: EINVAL)
    }
  }

  private func check(_ result: Int32, _ operation: String, _ path: String) throws(DiskFault) -> Int32 {
    if result < 0 { throw DiskFault(operation: operation, path: path, code: errno) }
    return result
  }
}

/// A name in an open folder.
private struct Location: ~Copyable {
  let folder: Int32
  let name: String
  /// Whether the folder was opened for this location alone.
  let isOwned: Bool

  var isLink: Bool {
    var status = stat()
    return unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  deinit {
    // The reason why a call failed is read after this.
    let code = errno
    if isOwned { _ = close(folder) }
    errno = code
  }
}

/// A folder that is opened when it is first needed, and kept open.
private final class BaseFolder: Sendable {
  let path: String
  /// The base below which the folder is reached; nil if a person named it.
  private let parent: BaseFolder?
  private let opened = Mutex<Int32?>(nil)

  init(_ path: String, in parent: BaseFolder?) {
    self.path = path
    self.parent = parent
  }

  deinit { opened.withLock { if let descriptor = $0 { _ = close(descriptor) } } }

  func descriptor() throws(DiskFault) -> Int32 {
    try opened.withLock { (opened) throws(DiskFault) in
      if let opened { return opened }
      let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
      let descriptor: Int32
      if let parent {
        let location = try parent.locate(path, "open")
        descriptor = unsafe openat(location.folder, location.name, flags | O_NOFOLLOW)
        guard descriptor >= 0 else {
          let code = errno
          throw DiskFault(operation: "open", path: path, code: location.isLink ? ELOOP : code)
        }
      } else {
        descriptor = unsafe open(path, flags)
        guard descriptor >= 0 else { throw DiskFault(operation: "open", path: path, code: errno) }
      }
      opened = descriptor
      return descriptor
    }
  }

  /// Opens the folders on the way to a path, one after another, none of them through a link.
  func locate(_ path: String, _ operation: String) throws(DiskFault) -> Location {
    let start = try descriptor()
    if path == self.path { return Location(folder: start, name: ".", isOwned: false) }
    let prefix = self.path.hasSuffix("/") ? self.path : self.path + "/"
    let names = path.hasPrefix(prefix) ? path.dropFirst(prefix.count).split(separator: "/") : []
    guard let last = names.last, !names.contains("..") else {
      throw DiskFault(operation: operation, path: path, code: EXDEV)
    }
    var (folder, place) = (start, self.path)
    for name in names.dropLast() {
      let location = Location(folder: folder, name: String(name), isOwned: folder != start)
      place = Paths.join(place, location.name)
      let next = unsafe openat(
        location.folder, location.name, GAINSAY_O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else {
        let code = errno
        throw DiskFault(operation: operation, path: place, code: location.isLink ? ELOOP : code)
      }
      folder = next
    }
    return Location(folder: folder, name: String(last), isOwned: folder != start)
  }
}

extension DiskEntry {
  fileprivate init(_ status: stat) {
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    self.init(
      kind: kind, size: Int(status.st_size), inode: UInt64(status.st_ino),
      modified: .seconds(status.st_mtim.tv_sec) + .nanoseconds(status.st_mtim.tv_nsec),
      permissions: status.st_mode & 0o777)
  }
}
