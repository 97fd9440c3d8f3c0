import Standoff

/// A text file by its lines, which end with a line feed alone.
struct TextLines {
  /// Bytes before each line.
  let starts: [Int]

  init(_ bytes: [UInt8]) {
    starts = [0] + bytes.indices.filter { bytes[$0] == 10 }.map { $0 + 1 }
  }

  /// A file as text, without a byte order mark.
  static func decoded(_ bytes: [UInt8]) throws(ImportFault) -> String {
    let rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let text = String(validating: rest, as: UTF8.self) else {
      let offset: Int
      do {
        _ = try DocumentText(utf8: bytes)
        offset = 0
      } catch {
        offset = error.byteOffset
      }
      throw ImportFault(at: offset, in: bytes, expected: "UTF-8 text", found: "other bytes")
    }
    return text
  }
}
