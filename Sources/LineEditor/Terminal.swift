import CLibEdit
import Glibc

/// The terminal and the process: calls of the C library behind Swift types.
public enum Terminal {
  public enum Stream { case output, error }

  /// Makes the process fit to run, however it was started; must come before anything is opened.
  ///
  /// - Returns: false if the system has no UTF-8 locale, which libedit and the C library are told to use.
  public static func prepare() -> Bool {
    // A standard stream that was closed would be the next file opened, which would then be read and written as one.
    // The root folder can be neither, so that reading ends and writing fails.
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe open("/", O_RDONLY)
    }
    // A command that changes many people's files holds a lock for each.
    var files = rlimit()
    if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 {
      files.rlim_cur = files.rlim_max
      _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    }
    // libedit believes these, and takes room for as many.
    for name in ["COLUMNS", "LINES"] where !(environment(name).flatMap { Int($0) }.map(sizes.contains) ?? false) {
      unsafe unsetenv(name)
    }
    return ["C.UTF-8", "C.utf8", "en_US.UTF-8"].contains { (name: String) in unsafe setlocale(LC_CTYPE, name) != nil }
  }

  /// The rows and columns that a terminal may have.
  private static let sizes = 1...10_000

  /// Whether standard input and output are terminals.
  public static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  public static func isTerminal(_ stream: Stream) -> Bool {
    isatty(stream == .output ? STDOUT_FILENO : STDERR_FILENO) == 1
  }

  /// Whether a stream goes to a file on a disk.
  public static func isFile(_ stream: Stream) -> Bool {
    fileSize(stream == .output ? STDOUT_FILENO : STDERR_FILENO) != nil
  }

  /// The bytes of a file; nil for a pipe, a terminal or a device.
  private static func fileSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    let isFile = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    return isFile ? Int(status.st_size) : nil
  }

  /// Whether the terminal says that it cannot move its cursor.
  public static var isDumb: Bool { ["dumb", ""].contains(environment("TERM") ?? "") }

  /// The number of rows; nil without a terminal.
  public static var rows: Int? {
    let rows = Int(gainsay_rows(STDOUT_FILENO))
    return sizes.contains(rows) ? rows : nil
  }

  /// The number of columns; nil without a terminal.
  public static var columns: Int? {
    let columns = Int(gainsay_columns(STDOUT_FILENO))
    if sizes.contains(columns) { return columns }
    return environment("COLUMNS").flatMap { Int($0) }
  }

  /// Writes all bytes; a closed pipe ends the process quietly, as usual.
  ///
  /// If standard output cannot be written, as on a full disk, reports it and exits with status 2, so that output is
  /// never lost in silence.
  public static func write(_ bytes: [UInt8], to stream: Stream = .output) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(stream == .output ? STDOUT_FILENO : STDERR_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else {
        if stream == .error { return }
        write("gainsay: standard output cannot be written (errno \(errno)).\n", to: .error)
        exit(2)
      }
      rest = rest.dropFirst(count)
    }
  }

  public static func write(_ text: String, to stream: Stream = .output) { write(Array(text.utf8), to: stream) }

  public static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  public static var currentFolder: String? {
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// The person's login name.
  public static var loginName: String? {
    if let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name {
      return unsafe String(cString: name)
    }
    return environment("LOGNAME") ?? environment("USER")
  }

  public static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "this machine" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  public static var processNumber: Int { Int(getpid()) }

  /// The time in seconds since 1970.
  public static var now: Int { time(nil) }

  /// Whether there is input that was not returned yet.
  ///
  /// - Parameter rest: bytes read but not yet returned.
  public static func hasInput(after rest: [UInt8] = []) -> Bool {
    if !rest.isEmpty { return true }
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&source, 1, 0) > 0 && source.revents & Int16(POLLIN) != 0
  }

  /// Up to a mebibyte of standard input; empty at its end.
  ///
  /// - Throws: the `errno` if it cannot be read.
  public static func readInput() throws(ReadFault) -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe read(STDIN_FILENO, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ReadFault(code: errno) }
      piece.removeLast(piece.count - count)
      return piece
    }
  }

  /// The bytes of standard input where it is a file, from where it stands to the end; nil for a pipe or a terminal.
  public static var inputSize: Int? {
    guard let size = fileSize(STDIN_FILENO) else { return nil }
    let place = lseek(STDIN_FILENO, 0, SEEK_CUR)
    return place < 0 ? nil : max(0, size - Int(place))
  }

  /// Why standard input cannot be read.
  public struct ReadFault: Error, Sendable { public let code: Int32 }

  /// A line of standard input without its line break; nil at the end of input.
  ///
  /// - Parameters:
  ///   - rest: bytes read but not yet returned; initially empty.
  ///   - fault: set to the `errno` if the input ends because it cannot be read.
  public static func nextLine(_ rest: inout [UInt8], _ isAtEnd: inout Bool, _ fault: inout Int32?) -> [UInt8]? {
    while true {
      if let newline = rest.firstIndex(of: 0x0A) {
        var line = Array(rest[..<newline])
        rest.removeFirst(newline + 1)
        if line.last == 0x0D { line.removeLast() }
        return line
      }
      if isAtEnd {
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
      }
      var piece = [UInt8](repeating: 0, count: 65536)
      let count = unsafe read(STDIN_FILENO, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { fault = errno }
      if count <= 0 { isAtEnd = true } else { rest += piece[..<count] }
    }
  }

  public static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}
