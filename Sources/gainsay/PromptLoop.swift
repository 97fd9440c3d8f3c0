import ArgumentParser
import Commands
import LineEditor
import Prompt

/// A session from its first line to its last: at a terminal, or from a pipe.
struct PromptLoop {
  let colour: ColourChoice
  /// From a pipe: whether lines that are refused do not end it.
  let keepGoing: Bool
  let isInteractive = Terminal.isInteractive

  /// Runs until the person or the input ends it, and closes the session.
  func run(_ session: inout Session) throws {
    ProgressBar.current?.stop()
    let refused =
      isInteractive
      ? TerminalLoop(colour: colour).run(&session) : PipeLoop(colour: colour, keepGoing: keepGoing).run(&session)
    if let page = session.close() {
      Screen(colour: colour, stream: .error).show(page)
      throw ExitCode(2)
    }
    if refused { throw ExitCode(2) }
  }
}
