import Agreement
public import ArgumentParser
public import Storage

/// The arguments of `agree`, in the shell and at the prompt.
public struct AgreeArguments: ParsableArguments {
  @Argument(help: "Documents; all where none is named.")
  var documents: [String] = []

  @Option(help: "Annotators, with commas between; all but gold where none is named. The first is the reference.")
  var annotators: [String] = []

  @Option(help: "A label; may be given several times. All labels where none is named.")
  var label: [String] = []

  @Option(help: "A measure, such as krippendorff-alpha or span-f1-exact; may be given several times.")
  var measure: [String] = []

  @Option(help: "What an item is: character, word or sentence; may be given several times.")
  var unit: [String] = []

  @Option(help: "How alpha compares sets of labels: nominal, jaccard or masi.")
  var distance = "nominal"

  @Option(help: "Least intersection over union of spans that overlap: any, or a share such as 0.5.")
  var overlap = "any"

  @Option(help: "The annotator, such as gold, with whom the spans of all others are compared.")
  var reference: String?

  @Flag(help: "Figures of each document besides those of all together.")
  var perDocument = false

  @Flag(help: "Counts files that are not done, as far as their annotator has read.")
  var inProgress = false

  @Flag(help: "Leaves out spans that were suggested, with those that they are aligned with.")
  var withoutSuggested = false

  @Option(help: "Counts what was assigned in this round.")
  var round: Int?

  @Option(help: "Zones that count although they are left out otherwise, with commas between: boilerplate, repeat.")
  var zones: [String] = []

  @Option(help: "How often documents are resampled for the intervals; 0 for none.")
  var bootstrap = 1000

  @Option(help: "The share of resamples that an interval holds.")
  var confidence = 0.95

  @Option(help: "The seed of the resamples: the same seed, the same digits.")
  var seed = 1

  @Option(
    help: ArgumentHelp(
      "Exit with status 1 unless a figure is at least this; may be given several times.",
      valueName: "measure[/unit[/label]]=value"))
  var atLeast: [String] = []

  @Option(help: "Gamma: the weight of places.")
  var gammaAlpha = 1.0

  @Option(help: "Gamma: the weight of labels.")
  var gammaBeta = 1.0

  @Option(help: "Gamma: what it costs to leave a span without a partner.")
  var gammaDelta = 1.0

  @Option(help: "Gamma: how chance is drawn: shuffle or statistical.")
  var sampler = "shuffle"

  @Option(help: "Gamma: how often chance is drawn for each document.")
  var samples = 30

  @Option(help: "Gamma: draws until chance is known to this share, such as 0.01, in 95 of 100 cases.")
  var precision: Double?

  @Option(help: "What alphas of labels take of a span for pairable: pairwise or union.")
  var cu = "pairwise"

  @Option(help: "Where one annotator's spans of different labels overlap, alphas of all labels: layers, or refuse.")
  var overlapping = "layers"

  @Option(help: "Gamma: a document whose best alignment is shown with what it costs.")
  var explain: String?

  @Flag(help: "JSON for programs.")
  var json = false

  @Flag(help: "Comma-separated values, one row a figure.")
  var csv = false

  public init() {}

  static func read(_ words: String) throws(Complaint) -> AgreeArguments { try parsed(words) }

  /// Reads the files, computes the figures, and says whether they reach what was asked for.
  public func outcome(in workspace: Workspace) throws(Complaint) -> Outcome {
    try Comparison.checkSeen(documents, in: workspace)
    let named: [Figure.Measure] = try choices(measure, "measure")
    let bars = try atLeast.map(Bar.init)
    var reported = try reported(named)
    let comparison = try Comparison(in: workspace, try compared(named))
    try check(comparison, reported)
    reported.gamma.dissimilarity = Dissimilarity(
      alpha: gammaAlpha, beta: gammaBeta, deltaEmpty: gammaDelta, categorical: comparison.categorical)
    let report = AgreementReport(comparison, reported)
    var outcome = Outcome(report.page(named), data: json ? report.json : csv ? report.csv : nil)
    for bar in bars {
      for line in try bar.shortfalls(report) {
        outcome.status = 1
        outcome.notes.append(line)
      }
    }
    return outcome
  }

  /// What is to be compared.
  private func compared(_ named: [Figure.Measure]) throws(Complaint) -> Comparison.Choice {
    let share = overlap == "any" ? 0 : Double(overlap) ?? -1
    guard (0...1).contains(share) else {
      throw Complaint("“\(overlap)” is no share of overlap.", "“any”, or a number from 0 to 1.", culprit: overlap)
    }
    let units: [ComparedDocument.Unit] = try choices(unit, "unit")
    let hasItems = named.isEmpty || named.contains(where: \.isOfItems)
    return Comparison.Choice(
      documents: documents, annotators: try commaSeparated(annotators, "annotator"), labels: label,
      units: !hasItems ? [] : units.isEmpty ? ComparedDocument.Unit.allCases : units,
      hasPairs: named.isEmpty || named.contains { !$0.isOfItems && !$0.isOfContinuum },
      hasContinua: named.isEmpty || named.contains(where: \.isOfContinuum), reference: reference, overlap: share,
      inProgress: inProgress, zones: Set(try choices(commaSeparated(zones, "zone"), "zone")), round: round,
      withoutSuggested: withoutSuggested)
  }

  /// Which figures there are to be.
  private func reported(_ named: [Figure.Measure]) throws(Complaint) -> AgreementReport.Choice {
    guard !(json && csv) else { throw Complaint("Either --json or --csv: not both.") }
    guard (0...100_000).contains(bootstrap) else {
      throw Complaint("“\(bootstrap)” resamples.", "A number from 0 to 100000.", culprit: String(bootstrap))
    }
    guard confidence >= 0.5, confidence < 1 else {
      throw Complaint("A confidence of \(confidence).", "A number from 0.5 to less than 1, such as 0.95.")
    }
    // Less than one resample beyond either bound, and there is no telling where they are.
    guard bootstrap == 0 || Double(bootstrap) * (1 - confidence) >= 2 else {
      throw Complaint(
        "\(counted(bootstrap, "resample")) cannot show a confidence of \(confidence).",
        "--bootstrap \(Int(min(100_000, (2 / (1 - confidence)).rounded(.up)))), or a lesser confidence.")
    }
    guard let seed = UInt64(exactly: seed) else {
      throw Complaint("A seed of \(seed).", "A whole number from 0 on.", culprit: String(seed))
    }
    let distances: [Comparison.Distance] = try choices([distance], "distance")
    let pairable: [UnitizingAlpha.Pairable] = try choices([cu], "form of pairable lengths")
    let _: [Overlapping] = try choices([overlapping], "way with overlapping spans")
    guard explain == nil || named.contains(where: \.isGamma) else {
      throw Complaint("--explain shows what gamma aligns.", "Add --measure gamma.")
    }
    return AgreementReport.Choice(
      measures: Set(named.isEmpty ? Figure.Measure.allCases.filter { !$0.isGamma } : named), distance: distances[0],
      pairable: pairable[0], gamma: try gammaSetting(seed), explained: explain, perDocument: perDocument,
      bootstrap: bootstrap == 0 ? nil : Bootstrap(resamples: bootstrap, confidence: confidence, seed: seed))
  }

  private enum Sampler: String, CaseIterable { case shuffle, statistical }

  private enum Overlapping: String, CaseIterable { case layers, refuse }

  private func gammaSetting(_ seed: UInt64) throws(Complaint) -> Comparison.GammaSetting {
    for (name, value, least) in [("alpha", gammaAlpha, 0.001), ("beta", gammaBeta, 0), ("delta", gammaDelta, 0.001)] {
      guard (least...1000).contains(value) else {
        throw Complaint(
          "A --gamma-\(name) of \(value).", "A number from \(least == 0 ? "0" : "0.001") to 1000.",
          culprit: String(value))
      }
    }
    guard (1...GammaTally.mostSamples).contains(samples) else {
      throw Complaint(
        "“\(samples)” samples.", "A number from 1 to \(GammaTally.mostSamples).", culprit: String(samples))
    }
    if let precision, !(0.0001...0.5).contains(precision) {
      throw Complaint("A precision of \(precision).", "A share from 0.0001 to 0.5, such as 0.01.")
    }
    let samplers: [Sampler] = try choices([sampler], "sampler")
    var setting = Comparison.GammaSetting()
    setting.drawing.sampler = samplers[0] == .shuffle ? .shuffle(.mean) : .statistical
    setting.drawing.samples = precision == nil ? samples : max(2, samples)
    setting.drawing.precision = precision
    setting.drawing.seed = seed
    return setting
  }

  /// Whether the documents are such as were asked for.
  private func check(_ comparison: Comparison, _ choice: AgreementReport.Choice) throws(Complaint) {
    if overlapping == Overlapping.refuse.rawValue, let (annotator, document) = comparison.overlapping {
      throw Complaint(
        "Spans of \(annotator) with different labels overlap in \(document).",
        "Without “--overlapping refuse” each label is taken as a layer of its own; --label narrows the labels.",
        culprit: document)
    }
    if let explain, !comparison.documents.contains(explain) {
      throw Complaint(
        "“\(explain)” is none of the documents that are compared.",
        "One of \(Complaint.list(comparison.documents.prefix(8).map { $0 }, "or")).", culprit: explain)
    }
    if choice.measures.contains(where: \.isGamma), comparison.annotators.count > 12 {
      throw Complaint(
        "Gamma of \(comparison.annotators.count) annotators is too much to align exactly.",
        "Name up to 12 of them with --annotators.")
    }
  }
}

/// The choices that words name, each once.
func choices<Choice: RawRepresentable & CaseIterable>(
  _ words: [String], _ noun: String
) throws(Complaint) -> [Choice] where Choice.RawValue == String {
  var found: [Choice] = []
  for word in words {
    let known = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: word) else {
      let guess = nearest(word, among: known).first.map { " Did you mean \($0)?" } ?? ""
      throw Complaint(
        "There is no \(noun) “\(word)”.\(guess)", "One of \(Complaint.list(known, "or")).", culprit: word)
    }
    if !found.contains(where: { $0.rawValue == choice.rawValue }) { found.append(choice) }
  }
  return found
}

/// Names with commas between, from one option or several.
func commaSeparated(_ options: [String], _ noun: String) throws(Complaint) -> [String] {
  let names = options.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks() } }
  if names.contains("") {
    throw Complaint("“\(options.joined(separator: " "))” names no \(noun) somewhere.", "The form is dana,eli.")
  }
  if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
    throw Complaint("“\(twice)” is named twice.", "Name each \(noun) once.", culprit: twice)
  }
  return names
}

/// A value that figures must reach: `krippendorff-alpha/word/claim=0.8`.
private struct Bar {
  let measure: String
  let unit: String?
  let label: String?
  let value: Double

  init(_ text: String) throws(Complaint) {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    let parts = sides[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard sides.count == 2, let value = Double(sides[1]), value.isFinite, (1...3).contains(parts.count),
      Figure.Measure(rawValue: parts[0]) != nil
    else {
      throw Complaint(
        "“\(text)” is no bar to reach.", "The form is krippendorff-alpha=0.8 or span-f1-exact/span/claim=0.7.",
        culprit: text)
    }
    measure = parts[0]
    unit = parts.count > 1 ? parts[1] : nil
    label = parts.count > 2 ? parts[2] : nil
    self.value = value
  }

  /// The figures of all annotators and documents together that do not reach it.
  func shortfalls(_ report: AgreementReport) throws(Complaint) -> [String] {
    let meant = report.figures.filter { figure in
      figure.measure.rawValue == measure && figure.key.label == label && figure.key.annotators == nil
        && figure.document == nil && (unit == nil || figure.key.unit == unit)
    }
    guard !meant.isEmpty else {
      throw Complaint(
        "No figure answers to \(name).",
        measure.hasPrefix("span-precision") || measure.hasPrefix("span-recall")
          ? "Of all together it exists against a --reference."
          : "It must be among the measures, units and labels that are computed.")
    }
    return meant.compactMap { figure in
      let name = [measure, figure.key.unit, label].compactMap { $0 }.joined(separator: "/")
      guard let found = figure.value else { return "\(name) is undefined, \(report.reason(figure) ?? "")." }
      return found < value ? "\(name) is \(AgreementReport.rounded(found)), below \(value)." : nil
    }
  }

  private var name: String { [measure, unit, label].compactMap { $0 }.joined(separator: "/") }
}

extension ParsableArguments {
  /// Reads a line's words as the shell would.
  static func parsed(_ words: String) throws(Complaint) -> Self {
    do { return try parse(shellWords(words)) } catch {
      let name = "\(Self.self)".replacing("Arguments", with: "").lowercased()
      guard exitCode(for: error) != .success else { throw Complaint("“help \(name)” lists the options.") }
      throw Complaint(message(for: error).replacingLineBreaks(), "“help \(name)” lists the options.")
    }
  }
}

extension String {
  fileprivate func replacingLineBreaks() -> String {
    split(whereSeparator: \.isNewline).map(String.init).joined(separator: " · ")
  }
}

/// Words of a line, with quotes as in a shell.
func shellWords(_ line: String) -> [String] {
  var words: [String] = []
  var current: String?
  var quote: Character?
  for character in line {
    if let open = quote {
      if character == open { quote = nil } else { current = (current ?? "") + String(character) }
    } else if character == "\"" || character == "'" {
      quote = character
      current = current ?? ""
    } else if character.isWhitespace {
      if let word = current { words.append(word) }
      current = nil
    } else {
      current = (current ?? "") + String(character)
    }
  }
  if let word = current { words.append(word) }
  return words
}
