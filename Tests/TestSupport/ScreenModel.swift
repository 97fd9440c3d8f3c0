/// What a person sees: the cells of a terminal after all that was written to it, as an xterm has them.
package struct ScreenModel {
  package let rows: Int
  package let columns: Int
  package private(set) var cursor = (row: 0, column: 0)
  private var cells: [[String]]
  private var other: [[String]]
  private var otherCursor = (row: 0, column: 0)
  package private(set) var isSecond = false
  private(set) var takesPastes = false
  /// Whether the last column was written and the next character goes to the next row.
  private var wraps = false
  private var saved = (row: 0, column: 0)

  package init(_ bytes: [UInt8] = [], rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    cells = Self.empty(rows, columns)
    other = cells
    write(bytes)
  }

  private static func empty(_ rows: Int, _ columns: Int) -> [[String]] {
    [[String]](repeating: [String](repeating: " ", count: columns), count: rows)
  }

  /// The rows without the blanks at their ends; a wide character stands once.
  package var lines: [String] {
    cells.map { row in
      var line = row.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The rows up to the last that is not empty.
  package var text: String {
    var lines = lines
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Fills all cells, as with what stood there before.
  package mutating func fill(with character: String) {
    cells = cells.map { $0.map { _ in character } }
  }

  // MARK: reading what was written

  package mutating func write(_ bytes: [UInt8]) {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var at = 0
    while at < scalars.count {
      switch scalars[at] {
      case "\u{1B}": at = escape(scalars, at + 1)
      case "\r":
        cursor.column = 0
        wraps = false
      case "\n": lineFeed()
      case "\u{8}":
        cursor.column = max(0, cursor.column - 1)
        wraps = false
      case "\t": cursor.column = min(columns - 1, (cursor.column / 8 + 1) * 8)
      case "\u{7}", "\0": break
      default: put(scalars[at])
      }
      at += 1
    }
  }

  /// Columns that a character takes, by the kinds that the tests write.
  package static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    if width == 0 {
      let place = wraps ? cursor.column : max(0, cursor.column - 1)
      let base = cells[cursor.row][place].isEmpty ? max(0, place - 1) : place
      cells[cursor.row][base].unicodeScalars.append(scalar)
      return
    }
    if wraps || cursor.column + width > columns {
      cursor.column = 0
      lineFeed()
    }
    cells[cursor.row][cursor.column] = String(scalar)
    if width == 2, cursor.column + 1 < columns { cells[cursor.row][cursor.column + 1] = "" }
    if cursor.column + width >= columns {
      cursor.column = columns - 1
      wraps = true
    } else {
      cursor.column += width
    }
  }

  private mutating func lineFeed() {
    wraps = false
    if cursor.row == rows - 1 {
      cells.removeFirst()
      cells.append([String](repeating: " ", count: columns))
    } else {
      cursor.row += 1
    }
  }

  /// Takes an escape sequence; returns the place of its last character.
  private mutating func escape(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    guard start < scalars.count else { return start }
    switch scalars[start] {
    case "[": break
    case "7": saved = cursor
    case "8": cursor = saved
    case "M": cursor.row = max(0, cursor.row - 1)
    case "(", ")": return start + 1
    default: break
    }
    guard scalars[start] == "[" else { return start }
    var end = start + 1
    var parameters = ""
    while end < scalars.count, !(0x40...0x7E).contains(scalars[end].value) {
      parameters.unicodeScalars.append(scalars[end])
      end += 1
    }
    guard end < scalars.count else { return end }
    control(scalars[end], parameters)
    return end
  }

  private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let first = max(1, numbers.first ?? 0)
    if final != "m" { wraps = false }
    switch final {
    case "A": cursor.row = max(0, cursor.row - first)
    case "B": cursor.row = min(rows - 1, cursor.row + first)
    case "C": cursor.column = min(columns - 1, cursor.column + first)
    case "D": cursor.column = max(0, cursor.column - first)
    case "G": cursor.column = min(columns - 1, first - 1)
    case "d": cursor.row = min(rows - 1, first - 1)
    case "H", "f":
      cursor = (min(rows - 1, first - 1), min(columns - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1))
    case "J": erase(numbers.first ?? 0)
    case "K":
      let range = [cursor.column..<columns, 0..<(cursor.column + 1), 0..<columns][min(2, numbers.first ?? 0)]
      for column in range { cells[cursor.row][column] = " " }
    case "P":
      cells[cursor.row].removeSubrange(cursor.column..<min(columns, cursor.column + first))
      while cells[cursor.row].count < columns { cells[cursor.row].append(" ") }
    case "@":
      cells[cursor.row].insert(contentsOf: [String](repeating: " ", count: first), at: cursor.column)
      cells[cursor.row].removeLast(cells[cursor.row].count - columns)
    case "X": for column in cursor.column..<min(columns, cursor.column + first) { cells[cursor.row][column] = " " }
    case "h", "l": mode(parameters, final == "h")
    default: break
    }
  }

  private mutating func erase(_ which: Int) {
    let blank = [String](repeating: " ", count: columns)
    switch which {
    case 0:
      for column in cursor.column..<columns { cells[cursor.row][column] = " " }
      for row in (cursor.row + 1)..<max(cursor.row + 1, rows) { cells[row] = blank }
    default: cells = Self.empty(rows, columns)
    }
  }

  private mutating func mode(_ parameters: String, _ isOn: Bool) {
    switch parameters {
    case "?1049":
      guard isOn != isSecond else { return }
      (cells, other) = (isOn ? Self.empty(rows, columns) : other, cells)
      (cursor, otherCursor) = (isOn ? cursor : otherCursor, cursor)
      isSecond = isOn
    case "?2004": takesPastes = isOn
    default: break
    }
  }
}
