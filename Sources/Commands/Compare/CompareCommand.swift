package import ArgumentParser
package import Pages

package struct CompareCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "List where annotators differ, and how.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: CompareOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(in: shell.surroundings(shell.comparedWorkspace(at: common.workspace)))
  }
}
