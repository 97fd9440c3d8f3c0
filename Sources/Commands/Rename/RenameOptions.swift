import ArgumentParser
package import Pages
package import Standoff
package import Storage

/// The options of `rename`.
package struct RenameOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("What is spelled in two ways: speaker or about.", valueName: "attribute"),
    completion: .list(["speaker", "about"]))
  var attribute: String

  @Argument(help: ArgumentHelp("The spelling that is to go.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The spelling that is to stay.", valueName: "new"))
  var new: String

  @Flag(help: "Says what would change and changes nothing.")
  var dryRun = false

  package init() {}

  /// - Parameter me: who asks, as other sessions are told.
  package func outcome(in workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    let known = ["speaker", "about"]
    guard known.contains(attribute) else {
      throw Complaint("“\(attribute)” is not renamed.", "One of \(Complaint.list(known, "or")).", culprit: attribute)
    }
    let renaming = Renaming(attribute: attribute, old: old, new: new)
    return CommandOutcome(try renaming.carryOut(in: workspace, isDry: dryRun, me: me, at: time))
  }
}
