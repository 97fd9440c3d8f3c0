package import ArgumentParser
package import Pages
import Reports

package struct ListCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "list", abstract: "List the documents.")

  @OptionGroup package var common: CommonOptions

  @Flag(help: "Write JSON.")
  var json = false

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let list = try DocumentList(in: shell.workspace(at: common.workspace), countsWords: json)
    return json ? CommandOutcome(data: list.json) : CommandOutcome(list.page)
  }
}
