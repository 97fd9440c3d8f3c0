public import ArgumentParser
public import Storage

/// The arguments of `compare`, in the shell and at the prompt.
public struct CompareArguments: ParsableArguments {
  @Argument(help: "Documents; all where none is named.")
  var documents: [String] = []

  @Option(help: "Annotators, with commas between; all but gold where none is named.")
  var annotators: [String] = []

  @Option(help: "A label; may be given several times. All labels where none is named.")
  var label: [String] = []

  @Option(
    help:
      "What differs: \(Complaint.list(Disagreement.Kind.allCases.map(\.rawValue), "or")); may be given several times.")
  var kind: [String] = []

  @Flag(help: "Counts files that are not done, as far as their annotator has read.")
  var inProgress = false

  @Flag(help: "Shows the sentences with a lane for each annotator.")
  var lanes = false

  @Flag(help: "JSON for programs.")
  var json = false

  @Flag(help: "Shows nothing; status 1 where there is a disagreement.")
  var quiet = false

  public init() {}

  static func read(_ words: String) throws(Complaint) -> CompareArguments { try parsed(words) }

  /// - Parameters:
  ///   - width: columns for lanes.
  ///   - document: the one that is meant where none is named; nil for all.
  public func outcome(
    in workspace: Workspace, width: Int, colour: Bool, document: String? = nil
  ) throws(Complaint) -> Outcome {
    try Comparison.checkSeen(documents.isEmpty ? document.map { [$0] } ?? [] : documents, in: workspace)
    let report = try DisagreementReport(
      in: workspace,
      DisagreementReport.Choice(
        documents: documents.isEmpty ? document.map { [$0] } ?? [] : documents,
        annotators: try commaSeparated(annotators, "annotator"), labels: label, kinds: try choices(kind, "kind"),
        inProgress: inProgress))
    guard report.choice.annotators.count != 1 else {
      throw Complaint("One annotator cannot be compared.", "Name two or more: --annotators dana,eli.")
    }
    let status: Int32 = quiet && report.count > 0 ? 1 : 0
    if quiet { return Outcome(Page(), status: status) }
    return Outcome(
      report.page(lanes: lanes ? width : nil, colour: colour), data: json ? report.json : nil, status: status)
  }
}
