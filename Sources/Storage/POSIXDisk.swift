import CLinux
import Glibc

/// The machine's disk.
public struct POSIXDisk: Disk {
  public init() {}

  public func read(_ path: String) throws(DiskFault) -> [UInt8] {
    let descriptor = try unsafe check(open(path, O_RDONLY | O_CLOEXEC), "open", path)
    defer { _ = Glibc.close(descriptor) }
    var status = stat()
    _ = try check(unsafe fstat(descriptor, &status), "stat", path)
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw DiskFault(operation: "read", path: path, code: EISDIR)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size) + 1)
    // One call reads a whole file of known size; the loop reads on if the file grows or has no size.
    var piece = [UInt8](repeating: 0, count: max(4096, min(Int(status.st_size) + 1, 1 << 26)))
    while true {
      let count = unsafe Glibc.read(descriptor, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      _ = try check(Int32(clamping: count), "read", path)
      if count == 0 { return bytes }
      bytes.append(contentsOf: piece[..<count])
    }
  }

  public func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8] {
    let descriptor = try unsafe check(open(path, O_RDONLY | O_CLOEXEC), "open", path)
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

  public func entry(_ path: String) throws(DiskFault) -> DiskEntry? {
    var status = stat()
    if unsafe stat(path, &status) < 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw DiskFault(operation: "stat", path: path, code: errno)
    }
    let kind = status.st_mode & S_IFMT
    return DiskEntry(
      isFolder: kind == S_IFDIR, isSpecial: kind != S_IFDIR && kind != S_IFREG, size: Int(status.st_size),
      inode: UInt64(status.st_ino),
      modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec, permissions: status.st_mode & 0o777)
  }

  public func isLink(_ path: String) throws(DiskFault) -> Bool {
    var status = stat()
    if unsafe lstat(path, &status) < 0 {
      if errno == ENOENT || errno == ENOTDIR { return false }
      throw DiskFault(operation: "stat", path: path, code: errno)
    }
    return status.st_mode & S_IFMT == S_IFLNK
  }

  public func names(in folder: String) throws(DiskFault) -> [String] {
    guard let stream = unsafe opendir(folder) else {
      throw DiskFault(operation: "open", path: folder, code: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  public func makeFolder(_ path: String) throws(DiskFault) {
    _ = try unsafe check(mkdir(path, 0o755), "make", path)
  }

  public func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = try unsafe check(open(path, flags, mode_t(permissions)), "create", path)
    return OpenFile(descriptor: descriptor, path: path)
  }

  public func openForAppending(_ path: String) throws(DiskFault) -> OpenFile {
    let descriptor = try unsafe check(open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644), "open", path)
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

  public func close(_ file: OpenFile) { _ = Glibc.close(file.descriptor) }

  public func rename(_ path: String, to newPath: String) throws(DiskFault) {
    _ = try unsafe check(Glibc.rename(path, newPath), "rename", newPath)
  }

  public func exchange(_ path: String, with other: String) throws(DiskFault) {
    _ = try unsafe check(gainsay_exchange(path, other), "exchange", other)
  }

  public func remove(_ path: String) throws(DiskFault) {
    _ = try unsafe check(Glibc.remove(path), "remove", path)
  }

  public func syncFolder(_ path: String) throws(DiskFault) {
    let descriptor = try unsafe check(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open", path)
    defer { _ = Glibc.close(descriptor) }
    _ = try check(fsync(descriptor), "sync", path)
  }

  public func lock(_ path: String) throws(DiskFault) -> OpenFile? {
    while true {
      let descriptor = try unsafe check(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644), "open", path)
      if flock(descriptor, LOCK_EX | LOCK_NB) < 0 {
        let code = errno
        _ = Glibc.close(descriptor)
        if code == EWOULDBLOCK { return nil }
        if code == EINTR { continue }
        throw DiskFault(operation: "lock", path: path, code: code)
      }
      // The previous holder may have removed the file meanwhile; the lock must be on the file that has the name now.
      var status = stat()
      if unsafe fstat(descriptor, &status) == 0, let entry = try entry(path), entry.inode == UInt64(status.st_ino) {
        return OpenFile(descriptor: descriptor, path: path)
      }
      _ = Glibc.close(descriptor)
    }
  }

  private func check(_ result: Int32, _ operation: String, _ path: String) throws(DiskFault) -> Int32 {
    if result < 0 { throw DiskFault(operation: operation, path: path, code: errno) }
    return result
  }
}
