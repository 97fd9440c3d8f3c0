import ArgumentParser
import Commands
import Pages
import Prompt

/// The prompt over what annotators do not agree on.
struct Adjudicate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Settles what annotators differ in, into gold.json.")

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("The document.", valueName: "document"))
  var document: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Who decides; $GAINSAY_ANNOTATOR or the login name where none is named.", valueName: "name"))
  var adjudicator: String?

  @Option(
    help: ArgumentHelp(
      "Annotators, with commas between; all who are done where none is named.", valueName: "annotators"))
  var annotators: [String] = []

  @Flag(help: "Hides who is who.")
  var blind = false

  @Flag(help: "From a pipe: goes on after a line that was refused.")
  var keepGoing = false

  func run() throws {
    let shell = Shell.terminal(common)
    let loop = PromptLoop(colour: common.color, keepGoing: keepGoing)
    let name = Shell.name(adjudicator)
    var session = try Session(
      adjudicating: document, in: shell.workspace(at: common.workspace, for: document, as: name), by: name,
      annotators: commaSeparated(annotators, "annotator"), isBlind: blind, canAsk: loop.isInteractive, me: shell.me,
      clock: Shell.clock)
    try loop.run(&session)
  }
}
