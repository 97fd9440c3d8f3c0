import ArgumentParser
import LineEditor
import Standoff
import Storage
import Workbench

/// A session from its first line to its last: at a terminal, or from a pipe.
struct Conversation {
  let colour: Screen.Colour
  /// From a pipe: whether lines that are refused do not end it.
  let keepGoing: Bool
  let isInteractive = Terminal.isInteractive

  static let clock: @Sendable () -> Timestamp = { Timestamp(secondsSince1970: Terminal.now) }

  /// Runs until the person or the input ends it, and closes the session.
  func run(_ session: inout Session) throws {
    ProgressBar.current?.stop()
    let refused = isInteractive ? converse(&session) : obey(&session)
    if let page = session.close() {
      Screen(colour: colour, stream: .error).show(page)
      throw ExitCode(2)
    }
    if refused { throw ExitCode(2) }
  }

  /// Who this is, as another session is told.
  static var me: String {
    let who = Terminal.loginName.map { "\($0), " } ?? ""
    return "\(who)process \(Terminal.processNumber) on \(Terminal.hostName)"
  }

  // MARK: at a terminal

  /// - Returns: false: at a terminal a refusal is an answer like any other.
  private func converse(_ session: inout Session) -> Bool {
    let screen = Screen(colour: colour, stream: .output)
    let keys = KeyReader()
    guard let editor = LineEditor(keys: keys, historyPath: Self.historyPath()) else {
      Terminal.write("This terminal cannot be used for editing lines.\n", to: .error)
      return true
    }
    let selecting = Selecting(screen: screen, keys: keys)
    session.see()
    screen.show(session.opening)
    show(session, on: screen)
    while !session.isOver {
      let input = connect(editor, &session, screen)
      switch input {
      case .end: return false
      case .interrupted: continue
      case .line(let line):
        (session.width, session.isColoured) = (screen.width ?? 80, screen.isColoured)
        ProgressBar.current?.start()
        let page = editor.pastedLine == line ? session.answer(pasted: line) : session.answer(line)
        ProgressBar.current?.stop()
        screen.show(page)
        if session.wantsSelector {
          session.wantsSelector = false
          guard selecting.run(&session) else { return false }
          show(session, on: screen)
        } else if page.sentence != .unchanged {
          show(session, on: screen)
        }
      }
    }
    return false
  }

  private func show(_ session: Session, on screen: Screen) {
    screen.show(session.view(width: screen.width ?? 80, colour: screen.isColoured))
  }

  /// Reads a line while the editor can ask the session for completions and for what stands above the line.
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
      // What goes wrong is kept and said with the next answer.
      if current.session.flush() == nil { editor.pause = -1 }
    }
    let input = editor.readLine(prompt: session.prompt)
    session = current.session
    return input
  }

  /// The session while the editor waits for keys; a class so that its callbacks see one and the same.
  private final class Held {
    var session: Session
    init(_ session: Session) { self.session = session }
  }

  private static func historyPath() -> String? {
    let disk = POSIXDisk()
    let state = Terminal.environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let base = state ?? Terminal.environment("HOME").map({ $0 + "/.local/state" }) else { return nil }
    let folder = Paths.join(base, "gainsay")
    var made = ""
    for part in folder.split(separator: "/") {
      made += "/" + part
      if (try? disk.entry(made)) == nil, (try? disk.makeFolder(made)) == nil { return nil }
    }
    return Paths.join(folder, "history")
  }

  // MARK: from a pipe

  /// Carries out lines until the input ends, or a line is refused.
  ///
  /// - Returns: whether a line was refused.
  private func obey(_ session: inout Session) -> Bool {
    let answers = Screen(colour: .never, stream: .output)
    let complaints = Screen(colour: colour, stream: .error)
    var rest: [UInt8] = []
    var isAtEnd = false
    var number = 0
    var refused = false
    complaints.show(session.notices)
    session.see()
    while !session.isOver, let bytes = Terminal.nextLine(&rest, &isAtEnd) {
      number += 1
      guard let line = String(validating: bytes, as: UTF8.self) else {
        complaints.show(Page("Line \(number) is not UTF-8 text."))
        refused = true
        if keepGoing { continue }
        break
      }
      let page = session.answer(line)
      guard page.isRefusal else {
        answers.show(page)
        if page.sentence == .askedFor { answers.show(session.plainView) }
        continue
      }
      complaints.show(Page("Line \(number):").followed(by: page))
      refused = true
      if !keepGoing { break }
    }
    return refused
  }
}
