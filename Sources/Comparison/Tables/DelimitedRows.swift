import Pages

/// The rows of a table of cells between commas, semicolons or tabs.
///
/// Cells are quoted as in RFC 4180. Of the three, the delimiter is the one that the first line has most of. Lines may end
/// with a line feed, a carriage return or both; a byte order mark is skipped, and so are empty lines.
struct DelimitedRows {
  /// A row, with the line on which it begins, counted from 1.
  struct Row {
    var cells: [String]
    let line: Int
  }

  private(set) var rows: [Row] = []

  /// - Parameter path: the table's name in complaints.
  /// - Throws: if the bytes are not UTF-8, a quotation is not closed, or rows have different numbers of cells.
  init(_ bytes: [UInt8], path: String) throws(Complaint) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Complaint("\(path) is not UTF-8.", "Save it with the encoding UTF-8.")
    }
    let delimiter = Self.delimiter(bytes)
    var (row, cell, line) = (Row(cells: [], line: 1), [UInt8](), 1)
    /// The line on which the quotation began in which the reader is; nil outside.
    var quotation: Int?
    var wasQuoted = false
    func endCell() {
      row.cells.append(String(decoding: cell, as: UTF8.self))
      (cell, wasQuoted) = ([], false)
    }
    func endRow() {
      endCell()
      if row.cells != [""] { rows.append(row) }
      row = Row(cells: [], line: line)
    }
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      let next = place < bytes.endIndex ? bytes[place] : nil
      let endsLine = byte == 0x0A || byte == 0x0D && next != 0x0A
      if endsLine { line += 1 }
      if quotation != nil {
        if byte != 0x22 {
          cell.append(byte)
        } else if next == 0x22 {
          cell.append(byte)
          place += 1
        } else {
          quotation = nil
        }
      } else if byte == 0x22, cell.isEmpty, !wasQuoted {
        (quotation, wasQuoted) = (line, true)
      } else if byte == delimiter {
        endCell()
      } else if endsLine {
        endRow()
      } else if byte != 0x0D {
        cell.append(byte)
      }
    }
    if let quotation {
      throw Complaint(
        "\(path), line \(quotation): a cell begins with a quotation mark and is never closed.",
        "Close it, or double a mark that belongs to the cell.")
    }
    if !cell.isEmpty || !row.cells.isEmpty || wasQuoted { endRow() }
    let width = rows.first?.cells.count ?? 0
    if let other = rows.first(where: { $0.cells.count != width }) {
      throw Complaint(
        "\(path), line \(other.line): the header has \(counted(width, "cell")), this row \(other.cells.count).",
        "Give every row as many cells as the header; leave a cell empty where there is no code.")
    }
  }

  private static func delimiter(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    let candidates: [UInt8] = [0x09, 0x3B, 0x2C]
    var (counts, isQuoted) = ([0, 0, 0], false)
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, byte == 0x0A || byte == 0x0D { break }
      if !isQuoted, let place = candidates.firstIndex(of: byte) { counts[place] += 1 }
    }
    return candidates[counts.firstIndex(of: counts.max() ?? 0) ?? 2]
  }
}
