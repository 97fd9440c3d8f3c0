package import ArgumentParser
package import Pages

package struct InitCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "init", abstract: "Makes a workspace.")

  @OptionGroup package var common: CommonOptions

  @Argument(
    help: ArgumentHelp("The folder; that of -C, else the current one, where none is named.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    CommandOutcome(try NewWorkspace.make(in: folder ?? common.workspace ?? ".", disk: shell.disk))
  }
}
