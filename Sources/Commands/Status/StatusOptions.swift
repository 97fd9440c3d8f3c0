import Reports
import ArgumentParser
import Comparison
package import Pages

/// The options of `status`, in the shell and at the prompt.
package struct StatusOptions: SharedOptions {
  package static let name = "status"

  @Flag(help: "Write JSON.")
  var json = false

  package init() {}

  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    let status = try WorkspaceStatus(in: place.workspace)
    return json ? CommandOutcome(data: status.json) : CommandOutcome(status.page)
  }
}
