package import ArgumentParser
package import Pages
import Reports

package struct ShowCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a text with its spans.")

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("The document.", valueName: "document"))
  var document: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Show this annotator's spans; repeatable. Default: everyone's.", valueName: "annotator"))
  var annotators: [String] = []

  @Flag(help: "Number the words, as the prompt does.")
  var numbers = false

  @Flag(help: "Write JSON.")
  var json = false

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let shown = try ShownDocument(document, annotators: annotators, in: shell.workspace(at: common.workspace))
    return json
      ? CommandOutcome(data: shown.json) : CommandOutcome(numbers ? shown.numberedPage(width: shell.width) : shown.page)
  }
}
