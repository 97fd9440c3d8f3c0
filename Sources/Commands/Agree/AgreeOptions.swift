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

  @Option(
    help: ArgumentHelp(
      "Annotators to compare, separated by commas. Default: all but gold.",
      valueName: "annotators"))
  var annotators: [String] = []

  @Option(
    help: ArgumentHelp("Count only spans with this label; repeatable. Default: all labels.", valueName: "label"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "Compute this measure, such as krippendorff-alpha; repeatable. Default: all but gamma.", valueName: "measure"))
  var measure: [MeasureName] = []

  @Option(
    help: ArgumentHelp(
      "Compare item by item: per character, word or sentence; repeatable. Default: all three.", valueName: "unit"))
  var unit: [ItemKind] = []

  @Option(help: ArgumentHelp("Alpha: distance between sets of labels.", valueName: "distance"))
  var distance = SetDistance.nominal

  @Option(
    help: ArgumentHelp(
      "How far spans must overlap to match, as intersection over union: any, or a share such as 0.5.",
      valueName: "share"))
  var overlap = "any"

  @Option(
    help: ArgumentHelp(
      "Compare each annotator's spans with this one's, such as gold. Default: every pair.", valueName: "annotator"))
  var reference: String?

  @Flag(help: "Also show figures for each document.")
  var perDocument = false

  @Flag(help: "Include unfinished files, as far as their annotator has read.")
  var inProgress = false

  @Flag(help: "Ignore spans accepted from suggestions, and the other annotators' spans aligned with them.")
  var withoutSuggested = false

  @Option(help: ArgumentHelp("Count only what was assigned in this round.", valueName: "number"))
  var round: Int?

  @Option(
    help: ArgumentHelp(
      "Count spans in parts that are skipped otherwise: boilerplate (menus, notices), repeat (repeated text).",
      valueName: "zones"), completion: .list(Zone.Kind.allCases.map(\.rawValue)))
  var zones: [String] = []

  @Option(
    help: ArgumentHelp("Resample documents this often for the intervals; 0 turns them off.", valueName: "resamples"))
  var bootstrap = 1000

  @Option(help: ArgumentHelp("Confidence level of the intervals, from 0.5 to below 1.", valueName: "level"))
  var confidence = 0.95

  @Option(help: ArgumentHelp("Seed for random draws; the same seed gives the same digits.", valueName: "number"))
  var seed = 1

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 unless this figure is at least the value; repeatable.",
      valueName: "measure[/unit[/label]]=value"))
  var atLeast: [String] = []

  @Option(help: ArgumentHelp("Gamma: weight of differing positions.", valueName: "weight"))
  var gammaAlpha = 1.0

  @Option(help: ArgumentHelp("Gamma: weight of differing labels.", valueName: "weight"))
  var gammaBeta = 1.0

  @Option(help: ArgumentHelp("Gamma: cost of leaving a span unaligned.", valueName: "cost"))
  var gammaDelta = 1.0

  @Option(help: ArgumentHelp("Gamma: how to draw chance annotations.", valueName: "sampler"))
  var sampler = Sampler.shuffle

  @Option(help: ArgumentHelp("Gamma: draw chance this often for each document.", valueName: "number"))
  var samples = 30

  @Option(
    help: ArgumentHelp(
      "Gamma: sample until chance is known to within this fraction (95 % confidence), such as 0.01.",
      valueName: "fraction"))
  var precision: Double?

  @Option(
    help: ArgumentHelp(
      "Gamma: stop where it is proved to within this, such as 0.001, and say what is proved.", valueName: "gap"))
  var gap: Double?

  @Option(
    help: ArgumentHelp(
      "Gamma: stop after this long and say what is proved. The digits then depend on the machine.", valueName: "seconds"
    ))
  var timeLimit: Double?

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

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Write CSV, one row per figure.")
  var csv = false

  package init() {}

  /// Reads the files, computes the figures and checks them against the thresholds of `--at-least`.
  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    try DocumentChoice.checkSeen(documents, in: place.workspace)
    let named = eachOnce(measure)
    let thresholds = try atLeast.map(Threshold.init)
    var reported = try reported(named)
    let study = try AgreementStudy(in: place.workspace, try compared(named))
    try check(study, reported)
    reported.gamma.dissimilarity = Dissimilarity(
      alpha: gammaAlpha, beta: gammaBeta, deltaEmpty: gammaDelta, categorical: study.categorical)
    reported.gamma.drawing.progress = place.aligned
    let report = AgreementFigures(study, reported)
    var outcome =
      json
      ? CommandOutcome(data: report.json) : csv ? CommandOutcome(data: report.csv) : CommandOutcome(report.page(named))
    for threshold in thresholds {
      for line in try threshold.shortfalls(report) {
        outcome.status = 1
        outcome.notes.append(line)
      }
    }
    return outcome
  }

  /// The comparison that the options ask for.
  private func compared(_ named: [MeasureName]) throws(Complaint) -> AgreementStudy.Request {
    let share = overlap == "any" ? 0 : Double(overlap) ?? -1
    guard (0...1).contains(share) else {
      throw Complaint("--overlap takes “any” or a number from 0 to 1, not “\(overlap)”.", culprit: overlap)
    }
    let units = eachOnce(unit)
    let hasItems = named.isEmpty || named.contains(where: \.isOfItems)
    return AgreementStudy.Request(
      documents: documents, annotators: try commaSeparated(annotators, "annotator"), labels: label,
      units: !hasItems ? [] : units.isEmpty ? ItemKind.allCases : units,
      hasPairs: named.isEmpty || named.contains { !$0.isOfItems && !$0.isOfContinuum },
      hasContinua: named.isEmpty || named.contains(where: \.isOfContinuum), reference: reference, overlap: share,
      inProgress: inProgress, zones: try zoneKinds(zones), round: round,
      withoutSuggested: withoutSuggested)
  }

  /// The figures that the options ask for.
  private func reported(_ named: [MeasureName]) throws(Complaint) -> AgreementFigures.Request {
    guard !(json && csv) else { throw Complaint("Choose --json or --csv, not both.") }
    let seed = try checked(seed: seed)
    let resampling = try resampling(bootstrap, confidence: confidence, seed: seed)
    guard gap == nil && timeLimit == nil || named.contains(where: \.isGamma) else {
      throw Complaint("--gap and --time-limit need gamma, which they stop.", "Add --measure gamma.")
    }
    guard explain == nil || named.contains(where: \.isGamma) else {
      throw Complaint("--explain needs gamma, whose alignment it shows.", "Add --measure gamma.")
    }
    return AgreementFigures.Request(
      measures: Set(named.isEmpty ? MeasureName.allCases.filter { !$0.isGamma } : named), distance: distance,
      pairable: cu, gamma: try gammaSetting(seed), explained: explain, perDocument: perDocument,
      bootstrap: resampling)
  }

  enum Sampler: String, CaseIterable, ExpressibleByArgument { case shuffle, statistical }

  enum Overlapping: String, CaseIterable, ExpressibleByArgument { case layers, refuse }

  private func gammaSetting(_ seed: UInt64) throws(Complaint) -> GammaSetting {
    for (name, value, least) in [("alpha", gammaAlpha, 0.001), ("beta", gammaBeta, 0), ("delta", gammaDelta, 0.001)] {
      guard (least...1000).contains(value) else {
        throw Complaint(
          "--gamma-\(name) takes a number from \(least == 0 ? "0" : "0.001") to 1000, not \(value).",
          culprit: String(value))
      }
    }
    guard (1...GammaTally.mostSamples).contains(samples) else {
      throw Complaint(
        "--samples takes a number from 1 to \(GammaTally.mostSamples), not \(samples).", culprit: String(samples))
    }
    if let precision, !(0.0001...0.5).contains(precision) {
      throw Complaint("--precision takes a fraction from 0.0001 to 0.5, such as 0.01, not \(precision).")
    }
    var setting = GammaSetting()
    setting.drawing.sampler = sampler == .shuffle ? .shuffle(.mean) : .statistical
    setting.drawing.samples = precision == nil ? samples : max(2, samples)
    setting.drawing.precision = precision
    setting.drawing.seed = seed
    if let gap, !(0...0.5).contains(gap) {
      throw Complaint("--gap takes a number from 0 to 0.5, such as 0.001, not \(gap).", culprit: String(gap))
    }
    if let timeLimit, !(0.1...1_000_000).contains(timeLimit) {
      throw Complaint(
        "--time-limit takes seconds, from 0.1 to 1000000, not \(timeLimit).", culprit: String(timeLimit))
    }
    // Observed and chance alignments may each leave half of it open.
    setting.drawing.limit = SearchLimit(
      gap: (gap ?? 0) / 2, deadline: timeLimit.map { ContinuousClock.now + .seconds($0) })
    return setting
  }

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
    if choice.measures.contains(where: \.isGamma), study.annotators.count > 12 {
      throw Complaint(
        "Gamma cannot align \(study.annotators.count) annotators exactly; 12 is the limit.",
        "Name up to 12 with --annotators.")
    }
  }
}

extension MeasureName: ExpressibleByArgument {}
extension ItemKind: ExpressibleByArgument {}
extension SetDistance: ExpressibleByArgument {}
extension UnitizingAlpha.Pairable: ExpressibleByArgument {}
