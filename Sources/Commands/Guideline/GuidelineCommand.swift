package import ArgumentParser
package import Pages
import Reports
import Standoff
import Storage

package struct GuidelineCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "guideline", abstract: "Print the labels and their rules, for new annotators.")

  @OptionGroup package var common: CommonOptions

  @Option(help: ArgumentHelp("The scheme. Default: the workspace's.", valueName: "name"))
  var scheme: String?

  @Flag(help: "Write Markdown.")
  var markdown = false

  @Flag(help: "Write a page of HTML.")
  var html = false

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    guard !(markdown && html) else {
      throw Complaint("Markdown or HTML, not both.", "Leave out --markdown or --html.")
    }
    let workspace = try shell.workspace(at: common.workspace)
    let scheme: Scheme
    do throws(FileFault) {
      let name: String
      if let chosen = self.scheme { name = chosen } else { name = try workspace.defaultSchemeName() }
      scheme = try workspace.scheme(name)
    } catch {
      throw Complaint(error)
    }
    let guideline = GuidelinePage(scheme)
    if markdown { return CommandOutcome(data: Array(guideline.markdown.utf8)) }
    if html { return CommandOutcome(data: Array(guideline.html.utf8)) }
    return CommandOutcome(guideline.page)
  }
}
