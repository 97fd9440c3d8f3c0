import ArgumentParser
import Commands
import Comparison
import Pages
import Prompt

/// The command that opens the prompt to adjudicate a document.
struct Adjudicate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Settle where annotators differ; write gold.json.")

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("The document to adjudicate.", valueName: "document"))
  var document: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Who decides. Default: $GAINSAY_ANNOTATOR, else the login name.", valueName: "name"))
  var adjudicator: String?

  @Option(
    help: ArgumentHelp(
      "Annotators to adjudicate, separated by commas. Default: all who are done.", valueName: "annotators"))
  var annotators: [String] = []

  @Flag(help: "Hide the annotators' names.")
  var blind = false

  @Option(
    help: ArgumentHelp(
      "Only disputes of this kind: \(Complaint.list(Disagreement.Kind.allCases.map(\.rawValue), "or")); repeatable.",
      valueName: "kind"))
  var kind: [Disagreement.Kind] = []

  @Option(help: ArgumentHelp("Only disputes over this attribute; repeatable.", valueName: "attribute"))
  var attribute: [String] = []

  @Option(
    help: ArgumentHelp("Leave out disputes over nothing but this attribute; repeatable.", valueName: "attribute"))
  var ignore: [String] = []

  @Flag(help: "With lines from a pipe: go on after a refused line.")
  var keepGoing = false

  func run() throws {
    let shell = Shell.terminal(common)
    let run = PromptRun(colour: common.color, keepGoing: keepGoing)
    let name = Shell.name(adjudicator)
    var session = try Session(
      adjudicating: document, in: shell.workspace(at: common.workspace, for: document, as: name), by: name,
      annotators: commaSeparated(annotators, "annotator"), isBlind: blind,
      scope: Adjudication.Scope(kinds: kind, attributes: attribute, ignored: ignore), canAsk: run.isInteractive,
      me: shell.me, clock: Shell.clock)
    try run.run(&session)
  }
}
