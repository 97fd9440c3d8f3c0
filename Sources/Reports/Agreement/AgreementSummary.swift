import Agreement
package import Comparison
package import Pages

/// The first page of agreement, which fits a screen: the figures of each label, what most is lost by, and what to do next.
extension AgreementFigures {
  /// - Parameters:
  ///   - differences: between the same annotators of the same documents; nil where spans are not at hand.
  ///   - width: of the terminal, in columns.
  package func summaryPage(_ differences: Differences?, width: Int) -> Page {
    guard study.documentCount > 0, study.annotators.count > 1 else {
      return NothingToCompare(annotators: study.annotators, omissions: study.omissions).page.laidOut(width: width)
    }
    var page = ScreenPage()
    page.append(
      Page.Line(
        "Agreement of \(Complaint.list(study.people)) on \(counted(study.documentCount, "document"))", style: .bold),
      rank: 0)
    if !chosenSettings.isEmpty { page.append(Page.Line(chosenSettings.joined(separator: " "), style: .dim), rank: 5) }
    for warning in leftOut + warnings where warning != patchyIntervals {
      page.append(Page.Line(warning), rank: offScale.contains(warning) ? 1 : 4)
    }
    page.append(Page(""), rank: 6)
    let (table, notes) = table
    for line in table { page.append(line, rank: 0) }
    let unused = study.labels.filter { spans(of: $0) == 0 }
    if !unused.isEmpty {
      page.append(Page.Line("Nobody has marked a \(Complaint.list(unused, "or")).", style: .dim), rank: 1)
    }
    for note in notes { page.append(Page.Line(note, style: .dim), rank: 1) }
    if study.people.count > 2 { page.append(Page.Line("F1: the counts of all pairs together.", style: .dim), rank: 5) }
    page.append(carried, rank: 2)
    page.append(Page(""), rank: 6)
    for line in advice(differences) { page.append(line, rank: 0) }
    page.append(Page.Line("“agree --full” shows every measure; --json and --csv write them.", style: .dim), rank: 1)
    return page.page(width: width)
  }

  /// What does not count, in a sentence for each annotator and reason.
  private var leftOut: [String] {
    study.omissions.sentences
      + study.omitted.map { "Left out: \($0.annotator) on \(counted($0.count, "document")), \($0.reason)." }
  }

  // MARK: the table

  /// The most labels that the page has room for.
  private static let mostLabels = 8
  /// The columns of a label, of a value and of a bar.
  private static let (labelColumns, valueColumns, barColumns) = (12, 4, 4)

  /// The measures of the first page, with their headings.
  private var columns: [(name: String, measure: MeasureName, unit: String)] {
    let unit = influenceUnit ?? "word"
    return [
      ("α by \(unit)", .krippendorffAlpha, unit), ("F1 exact", .spanF1ExactPooled, "span"),
      ("F1 overlap", .spanF1OverlapPooled, "span"),
    ]
  }

  /// The header, the row of all labels and one for each label; and the reasons of what is undefined.
  private var table: (lines: [Page.Line], notes: [String]) {
    var notes: [String] = []
    let columns = columns
    // With more than two people, a span counts in each of their pairs.
    var rows = [
      ["", study.people.count > 2 ? "in pairs" : "spans"]
        + columns.map { String(repeating: " ", count: Self.valueColumns + 1) + $0.name }
    ]
    let labels = study.labels.filter { spans(of: $0) > 0 }.sorted { spans(of: $0) > spans(of: $1) }
    for label in [nil] + labels.prefix(Self.mostLabels).map(Optional.some) {
      var row = [shortened(label ?? "all labels"), "\(spans(of: label))"]
      for column in columns { row.append(cell(figure(column.measure, column.unit, label), &notes)) }
      rows.append(row)
    }
    let lines = TextTable.lines(rows, leftmost: [0, 2, 3, 4]).enumerated().map { index, text in
      Page.Line([Page.Run(text, index == 0 ? .bold : .plain)], isFixed: true)
    }
    if labels.count > Self.mostLabels {
      notes.insert("\(counted(labels.count - Self.mostLabels, "more label")) with fewer spans: see --full.", at: 0)
    }
    return (lines, notes)
  }

  private func spans(of label: String?) -> Int { figure(.spanF1ExactPooled, "span", label)?.items ?? 0 }

  private func shortened(_ label: String) -> String {
    label.count <= Self.labelColumns ? label : label.prefix(Self.labelColumns - 1) + "…"
  }

  /// A value with its bar and interval, or a dash with the reason among the notes.
  private func cell(_ figure: Figure?, _ notes: inout [String]) -> String {
    func padded(_ text: String) -> String {
      String(repeating: " ", count: max(0, Self.valueColumns - text.count)) + text
    }
    guard let figure else { return "" }
    guard let value = figure.value else {
      let note = "–: undefined, \(sharedReason(figure) ?? "")."
      if !notes.contains(note) { notes.append(note) }
      return padded("–")
    }
    let eighths = Int((min(max(value, 0), 1) * Double(8 * Self.barColumns)).rounded())
    let rest = eighths % 8 == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1])
    let bar = String(repeating: "█", count: eighths / 8) + rest
    let blank = String(repeating: " ", count: Self.barColumns - bar.count)
    let bounds = figure.bounds.map { "\(Self.brief($0.low))–\(Self.brief($0.high))" } ?? ""
    return "\(padded(Self.brief(value))) \(bar)\(blank) \(bounds)"
  }

  /// A share with two decimals and without its zero: “.93”, “1.0”.
  private static func brief(_ value: Double) -> String {
    let text = Decimals.rounded(value, places: 2)
    if text == "1.00" { return "1.0" }
    return text.hasPrefix("0.") ? String(text.dropFirst()) : text.hasPrefix("-0.") ? "-" + text.dropFirst(2) : text
  }

  /// Agreement on what spans carry, in a line: relations and attributes that anybody has used.
  private var carried: Page {
    func said(_ unit: String, _ measure: MeasureName, _ names: [String]) -> String? {
      guard let all = figure(measure, unit), let value = all.value else { return nil }
      let each = names.compactMap { name in
        figure(measure, unit, name)?.value.map { "\(name) \(Self.brief($0))\(groups(name, $0))" }
      }
      let bounds = all.bounds.map { " [\(Self.brief($0.low)), \(Self.brief($0.high))]" } ?? ""
      return "\(Self.brief(value))\(bounds)" + (each.count > 1 ? " (\(each.joined(separator: ", ")))" : "")
    }
    var lines: [String] = []
    if let relations = said("relation", .relationF1Pooled, study.relationTypes) {
      lines.append("relations: F1 \(relations)")
    }
    if let attributes = said("attribute", .attributeAgreementPooled, study.attributes) {
      lines.append("attributes: the same value on \(attributes) of aligned spans")
    }
    return Page(lines.map { Page.Line($0, indent: 2) })
  }

  /// Where two people used other values for the same groups of spans: how alike the groups are.
  private func groups(_ attribute: String, _ agreement: Double) -> String {
    guard let alike = figure(.adjustedRand, "attribute", attribute)?.value, alike > agreement + 0.2 else { return "" }
    return ", as groups \(Self.brief(alike))"
  }

  // MARK: advice

  /// What most is lost by, which document or person lowers agreement, and what to type next.
  private func advice(_ differences: Differences?) -> [Page.Line] {
    if let differences, differences.count == 0 { return [Page.Line("Nothing is lost: the annotations are equal.")] }
    var (sentences, next): ([String], String) = ([], "“\(compare)” shows where.")
    if let (sentence, command) = differences.flatMap(kindOfLoss) {
      sentences.append(sentence)
      next = "“\(command)” shows where."
    } else if differences == nil, study.labels.count > 1, let source = sources.first {
      sentences.append(
        "The greatest loss: \(Complaint.list([source.first, source.second].map(Self.said), "or")) on the same words, "
          + "\(Decimals.rounded(source.share * 100, places: 0)) % of all disagreement about words.")
    }
    if let habit = differences?.habits.first {
      sentences.append("What repeats: \(habit.sentence)\(gain(from: differences?.exactF1, to: habit.settled)).")
      next = next.replacing(" shows where.", with: " shows where; “\(compare) --habit 1” shows what repeats.")
    }
    if let influence = influenceSentence { sentences.append(influence) }
    return (sentences + ["Next: \(next)"]).map { Page.Line($0, indent: 2) }
  }

  /// The command that compares the same documents, people and labels.
  private var compare: String {
    let asked = study.choice
    let annotators = asked.annotators.isEmpty ? [] : ["--annotators", asked.annotators.joined(separator: ",")]
    let labels = asked.labels.flatMap { ["--label", $0] }
    return (["gainsay compare"] + asked.documents + annotators + labels + (asked.inProgress ? ["--in-progress"] : []))
      .joined(separator: " ")
  }

  private static func said(_ labels: [String]) -> String {
    labels.isEmpty ? "nothing" : labels.joined(separator: " + ")
  }

  /// The kind of disagreement by which most is lost, and the command that lists it.
  private func kindOfLoss(_ differences: Differences) -> (sentence: String, command: String)? {
    guard let best = Remedy.mostRewarding(differences.parts).first else { return nil }
    let what =
      switch best.kind {
      case .missing: "\(best.label) spans left unmarked (\(missing(best.label, differences)))"
      case .boundary: "\(best.label) spans that begin or end elsewhere"
      case .label: "the labels \(best.label)"
      case .split: "\(best.label) spans that somebody split"
      case .attribute, .relation: best.label
      }
    let label = best.label.contains(" – ") ? "" : " --label \(best.label)"
    return (
      "The greatest loss: \(what), in \(counted(best.count, "place"))\(gain(from: differences.exactF1, to: best.pooled)).",
      "\(compare) --kind \(best.kind.rawValue)\(label)"
    )
  }

  /// How many spans of a label each annotator left unmarked, such as “eli 21, noor 8”.
  private func missing(_ label: String, _ differences: Differences) -> String {
    var counts: [String: Int] = [:]
    for part in differences.parts {
      for disagreement in part.all where disagreement.spans.labels.contains(label) {
        for (layer, spans) in disagreement.spans.spans.enumerated() where spans?.isEmpty == true {
          counts[part.annotators[layer], default: 0] += 1
        }
      }
    }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private func gain(from now: Double?, to settled: Double?) -> String {
    guard let now, let settled else { return "" }
    return "; settled, exact F1 would be \(Self.brief(settled)) instead of \(Self.brief(now))"
  }

  /// The document or person without whom alpha would be greatest.
  private var influenceSentence: String? {
    guard let unit = influenceUnit, let all = figure(.krippendorffAlpha, unit)?.value else { return nil }
    let found =
      [documentInfluence.first.map { ("without the document \($0.name)", $0.without) }]
      + [annotatorInfluence.first.map { ("without \($0.name)", $0.without) }]
    guard let (what, value) = found.compactMap({ $0 }).max(by: { $0.1 < $1.1 }),
      Self.brief(value) != Self.brief(all)
    else { return nil }
    return "α by \(unit) would be \(Self.brief(value)) \(what), instead of \(Self.brief(all))."
  }
}
