import Storage

/// The lines typed at the prompt, kept between sessions: one appended at a time, so that nothing earlier can be lost.
///
/// The form is libedit's: a first line that names it, then a line each, in which backslashes, blanks and control
/// characters stand as `\` and three octal digits.
struct HistoryFile {
  private static let mark = "_HiStOrY_V2_"
  /// The lines that are kept when the file is shortened, which happens once it has twice as many.
  private static let most = 1000

  private let disk: any Disk
  private let path: String

  /// - Parameter folder: an existing folder of the person's own.
  init(in folder: String, on disk: any Disk) {
    self.disk = disk
    path = Paths.join(folder, "history")
  }

  /// The lines of earlier sessions, oldest first; none where they cannot be read.
  func lines() -> [String] {
    guard let bytes = try? disk.read(path, limit: FileLimit.list) else { return [] }
    let raw = bytes.split(separator: 0x0A).filter { !$0.elementsEqual(Self.mark.utf8) }
    if raw.count > 2 * Self.most {
      let kept = [Self.mark.utf8.map { $0 }] + raw.suffix(Self.most).map { Array($0) }
      try? disk.replace(path, with: Array(kept.joined(separator: [0x0A])) + [0x0A])
    }
    return raw.suffix(Self.most).map { Self.decoded($0) }
  }

  /// Adds a line; where that fails, the session goes on without.
  func append(_ line: String) {
    let isNew = (try? disk.entry(path)) == .some(nil)
    if isNew, let file = try? disk.create(path, permissions: 0o600) { disk.close(file) }
    guard let file = try? disk.openForAppending(path) else { return }
    defer { disk.close(file) }
    // The line break before it ends a line that a full disk cut short; empty lines do not count.
    try? disk.write((isNew ? Array(Self.mark.utf8) : []) + [0x0A] + Self.encoded(line) + [0x0A], to: file)
  }

  private static func encoded(_ line: String) -> [UInt8] {
    line.utf8.flatMap { byte -> [UInt8] in
      if byte > 0x20, byte != 0x7F, byte != UInt8(ascii: "\\") { return [byte] }
      return [UInt8(ascii: "\\")] + [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
    }
  }

  /// Reads also `\\`, `\^A`, `\M-a` and `\M^A`, as libedit itself writes them.
  private static func decoded(_ line: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = line
    func take() -> UInt8? { rest.popFirst() }
    while let byte = take() {
      guard byte == UInt8(ascii: "\\"), let next = take() else {
        bytes.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        let digits = rest.prefix(2)
        rest = rest.dropFirst(2)
        bytes.append(([next] + digits).reduce(0) { $0 << 3 | ($1 & 7) })
      case UInt8(ascii: "^"): bytes.append((take() ?? 0) ^ 0x40)
      case UInt8(ascii: "M"):
        let isControl = take() == UInt8(ascii: "^")
        bytes.append(0x80 | (take() ?? 0) ^ (isControl ? 0x40 : 0))
      default: bytes.append(next)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
