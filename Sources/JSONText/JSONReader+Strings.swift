extension JSONReader {
  public mutating func readString() throws(JSONFault) -> String {
    let raw = try scanString()
    return String(decoding: raw.isEscaped ? try unescape(bytes[raw.bytes])[...] : bytes[raw.bytes], as: UTF8.self)
  }

  /// A string as it stands in the text, well-formed and not taken out of it.
  public struct RawString: Sendable {
    /// Where its bytes stand, between the quotation marks.
    public let bytes: Range<Int>
    /// Whether it is ASCII and stands in the text as it is.
    public let isASCII: Bool
    fileprivate let isEscaped: Bool
  }

  /// Reads a string that may turn out not to be needed; it is well-formed.
  public mutating func readRawString() throws(JSONFault) -> RawString {
    let raw = try scanString()
    if raw.isEscaped { _ = try unescape(bytes[raw.bytes]) }
    return raw
  }

  /// Reads a string whose escapes are not checked.
  private mutating func scanString() throws(JSONFault) -> RawString {
    try expect(UInt8(ascii: "\""), "a string")
    let start = at
    let (end, isEscaped, isASCII) = Self.endOfString(bytes, from: at)
    at = end
    guard at < bytes.count else { throw unexpected("the end of the string, \"\\\"\"") }
    if bytes[at] < 0x20 { throw unexpected("an escaped control character") }
    at += 1
    if !isASCII, (try? UTF8Span(validating: bytes.span.extracting(start..<end))) == nil {
      throw fault(at: Place(byte: start), expected: "well-formed UTF-8", found: "other bytes")
    }
    return RawString(bytes: start..<end, isASCII: isASCII && !isEscaped, isEscaped: isEscaped)
  }

  /// What a raw string says.
  public func string(_ raw: RawString) -> String { String(decoding: utf8(raw), as: UTF8.self) }

  /// The bytes of what a raw string says.
  public func utf8(_ raw: RawString) -> ArraySlice<UInt8> {
    // Its escapes were checked when it was read.
    raw.isEscaped ? ((try? unescape(bytes[raw.bytes])) ?? [])[...] : bytes[raw.bytes]
  }

  /// Whether a raw string says what some bytes say.
  public func says(_ raw: RawString, _ expected: Span<UInt8>) -> Bool {
    if raw.isEscaped { return Self.areEqual(Array(utf8(raw)).span, expected) }
    return Self.areEqual(bytes.span.extracting(raw.bytes), expected)
  }

  private static func areEqual(_ some: Span<UInt8>, _ others: Span<UInt8>) -> Bool {
    guard some.count == others.count else { return false }
    var difference: UInt8 = 0
    for index in some.indices { difference |= some[index] ^ others[index] }
    return difference == 0
  }

  /// The closing quotation mark, or what must not stand before it: a control character or the end of the text.
  private static func endOfString(_ bytes: [UInt8], from start: Int) -> (end: Int, isEscaped: Bool, isASCII: Bool) {
    let span = bytes.span
    var at = start
    var (isEscaped, seen) = (false, UInt8(0))
    while at < span.count {
      let byte = span[at]
      if byte == UInt8(ascii: "\"") || byte < 0x20 { break }
      seen |= byte
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        // A control character after it is found by the next round, as the escape is none then.
        if at + 1 < span.count, span[at + 1] >= 0x20 { at += 1 }
      }
      at += 1
    }
    return (min(at, span.count), isEscaped, seen < 0x80)
  }

  private func unescape(_ raw: ArraySlice<UInt8>) throws(JSONFault) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(raw.count)
    var index = raw.startIndex
    while index < raw.endIndex {
      let plain = raw[index...].prefix { $0 != UInt8(ascii: "\\") }
      decoded.append(contentsOf: plain)
      index = plain.endIndex + 1
      if index >= raw.endIndex { break }
      let escape = raw[index]
      index += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(escape)
      case UInt8(ascii: "b"): decoded.append(8)
      case UInt8(ascii: "f"): decoded.append(12)
      case UInt8(ascii: "n"): decoded.append(10)
      case UInt8(ascii: "r"): decoded.append(13)
      case UInt8(ascii: "t"): decoded.append(9)
      case UInt8(ascii: "u"):
        guard let scalar = JSONEscape.scalar(raw, &index) else {
          throw fault(at: Place(byte: index), expected: "\\u and the four digits of a Unicode scalar", found: nil)
        }
        decoded.append(contentsOf: Array(String(scalar).utf8))
      default:
        throw fault(at: Place(byte: index - 1), expected: "an escape such as \\n", found: "another character")
      }
    }
    return decoded
  }
}
