package import ArgumentParser
package import Pages

package struct InitCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "init", abstract: "Create a workspace.")

  @OptionGroup package var common: CommonOptions

  @Argument(
    help: ArgumentHelp("Where to create it. Default: the current folder.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    CommandOutcome(try NewWorkspace.make(in: folder ?? common.workspace ?? ".", disk: shell.disk))
  }
}
