import Standoff

/// Reads a token a line, with tags in columns: CoNLL-2003, CoNLL-U, UNER, MultiCoNER and the like.
///
/// Columns are separated by tabs, or by blanks in a line without tabs. A first column of numbers that count words is
/// none of the tokens. Every column is one of tags in which each value is `O`, `_` or `B-`, `I-` … with a label; if there
/// are several, each is a layer. A line that begins with `#` is a token only if it has the columns of one and tags in
/// their place.
struct ColumnReading {
  private struct Column {
    /// The column, from 0, and the key of a feature in it; nil for the whole value.
    let index: Int
    let feature: String?

    /// The layer, where there are several.
    var layer: String { CoNLL.columnLayer + (feature ?? "\(index + 1)") }
  }

  private let bytes: [UInt8]
  private let lines: [Range<Int>]
  private var token = 0
  private var tags: [Column] = []
  private var width = 0
  private var isNumbered = false
  /// The columns that the caller named, whose values need no prefix.
  private let named: Set<Int>
  private var hasBareTags = false
  private var leftOut: [(byte: Int, what: String)] = []

  /// - Parameter isNumbered: whether the first column counts words, whatever it says.
  init(_ bytes: [UInt8], _ choices: ImportChoices, isNumbered: Bool = false) throws(ImportFault) {
    self.isNumbered = isNumbered
    self.bytes = bytes
    named = Set(choices.tagColumns.map { $0 - 1 })
    _ = try TextLines.decoded(bytes)
    var lines: [Range<Int>] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      lines.append(start..<(end > start && bytes[end - 1] == 13 ? end - 1 : end))
      start = end + 1
    }
    self.lines = lines
    findColumns(choices)
  }

  private func columns(_ line: Range<Int>) -> [String] {
    let isTabbed = bytes[line].contains(9)
    return bytes[line].split(omittingEmptySubsequences: !isTabbed) { $0 == 9 || !isTabbed && $0 == 32 }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func isBlank(_ line: Range<Int>) -> Bool { bytes[line].allSatisfy { $0 == 32 || $0 == 9 } }

  private func begins(_ line: Range<Int>, _ text: StaticString) -> Bool {
    bytes[line].starts(with: text.description.utf8)
  }

  // MARK: columns

  /// What a column holds.
  private struct Census {
    var tags = 0
    var others = 0
    var prefixed = 0
    var outside = 0
  }

  private mutating func findColumns(_ choices: ImportChoices) {
    var widths: [Int: Int] = [:]
    var (numbered, rows, expected) = (0, 0, 1)
    var census: [Census] = []
    var features: [String: Census] = [:]
    for line in lines {
      if isBlank(line) {
        expected = 1
        continue
      }
      if bytes[line.lowerBound] == UInt8(ascii: "#") || begins(line, "-DOCSTART-") { continue }
      let columns = columns(line)
      widths[columns.count, default: 0] += 1
      rows += 1
      let number = columns[0].prefix { $0.isNumber }
      if columns[0] == "\(expected)" {
        numbered += 1
        expected += 1
      } else if !number.isEmpty, number.count < columns[0].count {
        // A word of several, such as 3-4, or one that is not said, such as 3.1.
        numbered += 1
      }
      while census.count < columns.count { census.append(Census()) }
      for (index, value) in columns.enumerated() { Self.count(value, &census[index]) }
      if columns.count == 10, let last = columns.last, last != "_" {
        for pair in last.split(separator: "|") {
          let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
          if sides.count == 2 { Self.count(sides[1], &features[sides[0], default: Census()]) }
        }
      }
    }
    guard rows > 0 else { return }
    width = widths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    isNumbered = (isNumbered || numbered == rows) && width > 1
    token = choices.tokenColumn.map { $0 - 1 } ?? (isNumbered ? 1 : 0)
    if !choices.tagColumns.isEmpty {
      tags = choices.tagColumns.map { Column(index: $0 - 1, feature: nil) }
      return noteOthers(census)
    }
    let first = isNumbered ? 1 : 0
    tags = census.indices.filter { index in
      index >= first && index != token && census[index].others == 0
        && (census[index].prefixed > 0 || census[index].outside > 0)
    }.map { Column(index: $0, feature: nil) }
    // A column of nothing but O beside one with labels marks nothing.
    if tags.contains(where: { census[$0.index].prefixed > 0 }) { tags.removeAll { census[$0.index].prefixed == 0 } }
    let found = features.filter { $0.value.others == 0 && $0.value.prefixed > 0 }.keys.sorted()
    tags += found.map { Column(index: 9, feature: $0) }
    if tags.isEmpty { findDamaged(census) }
    noteOthers(census)
  }

  private static func count(_ value: String, _ census: inout Census) {
    if value == "O" { census.outside += 1 }
    if TokenTag.isOutside(value) {
      census.tags += 1
    } else if TokenTag(value)?.prefix != nil {
      census.tags += 1
      census.prefixed += 1
    } else {
      census.others += 1
    }
  }

  /// Takes the column with the most tags for the one that is meant, so that a tag of another form is refused there.
  private mutating func findDamaged(_ census: [Census]) {
    let candidates = census.indices.filter { $0 != token && census[$0].prefixed + census[$0].outside > 0 }
    if let best = candidates.max(by: { census[$0].tags < census[$1].tags }) {
      tags = [Column(index: best, feature: nil)]
    } else if width == 1 {
      return
    } else if !isNumbered {
      tags = [Column(index: width - 1, feature: nil)]
    }
  }

  private mutating func noteOthers(_ census: [Census]) {
    let known = Set(tags.map(\.index)).union([token]).union(isNumbered ? [0] : [])
    let others = census.indices.filter { index in
      !known.contains(index) && (census[index].others > 0 || census[index].prefixed > 0)
    }
    if others.isEmpty { return }
    let names = others.map { "\($0 + 1)" }.joined(separator: ", ")
    leftOut.append((0, "the column\(others.count == 1 ? "" : "s") \(names); --tag reads one as tags"))
  }

  // MARK: documents

  mutating func documents(_ texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    var documents: [TokenDocument] = []
    var document = TokenDocument()
    /// The last number of a word that stands for several, whose parts are no tokens.
    var partsTo = 0
    func finish() {
      if !document.words.isEmpty { documents.append(document) }
      document = TokenDocument()
    }
    for (index, line) in lines.enumerated() {
      if isBlank(line) {
        document.breakSentence()
        partsTo = 0
        continue
      }
      if begins(line, "-DOCSTART-") {
        finish()
        let columns = columns(line)
        document.name = columns.count > 1 && columns[1] != "-X-" && columns[1] != "O" ? columns[1] : nil
        document.annotator = columns.count > 3 && columns[2] != "-X-" && columns[2] != "O" ? columns[2] : nil
        continue
      }
      if begins(line, "# newdoc") {
        finish()
        let words = String(decoding: bytes[line], as: UTF8.self).split(separator: "=", maxSplits: 1)
        document.name = words.count > 1 ? words[1].trimmingBlanks() : nil
        continue
      }
      let columns = columns(line)
      if bytes[line.lowerBound] == UInt8(ascii: "#"), !isToken(columns, line) { continue }
      guard columns.count > max(token, tags.map(\.index).max() ?? 0), width > 1 else {
        throw ImportFault(
          line: index + 1, expected: "a token in the column \(token + 1) and a tag",
          found: columns.count == 1 ? "“\(columns[0])” alone" : "\(columns.count) columns")
      }
      if isNumbered {
        if columns[0].contains(".") {
          leaveTags(of: columns, line)
          continue
        }
        let ends = columns[0].split(separator: "-").compactMap { Int($0) }
        if ends.count == 2 { partsTo = ends[1] }
        if ends.count == 1, ends[0] <= partsTo {
          leaveTags(of: columns, line)
          continue
        }
      }
      let isJoined = columns.last?.split(separator: "|").contains("SpaceAfter=No") ?? false
      document.add(columns[token], line.lowerBound, isFollowedBySpace: !isJoined)
      for column in tags { document.tag(try tag(column, columns, index + 1), tags.count > 1 ? column.layer : nil) }
    }
    finish()
    if hasBareTags { leftOut.append((0, "that tags without B- and I- are one span where neighbours are equal")) }
    var found: [ForeignDocument] = []
    for document in documents { found.append(try document.document(texts(document.name), bytes)) }
    if !found.isEmpty { found[0].leftOut += leftOut }
    return found
  }

  /// Whether a line that begins with `#` is one of a token.
  private func isToken(_ columns: [String], _ line: Range<Int>) -> Bool {
    guard columns.count == width, columns.count > 1, !isNumbered else { return false }
    if columns.count > 2, columns[0] == "#", columns[2] == "=" { return false }
    return tags.allSatisfy { $0.index < columns.count && TokenTag.isTag(columns[$0.index]) }
  }

  private mutating func tag(_ column: Column, _ columns: [String], _ line: Int) throws(ImportFault) -> String {
    let value = value(of: column, columns)
    if TokenTag.isTag(value) { return value }
    guard named.contains(column.index) else {
      throw ImportFault(
        line: line, expected: "a tag such as O, B-label or I-label (--tag names another column)", found: "“\(value)”")
    }
    hasBareTags = true
    return value
  }

  private func value(of column: Column, _ columns: [String]) -> String {
    let whole = columns[column.index]
    guard let feature = column.feature else { return whole }
    let pair = whole.split(separator: "|").first { $0.hasPrefix(feature + "=") }
    return pair.map { String($0.dropFirst(feature.count + 1)) } ?? "O"
  }

  private mutating func leaveTags(of columns: [String], _ line: Range<Int>) {
    for column in tags {
      let value = value(of: column, columns)
      if !TokenTag.isOutside(value) {
        leftOut.append((line.lowerBound, "the tag “\(value)” of a part of a word, “\(columns[token])”"))
      }
    }
  }
}
