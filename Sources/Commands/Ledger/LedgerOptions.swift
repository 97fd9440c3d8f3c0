import Reports
import ArgumentParser
import Comparison
package import Pages
import Standoff

/// The options of `ledger`, in the shell and at the prompt.
package struct LedgerOptions: SharedOptions {
  package static let name = "ledger"

  @Argument(help: ArgumentHelp("Documents to read. Default: all.", valueName: "document"))
  var documents: [String] = []

  @Option(
    help: ArgumentHelp(
      "Use this annotator's annotations. Default: the adjudicated ones, else the majority's.",
      valueName: "annotator"))
  var annotator: String?

  @Flag(help: "Show every statement, not a page of what matters most.")
  var full = false

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Write Markdown.")
  var markdown = false

  package init() {}

  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    guard !(json && markdown) else {
      throw Complaint("Choose --json or --markdown, not both.")
    }
    if let annotator, annotator != "gold" { try DocumentChoice.checkAnnotator(annotator) }
    let workspace = place.workspace
    try DocumentChoice.checkSeen(documents, in: workspace)
    let names = try DocumentChoice.names(documents, in: workspace)
    let ledger = try Ledger(names, in: workspace, annotator: annotator)
    if let annotator, ledger.sources.isEmpty { throw DocumentChoice.nobody(annotator, []) }
    if json { return CommandOutcome(data: ledger.json) }
    if markdown { return CommandOutcome(data: Array(ledger.markdown.utf8)) }
    return CommandOutcome(full || !documents.isEmpty ? ledger.fullPage : ledger.page(width: place.width))
  }
}
