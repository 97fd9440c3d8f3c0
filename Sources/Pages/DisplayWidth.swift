/// The width of text in terminal columns, and the form in which it is safe to write to a terminal.
///
/// Widths follow Unicode Standard Annex 11: wide and full-width scalars take two columns, combining marks none. An
/// emoji takes two columns, however many scalars it has.
package enum DisplayWidth {
  /// One character in a safe form: it cannot move the cursor, change the direction of text or start an escape sequence.
  struct Cell: Equatable {
    let text: String
    let width: Int
    /// The number of code points in the original character.
    let codePoints: Int
  }

  /// The cells of a text, one per character.
  static func cells(_ text: some StringProtocol) -> [Cell] {
    text.map { cell($0) }
  }

  /// The width of a text in columns.
  package static func width(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + cell($1).width }
  }

  /// A text in its safe form: line breaks and tabs become spaces, other control characters visible signs.
  package static func visible(_ text: some StringProtocol) -> String {
    var (shown, rest) = ("", Substring(text))
    while let character = rest.first {
      let plain = rest.utf8.prefix { (0x20..<0x7F).contains($0) }
      // A mark may follow the last plain character.
      let isLast = plain.isEmpty || plain.endIndex == rest.endIndex
      let end = isLast ? plain.endIndex : plain.index(before: plain.endIndex)
      if end > rest.startIndex {
        shown += rest[..<end]
        rest = rest[end...]
      } else {
        shown += cell(character).text
        rest = rest.dropFirst()
      }
    }
    return shown
  }

  /// Whether a text has only letters of Latin script and punctuation that stand as they are, a column to each scalar.
  static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x250, 0x2010...0x2027, 0x2030...0x203A: true
      default: false
      }
    }
  }

  /// Data in a form that is safe to write to a terminal; lines and tabs stay.
  package static func visible(data: [UInt8]) -> [UInt8] {
    let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.split(separator: 0x09, omittingEmptySubsequences: false).map { visible(String(decoding: $0, as: UTF8.self)) }
        .joined(separator: "\t")
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  static func cell(_ character: Character) -> Cell {
    let scalars = character.unicodeScalars
    if let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) {
      return Cell(text: String(character), width: 1, codePoints: 1)
    }
    var shown = String.UnicodeScalarView()
    var width = 0
    for scalar in scalars {
      // Tag characters spell a region's flag after a black flag; anywhere else they are hidden text.
      let isHidden = (0xE0020..<0xE0080).contains(scalar.value) && scalars.first != "🏴"
      if let sign = isHidden ? "�" : sign(for: scalar) {
        shown.append(contentsOf: sign.unicodeScalars)
        width += sign.unicodeScalars.count
      } else {
        if shown.isEmpty, isMark(scalar) {
          shown.append("◌")
          width = 1
        }
        shown.append(scalar)
        width = max(width, self.width(of: scalar))
      }
    }
    if scalars.count > 1, scalars.contains("\u{FE0F}") { width = 2 }
    return Cell(text: String(shown), width: width, codePoints: scalars.count)
  }

  /// The visible sign for a scalar that must not reach the terminal; nil for all others.
  private static func sign(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: scalar == "\r" ? "" : " "
    case 0x00..<0x20: Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? "?"
    case 0x7F: "␡"
    case 0x80..<0xA0: "�"
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: "�"
    case 0xAD: ""
    case 0xE0000..<0xE0020, 0xE0080...0xE0FFF: "�"
    default: scalar.properties.isNoncharacterCodePoint ? "�" : nil
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
      0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }
}
