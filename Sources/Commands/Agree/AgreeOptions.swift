import Reports
import Agreement
public import ArgumentParser
import Comparison
package import Pages
import Standoff

/// The options of `agree`, in the shell and at the prompt.
package struct AgreeOptions: SharedOptions {
  package static let name = "agree"

  @Argument(help: ArgumentHelp("Documents to compare. Default: all.", valueName: "document"))
  package var documents: [String] = []

  @OptionGroup var counting: CountingOptions

  @Option(help: ArgumentHelp("Alpha: distance between sets of labels.", valueName: "distance"))
  var distance = SetDistance.nominal

  @Flag(help: "Also show figures for each document.")
  var perDocument = false

  @Option(
    help: ArgumentHelp("Resample documents this often for the intervals; 0 turns them off.", valueName: "resamples"))
  var bootstrap = 1000

  @Option(help: ArgumentHelp("Confidence level of the intervals, from 0.5 to below 1.", valueName: "level"))
  var confidence = 0.95

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 unless this figure is at least the value; repeatable.",
      valueName: "measure[/unit[/label]]=value"))
  var atLeast: [String] = []

  @Option(
    help: ArgumentHelp(
      "For alpha-cu and alpha-ku, how much of a span counts as pairable: pairwise (what one other annotator also marked) "
        + "or union (what anyone else marked).", valueName: "length"))
  var cu = UnitizingAlpha.Pairable.pairwise

  @Option(
    help: ArgumentHelp(
      "If one annotator's spans with different labels overlap: layers (treat each label separately) "
        + "or refuse (stop with an error).",
      valueName: "way"))
  var overlapping = Overlapping.layers

  @Option(
    help: ArgumentHelp("Gamma: show the best alignment of this document and its cost.", valueName: "document"))
  var explain: String?

  @Flag(help: "Show every measure, not a page of what matters most.")
  var full = false

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Write CSV, one row per figure.")
  var csv = false

  package init() {}

  /// Reads the files, computes the figures and checks them against the thresholds of `--at-least`.
  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    try DocumentChoice.checkSeen(documents, in: place.workspace)
    var request = try counting.request()
    request.documents = documents
    request.keepsContinua = counting.named.contains(where: \.isGamma)
    let study = try AgreementStudy(in: place.workspace, request)
    var differences: Differences?
    if showsSummary, study.documentCount > 0, study.choice.countsAllSpans {
      differences = try Differences(
        in: place.workspace,
        Differences.Request(
          documents: study.documents, annotators: study.annotators, inProgress: study.choice.inProgress))
    }
    return try outcome(of: study, reported(), differences, width: place.width, aligned: place.aligned)
  }

  /// Whether the first page is wanted: without a measure, a document or anything else that is shown in full.
  private var showsSummary: Bool {
    !(full || json || csv || perDocument) && counting.named.isEmpty && explain == nil
  }

  /// Computes the figures of a study and checks them against the thresholds of `--at-least`.
  ///
  /// - Parameters:
  ///   - differences: between the same annotators of the same documents, for the first page.
  ///   - width: of the terminal, in columns.
  ///   - aligned: told how many alignments of gamma were found, and how many are wanted.
  ///   - figures: computes the figures.
  func outcome(
    of study: AgreementStudy, _ reported: AgreementFigures.Request, _ differences: Differences? = nil, width: Int,
    aligned: @escaping @Sendable (_ found: Int, _ wanted: Int) -> Void,
    figures: (AgreementStudy, AgreementFigures.Request) -> AgreementFigures = { AgreementFigures($0, $1) }
  ) throws(Complaint) -> CommandOutcome {
    let thresholds = try thresholds
    try check(study, reported)
    var reported = reported
    if let counted = study.choice.gamma {
      reported.gamma = counted.setting
    } else {
      reported.gamma.dissimilarity = Dissimilarity(
        alpha: counting.gammaAlpha, beta: counting.gammaBeta, deltaEmpty: counting.gammaDelta)
    }
    let costs = reported.gamma.dissimilarity
    reported.gamma.dissimilarity = Dissimilarity(
      alpha: costs.alpha, beta: costs.beta, deltaEmpty: costs.deltaEmpty, categorical: study.categorical)
    reported.gamma.drawing.progress = aligned
    let report = figures(study, reported)
    var outcome =
      json
      ? CommandOutcome(data: report.json)
      : csv
        ? CommandOutcome(data: report.csv)
        : CommandOutcome(
          showsSummary ? report.summaryPage(differences, width: width) : report.page(counting.named))
    if let threshold = thresholds.first(where: \.isPooledUnasked) {
      outcome.notes.append(
        "For a label, --at-least adds up the counts of all pairs, as in \(threshold.measure.rawValue): a pair that never "
          + "used a rare label has no figure of its own.")
    }
    for threshold in thresholds {
      for line in try threshold.shortfalls(report) {
        outcome.status = 1
        outcome.notes.append(line)
      }
    }
    return outcome
  }

  /// The figures that the options ask for.
  func reported() throws(Complaint) -> AgreementFigures.Request {
    guard !(json && csv) else { throw Complaint("Choose --json or --csv, not both.") }
    let named = counting.named
    let resampling = try resampling(bootstrap, confidence: confidence, seed: checked(seed: counting.seed))
    guard counting.gap == nil && counting.timeLimit == nil || named.contains(where: \.isGamma) else {
      throw Complaint("--gap and --time-limit need gamma, which they stop.", "Add --measure gamma.")
    }
    guard explain == nil || named.contains(where: \.isGamma) else {
      throw Complaint("--explain needs gamma, whose alignment it shows.", "Add --measure gamma.")
    }
    let needed = try thresholds.filter(\.isPooledUnasked).map(\.measure)
    return AgreementFigures.Request(
      measures: Set(named.isEmpty ? MeasureName.allCases.filter { !$0.isGamma } : named + needed), distance: distance,
      pairable: cu, gamma: try counting.gammaSetting(), explained: explain, perDocument: perDocument,
      bootstrap: resampling)
  }

  private var thresholds: [Threshold] {
    get throws(Complaint) { try atLeast.map(Threshold.init) }
  }

  enum Overlapping: String, CaseIterable, ExpressibleByArgument { case layers, refuse }

  /// Throws if the documents that were read do not allow what the options ask for.
  private func check(_ study: AgreementStudy, _ choice: AgreementFigures.Request) throws(Complaint) {
    if overlapping == .refuse, let (annotator, document) = study.overlapping {
      throw Complaint(
        "Spans of \(annotator) with different labels overlap in \(document).",
        "Leave out “--overlapping refuse” to treat each label as a layer, or narrow the labels with --label.",
        culprit: document)
    }
    if let explain, !study.documents.contains(explain) {
      throw Complaint(
        "--explain takes a document that is compared; “\(explain)” is not.",
        "Choose one of \(Complaint.list(study.documents.prefix(8).map { $0 }, "or")).", culprit: explain)
    }
    if choice.measures.contains(where: \.isGamma), study.mostTogether > DocumentAlignment.mostAnnotators {
      throw DocumentAlignment.tooMany(study.mostTogether)
    }
  }
}

extension SetDistance: ExpressibleByArgument {}
extension UnitizingAlpha.Pairable: ExpressibleByArgument {}
