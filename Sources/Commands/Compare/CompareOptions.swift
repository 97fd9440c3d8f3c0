import ArgumentParser
import Comparison
package import Pages
import Reports
import Storage

/// The options of `compare`, in the shell and at the prompt.
package struct CompareOptions: SharedOptions {
  package static let name = "compare"

  @Argument(help: ArgumentHelp("Documents; all where none is named.", valueName: "document"))
  var documents: [String] = []

  @Option(
    help: ArgumentHelp("Annotators, with commas between; all but gold where none is named.", valueName: "annotators"))
  var annotators: [String] = []

  @Option(
    help: ArgumentHelp("A label; may be given several times. All labels where none is named.", valueName: "label"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "What differs: \(Complaint.list(Disagreement.Kind.allCases.map(\.rawValue), "or")); may be given several times.",
      valueName: "kind"))
  var kind: [Disagreement.Kind] = []

  @Flag(help: "Counts files that are not done, as far as their annotator has read.")
  var inProgress = false

  @Flag(help: "Shows the sentences with a lane for each annotator.")
  var lanes = false

  @Flag(help: "JSON for programs.")
  var json = false

  @Flag(help: "Shows nothing; status 1 where there is a disagreement.")
  var quiet = false

  package init() {}

  /// The disagreements of the documents that are named; of the one that is open, else of all, where none is.
  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    let documents = documents.isEmpty ? [place.document].compactMap { $0 } : documents
    try DocumentChoice.checkSeen(documents, in: place.workspace)
    let annotators = try commaSeparated(annotators, "annotator")
    guard annotators.count != 1 else {
      throw Complaint("One annotator cannot be compared.", "Name two or more: --annotators dana,eli.")
    }
    let differences = try Differences(
      in: place.workspace,
      Differences.Request(
        documents: documents, annotators: annotators, labels: label, kinds: eachOnce(kind), inProgress: inProgress))
    if quiet { return CommandOutcome(Page(), status: differences.count > 0 ? 1 : 0) }
    return json
      ? CommandOutcome(data: differences.json)
      : CommandOutcome(differences.page(lanes: lanes ? place.width : nil, colour: place.isColoured))
  }
}

extension Disagreement.Kind: ExpressibleByArgument {}
