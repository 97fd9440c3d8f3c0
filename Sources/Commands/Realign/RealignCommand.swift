package import ArgumentParser
package import Pages

package struct RealignCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "realign", abstract: "Move a document's annotations onto a corrected text.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: RealignOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.workspace(at: common.workspace, changing: !options.dryRun), at: shell.now)
  }
}
