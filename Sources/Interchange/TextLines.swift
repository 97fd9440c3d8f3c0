import Standoff

/// The lines of a file, which end at a line feed alone.
struct TextLines {
  /// Bytes before each line.
  let starts: [Int]

  init(_ bytes: [UInt8]) {
    starts = [0] + bytes.indices.filter { bytes[$0] == 10 }.map { $0 + 1 }
  }

  /// The text of a file without a byte order mark.
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

  /// A text on one line: tabs, line breaks and backslashes as `\t`, `\n`, `\r` and `\\`.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": escaped += "\\t"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\\": escaped += "\\\\"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The text that was escaped; a backslash before any other character is dropped.
  static func unescaped(_ text: Substring) -> String {
    var (result, escapes) = ("", false)
    for scalar in text.unicodeScalars {
      if escapes {
        result.unicodeScalars.append(meaning(of: scalar))
        escapes = false
      } else if scalar == "\\" {
        escapes = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The character that stands for an escaped one.
  static func meaning(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "t": "\t"
    case "n": "\n"
    case "r": "\r"
    default: scalar
    }
  }
}
