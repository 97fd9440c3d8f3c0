package import ArgumentParser
package import Pages
import Reports

package struct CheckCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds every problem of the workspace.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: CheckOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    // Where nobody can tell what may be shown, what is wrong with that is said, and nothing else.
    guard let seen = try? shell.workspace(at: common.workspace) else {
      return try options.outcome(
        of: WorkspaceCheck(
          in: shell.wholeWorkspace(at: common.workspace), documents: options.documents, withoutAnnotations: true))
    }
    return try options.outcome(in: shell.surroundings(seen))
  }
}
