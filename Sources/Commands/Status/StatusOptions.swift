import Reports
import ArgumentParser
import Comparison
package import Pages

/// The options of `status`, in the shell and at the prompt.
package struct StatusOptions: SharedOptions {
  package static let name = "status"

  @Flag(help: "Show every document, not a page of what matters most.")
  var full = false

  @Flag(help: "Write JSON.")
  var json = false

  package init() {}

  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    let status = try WorkspaceStatus(in: place.workspace)
    if json { return CommandOutcome(data: status.json) }
    return CommandOutcome(full ? status.fullPage : status.page(width: place.width))
  }
}
