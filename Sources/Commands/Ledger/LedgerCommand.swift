package import ArgumentParser
package import Pages

package struct LedgerCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Show who claims what, and who denies it.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: LedgerOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.surroundings(shell.comparedWorkspace(at: common.workspace)))
  }
}
