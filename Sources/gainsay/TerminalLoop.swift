import Pages
import Commands
import LineEditor
import Prompt
import Storage

/// The prompt at a terminal: reads a line, answers it and shows the answer, until the person quits.
struct TerminalLoop {
  let colour: ColourChoice

  /// - Returns: always false: at a terminal a refusal is an answer like any other.
  func run(_ session: inout Session) -> Bool {
    let screen = Screen(colour: colour, stream: .output)
    let keys = KeyReader()
    let history = Self.historyFile()
    guard let editor = LineEditor(keys: keys, history: history?.lines() ?? []) else {
      Terminal.write("This terminal cannot edit lines.\n", to: .error)
      return true
    }
    if let history { editor.remember = history.append }
    let selecting = SpanSelectorLoop(screen: screen, keys: keys)
    session.see()
    screen.show(session.opening)
    var isAhead = keys.hasInput
    show(session, on: screen)
    while !session.isOver {
      let input = connect(editor, &session, screen)
      switch input {
      case .end: return false
      case .interrupted: continue
      case .line(let line):
        let display = Display(width: screen.width ?? 80, isColoured: screen.isColoured)
        if isAhead, session.decides(line) {
          isAhead = keys.hasInput
          screen.show(Session.unseen.page(line: line))
          continue
        }
        ProgressBar.current?.start()
        let page =
          editor.pastedLine == line ? session.answer(pasted: line, on: display) : session.answer(line, on: display)
        ProgressBar.current?.stop()
        isAhead = keys.hasInput
        let isTall = screen.showPaged(page)
        switch page.after {
        case .nothing: if isTall { show(session, on: screen) }
        case .sentenceChanged, .sentence: show(session, on: screen)
        case .selector:
          guard selecting.run(&session) else { return false }
          show(session, on: screen)
        }
      }
    }
    return false
  }

  private func show(_ session: Session, on screen: Screen) {
    screen.show(session.view(width: screen.width ?? 80, colour: screen.isColoured))
  }

  /// Reads a line, letting the editor ask the session for completions and for the view above the line.
  private func connect(_ editor: LineEditor, _ session: inout Session, _ screen: Screen) -> LineEditor.Input {
    let current = Held(session)
    var candidates: [Completion.Candidate] = []
    editor.complete = { line in
      let completion = Completion(line, in: current.session)
      candidates = completion.candidates
      return (candidates.map(\.text), completion.replaced)
    }
    editor.showCandidates = { _ in screen.show(Completion.page(candidates)) }
    editor.redraw = { show(current.session, on: screen) }
    editor.pause = session.isBehind ? 1000 : -1
    editor.idle = { [unowned editor] in
      // A fault here is kept and shown with the next answer.
      if current.session.flush() == nil { editor.pause = -1 }
    }
    let input = editor.readLine(prompt: session.prompt)
    session = current.session
    return input
  }

  /// The session while the editor waits for keys; a class so that all of its callbacks share one.
  private final class Held {
    var session: Session
    init(_ session: Session) { self.session = session }
  }

  private static func historyFile() -> HistoryFile? {
    let disk = POSIXDisk()
    let state = Terminal.environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let base = state ?? Terminal.environment("HOME").map({ $0 + "/.local/state" }) else { return nil }
    let folder = Paths.join(base, "gainsay")
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      if (try? disk.entry(made)) == nil, (try? disk.makeFolder(made)) == nil { return nil }
    }
    return HistoryFile(in: folder, on: disk)
  }
}
