package import Standoff

/// Lines of styled text, independent of the terminal that shows them.
package struct Page: Equatable, Sendable {
  package var lines: [Line] = []
  /// Whether the page says that a request was refused.
  package var isRefusal = false
  /// What to show below the page.
  package var after = After.nothing

  /// What can follow a page.
  package enum After: Sendable {
    case nothing
    /// The current sentence, because an edit changed it; only at a terminal.
    case sentenceChanged
    /// The current sentence, because it was asked for; everywhere.
    case sentence
    /// The selector; only at a terminal.
    case selector
  }

  package init(_ lines: [Line] = []) { self.lines = lines }

  package init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { Line(String($0)) }
  }

  /// One line, wrapped between words on a narrower terminal.
  package struct Line: Equatable, Sendable {
    package var runs: [Run]
    /// The number of columns by which continuation lines are indented.
    package var indent = 0
    /// Whether the line is already laid out for a width, so that it is not wrapped.
    package var isFixed = false

    package init(_ runs: [Run], indent: Int = 0, isFixed: Bool = false) {
      self.runs = runs
      self.indent = indent
      self.isFixed = isFixed
    }

    package init(_ text: String, style: Style = .plain, indent: Int = 0) {
      self.init([Run(text, style)], indent: indent)
    }

    /// The width in columns.
    fileprivate var columns: Int {
      runs.reduce(0) {
        $0 + (DisplayWidth.isPlain($1.text) ? $1.text.unicodeScalars.count : DisplayWidth.width($1.text))
      }
    }

    /// The line after the given number of spaces.
    func indented(by columns: Int) -> Line {
      guard columns > 0, !runs.isEmpty else { return self }
      var line = self
      line.runs.insert(Run(String(repeating: " ", count: columns)), at: 0)
      return line
    }

    /// The line cut to one row, with an ellipsis if anything is left out.
    package func cut(to width: Int) -> Line {
      var left = width
      var cut = Line([])
      cut.isFixed = true
      guard columns > width else {
        cut.runs = runs
        return cut
      }
      for run in runs {
        var text = ""
        for character in run.text {
          let cell = DisplayWidth.cell(character)
          guard cell.width < left else {
            cut.runs.append(Run(text + "…", run.style))
            return cut
          }
          text.append(character)
          left -= cell.width
        }
        cut.runs.append(Run(text, run.style))
      }
      return cut
    }
  }

  /// A part of a line in one style.
  package struct Run: Equatable, Sendable {
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  /// The style of a run; without colour, nothing of it is shown.
  package struct Style: Equatable, Sendable {
    package var colour: Scheme.Label.Colour?
    package var isBold = false
    package var isDim = false
    package var isUnderlined = false
    package var isReversed = false

    package static let plain = Style()
    package static let bold = Style(isBold: true)
    package static let dim = Style(isDim: true)

    package init(
      colour: Scheme.Label.Colour? = nil, isBold: Bool = false, isDim: Bool = false, isUnderlined: Bool = false
    ) {
      self.colour = colour
      self.isBold = isBold
      self.isDim = isDim
      self.isUnderlined = isUnderlined
    }
  }

  package mutating func append(_ text: String, _ style: Style = .plain, indent: Int = 0) {
    lines.append(Line(text, style: style, indent: indent))
  }

  /// This page with another's lines after its own.
  package func followed(by other: Page) -> Page {
    var page = self
    page.lines += other.lines
    return page
  }

  /// The text alone, unwrapped and without styles.
  package var text: String { rendered(width: nil, colour: false) }

  /// The page as written to a terminal: wrapped, coloured if asked for, and safe.
  ///
  /// - Parameter width: in columns; nil for unwrapped lines.
  package func rendered(width: Int?, colour: Bool) -> String {
    lines.map { line in
      if !colour || line.runs.allSatisfy({ $0.style == .plain }) {
        let isWhole = width == nil || line.isFixed
        if isWhole || line.runs.allSatisfy({ DisplayWidth.isPlain($0.text) }) && line.columns <= width ?? 0 {
          return line.runs.map { DisplayWidth.visible($0.text) }.joined() + "\n"
        }
      }
      let cells = line.runs.flatMap { run in DisplayWidth.cells(run.text).map { StyledCell(cell: $0, style: run.style) }
      }
      guard let width, !line.isFixed, cells.reduce(0, { $0 + $1.cell.width }) > width else {
        return Self.write(cells, colour: colour) + "\n"
      }
      return Self.wrap(cells, width: width, indent: min(line.indent, width / 2))
        .map { Self.write($0, colour: colour) + "\n" }.joined()
    }.joined()
  }

  /// The page wrapped to a width, with a line for each row.
  package func laidOut(width: Int) -> Page {
    Page(
      lines.flatMap { line -> [Line] in
        if line.isFixed { return [line] }
        if line.runs.allSatisfy({ DisplayWidth.isPlain($0.text) }) {
          return line.columns <= width
            ? [Line(line.runs, isFixed: true)]
            : Self.wrapPlain(line.runs, width: width, indent: min(line.indent, width / 2))
        }
        let cells = line.runs.flatMap { run in
          DisplayWidth.cells(run.text).map { StyledCell(cell: $0, style: run.style) }
        }
        guard cells.reduce(0, { $0 + $1.cell.width }) > width else { return [Line(line.runs, isFixed: true)] }
        return Self.wrap(cells, width: width, indent: min(line.indent, width / 2)).map { row in
          Line(Self.runs(of: row), isFixed: true)
        }
      })
  }

  /// Neighbouring cells of one style, put together.
  private static func runs(of cells: [StyledCell]) -> [Run] {
    var runs: [Run] = []
    for cell in cells {
      if let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].text += cell.cell.text
      } else {
        runs.append(Run(cell.cell.text, cell.style))
      }
    }
    return runs
  }

  private struct StyledCell {
    let cell: DisplayWidth.Cell
    let style: Style
  }

  private static func wrap(_ cells: [StyledCell], width: Int, indent: Int) -> [[StyledCell]] {
    let blank = StyledCell(cell: DisplayWidth.Cell(text: " ", width: 1, codePoints: 0), style: .plain)
    let margin = [StyledCell](repeating: blank, count: indent)
    let rows = rows(
      cells.count, width: width, indent: indent, columns: { cells[$0].cell.width },
      isBlank: { cells[$0].cell.text == " " })
    return rows.map { row in (row.lowerBound == 0 ? [] : margin) + cells[row] }
  }

  /// Wraps text that is a column to each scalar, without a cell for each.
  private static func wrapPlain(_ runs: [Run], width: Int, indent: Int) -> [Line] {
    let scalars = runs.flatMap { run in run.text.unicodeScalars.map { (scalar: $0, style: run.style) } }
    let margin = indent > 0 ? [Run(String(repeating: " ", count: indent))] : []
    let rows = rows(
      scalars.count, width: width, indent: indent, columns: { _ in 1 }, isBlank: { scalars[$0].scalar == " " })
    return rows.map { row in
      var runs = row.lowerBound == 0 ? [] : margin
      for (scalar, style) in scalars[row] {
        if runs.last?.style != style { runs.append(Run("", style)) }
        runs[runs.count - 1].text.unicodeScalars.append(scalar)
      }
      return Line(runs, isFixed: true)
    }
  }

  /// The rows of wrapped text, broken at blanks where there are any; a blank at a break is in no row.
  ///
  /// - Parameters:
  ///   - count: the number of characters.
  ///   - indent: the columns that are left free in all rows but the first.
  ///   - columns: the width of a character.
  private static func rows(
    _ count: Int, width: Int, indent: Int, columns: (Int) -> Int, isBlank: (Int) -> Bool
  ) -> [Range<Int>] {
    var (rows, start): ([Range<Int>], Int) = ([], 0)
    while start < count {
      var (used, end, lastBlank) = (rows.isEmpty ? 0 : indent, start, Int?.none)
      while end < count, used + columns(end) <= width {
        used += columns(end)
        if isBlank(end) { lastBlank = end }
        end += 1
      }
      if end < count, isBlank(end) { lastBlank = end }
      if end < count, let lastBlank, lastBlank > start {
        rows.append(start..<lastBlank)
        start = lastBlank + 1
      } else {
        end = max(end, start + 1)
        rows.append(start..<end)
        start = end
      }
    }
    return rows
  }

  private static func write(_ cells: [StyledCell], colour: Bool) -> String {
    guard colour else { return cells.reduce(into: "") { $0 += $1.cell.text } }
    var text = ""
    var current = Style.plain
    for cell in cells {
      if cell.style != current {
        if current != .plain { text += "\u{1B}[0m" }
        text += escape(cell.style)
        current = cell.style
      }
      text += cell.cell.text
    }
    if current != .plain { text += "\u{1B}[0m" }
    return text
  }

  private static func escape(_ style: Style) -> String {
    var codes: [String] = []
    if style.isBold { codes.append("1") }
    if style.isDim { codes.append("2") }
    if style.isUnderlined { codes.append("4") }
    if style.isReversed { codes.append("7") }
    switch style.colour {
    case nil: break
    case .red: codes.append("31")
    case .green: codes.append("32")
    case .yellow: codes.append("33")
    case .blue: codes.append("34")
    case .magenta: codes.append("35")
    case .cyan: codes.append("36")
    case .white: codes.append("37")
    }
    return codes.isEmpty ? "" : "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}
