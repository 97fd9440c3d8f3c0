/// Writes JSON with stable bytes: the same content is the same text, on every machine.
///
/// Keys must be given in ascending order of their code points, which is checked. Characters outside ASCII stand as
/// they are, but for those that a terminal obeys or that hide or turn text around: DEL, C1 controls, bidirectional
/// controls and tag characters are escaped, unless the writer keeps them.
public struct JSONWriter {
  public private(set) var bytes: [UInt8] = []
  private let keepsControls: Bool
  private var levels: [Level] = []
  private var afterKey = false

  /// How the elements of an object or an array stand.
  public enum Layout: Sendable {
    /// All on the line where it begins, with “, ” between.
    case line
    /// Each on a line of its own, two spaces deeper.
    case block
    /// All on the line where it begins, with “,” between.
    case compact
  }

  private struct Level {
    let layout: Layout
    var isEmpty = true
    var lastKey: String?
  }

  /// - Parameter keepsControls: whether to escape only what JSON must escape, as in files whose bytes must not change.
  public init(keepsControls: Bool = false) { self.keepsControls = keepsControls }

  /// The text as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func object(_ layout: Layout = .line, _ body: (inout JSONWriter) -> Void) {
    write(UInt8(ascii: "{"), UInt8(ascii: "}"), layout, body)
  }

  public mutating func array(_ layout: Layout = .line, _ body: (inout JSONWriter) -> Void) {
    write(UInt8(ascii: "["), UInt8(ascii: "]"), layout, body)
  }

  /// The key of the value that is written next.
  ///
  /// - Precondition: an object is open and *name* comes after its last key.
  public mutating func key(_ name: String) {
    precondition(!levels.isEmpty && levels[levels.count - 1].lastKey.map { Self.ascends($0, name) } ?? true)
    levels[levels.count - 1].lastKey = name
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
    afterKey = true
  }

  public mutating func string(_ value: String?) {
    guard let value else { return null() }
    separate()
    quote(value)
  }

  public mutating func integer(_ value: Int?) {
    guard let value else { return null() }
    separate()
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let first = bytes.count
    var rest = value.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[first...].reverse()
  }

  /// - Precondition: *value* is finite: what does not exist is written as null.
  public mutating func number(_ value: Double?) {
    guard let value else { return null() }
    precondition(value.isFinite)
    raw(value == value.rounded() && abs(value) < 1e15 ? "\(Int(value)).0" : value.description)
  }

  public mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

  public mutating func null() { raw("null") }

  /// A whole map of strings, keys ascending.
  public mutating func map(_ values: [String: String]) {
    object { writer in
      for (key, value) in values.sorted(by: { Self.ascends($0.key, $1.key) }) {
        writer.key(key)
        writer.string(value)
      }
    }
  }

  /// Strings on one line.
  public mutating func strings(_ values: [String]) {
    array { writer in
      for value in values { writer.string(value) }
    }
  }

  // A key with its value, as most members of objects are written.

  public mutating func string(_ key: String, _ value: String?) {
    self.key(key)
    string(value)
  }

  public mutating func integer(_ key: String, _ value: Int?) {
    self.key(key)
    integer(value)
  }

  public mutating func number(_ key: String, _ value: Double?) {
    self.key(key)
    number(value)
  }

  public mutating func null(_ key: String) {
    self.key(key)
    null()
  }

  public mutating func map(_ key: String, _ values: [String: String]) {
    self.key(key)
    map(values)
  }

  public mutating func strings(_ key: String, _ values: [String]) {
    self.key(key)
    strings(values)
  }

  public mutating func object(_ key: String, _ layout: Layout = .line, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(layout, body)
  }

  public mutating func array(_ key: String, _ layout: Layout = .line, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(layout, body)
  }

  /// Ends a line of JSON lines, or a file.
  public mutating func newline() { bytes.append(0x0A) }

  private static func ascends(_ a: String, _ b: String) -> Bool {
    // Bytes of UTF-8 are in the order of code points.
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  private mutating func write(_ open: UInt8, _ close: UInt8, _ layout: Layout, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(open)
    levels.append(Level(layout: layout))
    body(&self)
    let level = levels.removeLast()
    if layout == .block && !level.isEmpty { breakLine() }
    bytes.append(close)
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func separate() {
    if afterKey {
      afterKey = false
      return
    }
    guard let level = levels.last else { return }
    if !level.isEmpty { bytes.append(UInt8(ascii: ",")) }
    levels[levels.count - 1].isEmpty = false
    if level.layout == .block {
      breakLine()
    } else if !level.isEmpty, level.layout == .line {
      bytes.append(0x20)
    }
  }

  private mutating func breakLine() {
    bytes.append(0x0A)
    for _ in 0..<(2 * levels.filter { $0.layout == .block }.count) { bytes.append(0x20) }
  }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    if isPlain(value) { bytes.append(contentsOf: value.utf8) } else { escape(value) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether nothing of a text is escaped; false for some texts of which nothing is.
  private func isPlain(_ value: String) -> Bool {
    var last: UInt8 = 0
    for byte in value.utf8 {
      switch byte {
      case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"): return false
      case 0x20..<0x7F: break
      case 0x7F: if !keepsControls { return false }
      default: if !keepsControls, Self.mayBeControl(last, byte) { return false }
      }
      last = byte
    }
    return true
  }

  /// Whether two bytes in succession may be of a control that is escaped.
  private static func mayBeControl(_ first: UInt8, _ second: UInt8) -> Bool {
    switch (first, second) {
    case (0xC2, 0x80..<0xA0), (0xD8, 0x9C), (0x80, 0x8E...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9), (0xF3, 0xA0):
      true
    default: false
    }
  }

  private mutating func escape(_ value: String) {
    for byte in value.utf8 {
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        bytes.append(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x08: bytes.append(contentsOf: "\\b".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0C: bytes.append(contentsOf: "\\f".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
        bytes.append(contentsOf: String(byte, radix: 16).utf8)
      case 0x7F where !keepsControls: bytes.append(contentsOf: "\\u007f".utf8)
      default:
        bytes.append(byte)
        if byte & 0xC0 == 0x80, !keepsControls { escapeControl() }
      }
    }
  }

  /// Replaces the scalar at the end by its escape if it is a control; while it is unfinished, it is none.
  private mutating func escapeControl() {
    let length =
      switch (bytes[bytes.count - 2], bytes[bytes.count - 1]) {
      // U+0080 to U+009F and U+061C.
      case (0xC2, 0x80..<0xA0), (0xD8, 0x9C): 2
      // U+200E, U+200F, U+202A to U+202E; U+2066 to U+2069.
      case (0x80, 0x8E...0x8F), (0x80, 0xAA...0xAE): bytes[bytes.count - 3] == 0xE2 ? 3 : 0
      case (0x81, 0xA6...0xA9): bytes[bytes.count - 3] == 0xE2 ? 3 : 0
      default: 0
      }
    // U+E0000 to U+E007F, of which the last two of four bytes may look like one of the above.
    let isTag =
      bytes.count >= 4 && bytes[bytes.count - 4] == 0xF3 && bytes[bytes.count - 3] == 0xA0
      && bytes[bytes.count - 2] < 0x82
    let count = isTag ? 4 : length
    guard count > 0 else { return }
    let units = String(decoding: bytes.suffix(count), as: UTF8.self).utf16
    bytes.removeLast(count)
    for unit in units {
      let digits = String(unit, radix: 16)
      bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
    }
  }
}

extension JSONWriter {
  /// A JSON text of its own, with a final newline.
  package static func document(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.block, body)
    writer.newline()
    return writer.bytes
  }
}
