import Commands
import LineEditor
import Pages
import Programs

/// Output of pages to a terminal or a pipe.
struct Screen {
  let stream: Terminal.Stream
  let isColoured: Bool

  init(colour: ColourChoice, stream: Terminal.Stream) {
    self.stream = stream
    switch colour {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      let refused = Terminal.environment("NO_COLOR").map { !$0.isEmpty } ?? false
      isColoured = Terminal.isTerminal(stream) && !refused && Terminal.environment("TERM") != "dumb"
    }
  }

  /// The width of the terminal in columns; nil for a pipe, where lines are not wrapped.
  var width: Int? { Terminal.isTerminal(stream) ? max(20, Terminal.columns ?? 80) : nil }

  func show(_ page: Page) {
    guard !page.lines.isEmpty else { return }
    Terminal.write(page.rendered(width: width, colour: isColoured), to: stream)
  }

  /// Shows a page, in the pager if it is taller than the terminal.
  ///
  /// - Returns: whether it is taller.
  @discardableResult
  func showPaged(_ page: Page) -> Bool {
    let text = page.rendered(width: width, colour: isColoured)
    guard stream == .output, Terminal.isInteractive, let rows = Terminal.rows, text.count(where: { $0 == "\n" }) >= rows
    else {
      show(page)
      return false
    }
    let pager = Terminal.environment("PAGER") ?? "less -FRX '-PsSpace shows more, q leaves'"
    let isPlain = Terminal.isDumb || pager.allSatisfy(\.isWhitespace) || pager == "cat"
    if isPlain || !Pager.show(Array(text.utf8), with: pager) { Terminal.write(text) }
    return true
  }
}
