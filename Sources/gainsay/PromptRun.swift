import ArgumentParser
import Commands
import LineEditor
import Prompt

/// A session from its first line to its last, at a terminal or from a pipe.
struct PromptRun {
  let colour: ColourChoice
  /// Whether to go on after a refused line from a pipe.
  let keepGoing: Bool
  let isInteractive = Terminal.isInteractive

  /// Runs until the person quits or the input ends, then closes the session.
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
