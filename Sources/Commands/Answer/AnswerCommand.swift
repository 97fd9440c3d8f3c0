package import ArgumentParser
package import Pages

package struct AnswerCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Answer what an annotator asked about a document.")

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("Who asked.", valueName: "annotator"))
  var annotator: String

  @Argument(help: ArgumentHelp("The answer.", valueName: "text"))
  var text: [String]

  @Option(help: ArgumentHelp("The document. Default: the only one asked about.", valueName: "document"))
  var document: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let answer = Answer(to: annotator, text.joined(separator: " "), on: document)
    let workspace = try shell.workspace(at: common.workspace, changing: true)
    return CommandOutcome(try answer.carryOut(in: workspace, me: shell.me, at: shell.now))
  }
}
