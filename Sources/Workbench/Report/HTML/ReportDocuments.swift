import Standoff

/// Every document with the annotators' lanes under its text.
extension HTMLReport {
  func writeDocuments(to html: inout HTML) {
    html.element("section", ["id": "documents"]) { html in
      html.element("h2", text: "Documents")
      html.element("form", ["class": "filter", "hidden": "", "role": "search"]) { html in
        html.element("label") { html in
          html.text("Show what has these words ")
          html.open("input", ["type": "search", "id": "words"])
        }
        html.raw(" ")
        html.element("label") { html in
          html.open("input", ["type": "checkbox", "id": "differing"])
          html.text(" only sentences in which annotators differ")
        }
        html.element("p", ["id": "found", "role": "status"], text: "")
      }
      legend(&html)
      for shown in documents { write(shown, &html) }
    }
  }

  private func legend(_ html: inout HTML) {
    var labels: [(name: String, colour: Scheme.Label.Colour)] = []
    for label in documents.flatMap({ $0.sets.first?.scheme.labels ?? [] })
    where !labels.contains(where: { $0.name == label.name }) {
      labels.append((label.name, label.colour))
    }
    html.element("p", ["class": "legend"]) { html in
      for (name, colour) in labels {
        html.element("span", ["class": "chip", "style": "--c:var(--\(colour.rawValue))"], text: name)
        html.raw(" ")
      }
    }
  }

  private func write(_ shown: ShownText, _ html: inout HTML) {
    let document = shown.document
    html.element("section", ["class": "document", "id": "d-\(document.id)"]) { html in
      html.element("h3", ["lang": document.language]) { $0.element("bdi", text: document.title) }
      let facts = [document.id, document.source, document.published].compactMap { $0 }
      html.element("p", ["class": "dim"], text: facts.joined(separator: " · "))
      if !shown.sets.isEmpty {
        let lanes = shown.sets.enumerated().map { "\($0 + 1) \($1.annotator)" }.joined(separator: ", ")
        html.element("p", ["class": "dim"], text: "Lanes, from the text down: \(lanes)")
      }
      html.element("ol", ["style": "--n:\(min(shown.sets.count, ReportStyle.mostLanes))"]) { html in
        for sentence in 0..<document.sentences.count { write(sentence, of: shown, &html) }
      }
    }
  }

  private func write(_ sentence: Int, of shown: ShownText, _ html: inout HTML) {
    let document = shown.document
    let range = document.sentences[sentence]
    let spans = shown.sets.map { $0.annotations(in: range) }
    let count = shown.disagreements[sentence] ?? 0
    html.element("li", ["id": "d-\(document.id)-\(sentence + 1)", "class": count > 0 ? "differs" : nil]) { html in
      let isLeftOut = range.lies(in: document.leftOut())
      html.element("p", ["class": isLeftOut ? "lanes dim" : "lanes", "lang": document.language, "dir": "auto"]) {
        html in
        for run in runs(range, spans) { write(run, of: shown, spans, &html) }
      }
      guard spans.contains(where: { !$0.isEmpty }) else { return }
      html.element("details") { html in
        let differing = count > 0 ? ", \(counted(count, "disagreement"))" : ""
        html.element("summary", text: "\(counted(spans.reduce(0) { $0 + $1.count }, "span"))\(differing)")
        html.element("ul") { html in
          for (set, spans) in zip(shown.sets, spans) {
            for span in spans {
              html.element("li") { html in
                html.element("b", text: set.annotator)
                html.text(" \(span.label) \(span.id): ")
                html.element("bdi", text: span.fragments.map { "‹\(document.text[$0])›" }.joined(separator: " + "))
                html.text(said(of: span, in: set))
              }
            }
          }
        }
      }
    }
  }

  /// Attributes, relations and note of a span.
  private func said(of span: Annotation, in set: AnnotationSet) -> String {
    var said = span.attributes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    for relation in set.relations where relation.from == span.id {
      switch relation.to {
      case .span(let id): said.append("\(relation.type) \(id)")
      case .absent(let words): said.append("\(relation.type) – \(words)")
      }
    }
    if !span.note.isEmpty { said.append("note: \(span.note)") }
    return said.isEmpty ? "" : " (\(said.joined(separator: "; ")))"
  }

  /// Stretches of a sentence over which nobody's spans begin or end.
  private func runs(_ range: TextRange, _ spans: [[Annotation]]) -> [TextRange] {
    var borders: Set = [range.start, range.end]
    for fragment in spans.joined().flatMap(\.fragments) {
      for border in [fragment.start, fragment.end] where range.start < border && border < range.end {
        borders.insert(border)
      }
    }
    let sorted = borders.sorted()
    return zip(sorted, sorted.dropFirst()).map { TextRange($0, $1) }
  }

  private func write(_ run: TextRange, of shown: ShownText, _ spans: [[Annotation]], _ html: inout HTML) {
    let text = shown.document.text[run]
    var (style, title): ([String], [String]) = ([], [])
    for (lane, (set, spans)) in zip(shown.sets, spans).prefix(ReportStyle.mostLanes).enumerated() {
      // The longest first: it has the upper half of the lane.
      let here = spans.filter { $0.covers(anyOf: run) }.sorted { $0.hull.count > $1.hull.count }
      guard let outer = here.first, let inner = here.last else { continue }
      func colour(_ span: Annotation) -> String { set.scheme.label(span.label)?.colour.rawValue ?? "white" }
      style.append("--a\(lane + 1):var(--\(colour(outer)));--b\(lane + 1):var(--\(colour(inner)))")
      title.append("\(set.annotator): \(here.map { "\($0.label) \($0.id)" }.joined(separator: ", "))")
    }
    guard !style.isEmpty else { return html.text(text) }
    html.element("span", ["style": style.joined(separator: ";"), "title": title.joined(separator: "; ")], text: text)
  }
}
