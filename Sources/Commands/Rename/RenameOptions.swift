import ArgumentParser
package import Pages
package import Standoff
package import Storage

/// The options of `rename`.
package struct RenameOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("What to respell: speaker or about.", valueName: "attribute"),
    completion: .list(["speaker", "about"]))
  var attribute: String

  @Argument(help: ArgumentHelp("The spelling to replace.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The spelling to keep.", valueName: "new"))
  var new: String

  @Flag(help: "Show what would change, but write nothing.")
  var dryRun = false

  package init() {}

  /// - Parameter me: who holds the files meanwhile, as other sessions are told.
  package func outcome(in workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    let known = ["speaker", "about"]
    guard known.contains(attribute) else {
      throw Complaint(
        "rename takes \(Complaint.list(known, "or")), not “\(attribute)”.",
        "Write “gainsay rename speaker OLD NEW”.", culprit: attribute)
    }
    let renaming = Renaming(attribute: attribute, old: old, new: new)
    return CommandOutcome(try renaming.carryOut(in: workspace, isDry: dryRun, me: me, at: time))
  }
}
