import Agreement
package import Comparison
package import Pages
import Standoff

/// Agreement as a page.
extension AgreementFigures {
  /// - Parameter named: the measures to show in full, with interval and bar; empty for an overview.
  package func page(_ named: [MeasureName]) -> Page {
    var page = Page()
    page.append("Agreement of \(Complaint.list(study.people)) on \(basis)", .bold)
    if !settings.isEmpty { page.append(settings.joined(separator: " ")) }
    for warning in warnings { page.append(warning) }
    for omission in study.omissions {
      page.append("Left out: \(omission.annotator) on \(omission.document), \(omission.reason).")
    }
    for (annotator, reason, count) in study.omitted {
      page.append("Left out: \(annotator) on \(counted(count, "document")), \(reason).")
    }
    var notes: [String] = []
    let scopes = figures.reduce(into: [String?]()) { if !$0.contains($1.document) { $0.append($1.document) } }
    for document in scopes {
      let here = figures.filter { $0.document == document }
      let sections = here.reduce(into: [String]()) { if !$0.contains($1.section) { $0.append($1.section) } }
      for section in sections {
        let ofUnit = here.filter { $0.section == section }
        page.lines += lists(ofUnit, document, named, &notes)
        if named.isEmpty { page.lines += table(ofUnit, &notes) }
      }
      if named.isEmpty { page.lines += pairTable(here, &notes) + eachTable(here, &notes) }
    }
    if named.isEmpty { page.lines += confusion + disagreement + influence }
    if named.contains(where: \.isUnitizingAlpha) { page.lines += coincidenceLines }
    page.lines += alignmentLines
    if !notes.isEmpty { page.append("") }
    for (index, note) in notes.enumerated() { page.append("(\(index + 1)) undefined, \(note).", indent: 4) }
    page.append("")
    if figures.contains(where: { !pairs($0).isEmpty }) {
      page.append("†: the mean over the pairs that have a value; others have none.", .dim)
    }
    for line in (choice.bootstrap == nil ? [] : [intervals]) + meaning(named) + continuumMeaning
      + (study.table == nil ? [rules] : [])
    {
      page.append(line, .dim)
    }
    return page
  }

  private var intervals: String {
    guard let bootstrap = choice.bootstrap else { return "" }
    let share = Decimals.rounded(bootstrap.confidence * 100, places: 1).replacing(".0", with: "")
    if study.isOfSums {
      return
        "[low, high] is the \(share) % percentile interval of the Poisson bootstrap (Hanley and MacGibbon 2006; "
        + "\(counted(bootstrap.resamples, "resample")) of documents, seed \(bootstrap.seed)). ~: some resamples had no value."
    }
    return
      "[low, high] is the \(share) % BCa bootstrap interval (Efron 1987; \(counted(bootstrap.resamples, "resample")) "
      + "of \(resampled), seed \(bootstrap.seed)). p: percentile interval instead. ~: some resamples had no value."
  }

  private var rules: String { "Words and sentences follow segmentation rules \(Segmentation.version)." }

  /// The measure that an overview shows for a unit.
  private static func headline(_ unit: String) -> MeasureName {
    switch unit {
    case "span": .spanF1Exact
    case "continuum": .alphaU
    case "relation": .relationF1
    case "attribute": .attributeAgreement
    default: .krippendorffAlpha
    }
  }

  // MARK: lists

  /// A list of figures with interval and bar for each measure, or for the headline measure alone.
  private func lists(
    _ figures: [Figure], _ document: String?, _ named: [MeasureName], _ notes: inout [String]
  ) -> [Page.Line] {
    let unit = figures[0].section
    let present = figures.reduce(into: [MeasureName]()) { if !$0.contains($1.measure) { $0.append($1.measure) } }
    var lines: [Page.Line] = []
    for measure in named.isEmpty ? [Self.headline(unit)] : present where present.contains(measure) {
      let shown = figures.filter { $0.measure == measure && (!named.isEmpty || $0.key.annotators == nil) }
      guard !shown.isEmpty else { continue }
      let title = "\(Self.title(unit)) · \(measure.heading)\(document.map { " · \($0)" } ?? "")"
      var rows = [[title, "n", "value", choice.bootstrap == nil ? "" : "interval", ""]]
      for figure in shown { rows.append(row(figure, &notes)) }
      lines.append(Page.Line([]))
      for (index, text) in TextTable.lines(rows, leftmost: [0, 4]).enumerated() {
        let isPair = index > 0 && shown[index - 1].key.annotators != nil
        lines.append(Page.Line(text, style: index == 0 ? .bold : isPair ? .dim : .plain))
      }
    }
    return lines
  }

  private static func title(_ unit: String) -> String {
    switch unit {
    case "span": "spans"
    case "continuum": "continuum"
    case "relation": "relations"
    case "attribute": "attributes"
    case "document": "attributes of documents"
    case "item": "items"
    default: "by \(unit)"
    }
  }

  private func row(_ figure: Figure, _ notes: inout [String]) -> [String] {
    let all =
      switch figure.key.unit {
      case "relation": "all types"
      case "attribute": "all"
      case "item": "all codes"
      default: "all labels"
      }
    var name = figure.key.annotators.map { "  \($0.joined(separator: " – "))" } ?? figure.key.label ?? all
    if figure.key.annotators?.count == 1, !figure.measure.isCompetence { name += " – the others" }
    // Without a row for the mean, nothing above gives the label.
    let hasMean = !figure.measure.isCompetence && (!figure.measure.isOneSided || study.choice.reference != nil)
    if figure.key.annotators != nil, !hasMean, study.table == nil {
      name += " · \(figure.key.label ?? all)"
    }
    if let overlap = figure.key.overlap { name += " · \(Self.least(overlap))" }
    guard let value = figure.value else { return [name, n(figure), Self.mark(sharedReason(figure), &notes), "", ""] }
    var interval = ""
    if let bounds = figure.bounds {
      interval = "[\(Decimals.rounded(bounds.low, places: 2)), \(Decimals.rounded(bounds.high, places: 2))]"
      interval += bounds.method == .percentile && !study.isOfSums ? "p" : bounds.undefinedResamples > 0 ? "" : " "
      if bounds.undefinedResamples > 0 { interval += "~" }
    }
    return [
      name, n(figure), Decimals.rounded(value) + pairs(figure), interval,
      Self.bar(value) + sampling(figure) + significance(figure),
    ]
  }

  /// The estimate of chance with its standard error, for measures that sample it.
  private func sampling(_ figure: Figure) -> String {
    guard let expected = figure.coefficient?.expected, let sampling = figure.coefficient?.sampling else { return "" }
    let error = sampling.standardError.map { " ± \(Decimals.rounded($0, places: 4))" } ?? ""
    return "  chance \(Decimals.rounded(expected))\(error)\(proved(figure))"
  }

  /// The standard error and p, where a formula gives them.
  private func significance(_ figure: Figure) -> String {
    guard let found = figure.significance else { return "" }
    let p = found.p < 0.0001 ? "p < 0.0001" : "p \(Decimals.rounded(found.p, places: 4))"
    return "  SE \(Decimals.rounded(found.standardError)), \(p)"
  }

  /// Between which values a figure is proved to be, where a limit stopped the search.
  private func proved(_ figure: Figure) -> String {
    guard let proved = figure.coefficient?.proved else { return "" }
    let high = Decimals.rounded(proved.upperBound, places: 4)
    return proved.lowerBound.isFinite
      ? "  proved: between \(Decimals.rounded(proved.lowerBound, places: 4)) and \(high)" : "  proved: at most \(high)"
  }

  /// A mark if pairs without a value are left out of a mean.
  private func pairs(_ figure: Figure) -> String { figure.coefficient?.pairs?.undefined ?? 0 > 0 ? "†" : "" }

  private func n(_ figure: Figure) -> String { "\(figure.items)\(figure.items < Self.fewItems ? "*" : "")" }

  /// A bar of 20 columns for 1, in steps of an eighth of a column.
  private static func bar(_ value: Double) -> String {
    let eighths = Int((min(max(value, 0), 1) * 160).rounded())
    let rest = eighths % 8 == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1])
    return String(repeating: "█", count: eighths / 8) + rest
  }

  private static func mark(_ reason: String?, _ notes: inout [String]) -> String {
    let reason = reason ?? ""
    if !notes.contains(reason) { notes.append(reason) }
    return "undef (\((notes.firstIndex(of: reason) ?? 0) + 1))"
  }

  // MARK: tables

  /// The other measures of a unit: a row for each label, a column for each measure.
  private func table(_ figures: [Figure], _ notes: inout [String]) -> [Page.Line] {
    let others = figures.filter { $0.key.annotators == nil && $0.measure != Self.headline($0.section) }
    func grid(_ title: String, _ figures: [Figure]) -> [Page.Line] {
      self.grid(figures.map { ($0.key.label ?? "all", $0) }, title, &notes)
    }
    let ofPairs = others.filter { !$0.measure.isPooled && $0.key.overlap == nil }
    var lines = grid("", ofPairs.filter { !$0.measure.isWeighted && !$0.measure.isOfGroups })
    lines += grid("weighted by the scale", ofPairs.filter(\.measure.isWeighted))
    lines += grid("who gave the same value to the same spans", ofPairs.filter(\.measure.isOfGroups))
    lines += overlaps(others.filter { !$0.measure.isPooled && $0.key.overlap != nil }, "", &notes)
    // The mean over a single pair is its pooled figure.
    guard study.annotators.count > 2 else { return lines }
    return lines + grid("pairs together", others.filter { $0.measure.isPooled && $0.key.overlap == nil })
      + overlaps(others.filter { $0.measure.isPooled && $0.key.overlap != nil }, ", pairs together", &notes)
  }

  private static func least(_ overlap: Double) -> String {
    overlap > 0 ? "from \(Decimals.plain(overlap))" : "any"
  }

  /// F1 of overlapping spans for each label, with a column for each least intersection over union.
  private func overlaps(_ figures: [Figure], _ which: String, _ notes: inout [String]) -> [Page.Line] {
    let shown = figures.filter { $0.measure.perPair == .spanF1Overlap }
    guard !shown.isEmpty else { return [] }
    let shares = study.choice.overlaps
    var rows = [["F1 overlap\(which)"] + shares.map(Self.least)]
    let names = shown.reduce(into: [String?]()) { if !$0.contains($1.key.label) { $0.append($1.key.label) } }
    for name in names {
      var row = [name ?? "all"]
      for share in shares {
        row.append(cell(shown.first { $0.key.label == name && $0.key.overlap == share }, &notes))
      }
      rows.append(row)
    }
    return [Page.Line([])]
      + TextTable.lines(rows).enumerated().map { Page.Line($1, style: $0 == 0 ? .bold : .plain) }
  }

  /// A row for each pair of annotators, over all labels; a column for each pairwise measure.
  private func pairTable(_ figures: [Figure], _ notes: inout [String]) -> [Page.Line] {
    let shown: [(MeasureName, String)] = [
      (.cohenKappa, "word"), (.cohenKappa, "item"), (.weightedCohenKappa, "item"), (.spanF1Exact, "span"),
      (.spanF1Partial, "span"), (.spanF1Overlap, "span"),
    ]
    let ofPairs = figures.filter { figure in
      figure.key.label == nil && figure.key.annotators?.count == 2
        && shown.contains { $0.0 == figure.measure && $0.1 == figure.key.unit }
    }
    return grid(
      ofPairs.map { ($0.key.annotators?.joined(separator: " – ") ?? "", $0) },
      study.table == nil ? "pairs (κ by word)" : "pairs", &notes)
  }

  /// A row for each annotator, over all labels, with the others taken together.
  private func eachTable(_ figures: [Figure], _ notes: inout [String]) -> [Page.Line] {
    let shown = figures.filter { figure in
      figure.key.label == nil && figure.key.annotators?.count == 1 && figure.measure.isOfEach
        && ["word", "item", "span"].contains(figure.key.unit)
        && (figure.key.overlap == nil || figure.key.overlap == study.choice.overlaps.first)
    }
    return grid(
      shown.map { ($0.key.annotators?.first ?? "", $0) },
      study.table == nil ? "each with the others (κ by word)" : "each with the others", &notes)
  }

  /// A table with a row for each name and a column for each measure.
  private func grid(
    _ figures: [(row: String, figure: Figure)], _ title: String, _ notes: inout [String]
  ) -> [Page.Line] {
    guard !figures.isEmpty else { return [] }
    let measures = figures.reduce(into: [MeasureName]()) {
      if !$0.contains($1.figure.measure) { $0.append($1.figure.measure) }
    }
    let names = figures.reduce(into: [String]()) { if !$0.contains($1.row) { $0.append($1.row) } }
    var rows = [[title] + measures.map(\.heading)]
    for name in names {
      let here = figures.filter { $0.row == name }.map(\.figure)
      var row = [name]
      for measure in measures { row.append(cell(here.first { $0.measure == measure }, &notes)) }
      rows.append(row)
    }
    return [Page.Line([])]
      + TextTable.lines(rows).enumerated().map { Page.Line($1, style: $0 == 0 ? .bold : .plain) }
  }

  private func cell(_ figure: Figure?, _ notes: inout [String]) -> String {
    guard let figure else { return "" }
    if let value = figure.value { return Decimals.rounded(value) + pairs(figure) }
    return Self.mark(sharedReason(figure), &notes)
  }

  // MARK: where annotators disagree

  /// The labels of overlapping spans of two annotators, as a table.
  private var confusion: [Page.Line] {
    let names = study.labels + ["nothing"]
    guard study.confusion.contains(where: { $0 > 0 }) else { return [] }
    // The order of the two annotators does not matter.
    let counts = names.indices.map { row in
      names.indices.map { column in
        let both = study.confusion[row * names.count + column]
        return row == column ? both : both + study.confusion[column * names.count + row]
      }
    }
    var rows = [["overlapping spans"] + names]
    for row in names.indices.dropLast() {
      rows.append([names[row]] + names.indices.map { counts[row][$0] == 0 ? "·" : String(counts[row][$0]) })
    }
    return [Page.Line([])]
      + TextTable.lines(rows).enumerated().map { Page.Line($1, style: $0 == 0 ? .bold : .plain) }
  }

  private var disagreement: [Page.Line] {
    let sources = sources.prefix(3)
    guard !sources.isEmpty else { return [] }
    func said(_ labels: [String]) -> String { labels.isEmpty ? "nothing" : labels.joined(separator: " + ") }
    var lines = [Page.Line([]), Page.Line("most frequent disagreements about words", style: .bold)]
    for source in sources {
      let share = Decimals.rounded(source.share * 100, places: 0)
      lines.append(Page.Line("\(said(source.first)) or \(said(source.second)): \(share) % of all", indent: 2))
      guard let example = source.example else { continue }
      let one = study.annotators[example.first]
      let other = study.annotators[example.second]
      lines.append(
        Page.Line(
          "  \(example.document): “\(example.text)” (\(one): \(said(source.first)), \(other): \(said(source.second)))",
          style: .dim, indent: 4))
    }
    return lines
  }

  private var influence: [Page.Line] {
    guard let unit = influenceUnit, let all = figure(.krippendorffAlpha, unit)?.value else { return [] }
    let found = [("without the document", documentInfluence), ("without", annotatorInfluence)]
      .flatMap { title, list in list.prefix(3).map { "\(title) \($0.name)  \(Decimals.rounded($0.without))" } }
    guard !found.isEmpty else { return [] }
    return [Page.Line([]), Page.Line("what lowers α by \(unit) most (\(Decimals.rounded(all)))", style: .bold)]
      + found.map { Page.Line($0, indent: 2) }
  }

}
