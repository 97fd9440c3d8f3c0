package import ArgumentParser
package import Pages

package struct RenameCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Replace one spelling of a speaker or matter by another.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: RenameOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(
      in: shell.workspace(at: common.workspace, changing: !options.isDry), me: shell.me, at: shell.now)
  }
}

package struct MoveCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Move speakers from what is said to the sources that say it.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: MoveOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    try options.outcome(
      in: shell.workspace(at: common.workspace, changing: !options.isDry), me: shell.me, at: shell.now)
  }
}
