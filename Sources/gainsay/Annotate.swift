import ArgumentParser
import Commands
import Comparison
import Pages
import Prompt

/// The command that opens a document at the prompt, or carries out lines from a pipe.
struct Annotate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Open a document at the prompt.")

  @OptionGroup var common: CommonOptions

  @Argument(
    help: ArgumentHelp("The document. Default: the first that you have not done.", valueName: "document"))
  var document: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Who annotates. Default: $GAINSAY_ANNOTATOR, else the login name.", valueName: "annotator"))
  var annotator: String?

  @Option(help: ArgumentHelp("Use this scheme for a new annotation file.", valueName: "scheme"))
  var scheme: String?

  @Option(help: ArgumentHelp("Begin at this sentence.", valueName: "sentence"))
  var at: Int?

  @Flag(help: "With lines from a pipe: go on after a refused line.")
  var keepGoing = false

  func run() throws {
    let shell = Shell.terminal(common)
    let name = Shell.name(annotator)
    try DocumentChoice.checkAnnotator(name)
    let id =
      try document ?? Session.firstOpenDocument(of: name, in: shell.wholeWorkspace(at: common.workspace))
    let workspace = try shell.workspace(at: common.workspace, for: id, as: name)
    let run = PromptRun(colour: common.color, keepGoing: keepGoing)
    var session = try Session(
      in: workspace, document: id, annotator: name, scheme: scheme, canAsk: run.isInteractive, me: shell.me,
      clock: Shell.clock)
    if let at {
      do throws(Complaint) { _ = try session.go(toNumber: at) } catch {
        _ = session.close()
        throw error
      }
    }
    try run.run(&session)
  }
}
