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

  @Option(
    help: ArgumentHelp(
      "How values on a scale agree: linear, quadratic or ordinal. Default: ordinal or quadratic, as the scale is.",
      valueName: "weights"))
  var weights: Weighting?

  @Flag(help: "Also show figures for each document.")
  var perDocument = false

  @Option(
    help: ArgumentHelp("Resample documents this often for the intervals; 0 turns them off.", valueName: "resamples"))
  var bootstrap = 1000

  @Option(help: ArgumentHelp("Confidence level of the intervals, from 0.5 to below 1.", valueName: "level"))
  var confidence = 0.95

  @Option(
    help: ArgumentHelp(
      "Say how many documents it would take until intervals are this narrow, such as 0.1.", valueName: "width"))
  var intervalWidth: Double?

  @Option(
    help: ArgumentHelp(
      "Test whether agreement differs from that of this round; --round names the other.", valueName: "number"))
  var againstRound: Int?

  @Option(
    help: ArgumentHelp(
      "Test whether agreement differs from that on these documents, separated by commas.", valueName: "documents"))
  var against: [String] = []

  @Flag(help: "Compare the second passes of people (assign --again) with their first.")
  var oneself = false

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
    if counting.unit.isEmpty, counting.measure.isEmpty, isTest || intervalWidth != nil { request.units = [.word] }
    request.keepsContinua = counting.named.contains(where: \.isGamma)
    if oneself { return try oneself(request, in: place) }
    if againstRound != nil || !against.isEmpty { return try difference(request, in: place) }
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
    !(full || json || csv || perDocument) && intervalWidth == nil && !counting.overlap.contains(",")
      && counting.named.isEmpty && explain == nil
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
          intervalWidth != nil
            ? report.sizesPage
            : showsSummary && study.table == nil
              ? report.summaryPage(differences, width: width) : report.page(counting.named))
    if let threshold = thresholds.first(where: \.isPooledUnasked) {
      outcome.notes.append(
        "For a label, --at-least adds up the counts of all pairs, as in \(threshold.measure.rawValue): a pair that never "
          + "used a rare label has no figure of its own.")
    }
    for name in counting.named where !report.figures.contains(where: { $0.measure == name }) {
      outcome.notes.append("There is no figure of \(name.rawValue). \(Self.need(of: name))")
    }
    for threshold in thresholds {
      for line in try threshold.shortfalls(report) {
        outcome.status = 1
        outcome.notes.append(line)
      }
    }
    return outcome
  }

  /// What a measure that has no figure needs.
  private static func need(of name: MeasureName) -> String {
    if name.isWeighted {
      return
        "It needs values on a scale: --scale ordinal or interval of a table, “scale” of an attribute in the scheme. Of "
        + "values without order, \(name == .gwetAC2 ? MeasureName.gwetAC1.rawValue : "the unweighted coefficient") says the same."
    }
    if name.isOfGroups { return "It compares the values of attributes in free words, and the scheme has none." }
    return "It needs a unit, a label or a reference that was not asked for."
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
    if let intervalWidth, !(0.001...1).contains(intervalWidth) {
      throw Complaint(
        "--interval-width takes a number from 0.001 to 1, not \(intervalWidth).", culprit: String(intervalWidth))
    }
    if intervalWidth != nil {
      guard !csv, !full, !perDocument, explain == nil else {
        throw Complaint(
          "--interval-width shows numbers of documents alone.",
          "Leave out --csv, --full, --per-document and --explain; --json has all.")
      }
      if let odd = named.first(where: { $0.isOfContinuum || $0.isCompetence }) {
        throw Complaint(
          "\(odd.rawValue) cannot be planned for: it is no sum over documents.",
          "Name measures of items, spans, relations or attributes.", culprit: odd.rawValue)
      }
    }
    let size = try intervalWidth.map { (width) throws(Complaint) in
      SampleSize(width: width, confidence: confidence, seed: try checked(seed: counting.seed))
    }
    let needed = try thresholds.filter(\.isPooledUnasked).map(\.measure)
    return AgreementFigures.Request(
      measures: Set(
        !named.isEmpty
          ? named + needed
          : size == nil && !isTest ? MeasureName.allCases.filter { !$0.isOnRequest } : MeasureName.headlines),
      distance: distance,
      pairable: cu, weighting: weights, gamma: try counting.gammaSetting(), explained: explain,
      perDocument: perDocument,
      bootstrap: resampling, sampleSize: size)
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
extension Weighting: ExpressibleByArgument {}
extension Scheme.Scale: ExpressibleByArgument {}
