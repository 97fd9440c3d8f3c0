package import ArgumentParser
package import Pages

package struct StatusCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show who has done how much.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: StatusOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.surroundings(shell.workspace(at: common.workspace)))
  }
}
