package import ArgumentParser
package import Pages

package struct ExportCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "export", abstract: "Write training data.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: ExportOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.surroundings(shell.comparedWorkspace(at: common.workspace)))
  }
}
