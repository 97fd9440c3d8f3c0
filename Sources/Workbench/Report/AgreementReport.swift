import Agreement
import JSONText
import Standoff

/// Every figure of a comparison, as a table for people and as JSON for programs.
struct AgreementReport {
  let comparison: Comparison
  let figures: [Figure]

  /// - Parameters:
  ///   - overlap: the least intersection over union of a match; 0 for any.
  ///   - perDocument: whether each document gets its own figures besides those of all together.
  init(
    _ comparison: Comparison, measures: [Figure.Measure], units: [Comparison.Unit], overlap: Double, perDocument: Bool
  ) {
    self.comparison = comparison
    var figures: [Figure] = []
    let labels: [String?] = [nil] + comparison.labels
    for document in [nil] + (perDocument ? comparison.parts.map { $0.document.id as String? } : []) {
      for unit in units {
        for label in labels {
          let study = comparison.codingStudy(unit, label: label, document: document)
          for measure in measures where !measure.isOfSpans {
            figures += Self.figures(measure, study, unit, label, document, comparison.annotators)
          }
        }
      }
      for label in labels where measures.contains(where: \.isOfSpans) {
        let studies = Self.pairs(comparison.annotators.count).map { first, second in
          (first, second, comparison.unitizingStudy(first, second, label: label, document: document))
        }
        for measure in measures where measure.isOfSpans {
          figures += Self.figures(measure, studies, overlap, label, document, comparison.annotators)
        }
      }
    }
    self.figures = figures
  }

  private static func pairs(_ count: Int) -> [(Int, Int)] {
    (0..<count).flatMap { first in (first..<count).dropFirst().map { (first, $0) } }
  }

  private static func result(_ body: () throws(Undefined) -> Coefficient) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try body()) } catch { return .failure(error) }
  }

  private static func figures(
    _ measure: Figure.Measure, _ study: CodingStudy, _ unit: Comparison.Unit, _ label: String?, _ document: String?,
    _ annotators: [String]
  ) -> [Figure] {
    func figure(_ names: [String]?, _ items: Int, _ result: Result<Coefficient, Undefined>) -> Figure {
      Figure(
        measure: measure, unit: unit.rawValue, label: label, annotators: names, document: document, items: items,
        result: result)
    }
    let items = study.pairableItems
    switch measure {
    case .observedAgreement:
      return [figure(nil, items, result { () throws(Undefined) in try observedAgreement(study) })]
    case .fleissKappa:
      return [figure(nil, items, result { () throws(Undefined) in try fleissKappa(study) })]
    case .krippendorffAlpha:
      return [figure(nil, items, result { () throws(Undefined) in try krippendorffAlpha(study) })]
    case .cohenKappa:
      let each = pairs(annotators.count).map { first, second in
        let pair = study.pair(first, second)
        return figure(
          [annotators[first], annotators[second]], pair.pairableItems,
          result { () throws(Undefined) in try cohenKappa(pair) })
      }
      let mean = result { () throws(Undefined) in try meanCohenKappa(study) }
      return [figure(nil, each.reduce(0) { $0 + $1.items }, mean)] + each
    default:
      return []
    }
  }

  private static func figures(
    _ measure: Figure.Measure, _ studies: [(Int, Int, UnitizingStudy)], _ overlap: Double, _ label: String?,
    _ document: String?,
    _ annotators: [String]
  ) -> [Figure] {
    let isExact = [.spanF1Exact, .spanPrecisionExact, .spanRecallExact].contains(measure)
    let matching: SpanMatching = isExact ? .exact : .overlap(minimum: overlap)
    func figure(_ names: [String]?, _ items: Int, _ result: Result<Coefficient, Undefined>) -> Figure {
      Figure(
        measure: measure, unit: "span", label: label, annotators: names, document: document, items: items,
        result: result)
    }
    let each = studies.map { first, second, study in
      let counts = SpanCounts(study, matching)
      return figure(
        [annotators[first], annotators[second]], counts.reference + counts.response,
        result { () throws(Undefined) in
          switch measure {
          case .spanPrecisionExact, .spanPrecisionOverlap: return try counts.precision()
          case .spanRecallExact, .spanRecallOverlap: return try counts.recall()
          default: return try counts.f1()
          }
        })
    }
    guard measure == .spanF1Exact || measure == .spanF1Overlap else { return each }
    let mean = result { () throws(Undefined) in
      try meanSpanF1(annotators: annotators.count, matching) { first, second in
        studies.first { $0.0 == first && $0.1 == second }?.2 ?? UnitizingStudy(annotators: 2)
      }
    }
    return [figure(nil, each.reduce(0) { $0 + $1.items }, mean)] + each
  }

  // MARK: words for what is undefined

  /// “because …”, with the annotators' names.
  func reason(_ figure: Figure) -> String? {
    guard case .failure(let undefined) = figure.result else { return nil }
    return "because " + clause(undefined, figure.label)
  }

  private func clause(_ undefined: Undefined, _ label: String?) -> String {
    switch undefined {
    case .fewerThanTwoAnnotators: return "fewer than two annotators take part"
    case .noPairableItems: return "no item has values of two annotators"
    case .oneCategory:
      return label.map { "all values on “\($0)” are the same, so chance explains everything" }
        ?? "all values are the same, so chance explains everything"
    case .noSharedDocument: return "the two have no document in common"
    case .noSpans: return label.map { "no “\($0)” was marked" } ?? "no span was marked"
    case .pair(let first, let second, let reason):
      let names = "\(comparison.annotators[first]) and \(comparison.annotators[second])"
      return "it is undefined for \(names): \(clause(reason, label))"
    }
  }

  var warnings: [String] {
    var warnings: [String] = []
    if comparison.parts.isEmpty { warnings.append("No document was annotated by two annotators.") }
    if comparison.documentsLeftOut > 0 {
      let count = comparison.documentsLeftOut
      let documents = count == 1 ? "1 document has" : "\(count) documents have"
      warnings.append("\(documents) fewer than two annotators and \(count == 1 ? "is" : "are") left out.")
    }
    if comparison.pairsApart > 0 {
      warnings.append(
        "\(counted(comparison.pairsApart, "pair")) of annotators with no document in common left out of means.")
    }
    if let count = comparison.suggestedLeftOut {
      warnings.append("\(counted(count, "span")) left out that were suggested or are aligned with one that was.")
    }
    if comparison.schemeVersions.count > 1 {
      warnings.append("The files carry versions \(Complaint.list(comparison.schemeVersions)) of the scheme.")
    }
    return warnings
  }

  // MARK: for programs

  var json: [UInt8] {
    JSONWriter.document { writer in
      writer.strings("annotators", comparison.annotators)
      writer.strings("documents", comparison.parts.map(\.document.id))
      writer.array("figures", .block) { writer in
        for figure in figures { figure.write(to: &writer, undefined: reason(figure)) }
      }
      writer.object("omitted") { writer in
        writer.integer("documents", comparison.documentsLeftOut)
        writer.array("files") { writer in
          for omission in comparison.omissions {
            writer.object { writer in
              writer.string("annotator", omission.annotator)
              writer.string("document", omission.document)
              writer.string("reason", omission.reason)
            }
          }
        }
      }
      writer.integer("segmentation", Segmentation.version)
      writer.strings("warnings", warnings)
    }
  }

  // MARK: for people

  var page: Page {
    var page = Page()
    let documents = counted(comparison.parts.count, "document")
    page.append("Agreement of \(Complaint.list(comparison.annotators)) on \(documents)", .bold)
    for warning in warnings { page.append(warning) }
    for omission in comparison.omissions {
      page.append("\(omission.annotator) on \(omission.document) is left out: \(omission.reason).")
    }
    var notes: [String] = []
    let documentNames = figures.reduce(into: [String?]()) { if !$0.contains($1.document) { $0.append($1.document) } }
    for document in documentNames {
      for unit in Comparison.Unit.allCases.map(\.rawValue) + ["span"] {
        let here = figures.filter { $0.document == document && $0.unit == unit }
        page.lines += table(here, heading(unit, document), &notes)
      }
    }
    for (index, note) in notes.enumerated() { page.append("(\(index + 1)) undefined, \(note).", indent: 4) }
    page.append(
      "Values are 1 for perfect agreement; κ and α are 0 at chance. n counts \(Self.counting). Intervals are not "
        + "computed yet. Sentences and words by rules \(Segmentation.version).", .dim)
    return page
  }

  private static let counting = "pairable items, of spans those of both annotators, summed over pairs in a mean"

  private func heading(_ unit: String, _ document: String?) -> String {
    let scope = document.map { " · \($0)" } ?? ""
    return (unit == "span" ? "spans" : "by \(unit)") + scope
  }

  private static func mark(_ index: Int) -> String { "undef (\(index + 1))" }

  /// Rows of labels, and of pairs below them; a column for each measure.
  private func table(_ figures: [Figure], _ heading: String, _ notes: inout [String]) -> [Page.Line] {
    guard !figures.isEmpty else { return [] }
    let measures = figures.reduce(into: [Figure.Measure]()) { if !$0.contains($1.measure) { $0.append($1.measure) } }
    var rows: [[String]] = [[heading, "n"] + measures.map(\.heading)]
    var isPair: [Bool] = [false]
    for label in [nil] + comparison.labels.map({ $0 as String? }) {
      let here = figures.filter { $0.label == label }
      let names = here.reduce(into: [[String]?]()) { if !$0.contains($1.annotators) { $0.append($1.annotators) } }
      for annotators in names {
        let row = here.filter { $0.annotators == annotators }
        let title = annotators.map { "  \($0.joined(separator: " – "))" } ?? label ?? "all labels"
        let cells = measures.map { measure -> String in
          guard let figure = row.first(where: { $0.measure == measure }) else { return "" }
          if let value = figure.value { return Self.rounded(value) }
          let reason = reason(figure) ?? ""
          if !notes.contains(reason) { notes.append(reason) }
          return Self.mark(notes.firstIndex(of: reason) ?? 0)
        }
        rows.append([title, row.first.map { String($0.items) } ?? ""] + cells)
        isPair.append(annotators != nil)
      }
    }
    return [Page.Line([])]
      + Self.columns(rows).enumerated().map { index, text in
        Page.Line(text, style: index == 0 ? .bold : isPair[index] ? .dim : .plain)
      }
  }

  /// Three decimals, as far as they go.
  static func rounded(_ value: Double) -> String {
    let thousandths = Int((abs(value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    let sign = value < 0 && thousandths > 0 ? "-" : ""
    return "\(sign)\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }

  /// The first column to the left, the others to the right.
  static func columns(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { Columns.width($0[column]) }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, text in
        let pad = String(repeating: " ", count: widths[column] - Columns.width(text))
        return column == 0 ? text + pad : pad + text
      }.joined(separator: "  ")
    }
  }
}
