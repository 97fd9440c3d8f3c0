package import ArgumentParser
package import Pages

package struct ReportCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write an HTML report: agreement, ledger, annotated documents.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: ReportOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.comparedWorkspace(at: common.workspace))
  }
}
