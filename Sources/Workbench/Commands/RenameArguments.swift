public import ArgumentParser
public import Standoff
public import Storage

/// The arguments of `rename`.
public struct RenameArguments: ParsableArguments {
  @Argument(help: "What is spelled in two ways: speaker or about.")
  var attribute: String

  @Argument(help: "The spelling that is to go.")
  var old: String

  @Argument(help: "The spelling that is to stay.")
  var new: String

  @Flag(help: "Says what would change and changes nothing.")
  var dryRun = false

  public init() {}

  static func read(_ words: String) throws(Complaint) -> RenameArguments { try parsed(words) }

  /// - Parameter me: who asks, as other sessions are told.
  public func outcome(in workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) -> Outcome {
    let known = ["speaker", "about"]
    guard known.contains(attribute) else {
      throw Complaint("“\(attribute)” is not renamed.", "One of \(Complaint.list(known, "or")).", culprit: attribute)
    }
    let renaming = Renaming(attribute: attribute, old: old, new: new)
    return Outcome(try renaming.carryOut(in: workspace, isDry: dryRun, me: me, at: time))
  }
}
