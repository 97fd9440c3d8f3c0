import Standoff
import LineEditor
import Pages
import Prompt

/// The selector at a terminal, on its alternate screen, so that nothing of it remains.
///
/// It is a class because libedit discards typed-ahead keys when an editor ends; editors are kept for the next time.
final class SpanSelectorLoop {
  private let screen: Screen
  private let keys: KeyReader
  private var editors: [Set<Character>: MotionEditor] = [:]

  init(screen: Screen, keys: KeyReader) {
    self.screen = screen
    self.keys = keys
  }

  /// Runs until the person leaves the selector.
  ///
  /// - Returns: false if the terminal is gone.
  func run(_ session: inout Session) -> Bool {
    guard !Terminal.isDumb, let editor = editor(SpanSelector.reserved(session)) else {
      screen.show(
        Complaint("This terminal cannot move its cursor.", "Name words at the prompt instead; see “help words”.").page)
      return true
    }
    var selector = SpanSelector()
    var shown: (document: String, sentence: Int)?
    editor.takeAgain = { Terminal.write("\u{1B}[?1049h\u{1B}[?2004h") }
    editor.giveBack = { Terminal.write("\u{1B}[?2004l\u{1B}[?1049l") }
    editor.takeAgain()
    editor.begin()
    defer {
      editor.finish()
      editor.giveBack()
    }
    while !selector.isOver {
      if shown?.document != session.document.id || shown?.sentence != session.sentence {
        shown = (session.document.id, session.sentence)
        editor.load(SpanSelector.cells(session), cursor: selector.cursor)
      } else {
        editor.cursor = selector.cursor
      }
      draw(selector, session)
      editor.pause = session.isBehind ? 1000 : -1
      switch editor.next(raw: selector.takesEveryKey, besides: session.offersChoices ? "1"..."9" : nil) {
      case .moved: selector.cursor = editor.cursor
      case .key(let key): selector.press(key, in: &session)
      case .pasted(let text): selector.paste(text, in: &session)
      case .interrupted: selector.interrupt()
      case .resized: break
      case .idle: _ = session.flush()
      case .end: return false
      }
    }
    return true
  }

  private func editor(_ reserved: Set<Character>) -> MotionEditor? {
    if let begun = editors[reserved] { return begun }
    editors[reserved] = MotionEditor(keys: keys, reserved: reserved)
    return editors[reserved]
  }

  private func draw(_ selector: SpanSelector, _ session: Session) {
    let columns = max(1, Terminal.columns ?? 80)
    let rows = max(1, Terminal.rows ?? 24)
    let frame = selector.frame(session, rows: rows, columns: columns, colour: screen.isColoured)
    // A single write with the cursor hidden, so that nothing flickers.
    var text = "\u{1B}[?25l\u{1B}[H"
    let lines = frame.page.rendered(width: nil, colour: screen.isColoured).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.dropLast().prefix(rows).enumerated() {
      // Cleared before it is written: at the end of a full row, clearing would remove the last character.
      text += (index > 0 ? "\r\n" : "") + "\u{1B}[K" + line
    }
    if lines.count - 1 < rows { text += "\r\n\u{1B}[J" }
    text += "\u{1B}[\(frame.cursor.row + 1);\(frame.cursor.column + 1)H\u{1B}[?25h"
    Terminal.write(text)
  }
}
