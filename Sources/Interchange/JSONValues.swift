/// The division of a text into JSON values, without reading them.
public enum JSONValues {
  private static let blanks: Set<UInt8> = [9, 10, 13, 32]

  /// Whether a text that begins so has a value a line: not one array of objects or arrays, nor a value over several
  /// lines.
  ///
  /// - Parameter start: the beginning of the text; a first line longer than that counts as one value.
  public static func areLines(_ start: [UInt8]) -> Bool {
    let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    guard let first = text.firstIndex(where: { !blanks.contains($0) }) else { return true }
    if text[first] == UInt8(ascii: "["), let next = text[(first + 1)...].first(where: { !blanks.contains($0) }),
      [UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]")].contains(next)
    {
      return false
    }
    guard let end = text[first...].firstIndex(of: 10) else { return true }
    return depth(text[first..<end]) == 0
  }

  /// The brackets that are open behind a text.
  private static func depth(_ text: ArraySlice<UInt8>) -> Int {
    var (depth, inString, escapes) = (0, false, false)
    for byte in text { step(byte, &depth, &inString, &escapes) }
    return depth
  }

  private static func step(_ byte: UInt8, _ depth: inout Int, _ inString: inout Bool, _ escapes: inout Bool) {
    if inString {
      if escapes {
        escapes = false
      } else if byte == UInt8(ascii: "\\") {
        escapes = true
      } else if byte == UInt8(ascii: "\"") {
        inString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): inString = true
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
    default: break
    }
  }

  /// The ranges of the elements of one array, or of values that follow one another.
  ///
  /// A text whose brackets do not match is one range from there, so that its reader says what is wrong.
  public static func split(_ bytes: [UInt8]) -> [Range<Int>] {
    let begin = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = bytes[begin...].firstIndex(where: { !blanks.contains($0) }) else { return [] }
    let isArray = bytes[first] == UInt8(ascii: "[")
    var ranges: [Range<Int>] = []
    var (depth, inString, escapes) = (0, false, false)
    var start: Int?
    for place in (isArray ? first + 1 : first)..<bytes.count {
      let byte = bytes[place]
      if start == nil {
        if blanks.contains(byte) || isArray && byte == UInt8(ascii: ",") { continue }
        if isArray, byte == UInt8(ascii: "]") {
          let rest = bytes[(place + 1)...].firstIndex { !blanks.contains($0) }
          return ranges + (rest.map { [$0..<bytes.count] } ?? [])
        }
        start = place
      }
      step(byte, &depth, &inString, &escapes)
      let isScalar = depth == 0 && !inString && !["}", "]", "\""].map({ UInt8(ascii: $0) }).contains(byte)
      if let begun = start, depth <= 0, !inString, !isScalar {
        ranges.append(begun..<place + 1)
        start = nil
        depth = 0
      }
    }
    return ranges + (start.map { [$0..<bytes.count] } ?? (isArray ? [bytes.count..<bytes.count] : []))
  }
}
