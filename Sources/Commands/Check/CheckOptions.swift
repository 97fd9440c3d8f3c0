import ArgumentParser
package import Pages
import Reports

/// The options of `check`, in the shell and at the prompt.
package struct CheckOptions: SharedOptions {
  package static let name = "check"

  @Argument(help: ArgumentHelp("Documents to check. Default: all, and the schemes.", valueName: "document"))
  var documents: [String] = []

  @Flag(help: "Write JSON.")
  var json = false

  package init() {}

  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    try outcome(of: WorkspaceCheck(in: place.workspace, documents: documents))
  }

  func outcome(of check: WorkspaceCheck) -> CommandOutcome {
    let status: Int32 = check.isClean ? 0 : 1
    return json ? CommandOutcome(data: check.json, status: status) : CommandOutcome(check.page, status: status)
  }
}
