import ArgumentParser
import Workbench

/// The prompt, or the same commands from a pipe.
struct Annotate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Opens a document at the prompt.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The document; the first that you have not done where none is named.")
  var document: String?

  @Option(name: .customLong("as"), help: "Who annotates; $GAINSAY_ANNOTATOR or the login name where none is named.")
  var annotator: String?

  @Option(help: "The scheme of a file that does not exist yet.")
  var scheme: String?

  @Option(help: "The sentence to begin with.")
  var at: Int?

  @Flag(help: "From a pipe: goes on after a line that was refused.")
  var keepGoing = false

  func run() throws {
    let name = CommonOptions.annotator(annotator)
    try Session.checkAnnotator(name)
    let id = try document ?? Session.firstOpenDocument(of: name, in: common.openWholeWorkspace())
    let workspace = try common.openWorkspace(for: id, as: name)
    let conversation = Conversation(colour: common.color, keepGoing: keepGoing)
    var session = try Session(
      in: workspace, document: id, annotator: name, scheme: scheme, canAsk: conversation.isInteractive,
      me: Conversation.me, clock: Conversation.clock)
    if let at {
      do throws(Complaint) { _ = try session.go(toNumber: at) } catch {
        _ = session.close()
        throw error
      }
    }
    try conversation.run(&session)
  }
}

/// The prompt over what annotators do not agree on.
struct Adjudicate: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Settles what annotators differ in, into gold.json.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The document.")
  var document: String

  @Option(name: .customLong("as"), help: "Who decides; $GAINSAY_ANNOTATOR or the login name where none is named.")
  var adjudicator: String?

  @Option(help: "Annotators, with commas between; all who are done where none is named.")
  var annotators: [String] = []

  @Flag(help: "Hides who is who.")
  var blind = false

  @Flag(help: "From a pipe: goes on after a line that was refused.")
  var keepGoing = false

  func run() throws {
    let conversation = Conversation(colour: common.color, keepGoing: keepGoing)
    let name = CommonOptions.annotator(adjudicator)
    var session = try Session(
      adjudicating: document, in: common.openWorkspace(for: document, as: name), by: name,
      annotators: annotators.flatMap { $0.split(separator: ",").map(String.init) }, isBlind: blind,
      canAsk: conversation.isInteractive, me: Conversation.me, clock: Conversation.clock)
    try conversation.run(&session)
  }
}
