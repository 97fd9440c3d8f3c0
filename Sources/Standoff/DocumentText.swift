/// The text of a document, addressed by code points.
///
/// ```swift
/// let text = DocumentText("Ruiz denied she “took 🎁 gifts”.")
/// text[TextRange(16, 30)]  // “took 🎁 gifts”
/// text.utf16Offset(ofCodePoint: 30)  // 31
/// ```
///
/// The bytes are kept as they were read; nothing is normalised. Offsets in UTF-8 bytes and UTF-16 units convert to code
/// points and back, through a checkpoint every 64 bytes: O(log *n*) from code points or UTF-16 units, O(1) from bytes.
///
/// Limitation: texts of up to 4 GiB.
public struct DocumentText: Sendable {
  /// The bytes of the text, which are well-formed UTF-8.
  public let utf8: [UInt8]
  /// The length in code points.
  public let count: Int
  /// The length in UTF-16 units.
  public let utf16Count: Int
  private let codePointsBefore: [UInt32]
  private let utf16UnitsBefore: [UInt32]

  private static let blockShift = 6

  /// The error for bytes that are not well-formed UTF-8.
  public struct NotUTF8: Error, Equatable {
    /// The number of bytes before the first malformed sequence.
    public let byteOffset: Int

    /// Creates the error for a malformed sequence at this byte.
    public init(byteOffset: Int) { self.byteOffset = byteOffset }
  }

  /// Creates a text from the bytes of a file.
  ///
  /// - Throws: ``NotUTF8`` with the offset of the first malformed sequence.
  /// - Complexity: O(*bytes*).
  public init(utf8: [UInt8]) throws(NotUTF8) {
    do {
      _ = try UTF8Span(validating: utf8.span)
    } catch {
      throw NotUTF8(byteOffset: error.byteOffsets.lowerBound)
    }
    self.utf8 = utf8
    let block = 1 << Self.blockShift
    var codePoints: UInt32 = 0
    var utf16Units: UInt32 = 0
    var before: [UInt32] = []
    var before16: [UInt32] = []
    before.reserveCapacity(utf8.count / block + 2)
    before16.reserveCapacity(utf8.count / block + 2)
    for start in stride(from: 0, through: utf8.count, by: block) {
      before.append(codePoints)
      before16.append(utf16Units)
      let end = min(start + block, utf8.count)
      var leads: UInt32 = 0
      var astral: UInt32 = 0
      for byte in utf8[start..<end] {
        leads &+= byte & 0xC0 != 0x80 ? 1 : 0
        astral &+= byte >= 0xF0 ? 1 : 0
      }
      codePoints &+= leads
      utf16Units &+= leads &+ astral
    }
    codePointsBefore = before
    utf16UnitsBefore = before16
    count = Int(codePoints)
    utf16Count = Int(utf16Units)
  }

  /// Creates a text from a string, unchanged.
  public init(_ string: String) {
    // Cannot fail: a Swift string is well-formed.
    do { try self.init(utf8: Array(string.utf8)) } catch { preconditionFailure("a String is UTF-8") }
  }

  /// The whole text as a string.
  public var string: String { String(decoding: utf8, as: UTF8.self) }

  /// The range of the whole text.
  public var range: TextRange { TextRange(0, count) }

  /// The words that a range covers.
  ///
  /// - Precondition: the range ends at or before ``count``.
  public subscript(range: TextRange) -> String {
    String(decoding: utf8[bytes(of: range)], as: UTF8.self)
  }

  /// The words that a range covers, with one space for any white space between them.
  ///
  /// - Precondition: the range ends at or before ``count``.
  package func onOneLine(_ range: TextRange) -> String {
    let words = self[range]
    var last: UInt32 = 0x20
    // Most ranges are Latin letters with single spaces between words already.
    let isSo = words.unicodeScalars.allSatisfy { scalar in
      defer { last = scalar.value }
      switch scalar.value {
      case 0x20: return last != 0x20
      case 0x21...0x7E, 0xC0...0x24F, 0x2010...0x201F: return true
      default: return false
      }
    }
    if isSo, last != 0x20 { return words }
    return words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The UTF-8 bytes that a range covers, half-open.
  ///
  /// - Precondition: the range ends at or before ``count``.
  public func bytes(of range: TextRange) -> Range<Int> {
    utf8Offset(ofCodePoint: range.start)..<utf8Offset(ofCodePoint: range.end)
  }

  /// The number of UTF-8 bytes before a code point.
  ///
  /// - Precondition: 0 ≤ *offset* ≤ ``count``.
  public func utf8Offset(ofCodePoint offset: Int) -> Int {
    precondition(0 <= offset && offset <= count)
    if count == utf8.count { return offset }
    let block = Self.block(holding: offset, in: codePointsBefore)
    let (bytes, before) = (utf8.span, Int(codePointsBefore[block]))
    var (byte, left) = (block << Self.blockShift, offset - before)
    // What is before a code point ends where it begins.
    while byte < bytes.count {
      if bytes[byte] & 0xC0 != 0x80 {
        if left == 0 { return byte }
        left -= 1
      }
      byte += 1
    }
    return bytes.count
  }

  /// The number of code points that begin before a byte; a byte inside a code point yields the offset after it.
  ///
  /// - Precondition: 0 ≤ *byte* ≤ the number of bytes.
  public func codePoint(ofUTF8 byte: Int) -> Int {
    precondition(0 <= byte && byte <= utf8.count)
    if count == utf8.count { return byte }
    let block = byte >> Self.blockShift
    var passed = Int(codePointsBefore[block])
    for lead in utf8[(block << Self.blockShift)..<byte] where lead & 0xC0 != 0x80 { passed += 1 }
    return passed
  }

  /// The number of UTF-16 units before a code point.
  ///
  /// - Precondition: 0 ≤ *offset* ≤ ``count``.
  public func utf16Offset(ofCodePoint offset: Int) -> Int {
    let byte = utf8Offset(ofCodePoint: offset)
    let block = byte >> Self.blockShift
    var units = Int(utf16UnitsBefore[block])
    for lead in utf8[(block << Self.blockShift)..<byte] where lead & 0xC0 != 0x80 {
      units += lead >= 0xF0 ? 2 : 1
    }
    return units
  }

  /// The number of code points before a UTF-16 unit; nil inside a surrogate pair or outside the text.
  public func codePoint(ofUTF16 offset: Int) -> Int? {
    guard 0 <= offset, offset <= utf16Count else { return nil }
    let block = Self.block(holding: offset, in: utf16UnitsBefore)
    var units = Int(utf16UnitsBefore[block])
    var passed = Int(codePointsBefore[block])
    for lead in utf8[(block << Self.blockShift)...] where lead & 0xC0 != 0x80 {
      if units >= offset { break }
      units += lead >= 0xF0 ? 2 : 1
      passed += 1
    }
    return units == offset ? passed : nil
  }

  /// The index of a code point in ``string``, whose value is costly to make and therefore passed in.
  ///
  /// - Precondition: 0 ≤ *offset* ≤ ``count``.
  public func index(ofCodePoint offset: Int, in string: String) -> String.Index {
    string.utf8.index(string.utf8.startIndex, offsetBy: utf8Offset(ofCodePoint: offset))
  }

  /// The number of code points before an index of ``string``.
  public func codePoint(of index: String.Index, in string: String) -> Int {
    codePoint(ofUTF8: string.utf8.distance(from: string.utf8.startIndex, to: index))
  }

  /// The scalar that begins at a byte, and its length in bytes.
  ///
  /// - Precondition: a scalar begins at *byte*.
  @inline(__always)
  func scalar(at byte: Int) -> (scalar: Unicode.Scalar, length: Int) {
    Self.scalar(at: byte, in: utf8)
  }

  @inline(__always)
  static func scalar(at byte: Int, in utf8: [UInt8]) -> (scalar: Unicode.Scalar, length: Int) {
    let lead = UInt32(utf8[byte])
    if lead < 0x80 { return (Unicode.Scalar(UInt8(lead)), 1) }
    func tail(_ distance: Int) -> UInt32 { UInt32(utf8[byte + distance] & 0x3F) }
    let (value, length): (UInt32, Int) =
      if lead < 0xE0 {
        ((lead & 0x1F) << 6 | tail(1), 2)
      } else if lead < 0xF0 {
        ((lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
      } else {
        ((lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
      }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// The scalar that ends before a byte, and its length in bytes.
  func scalar(before byte: Int) -> (scalar: Unicode.Scalar, length: Int) {
    var start = byte - 1
    while utf8[start] & 0xC0 == 0x80 { start -= 1 }
    return scalar(at: start)
  }

  private static func block(holding offset: Int, in before: [UInt32]) -> Int {
    // No block has more units than bytes, and texts of mostly ASCII have hardly fewer: the block is near the place
    // where it would be if all were.
    var low = min(offset >> blockShift, before.count - 1)
    var (high, step) = (low, 1)
    while high < before.count - 1, Int(before[high]) <= offset {
      low = high
      high = min(high + step, before.count - 1)
      step *= 2
    }
    while low < high {
      let middle = (low + high + 1) >> 1
      if Int(before[middle]) <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension DocumentText: Equatable {
  /// Whether two texts have the same bytes.
  public static func == (a: DocumentText, b: DocumentText) -> Bool { a.utf8 == b.utf8 }
}
