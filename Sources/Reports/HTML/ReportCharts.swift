import Agreement
import Comparison
import Pages
import Standoff

/// The figures of an HTML report, as charts and as tables.
struct ReportCharts {
  private let report: HTMLReport
  private let agreement: AgreementFigures
  private let annotators: [String]
  private let labels: [String]

  init(_ report: HTMLReport) {
    self.report = report
    agreement = report.agreement
    annotators = report.agreement.study.annotators
    labels = report.agreement.study.labels
  }

  func write(to html: inout HTMLWriter) {
    html.element("section", ["id": "agreement"]) { html in
      html.element("h2", text: "Agreement")
      guard agreement.study.documents.count > 0 else {
        html.element("p", text: "No document has two annotators who are done.")
        return
      }
      for warning in agreement.warnings { html.element("p", ["class": "dim"], text: warning) }
      habits(&html)
      coefficients(&html)
      pairs(&html)
      relationsAndAttributes(&html)
      confusion(&html)
      remedies(&html)
      perDocument(&html)
    }
  }

  private static let measures: [(measure: MeasureName, unit: String, name: String)] = [
    (.krippendorffAlpha, "word", "Krippendorff’s α over words"), (.spanF1Exact, "span", "Exact span F1"),
  ]

  // MARK: habits

  /// What repeats, with three examples of each.
  private func habits(_ html: inout HTMLWriter) {
    let differences = report.disagreements
    let (habits, now) = (differences.habits, differences.exactF1)
    guard !habits.isEmpty else { return }
    html.element("h3", text: "What repeats")
    // No list with numbers of its own: those are the numbers of sentences.
    html.element("ul", ["class": "habits"]) { html in
      for (index, habit) in habits.enumerated() {
        html.element("li") { html in
          html.text("\(index + 1). \(habit.sentence)" + differences.gain(of: habit, now))
          html.element("ul", ["class": "dim"]) { html in
            for place in habit.places.prefix(3) {
              html.element("li") { html in
                let document = differences.parts[place.document].document.id
                html.element(
                  "a", ["href": "#d-\(document)-\(differences.sentence(of: place))"],
                  text: differences.example(of: habit, place))
              }
            }
          }
        }
      }
    }
  }

  // MARK: coefficients

  private func coefficients(_ html: inout HTMLWriter) {
    let names: [String?] = [nil] + labels
    html.element("h3", text: "Coefficients per label, with intervals")
    for (index, entry) in Self.measures.enumerated() {
      let figures = names.map { agreement.figure(entry.measure, entry.unit, $0) }
      html.element("h4", text: entry.name)
      dotPlot(entry.name, zip(names, figures).map { ($0 ?? "all labels", $1) }, isOther: index > 0, &html)
    }
    let rows = names.map { label in
      [label ?? "all labels"]
        + Self.measures.flatMap { entry -> [String] in
          let figure = agreement.figure(entry.measure, entry.unit, label)
          return [cell(figure), figure.map { "\($0.items)" } ?? "–"]
        }
    }
    report.table(
      "Values with 95 % intervals. n: pairable words; for spans, the spans of both annotators, summed over pairs.",
      ["label"] + Self.measures.flatMap { [$0.name, "n"] }, rows, isOpen: false, &html)
  }

  private func cell(_ figure: Figure?) -> String {
    guard let figure else { return "–" }
    guard let value = figure.value else { return "undefined, \(agreement.reason(figure) ?? "")" }
    guard let bounds = figure.bounds else { return Decimals.rounded(value) }
    return "\(Decimals.rounded(value)) [\(Decimals.rounded(bounds.low)), "
      + "\(Decimals.rounded(bounds.high))]"
  }

  /// The value with its bounds to two decimals, or “undefined”.
  private func shortCell(_ figure: Figure?) -> String {
    guard let value = figure?.value else { return "undefined" }
    guard let bounds = figure?.bounds else { return Decimals.rounded(value) }
    return "\(Decimals.rounded(value)) [\(Decimals.rounded(bounds.low, places: 2)), "
      + "\(Decimals.rounded(bounds.high, places: 2))]"
  }

  /// A chart with a row for each label: the interval as a line, the value as a dot.
  private func dotPlot(_ name: String, _ rows: [(String, Figure?)], isOther: Bool, _ html: inout HTMLWriter) {
    let lows = rows.compactMap { $0.1?.bounds?.low ?? $0.1?.value }
    let least = min(0, lows.min() ?? 0) < 0 ? max(-1, ((lows.min() ?? 0) * 5).rounded(.down) / 5) : 0
    let (left, width, step) = (96.0, 190.0, 24.0)
    func x(_ value: Double) -> Double { left + (max(least, min(1, value)) - least) / (1 - least) * width }
    let height = Double(rows.count) * step + 30
    let said = rows.map { "\($0.0): \(cell($0.1))" }.joined(separator: "; ")
    html.element(
      "svg",
      [
        "viewBox": "0 0 420 \(Self.number(height))", "width": "630", "role": "img",
        "aria-label": "\(name). \(said)", "class": isOther ? "other" : nil,
      ]
    ) { html in
      for tick in stride(from: least, through: 1.001, by: 0.2) {
        line(&html, "axis", x(tick), 5, x(tick), height - 22)
        text(&html, x(tick), height - 6, Decimals.rounded(tick, places: 1), anchor: "middle")
      }
      for (index, (label, figure)) in rows.enumerated() {
        let y = Double(index) * step + 18
        text(&html, left - 8, y + 4, label.count > 13 ? label.prefix(12) + "…" : label, anchor: "end")
        text(&html, left + width + 12, y + 4, shortCell(figure), anchor: "start")
        guard let value = figure?.value else { continue }
        if let bounds = figure?.bounds { line(&html, "bar", x(bounds.low), y, x(bounds.high), y) }
        html.open("circle", ["class": "dot", "cx": Self.number(x(value)), "cy": Self.number(y), "r": "5"])
        html.raw("</circle>")
      }
    }
  }

  private func line(_ html: inout HTMLWriter, _ name: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    html.element(
      "line",
      [
        "class": name, "x1": Self.number(x1), "y1": Self.number(y1), "x2": Self.number(x2), "y2": Self.number(y2),
      ], text: "")
  }

  private func text(_ html: inout HTMLWriter, _ x: Double, _ y: Double, _ text: String, anchor: String) {
    html.element("text", ["x": Self.number(x), "y": Self.number(y), "text-anchor": anchor], text: text)
  }

  /// A number with one decimal, the same on every machine.
  private static func number(_ value: Double) -> String { Decimals.rounded(value, places: 1) }

  // MARK: pairs

  private func pairs(_ html: inout HTMLWriter) {
    html.element("h3", text: "Pairs of annotators")
    let caption = "Exact span F1 of each pair; the deeper the blue, the higher the agreement."
    html.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
      html.element("table") { html in
        html.element("caption", text: caption)
        html.element("tr") { html in
          html.element("td", text: "")
          for name in annotators { html.element("th", ["scope": "col"], text: name) }
        }
        for first in annotators {
          html.element("tr") { html in
            html.element("th", ["scope": "row"], text: first)
            for second in annotators { heat(first, second, &html) }
          }
        }
      }
    }
  }

  private func heat(_ first: String, _ second: String, _ html: inout HTMLWriter) {
    let figure = agreement.figures.first { figure in
      figure.document == nil && figure.measure == .spanF1Exact && figure.key.label == nil
        && figure.key.annotators.map(Set.init) == [first, second]
    }
    guard first != second, let figure else {
      return html.element("td", ["class": "heat"], text: first == second ? "" : "–")
    }
    guard let value = figure.value else {
      return html.element("td", ["class": "heat", "title": agreement.reason(figure)], text: "undefined")
    }
    // Lightness skips the middle, where neither black nor white text is readable.
    let lightness = [96, 91, 86, 80, 74, 66, 38, 33, 28, 23][max(0, min(9, Int(value * 10)))]
    html.element(
      "td",
      [
        "class": "heat",
        "style":
          "background:hsl(212 70% \(lightness)%);color:\(lightness > 50 ? "#000" : "#fff");print-color-adjust:exact",
      ], text: Decimals.rounded(value))
  }

  // MARK: relations and attributes

  private func relationsAndAttributes(_ html: inout HTMLWriter) {
    let figures = agreement.figures.filter { figure in
      figure.document == nil && figure.key.annotators == nil
        && [.relationF1, .attributeAgreement].contains(figure.measure)
    }
    guard figures.contains(where: { $0.value != nil }) else { return }
    html.element("h3", text: "Relations and attributes")
    let rows = figures.map { figure -> [String] in
      let isRelation = figure.measure == .relationF1
      let name = figure.key.label ?? (isRelation ? "all relations" : "all attributes")
      return [name, isRelation ? "F1" : "same value", cell(figure), "\(figure.items)"]
    }
    report.table(
      "Of spans that are aligned. A speaker is the span’s own, else its source’s; two aliases are one.",
      ["relation or attribute", "measure", "agreement", "n"], rows, &html)
  }

  // MARK: labels and remedies

  private func confusion(_ html: inout HTMLWriter) {
    let study = agreement.study
    let names = labels + ["nothing"]
    html.element("h3", text: "Confusion of labels")
    let rows = names.indices.map { row in
      [names[row]]
        + names.indices.map { column -> String in
          let both = study.confusion[row * names.count + column]
          let count = row == column ? both : both + study.confusion[column * names.count + row]
          return row == names.count - 1 && column == row ? "" : "\(count)"
        }
    }
    report.table("Labels of overlapping spans of two annotators, summed over pairs.", [""] + names, rows, &html)
  }

  private func remedies(_ html: inout HTMLWriter) {
    let (remedies, now) = Remedy.remedies(report.disagreements.parts)
    guard let f1 = now.f1, !remedies.isEmpty else { return }
    html.element("h3", text: "What would raise agreement most")
    let rows = remedies.filter { $0.settled ?? f1 > f1 }.map { remedy -> [String] in
      let settled = remedy.settled ?? f1
      return [
        "\(remedy.attribute ?? remedy.kind.rawValue), \(remedy.label)", "\(remedy.count)", Decimals.rounded(settled),
        "+\(Decimals.rounded(settled - f1))",
      ]
    }
    report.table(
      "Exact span F1 over all pairs is \(Decimals.rounded(f1)). Each row shows what it would become if only that "
        + "kind were resolved.", ["disagreement", "count", "F1 if resolved", "gain"], rows, &html)
    html.element(
      "p", ["class": "dim"],
      text: "Attributes and relations do not count in it: attributes differ \(counted(places(.attribute), "time")), "
        + "relations \(places(.relation)). A speaker is the span’s own, else its source’s.")
  }

  private func places(_ kind: Disagreement.Kind) -> Int {
    report.disagreements.parts.reduce(0) { $0 + $1.all.count { $0.kinds.contains(kind) } }
  }

  // MARK: documents

  private struct Point {
    let document: String
    let time: Timestamp?
    let alpha: Figure?
    let f1: Figure?
  }

  private var points: [Point] {
    let figures = agreement.figures.filter { $0.document != nil && $0.key.label == nil && $0.key.annotators == nil }
    let byDocument = Dictionary(grouping: figures) { $0.document ?? "" }
    let times = Dictionary(report.documents.map { ($0.document.id, $0.lastChange) }) { first, _ in first }
    return agreement.study.documents.map { name in
      let found = byDocument[name] ?? []
      return Point(
        document: name, time: times[name] ?? nil,
        alpha: found.first { $0.measure == .krippendorffAlpha && $0.key.unit == "word" },
        f1: found.first { $0.measure == .spanF1Exact })
    }.sorted {
      ($0.time ?? Timestamp(secondsSince1970: 0), $0.document) < (
        $1.time ?? Timestamp(secondsSince1970: 0), $1.document
      )
    }
  }

  private func perDocument(_ html: inout HTMLWriter) {
    let points = points
    html.element("h3", text: "Agreement over time and per document")
    let values = points.compactMap { $0.f1?.value }
    if values.count > 1 { timeline(points, &html) }
    report.table(
      "Documents in the order of their last change by an annotator.",
      ["document", "last change", "α over words", "exact span F1"],
      points.map { point in
        [
          point.document, point.time.map { String($0.description.prefix(10)) } ?? "–", cell(point.alpha),
          cell(point.f1),
        ]
      }, isOpen: points.count <= 20, &html)
  }

  /// A chart with a dot for each document and a line for the running mean over five.
  private func timeline(_ points: [Point], _ html: inout HTMLWriter) {
    let (left, width, height) = (34.0, 376.0, 150.0)
    let values = points.map { $0.f1?.value }
    let (least, greatest) = (values.compactMap { $0 }.min() ?? 0, values.compactMap { $0 }.max() ?? 1)
    let low = max(0, ((least - 0.05) * 10).rounded(.down) / 10)
    let high = min(1, ((greatest + 0.05) * 10).rounded(.up) / 10)
    func x(_ place: Int) -> Double { left + 6 + Double(place) / Double(max(1, points.count - 1)) * (width - 12) }
    func y(_ value: Double) -> Double { 10 + (high - value) / max(0.1, high - low) * (height - 44) }
    html.element(
      "svg",
      [
        "viewBox": "0 0 420 \(Self.number(height))", "width": "630", "role": "img",
        "aria-label":
          "Exact span F1 of \(points.count) documents in the order of their last change, from "
          + "\(Decimals.rounded(low, places: 1)) to \(Decimals.rounded(high, places: 1)); see the table for values.",
      ]
    ) { html in
      for tick in [low, (low + high) / 2, high] {
        line(&html, "axis", left, y(tick), left + width, y(tick))
        text(&html, left - 6, y(tick) + 4, Decimals.rounded(tick, places: 2), anchor: "end")
      }
      var means: [String] = []
      for (place, value) in values.enumerated() {
        let last = values[max(0, place - 4)...place].compactMap { $0 }
        if !last.isEmpty {
          means.append("\(Self.number(x(place))),\(Self.number(y(last.reduce(0, +) / Double(last.count))))")
        }
        guard let value else { continue }
        html.element("circle", ["class": "dot", "cx": Self.number(x(place)), "cy": Self.number(y(value)), "r": "3"]) {
          $0.element("title", text: "\(points[place].document): \(Decimals.rounded(value))")
        }
      }
      html.element("polyline", ["class": "mean", "points": means.joined(separator: " ")], text: "")
      for (place, anchor) in [(0, "start"), (points.count - 1, "end")] {
        guard let time = points[place].time else { continue }
        text(&html, x(place), height - 8, String(time.description.prefix(10)), anchor: anchor)
      }
    }
    html.element(
      "p", ["class": "dim"], text: "Each dot is a document; the line is the mean of it and the four before.")
  }
}
