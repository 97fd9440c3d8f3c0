/// Reads a JSON text (RFC 8259, UTF-8) piece by piece; every fault names its line and column.
///
/// Stricter than many readers: duplicate keys, lone surrogates, numbers with a leading zero, ill-formed UTF-8 and
/// anything after the value are faults. Nesting is limited to ``depthLimit``.
public struct JSONReader {
  /// Values nested deeper than this are refused.
  public static let depthLimit = 256

  /// What a value is, by its first character.
  public enum Kind: Sendable { case object, array, string, number, boolean, null }

  let bytes: [UInt8]
  /// The number of bytes read.
  var at = 0
  private var depth = 0

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// A place to come back to for a fault, by the bytes before it.
  public struct Place: Sendable { public let byte: Int }

  /// The place of the next value.
  public mutating func place() -> Place {
    skipSpace()
    return Place(byte: at)
  }

  /// A fault at a place that was passed, such as a value that is well-formed and not allowed.
  public func fault(at place: Place, expected: String, found: String?) -> JSONFault {
    let before = bytes[..<min(place.byte, bytes.count)]
    var line = 1
    var lineStart = 0
    for (index, byte) in before.enumerated() where byte == 10 {
      line += 1
      lineStart = index + 1
    }
    let column = before[lineStart...].reduce(1) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    return JSONFault(line: line, column: column, expected: expected, found: found)
  }

  /// What the next value is.
  public mutating func peek() throws(JSONFault) -> Kind {
    skipSpace()
    guard at < bytes.count else { throw unexpected("a value") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw unexpected("a value")
    }
  }

  /// Reads an object; the body must read the value of each key that it is given.
  public mutating func readObject(
    _ body: (String, inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try enter(UInt8(ascii: "{"), "an object")
    var keys: [String] = []
    var many: Set<String> = []
    if !skip(UInt8(ascii: "}")) {
      repeat {
        let place = place()
        let key = try readString()
        let isNew: Bool
        if keys.count < 16 {
          isNew = !keys.contains(key)
          keys.append(key)
        } else {
          if many.isEmpty { many = Set(keys) }
          isNew = many.insert(key).inserted
        }
        if !isNew { throw fault(at: place, expected: "each key once", found: "\"\(key)\" again") }
        try expect(UInt8(ascii: ":"), "\":\"")
        try body(key, &self)
      } while skip(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"), "\",\" or \"}\"")
    }
    depth -= 1
  }

  /// Reads an object whose keys are known; the body must read the value of each.
  ///
  /// - Throws: also where a key is none of these, or a required one is missing.
  public mutating func readRecord(
    _ required: [String], optional: [String] = [], _ body: (String, inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try readRecord(JSONKeys(required, optional: optional), body)
  }

  /// Reads an object whose keys are known; the body must read the value of each.
  ///
  /// - Throws: also where a key is none of these, or a required one is missing.
  public mutating func readRecord(
    _ keys: JSONKeys, _ body: (String, inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try readRecord(numbered: keys) { (key, reader) throws(JSONFault) in try body(keys.names[key], &reader) }
  }

  /// Reads an object whose keys are known, each told by its place among their names in ascending order; the body must
  /// read the value of each.
  ///
  /// - Throws: also where a key is none of these, or a required one is missing.
  public mutating func readRecord(
    numbered keys: JSONKeys, _ body: (Int, inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    let start = place()
    // One bit for each key that came.
    var seen: UInt64 = 0
    var last = -1
    try enter(UInt8(ascii: "{"), "an object")
    if !skip(UInt8(ascii: "}")) {
      repeat {
        let place = place()
        last = try readKey(of: keys, after: last, place)
        if seen & 1 << UInt64(last) != 0 {
          throw fault(at: place, expected: "each key once", found: "\"\(keys.names[last])\" again")
        }
        seen |= 1 << UInt64(last)
        try expect(UInt8(ascii: ":"), "\":\"")
        try body(last, &self)
      } while skip(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"), "\",\" or \"}\"")
    }
    depth -= 1
    if let missing = keys.required.first(where: { seen & 1 << UInt64($0) == 0 }) {
      throw fault(at: start, expected: "the key “\(keys.names[missing])” in this object", found: "none")
    }
  }

  /// Reads the next key by its place among those that are known, looked for from the one after the last.
  private mutating func readKey(of keys: JSONKeys, after last: Int, _ place: Place) throws(JSONFault) -> Int {
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      var index = last
      for _ in keys.names.indices {
        index = index + 1 < keys.names.count ? index + 1 : 0
        if let length = keys.length(of: index, in: bytes, at: at + 1) {
          at += length + 1
          return index
        }
      }
    }
    let key = try readString()
    guard let index = keys.names.firstIndex(of: key) else {
      throw fault(at: place, expected: "one of the keys \(keys.names.joined(separator: ", "))", found: "“\(key)”")
    }
    return index
  }

  /// Reads an array; the body must read one element each time.
  public mutating func readArray(_ body: (inout JSONReader) throws(JSONFault) -> Void) throws(JSONFault) {
    try enter(UInt8(ascii: "["), "an array")
    if !skip(UInt8(ascii: "]")) {
      repeat { try body(&self) } while skip(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"), "\",\" or \"]\"")
    }
    depth -= 1
  }

  /// Reads a whole number that fits 64 bits.
  public mutating func readInteger() throws(JSONFault) -> Int {
    let place = place()
    if let value = readDigits() { return value }
    let text = try numberText()
    guard let value = Int(text) else { throw fault(at: place, expected: "a whole number", found: text) }
    return value
  }

  /// Reads up to 18 digits that are a whole number; nil, and nothing is read, where something else stands there.
  mutating func readDigits() -> Int? {
    var (value, end) = (0, at)
    while end < bytes.count, end - at < 19, (0x30...0x39).contains(bytes[end]) {
      value = value &* 10 &+ Int(bytes[end] &- 0x30)
      end += 1
    }
    guard end > at, end - at < 19, end < bytes.count, bytes[at] != 0x30 || end - at == 1 else { return nil }
    if bytes[end] == UInt8(ascii: ".") || bytes[end] | 0x20 == UInt8(ascii: "e") { return nil }
    at = end
    return value
  }

  /// Reads a number as the nearest double.
  public mutating func readNumber() throws(JSONFault) -> Double {
    let place = place()
    let text = try numberText()
    guard let value = Double(text), value.isFinite else {
      throw fault(at: place, expected: "a number that a double can hold", found: text)
    }
    return value
  }

  public mutating func readBoolean() throws(JSONFault) -> Bool {
    if skip(word: "true") { return true }
    if skip(word: "false") { return false }
    throw unexpected("true or false")
  }

  /// Reads `null` if it stands there.
  public mutating func readNull() -> Bool { skip(word: "null") }

  /// Reads an array of strings.
  public mutating func readStrings() throws(JSONFault) -> [String] {
    var strings: [String] = []
    try readArray { (reader) throws(JSONFault) in strings.append(try reader.readString()) }
    return strings
  }

  /// Reads an object whose values are all strings.
  public mutating func readMap() throws(JSONFault) -> [String: String] {
    var map: [String: String] = [:]
    try readObject { (key, reader) throws(JSONFault) in map[key] = try reader.readString() }
    return map
  }

  /// Reads past one value of any kind.
  public mutating func skipValue() throws(JSONFault) {
    let kind = try peek()
    if kind == .number, readDigits() != nil { return }
    switch kind {
    case .object: try readObject { (_, reader) throws(JSONFault) in try reader.skipValue() }
    case .array: try readArray { (reader) throws(JSONFault) in try reader.skipValue() }
    case .string: _ = try readRawString()
    case .number: _ = try numberText()
    case .boolean: _ = try readBoolean()
    case .null: if !readNull() { throw unexpected("a value") }
    }
  }

  /// Only white space may be left.
  public mutating func finish() throws(JSONFault) {
    skipSpace()
    if at < bytes.count { throw unexpected("the end of the text") }
  }

  // MARK: scanning

  private mutating func enter(_ open: UInt8, _ noun: String) throws(JSONFault) {
    try expect(open, noun)
    depth += 1
    if depth > Self.depthLimit {
      throw fault(at: Place(byte: at - 1), expected: "at most \(Self.depthLimit) levels", found: "a deeper one")
    }
  }

  @inline(__always) private mutating func skipSpace() {
    while at < bytes.count, bytes[at] <= 0x20 {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  @inline(__always) private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func skip(word: String) -> Bool {
    skipSpace()
    guard bytes[at...].starts(with: word.utf8) else { return false }
    at += word.utf8.count
    return true
  }

  mutating func expect(_ byte: UInt8, _ noun: String) throws(JSONFault) {
    if !skip(byte) { throw unexpected(noun) }
  }

  func unexpected(_ expected: String) -> JSONFault {
    var found: String?
    if at < bytes.count {
      let rest = String(decoding: bytes[at..<min(at + 64, bytes.count)], as: UTF8.self)
      found = "“\(rest.prefix(12).prefix { !$0.isNewline })”"
    }
    return fault(at: Place(byte: at), expected: expected, found: found)
  }

  private mutating func numberText() throws(JSONFault) -> String {
    skipSpace()
    let start = at
    func digits() -> Int {
      var end = at
      while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
      return end - at
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at] != UInt8(ascii: "0") else {
      at = start
      throw unexpected("a number")
    }
    at += whole
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      let decimals = digits()
      if decimals == 0 { throw unexpected("a digit") }
      at += decimals
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      let exponent = digits()
      if exponent == 0 { throw unexpected("a digit") }
      at += exponent
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }
}
