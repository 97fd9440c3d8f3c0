import Agreement
import ArgumentParser
import Comparison
import Pages
import Standoff

/// The options of `agree` that change what is counted of a document; `tally` has them, too.
struct CountingOptions: ParsableArguments {
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

  @Option(
    help: ArgumentHelp(
      "How far spans must overlap to match, as intersection over union: any, or a share such as 0.5; "
        + "several, separated by commas, give a row each.",
      valueName: "shares"))
  var overlap = "any"

  @Option(
    help: ArgumentHelp(
      "Compare each annotator's spans with this one's, such as gold. Default: every pair.", valueName: "annotator"))
  var reference: String?

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

  @Option(help: ArgumentHelp("Seed for random draws; the same seed gives the same digits.", valueName: "number"))
  var seed = 1

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

  enum Sampler: String, CaseIterable, ExpressibleByArgument { case shuffle, statistical }

  /// The measures that are named, each once.
  var named: [MeasureName] { eachOnce(measure) }

  /// What the options ask to count.
  ///
  /// - Parameter base: gives what they leave open.
  func request(over base: CountingRequest = CountingRequest()) throws(Complaint) -> CountingRequest {
    var shares: [Double] = []
    for part in overlap == "any" ? [] : try commaSeparated([overlap], "share") {
      let share = part == "any" ? 0 : Double(part) ?? -1
      guard (0...1).contains(share) else {
        throw Complaint("--overlap takes “any” or numbers from 0 to 1, not “\(part)”.", culprit: part)
      }
      shares.append(share)
    }
    var request = base
    let annotators = try commaSeparated(annotators, "annotator")
    if !annotators.isEmpty { request.annotators = annotators }
    if !label.isEmpty { request.labels = label }
    if !measure.isEmpty || !unit.isEmpty { select(in: &request) }
    request.reference = reference ?? base.reference
    if !shares.isEmpty { request.overlaps = shares }
    request.inProgress = inProgress || base.inProgress
    if !zones.isEmpty { request.zones = try zoneKinds(zones) }
    request.round = round ?? base.round
    request.withoutSuggested = withoutSuggested || base.withoutSuggested
    return request
  }

  /// Narrows a request to what the named measures and units need.
  func select(in request: inout CountingRequest) {
    let (named, units) = (named, eachOnce(unit))
    let hasItems = named.isEmpty || named.contains(where: \.isOfItems)
    request.units = !hasItems ? [] : units.isEmpty ? ItemKind.allCases : units
    request.hasPairs = named.isEmpty || named.contains { !$0.isOfItems && !$0.isOfContinuum }
    request.hasAttributes = hasItems && unit.isEmpty
    request.hasContinua = named.isEmpty || named.contains(where: \.isOfContinuum)
  }

  /// Whether every setting of gamma is left open.
  private var leavesGammaOpen: Bool {
    gammaAlpha == 1 && gammaBeta == 1 && gammaDelta == 1 && sampler == .shuffle && samples == 30 && seed == 1
      && gap == nil
  }

  /// Whether nothing is said of what to count.
  var areOpen: Bool {
    annotators.isEmpty && label.isEmpty && measure.isEmpty && unit.isEmpty && overlap == "any" && reference == nil
      && !inProgress && !withoutSuggested && round == nil && zones.isEmpty && leavesGammaOpen && precision == nil
      && timeLimit == nil
  }

  /// The best alignments that each document is to be counted by; nil for none.
  ///
  /// - Parameter base: gives the kinds of alignments if no measure is named, and the settings if all are left open.
  /// - Throws: if they would depend on the machine or on other documents.
  func gammaCounting(over base: GammaCounting? = nil) throws(Complaint) -> GammaCounting? {
    if timeLimit != nil {
      throw Complaint(
        "--time-limit makes digits depend on the machine, so tallies cannot be counted with it.",
        "Use --gap, which stops at the same place everywhere.")
    }
    if precision != nil {
      throw Complaint(
        "--precision needs all documents at once, so tallies cannot be counted with it.",
        "Say how many samples to draw with --samples.")
    }
    guard named.contains(where: \.isGamma) || named.isEmpty && base != nil else { return nil }
    var gamma = base ?? GammaCounting()
    if base == nil || !leavesGammaOpen {
      gamma.setting = try gammaSetting()
      gamma.setting.dissimilarity = Dissimilarity(alpha: gammaAlpha, beta: gammaBeta, deltaEmpty: gammaDelta)
    }
    if !named.isEmpty {
      gamma.isHard = named.contains { $0.isGamma && $0 != .gammaSoft }
      gamma.isSoft = named.contains(.gammaSoft)
    }
    return gamma
  }

  /// The settings for gamma.
  func gammaSetting() throws(Complaint) -> GammaSetting {
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
    setting.drawing.seed = try checked(seed: seed)
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
}

extension MeasureName: ExpressibleByArgument {}
extension ItemKind: ExpressibleByArgument {}
