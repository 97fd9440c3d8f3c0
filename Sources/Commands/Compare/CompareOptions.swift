import Reports
import ArgumentParser
import Comparison
package import Pages

/// The options of `compare`, in the shell and at the prompt.
package struct CompareOptions: SharedOptions {
  package static let name = "compare"

  @Argument(help: ArgumentHelp("Documents to compare. Default: all.", valueName: "document"))
  var documents: [String] = []

  @Option(
    help: ArgumentHelp("Annotators to compare, separated by commas. Default: all but gold.", valueName: "annotators"))
  var annotators: [String] = []

  @Option(
    help: ArgumentHelp("Show only disagreements on this label; repeatable. Default: all labels.", valueName: "label"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show only this kind: \(Complaint.list(Disagreement.Kind.allCases.map(\.rawValue), "or")); repeatable.",
      valueName: "kind"))
  var kind: [Disagreement.Kind] = []

  @Option(
    help: ArgumentHelp(
      "Show only disagreements on this attribute, and which values of one annotator meet which of another; repeatable.",
      valueName: "attribute"))
  var attribute: [String] = []

  @Option(help: ArgumentHelp("Leave this attribute out of everything; repeatable.", valueName: "attribute"))
  var ignore: [String] = []

  @Flag(help: "Include unfinished files, as far as their annotator has read.")
  var inProgress = false

  @Flag(help: "Show each sentence with a row per annotator.")
  var lanes = false

  @Option(help: ArgumentHelp("List the places of this habit, by its number on the first page.", valueName: "number"))
  var habit: Int?

  @Flag(help: "List every disagreement, not a page of what matters most.")
  var full = false

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Show nothing; exit with status 1 if there is a disagreement.")
  var quiet = false

  package init() {}

  /// Compares the documents that are named; without names, the open one, else all.
  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    // The numbers of habits are those of all documents, unless some are named.
    let documents = documents.isEmpty && habit == nil ? [place.document].compactMap { $0 } : documents
    try DocumentChoice.checkSeen(documents, in: place.workspace)
    let annotators = try commaSeparated(annotators, "annotator")
    guard annotators.count != 1 else {
      throw Complaint("Comparing needs at least two annotators.", "Name two or more: --annotators dana,eli.")
    }
    let differences = try Differences(
      in: place.workspace,
      Differences.Request(
        documents: documents, annotators: annotators, labels: label, kinds: eachOnce(kind),
        attributes: eachOnce(attribute), ignored: eachOnce(ignore), inProgress: inProgress), keepsParts: !quiet)
    if quiet { return CommandOutcome(Page(), status: differences.count > 0 ? 1 : 0) }
    if json { return CommandOutcome(data: differences.json) }
    if let habit { return CommandOutcome(try differences.page(ofHabit: habit)) }
    let isChosen = !self.documents.isEmpty || !label.isEmpty || !kind.isEmpty || !attribute.isEmpty || lanes
    return full || isChosen || place.document != nil
      ? CommandOutcome(differences.page(lanes: lanes ? place.width : nil, colour: place.isColoured))
      : CommandOutcome(differences.summaryPage(width: place.width))
  }
}

extension Disagreement.Kind: ExpressibleByArgument {}
