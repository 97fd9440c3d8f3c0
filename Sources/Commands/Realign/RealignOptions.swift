import ArgumentParser
import Comparison
package import Pages
package import Standoff
package import Storage

/// The options of `realign`.
package struct RealignOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The document.", valueName: "document"))
  var document: String

  @Option(
    name: .customLong("with"), help: ArgumentHelp("The corrected text: a UTF-8 file.", valueName: "file"),
    completion: .file())
  var file: String

  @Flag(help: "Remove spans that cannot be placed reliably in the new text, and list them.")
  var drop = false

  @Flag(help: "Show what would change, but write nothing.")
  var dryRun = false

  package init() {}

  /// - Parameter time: the date in the names of the journals that are set aside.
  package func outcome(in workspace: Workspace, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    try DocumentChoice.checkName(document, in: workspace)
    try attempt { () throws(FileFault) in try workspace.checkUnveiled(document) }
    let corrected = try PlainText(file, in: workspace)
    let (text, hadMark) = (corrected.text, corrected.hadMark)
    if dryRun {
      let (old, sets) = try attempt { () throws(FileFault) in
        try DocumentRealignment.read(document, in: workspace)
      }
      var outcome = outcome(of: try realign(old, sets, onto: text), hadMark)
      outcome.page.append("Nothing was written: --dry-run.")
      return outcome
    }
    var realignment = try attempt { () throws(FileFault) in
      try DocumentRealignment(of: document, in: workspace, me: "gainsay realign")
    }
    defer { realignment.abandon() }
    let realign = try realign(realignment.document, realignment.sets, onto: text)
    var outcome = outcome(of: realign, hadMark)
    guard outcome.status == 0 else {
      outcome.page.append("Nothing was written.", .bold)
      outcome.page.append("Correct the text, or remove these spans with --drop and mark them again.")
      return outcome
    }
    let hadTokens = try attempt { () throws(FileFault) in try workspace.tokens(of: realignment.document) != nil }
    let journals = try attempt { () throws(FileFault) in
      try realignment.commit(text, realign.zones, realign.sets.map(\.after), at: time)
    }
    outcome.page.append(
      "Wrote the text of \(document) and \(counted(realign.sets.count, "annotation file")).", .bold)
    if hadTokens {
      outcome.page.append("The tokens that the text came with are those of the old text, and are dropped.")
    }
    if !journals.isEmpty {
      outcome.page.append("Earlier edits can no longer be undone; they are kept in \(Complaint.list(journals)).")
    }
    return outcome
  }

  private func attempt<Value>(_ body: () throws(FileFault) -> Value) throws(Complaint) -> Value {
    do throws(FileFault) { return try body() } catch { throw Complaint(error) }
  }

  private func realign(
    _ document: Document, _ sets: [AnnotationSet], onto text: DocumentText
  ) throws(Complaint) -> RealignReport {
    guard text != document.text else {
      throw Complaint("\(file): “\(document.id)” already has this text.", "Nothing was changed.")
    }
    return try RealignReport(document, sets, onto: text)
  }

  private func outcome(of realign: RealignReport, _ hadMark: Bool) -> CommandOutcome {
    var page = Page()
    if hadMark { page.append("\(file): dropped the byte order mark at the start.") }
    page = page.followed(by: realign.page)
    let unplaced = realign.unplacedCount
    if unplaced > 0 {
      let verb = drop ? (dryRun ? "would be dropped" : "dropped") : "cannot be placed reliably in the new text"
      page.append("\(counted(unplaced, "span")) \(verb).", .bold)
    }
    return CommandOutcome(page, status: unplaced > 0 && !drop ? 1 : 0)
  }
}
