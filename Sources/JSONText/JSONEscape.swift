/// Escapes in the strings of a JSON text.
enum JSONEscape {
  /// The scalar of a `\u` escape, or of two of them that form a surrogate pair.
  static func scalar(_ raw: ArraySlice<UInt8>, _ index: inout Int) -> Unicode.Scalar? {
    func unit() -> UInt32? {
      guard index + 4 <= raw.endIndex else { return nil }
      var value: UInt32 = 0
      for byte in raw[index..<index + 4] {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
        value = value << 4 | UInt32(digit)
      }
      index += 4
      return value
    }
    guard let first = unit() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
    guard index + 2 <= raw.endIndex, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    index += 2
    guard let second = unit(), (0xDC00..<0xE000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }
}
