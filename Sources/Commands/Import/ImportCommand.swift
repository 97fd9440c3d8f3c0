package import ArgumentParser
package import Pages

package struct ImportCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import annotations from other tools.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: ImportOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.workspace(at: common.workspace, changing: !options.dryRun), at: shell.now)
  }
}
