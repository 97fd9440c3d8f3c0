import Agreement
public import ArgumentParser
import Comparison
package import Pages
import Reports
import Standoff
import Storage

/// The options of `agree`, in the shell and at the prompt.
package struct AgreeOptions: SharedOptions {
  package static let name = "agree"

  @Argument(help: ArgumentHelp("Documents; all where none is named.", valueName: "document"))
  package var documents: [String] = []

  @Option(
    help: ArgumentHelp(
      "Annotators, with commas between; all but gold where none is named. The first is the reference.",
      valueName: "annotators"))
  var annotators: [String] = []

  @Option(
    help: ArgumentHelp("A label; may be given several times. All labels where none is named.", valueName: "label"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "A measure, such as krippendorff-alpha or span-f1-exact; may be given several times.", valueName: "measure"))
  var measure: [MeasureName] = []

  @Option(
    help: ArgumentHelp("What an item is: character, word or sentence; may be given several times.", valueName: "unit"))
  var unit: [ItemKind] = []

  @Option(help: ArgumentHelp("How alpha compares sets of labels: nominal, jaccard or masi.", valueName: "distance"))
  var distance = SetDistance.nominal

  @Option(
    help: ArgumentHelp(
      "Least intersection over union of spans that overlap: any, or a share such as 0.5.", valueName: "share"))
  var overlap = "any"

  @Option(
    help: ArgumentHelp(
      "The annotator, such as gold, with whom the spans of all others are compared.", valueName: "annotator"))
  var reference: String?

  @Flag(help: "Figures of each document besides those of all together.")
  var perDocument = false

  @Flag(help: "Counts files that are not done, as far as their annotator has read.")
  var inProgress = false

  @Flag(help: "Leaves out spans that were suggested, with those that they are aligned with.")
  var withoutSuggested = false

  @Option(help: ArgumentHelp("Counts what was assigned in this round.", valueName: "number"))
  var round: Int?

  @Option(
    help: ArgumentHelp(
      "Zones that count although they are left out otherwise, with commas between: boilerplate, repeat.",
      valueName: "zones"), completion: .list(Zone.Kind.allCases.map(\.rawValue)))
  var zones: [String] = []

  @Option(
    help: ArgumentHelp("How often documents are resampled for the intervals; 0 for none.", valueName: "resamples"))
  var bootstrap = 1000

  @Option(help: ArgumentHelp("The share of resamples that an interval holds.", valueName: "share"))
  var confidence = 0.95

  @Option(help: ArgumentHelp("The seed of the resamples: the same seed, the same digits.", valueName: "number"))
  var seed = 1

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 unless a figure is at least this; may be given several times.",
      valueName: "measure[/unit[/label]]=value"))
  var atLeast: [String] = []

  @Option(help: ArgumentHelp("Gamma: the weight of places.", valueName: "weight"))
  var gammaAlpha = 1.0

  @Option(help: ArgumentHelp("Gamma: the weight of labels.", valueName: "weight"))
  var gammaBeta = 1.0

  @Option(help: ArgumentHelp("Gamma: what it costs to leave a span without a partner.", valueName: "cost"))
  var gammaDelta = 1.0

  @Option(help: ArgumentHelp("Gamma: how chance is drawn: shuffle or statistical.", valueName: "sampler"))
  var sampler = Sampler.shuffle

  @Option(help: ArgumentHelp("Gamma: how often chance is drawn for each document.", valueName: "number"))
  var samples = 30

  @Option(
    help: ArgumentHelp(
      "Gamma: draws until chance is known to this share, such as 0.01, in 95 of 100 cases.", valueName: "share"))
  var precision: Double?

  @Option(
    help: ArgumentHelp("What alphas of labels take of a span for pairable: pairwise or union.", valueName: "length"))
  var cu = UnitizingAlpha.Pairable.pairwise

  @Option(
    help: ArgumentHelp(
      "Where one annotator's spans of different labels overlap, alphas of all labels: layers, or refuse.",
      valueName: "way"))
  var overlapping = Overlapping.layers

  @Option(
    help: ArgumentHelp("Gamma: a document whose best alignment is shown with what it costs.", valueName: "document"))
  var explain: String?

  @Flag(help: "JSON for programs.")
  var json = false

  @Flag(help: "Comma-separated values, one row a figure.")
  var csv = false

  package init() {}

  /// Reads the files, computes the figures, and says whether they reach what was asked for.
  package func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome {
    try DocumentChoice.checkSeen(documents, in: place.workspace)
    let named = eachOnce(measure)
    let thresholds = try atLeast.map(Threshold.init)
    var reported = try reported(named)
    let study = try AgreementStudy(in: place.workspace, try compared(named))
    try check(study, reported)
    reported.gamma.dissimilarity = Dissimilarity(
      alpha: gammaAlpha, beta: gammaBeta, deltaEmpty: gammaDelta, categorical: study.categorical)
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

  /// What is to be compared.
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

  /// Which figures there are to be.
  private func reported(_ named: [MeasureName]) throws(Complaint) -> AgreementFigures.Request {
    guard !(json && csv) else { throw Complaint("Either --json or --csv: not both.") }
    let seed = try checked(seed: seed)
    let resampling = try resampling(bootstrap, confidence: confidence, seed: seed)
    guard explain == nil || named.contains(where: \.isGamma) else {
      throw Complaint("--explain shows what gamma aligns.", "Add --measure gamma.")
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
      throw Complaint("--precision takes a share from 0.0001 to 0.5, such as 0.01, not \(precision).")
    }
    var setting = GammaSetting()
    setting.drawing.sampler = sampler == .shuffle ? .shuffle(.mean) : .statistical
    setting.drawing.samples = precision == nil ? samples : max(2, samples)
    setting.drawing.precision = precision
    setting.drawing.seed = seed
    return setting
  }

  /// Whether the documents are such as were asked for.
  private func check(_ study: AgreementStudy, _ choice: AgreementFigures.Request) throws(Complaint) {
    if overlapping == .refuse, let (annotator, document) = study.overlapping {
      throw Complaint(
        "Spans of \(annotator) with different labels overlap in \(document).",
        "Without “--overlapping refuse” each label is taken as a layer of its own; --label narrows the labels.",
        culprit: document)
    }
    if let explain, !study.documents.contains(explain) {
      throw Complaint(
        "“\(explain)” is none of the documents that are compared.",
        "One of \(Complaint.list(study.documents.prefix(8).map { $0 }, "or")).", culprit: explain)
    }
    if choice.measures.contains(where: \.isGamma), study.annotators.count > 12 {
      throw Complaint(
        "Gamma of \(study.annotators.count) annotators is too much to align exactly.",
        "Name up to 12 of them with --annotators.")
    }
  }
}

extension MeasureName: ExpressibleByArgument {}
extension ItemKind: ExpressibleByArgument {}
extension SetDistance: ExpressibleByArgument {}
extension UnitizingAlpha.Pairable: ExpressibleByArgument {}
