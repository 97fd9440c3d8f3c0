import Comparison
import Pages
import Standoff

/// The documents in an HTML report, with annotators' lanes under the text.
extension HTMLReport {
  func writeDocuments(to html: inout HTMLWriter) {
    html.element("section", ["id": "documents"]) { html in
      html.element("h2", text: "Documents")
      legend(&html)
      for shown in documents { write(shown, &html) }
    }
  }

  private func legend(_ html: inout HTMLWriter) {
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

  private func write(_ shown: ShownText, _ html: inout HTMLWriter) {
    let document = shown.document
    html.element("section", ["class": "document", "id": "d-\(document.id)"]) { html in
      html.element("h3", ["lang": document.language]) { $0.element("bdi", text: document.title) }
      let facts = [document.id, document.source, document.published].compactMap { $0 }
      html.element("p", ["class": "dim"], text: facts.joined(separator: " · "))
      if !shown.sets.isEmpty {
        html.element("p", ["class": "dim who"], text: "Lanes from top to bottom: \(Self.lanes(of: shown))")
      }
      let lanes = shown.sets.indices.map { Self.lane($0, of: shown) }.max() ?? 0
      html.element("ol", ["style": "--n:\(min(lanes, ReportStyle.mostLanes))"]) { html in
        let part = disagreements.parts.first { $0.document.id == document.id }
        let differing = Dictionary(grouping: part?.all ?? []) { document.sentences.index(at: $0.spans.hull.start) }
        let annotations = shown.sets.map(Shown.init)
        for sentence in 0..<document.sentences.count {
          write(sentence, of: shown, annotations, part, differing[sentence] ?? [], &html)
        }
      }
    }
  }

  /// The number of an annotator's lane; an empty lane separates the adjudicated version from the annotators.
  private static func lane(_ place: Int, of shown: ShownText) -> Int {
    place + 1 + (shown.sets[place].role == .gold && place > 0 ? 1 : 0)
  }

  private static func lanes(of shown: ShownText) -> String {
    let names = shown.sets.filter { $0.role == .annotator }.map(\.annotator).joined(separator: ", ")
    guard shown.sets.contains(where: { $0.role == .gold }) else { return names }
    return names.isEmpty ? "gold" : "\(names); gold"
  }

  /// A set with what its sentences are asked for.
  private struct Shown {
    let set: AnnotationSet
    let spans: SpanIndex
    let relationsFrom: [Int: [Relation]]

    init(_ set: AnnotationSet) {
      self.set = set
      spans = SpanIndex(set.spans)
      relationsFrom = Dictionary(grouping: set.relations, by: \.from)
    }
  }

  private func write(
    _ sentence: Int, of shown: ShownText, _ annotations: [Shown], _ part: DocumentDifferences?,
    _ differing: [Disagreement], _ html: inout HTMLWriter
  ) {
    let document = shown.document
    let range = document.sentences[sentence]
    let spans = annotations.map { $0.spans.covering(range) }
    let attributes: KeyValuePairs<String, String?> = [
      "id": "d-\(document.id)-\(sentence + 1)", "value": "\(sentence + 1)",
      "class": differing.isEmpty ? nil : "differs",
    ]
    html.element("li", attributes) { html in
      let isMarked = spans.contains { !$0.isEmpty }
      let names = [isMarked ? "lanes" : nil, range.lies(in: document.leftOut()) ? "dim" : nil].compactMap { $0 }
      html.element(
        "p",
        ["class": names.isEmpty ? nil : names.joined(separator: " "), "lang": document.language, "dir": "auto"]
      ) { html in
        for run in runs(range, spans) { write(run, of: shown, spans, &html) }
      }
      guard isMarked else { return }
      html.element("details") { html in
        let count = differing.isEmpty ? "" : ", \(counted(differing.count, "disagreement"))"
        html.element("summary", text: "\(counted(spans.reduce(0) { $0 + $1.count }, "span"))\(count)")
        if let part, !differing.isEmpty {
          html.element("ul", ["class": "what"]) { html in
            for disagreement in differing {
              html.element(
                "li", text: "\(disagreement.spans.labels.joined(separator: ", ")) – \(part.sizes(of: disagreement))")
            }
          }
        }
        html.element("ul") { html in
          for (shown, spans) in zip(annotations, spans) {
            for span in spans {
              html.element("li") { html in
                html.element("b", text: shown.set.annotator)
                html.text(" \(span.label) \(span.id): ")
                html.element("bdi", text: span.fragments.map { "‹\(document.text[$0])›" }.joined(separator: " + "))
                html.text(said(of: span, in: shown, document))
              }
            }
          }
        }
      }
    }
  }

  /// A span's attributes, relations and note.
  private func said(of span: Annotation, in shown: Shown, _ document: Document) -> String {
    var said = span.attributes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    for relation in shown.relationsFrom[span.id] ?? [] {
      switch relation.to {
      case .span(let id):
        let words = shown.set.span(id).map { " ‹\(Complaint.shortened(document.text[$0.hull], to: 40))›" } ?? ""
        said.append("\(relation.type) \(id)\(words)")
      case .absent(let words): said.append("\(relation.type) – \(words)")
      }
    }
    if !span.note.isEmpty { said.append("note: \(span.note)") }
    return said.isEmpty ? "" : " (\(said.joined(separator: "; ")))"
  }

  /// The parts of a sentence within which no span begins or ends.
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

  private func write(_ run: TextRange, of shown: ShownText, _ spans: [[Annotation]], _ html: inout HTMLWriter) {
    let text = shown.document.text[run]
    var (names, title): ([String], [String]) = ([], [])
    for (place, (set, spans)) in zip(shown.sets, spans).enumerated() {
      // Longest first: the longest span's label gets the upper bar, the shortest span's the lower.
      let here = spans.filter { $0.covers(anyOf: run) }.sorted { $0.hull.count > $1.hull.count }
      let lane = Self.lane(place, of: shown)
      guard let outer = here.first, lane <= ReportStyle.mostLanes else { continue }
      func colour(_ label: String) -> Scheme.Label.Colour { set.scheme.label(label)?.colour ?? .white }
      names.append(ReportStyle.name(ofBar: "a", lane, colour(outer.label)))
      if let inner = here.last(where: { $0.label != outer.label }) {
        names.append(ReportStyle.name(ofBar: "b", lane, colour(inner.label)))
      }
      title.append("\(set.annotator): \(here.map { "\($0.label) \($0.id)" }.joined(separator: ", "))")
    }
    guard !names.isEmpty else { return html.text(text) }
    html.element("span", ["class": names.joined(separator: " "), "title": title.joined(separator: "; ")], text: text)
  }
}
