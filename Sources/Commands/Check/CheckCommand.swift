package import ArgumentParser
package import Pages
import Reports

package struct CheckCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find problems in the workspace.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: CheckOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    // Without readable assignments nobody knows what may be shown, so that only this problem is reported.
    guard let seen = try? shell.workspace(at: common.workspace) else {
      return try options.outcome(
        of: WorkspaceCheck(
          in: shell.wholeWorkspace(at: common.workspace), documents: options.documents, withoutAnnotations: true))
    }
    return try options.outcome(in: shell.surroundings(seen))
  }
}
