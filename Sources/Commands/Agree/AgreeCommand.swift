package import ArgumentParser
package import Pages

package struct AgreeCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "agree", abstract: "Compute agreement between annotators.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: AgreeOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.surroundings(shell.comparedWorkspace(at: common.workspace)))
  }
}
