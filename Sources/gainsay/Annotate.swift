import ArgumentParser
import Commands
import Comparison
import Pages
import Prompt

/// The prompt, or the same commands from a pipe.
struct Annotate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Opens a document at the prompt.")

  @OptionGroup var common: CommonOptions

  @Argument(
    help: ArgumentHelp("The document; the first that you have not done where none is named.", valueName: "document"))
  var document: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Who annotates; $GAINSAY_ANNOTATOR or the login name where none is named.", valueName: "annotator"))
  var annotator: String?

  @Option(help: ArgumentHelp("The scheme of a file that does not exist yet.", valueName: "scheme"))
  var scheme: String?

  @Option(help: ArgumentHelp("The sentence to begin with.", valueName: "sentence"))
  var at: Int?

  @Flag(help: "From a pipe: goes on after a line that was refused.")
  var keepGoing = false

  func run() throws {
    let shell = Shell.terminal(common)
    let name = Shell.name(annotator)
    try DocumentChoice.checkAnnotator(name)
    let id =
      try document ?? Session.firstOpenDocument(of: name, in: shell.wholeWorkspace(at: common.workspace))
    let workspace = try shell.workspace(at: common.workspace, for: id, as: name)
    let loop = PromptLoop(colour: common.color, keepGoing: keepGoing)
    var session = try Session(
      in: workspace, document: id, annotator: name, scheme: scheme, canAsk: loop.isInteractive, me: shell.me,
      clock: Shell.clock)
    if let at {
      do throws(Complaint) { _ = try session.go(toNumber: at) } catch {
        _ = session.close()
        throw error
      }
    }
    try loop.run(&session)
  }
}
