import ArgumentParser
package import Pages
package import Standoff
package import Storage

/// The options of `rename`.
package struct RenameOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("What to respell: speaker or about.", valueName: "attribute"),
    completion: .list(["speaker", "about"]))
  var attribute: String?

  @Argument(help: ArgumentHelp("The spelling to replace.", valueName: "old"))
  var old: String?

  @Argument(help: ArgumentHelp("The spelling to keep.", valueName: "new"))
  var new: String?

  @OptionGroup var corpus: CorpusOptions

  @Flag(help: "Take back the last “rename” or “move”, in every file that has not changed since.")
  var undo = false

  package init() {}

  package var isDry: Bool { corpus.dryRun }

  /// - Parameter me: who holds the files meanwhile, as other sessions are told.
  package func outcome(in workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    if undo {
      guard attribute == nil, corpus.annotator == nil else {
        throw Complaint("--undo takes nothing else but --dry-run.", "Write “gainsay rename --undo”.")
      }
      return CommandOutcome(try Undoing().carryOut(in: workspace, isDry: corpus.dryRun, me: me, at: time))
    }
    let known = ["speaker", "about"]
    guard let attribute, let old, let new else {
      throw Complaint("Something is missing.", "Write “gainsay rename speaker OLD NEW”.")
    }
    guard known.contains(attribute) else {
      throw Complaint(
        "rename takes \(Complaint.list(known, "or")), not “\(attribute)”.",
        "Write “gainsay rename speaker OLD NEW”.", culprit: attribute)
    }
    let renaming = Renaming(
      attribute: attribute, old: old, new: new, annotator: corpus.annotator, changesUnfinished: corpus.inProgress)
    return CommandOutcome(try renaming.carryOut(in: workspace, isDry: corpus.dryRun, me: me, at: time))
  }
}

/// The options of commands that change many people's files.
package struct CorpusOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Change only this annotator's files. Default: everybody's, and gold.", valueName: "annotator"))
  var annotator: String?

  @Flag(help: "Show what would change, but write nothing.")
  var dryRun = false

  @Flag(help: "Change files that others have not finished, too, though they may have clones of them.")
  var inProgress = false

  package init() {}
}

/// The options of `move`.
package struct MoveOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("speaker contents sources", valueName: "what"))
  var words: [String] = []

  @OptionGroup var corpus: CorpusOptions

  package init() {}

  package var isDry: Bool { corpus.dryRun }

  package func outcome(in workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    guard words == ["speaker", "contents", "sources"] else {
      throw Complaint(
        "move knows one way: speakers from contents to sources.", "Write “gainsay move speaker contents sources”.",
        culprit: words.joined(separator: " "))
    }
    let move = SpeakerMove(annotator: corpus.annotator, changesUnfinished: corpus.inProgress)
    return CommandOutcome(try move.carryOut(in: workspace, isDry: corpus.dryRun, me: me, at: time))
  }
}
