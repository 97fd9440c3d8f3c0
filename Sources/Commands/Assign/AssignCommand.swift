package import ArgumentParser
package import Pages

package struct AssignCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Assign documents to annotators.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: AssignOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.workspace(at: common.workspace, changing: !options.dryRun))
  }
}
