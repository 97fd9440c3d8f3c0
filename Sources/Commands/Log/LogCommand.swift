package import ArgumentParser
package import Pages
import Reports
import Standoff
import Storage

package struct LogCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Show who changed what in a document, and when.")

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("The document.", valueName: "document"))
  var document: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Show this annotator's edits; repeatable. Default: everyone's.", valueName: "annotator"))
  var annotators: [String] = []

  @Option(help: ArgumentHelp("Show only the history of this span.", valueName: "number"))
  var span: Int?

  @Flag(help: "Write JSON.")
  var json = false

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let workspace = try shell.workspace(at: common.workspace)
    let shown = try ShownDocument(document, annotators: annotators, in: workspace)
    let log = try EditLogPage(
      shown.document, annotators: shown.annotators, span: span, in: workspace)
    return json ? CommandOutcome(data: log.json) : CommandOutcome(log.page)
  }
}
