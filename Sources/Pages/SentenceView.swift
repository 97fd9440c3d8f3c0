package import Standoff

/// A sentence laid out in columns: word numbers above, spans below.
///
/// The spans of several annotators stand in lanes, one lane or more under each name.
package struct SentenceView {
  private let document: Document
  private let lanes: [Lane]
  private let sentence: Int
  private let scheme: Scheme
  /// The signs above the words; nil for the words' numbers.
  package var signs: [String]?
  /// The range that must be visible: rows outside it and empty lanes are left out; nil for everything.
  package var focus: TextRange?
  /// The ranges being selected.
  package var selection: [TextRange] = []

  /// The spans of one annotator, below the words.
  package struct Lane {
    /// The name before the lane; empty for the annotator's own.
    let name: String
    let spans: [Annotation]

    package init(name: String, spans: [Annotation]) {
      self.name = name
      self.spans = spans
    }
  }

  /// - Parameter lanes: with spans of any sentence, in reading order.
  package init(_ document: Document, sentence: Int, _ scheme: Scheme, lanes: [Lane]) {
    self.document = document
    self.sentence = sentence
    self.scheme = scheme
    let range = document.sentence(sentence)
    self.lanes = lanes.map { lane in
      Lane(name: lane.name, spans: lane.spans.filter { $0.covers(anyOf: range) })
    }
  }

  /// The width of the names before the lanes, in columns.
  private var margin: Int {
    let longest = lanes.map { DisplayWidth.width($0.name) }.max() ?? 0
    return longest == 0 ? 0 : min(longest, 12) + 1
  }

  /// A character of the sentence and its position.
  private struct Glyph {
    let text: String
    let column: Int
    let width: Int
    let offset: Int
    let codePoints: Int
    var range: TextRange { TextRange(offset, offset + codePoints) }
  }

  /// A row of the terminal with the numbers above it.
  private struct Row {
    var glyphs: [Glyph] = []
    var numbers: [(column: Int, text: String)] = []
    var width = 0
  }

  /// A word with the marks around it, which stay together unless wider than the terminal.
  private struct Piece {
    let range: TextRange
    let word: TextRange
    let number: Int
  }

  package func page(width: Int, colour: Bool) -> Page { layout(width: width, colour: colour, cursor: nil).page }

  /// The page, and the position on it of the character at an offset.
  package func layout(
    width: Int, colour: Bool, cursor: Int?
  ) -> (page: Page, cursor: (line: Int, column: Int)?) {
    var page = Page()
    guard document.sentences.count > 0 else {
      page.append("This document has no text.")
      return (page, nil)
    }
    let range = document.sentences[sentence]
    let margin = margin
    let width = max(20, width - margin)
    var place: (line: Int, column: Int)?
    for row in rows(range, width: width) where isSeen(row) {
      page.lines.append(numberLine(row).indented(by: margin))
      if let cursor, let glyph = row.glyphs.first(where: { $0.range.contains(cursor) }) {
        place = (page.lines.count, glyph.column)
      } else if let cursor, let last = row.glyphs.last, cursor >= last.range.end {
        place = (page.lines.count, min(last.column + last.width, width - 1))
      }
      page.lines.append(wordLine(row).indented(by: margin))
      if !colour { page.lines += selectionLine(row).map { $0.indented(by: margin) } }
      for lane in lanes {
        let lines = laneLines(row, lane, colour: colour)
        if focus == nil || hasSpans(lane, in: row) { page.lines += lines }
      }
    }
    return (page, place)
  }

  private func isSeen(_ row: Row) -> Bool {
    guard let focus else { return true }
    return row.glyphs.contains { $0.range.overlaps(focus) }
  }

  private func hasSpans(_ lane: Lane, in row: Row) -> Bool {
    lane.spans.contains { span in row.glyphs.contains { span.covers(anyOf: $0.range) } }
  }

  // MARK: layout

  private func pieces(_ range: TextRange) -> [Piece] {
    let words = Words.ranges(in: range, of: document.text)
    guard !words.isEmpty else { return [Piece(range: range, word: TextRange(range.start, range.start), number: 0)] }
    let scalars = Array(document.text[range].unicodeScalars)
    var starts: [Int] = []
    for (index, word) in words.enumerated() {
      // Opening marks stay with the word after them, everything else with the word before.
      var start = word.start
      let floor = index == 0 ? range.start : words[index - 1].end
      while start > floor, !scalars[start - 1 - range.start].properties.isWhitespace { start -= 1 }
      if start == floor, index > 0 { start = word.start }
      starts.append(index == 0 ? range.start : start)
    }
    return words.indices.map { index in
      let end = index + 1 < words.count ? starts[index + 1] : range.end
      return Piece(range: TextRange(starts[index], end), word: words[index], number: index + 1)
    }
  }

  private func rows(_ range: TextRange, width: Int) -> [Row] {
    var rows = [Row()]
    for piece in pieces(range) {
      let cells = DisplayWidth.cells(document.text[piece.range])
      let lead = DisplayWidth.width(document.text[TextRange(piece.range.start, piece.word.start)])
      let label = sign(piece.number)
      let trailing = cells.reversed().prefix { $0.text == " " }.count
      let bare = cells.reduce(0) { $0 + $1.width } - trailing
      let needed = max(bare, lead + label.count)
      if rows[rows.count - 1].width > 0, rows[rows.count - 1].width + needed > width { rows.append(Row()) }
      place(cells, piece, lead, label, in: &rows, width: width)
    }
    return rows
  }

  private func sign(_ number: Int) -> String {
    guard number > 0 else { return "" }
    return signs.map { number <= $0.count ? $0[number - 1] : "" } ?? String(number)
  }

  private func place(
    _ cells: [DisplayWidth.Cell], _ piece: Piece, _ lead: Int, _ label: String, in rows: inout [Row], width: Int
  ) {
    let start = rows[rows.count - 1].width
    if !label.isEmpty, start + lead + label.count <= width {
      rows[rows.count - 1].numbers.append((start + lead, label))
    }
    var offset = piece.range.start
    for cell in cells {
      if rows[rows.count - 1].width + cell.width > width {
        if cell.text == " " {
          offset += cell.codePoints
          continue
        }
        rows.append(Row())
      }
      let row = rows.count - 1
      rows[row].glyphs.append(
        Glyph(
          text: cell.text, column: rows[row].width, width: cell.width, offset: offset, codePoints: cell.codePoints))
      rows[row].width += cell.width
      offset += cell.codePoints
    }
    // A number wider than its word pushes the next word on, so that two numbers never touch.
    let room = start + lead + label.count + 1
    if !label.isEmpty, rows[rows.count - 1].width < room, rows[rows.count - 1].numbers.last?.column == start + lead {
      rows[rows.count - 1].width = min(room, width)
    }
  }

  // MARK: drawing

  private func numberLine(_ row: Row) -> Page.Line {
    var text = ""
    for number in row.numbers {
      text += String(repeating: " ", count: max(0, number.column - text.count)) + number.text
    }
    return Page.Line([Page.Run(text, signs == nil ? .dim : .bold)], isFixed: true)
  }

  /// A line that underlines the selection, where reverse video cannot show it.
  private func selectionLine(_ row: Row) -> [Page.Line] {
    let chosen = row.glyphs.filter { glyph in selection.contains { $0.overlaps(glyph.range) } }
    guard !chosen.isEmpty else { return [] }
    var text = ""
    for glyph in chosen {
      text += String(repeating: " ", count: max(0, glyph.column - text.count))
      text += String(repeating: "^", count: glyph.width)
    }
    return [Page.Line([Page.Run(text)], isFixed: true)]
  }

  private func wordLine(_ row: Row) -> Page.Line {
    // Several annotators may give a word several colours.
    let spans = lanes.count == 1 ? lanes[0].spans : []
    let leftOut = document.leftOut()
    var runs: [Page.Run] = []
    var column = 0
    for glyph in row.glyphs {
      if glyph.column > column {
        runs.append(Page.Run(String(repeating: " ", count: glyph.column - column)))
      }
      // The shortest span is the innermost.
      let span = spans.filter { $0.covers(anyOf: glyph.range) }.min { $0.hull.count < $1.hull.count }
      var style = span.map { Page.Style(colour: scheme.label($0.label)?.colour) } ?? .plain
      if span == nil, glyph.range.lies(in: leftOut) { style.isDim = true }
      style.isReversed = selection.contains { $0.overlaps(glyph.range) }
      if runs.last?.style == style {
        runs[runs.count - 1].text += glyph.text
      } else {
        runs.append(Page.Run(glyph.text, style))
      }
      column = glyph.column + glyph.width
    }
    return Page.Line(runs, isFixed: true)
  }

  /// The spans of a row on as few lines as possible; a span's fragments share a line, with the lane's name first.
  private func laneLines(_ row: Row, _ lane: Lane, colour: Bool) -> [Page.Line] {
    let lines = barLines(row, lane.spans, colour: colour)
    guard margin > 0 else { return lines }
    let name = Page.Line(lane.name, style: .dim).cut(to: margin - 1)
    let pad = String(repeating: " ", count: margin - name.runs.reduce(0) { $0 + DisplayWidth.width($1.text) })
    let named = Page.Line(
      name.runs + [Page.Run(pad)] + (lines.first?.runs ?? [Page.Run("·", .dim)]), isFixed: true)
    return [named] + lines.dropFirst().map { $0.indented(by: margin) }
  }

  private func barLines(_ row: Row, _ spans: [Annotation], colour: Bool) -> [Page.Line] {
    var tracks: [(hulls: [Range<Int>], bars: [(columns: Range<Int>, bar: String, style: Page.Style)])] = []
    for span in spans {
      let bars = bars(of: span, in: row, colour: colour)
      guard let first = bars.first, let last = bars.last else { continue }
      let hull = first.columns.lowerBound..<last.columns.upperBound
      let style = Page.Style(colour: scheme.label(span.label)?.colour)
      let free = tracks.firstIndex { track in track.hulls.allSatisfy { !$0.overlaps(hull) } } ?? tracks.count
      if free == tracks.count { tracks.append(([], [])) }
      tracks[free].hulls.append(hull)
      tracks[free].bars += bars.map { (columns: $0.columns, bar: $0.text, style: style) }
    }
    return tracks.map { track in
      var runs: [Page.Run] = []
      var column = 0
      for bar in track.bars.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
        runs.append(Page.Run(String(repeating: " ", count: max(0, bar.columns.lowerBound - column))))
        runs.append(Page.Run(bar.bar, bar.style))
        column = bar.columns.upperBound
      }
      return Page.Line(runs, isFixed: true)
    }
  }

  /// A bar under each fragment's part of a row, named where there is room; brackets without colour.
  private func bars(of span: Annotation, in row: Row, colour: Bool) -> [(columns: Range<Int>, text: String)] {
    var bars: [(columns: Range<Int>, text: String)] = []
    var isNamed = false
    for fragment in span.fragments {
      let covered = row.glyphs.filter { $0.range.overlaps(fragment) && $0.width > 0 }
      guard let first = covered.first, let last = covered.last else { continue }
      let columns = first.column..<(last.column + last.width)
      let opens = fragment.start >= first.offset
      let closes = fragment.end <= last.offset + last.codePoints
      let inner = max(0, columns.count - (opens ? 1 : 0) - (closes ? 1 : 0))
      let key = scheme.label(span.label)?.key ?? ""
      var name = ""
      if !isNamed {
        name = ["\(span.label) \(span.id)", "\(key)\(span.id)", "\(span.id)"].first { $0.count <= inner } ?? ""
        isNamed = !name.isEmpty
      }
      let (left, bar, right) = colour ? ("└", "─", "┘") : ("[", "-", "]")
      let body = name + String(repeating: bar, count: inner - name.count)
      let text = columns.count == 1 ? (colour ? "┴" : "^") : (opens ? left : "") + body + (closes ? right : "")
      bars.append((columns, text))
    }
    return bars
  }
}
