package import Standoff

/// A whole text with the spans of one or more annotators, sentence by sentence.
package struct DocumentView {
  private let document: Document
  private let sets: [AnnotationSet]
  /// The width for words with their numbers above them, in columns; nil for sentences as plain lines.
  private let numberedWidth: Int?

  package init(document: Document, sets: [AnnotationSet], numberedWidth: Int? = nil) {
    self.document = document
    self.sets = sets
    self.numberedWidth = numberedWidth
  }

  package func page() -> Page {
    var page = Page()
    page.append(document.title, .bold)
    for set in sets where !set.ofDocument.isEmpty {
      page.append(
        "    \(sets.count > 1 ? "\(set.annotator): " : "")\(Descriptions.document(set.ofDocument))", indent: 6)
    }
    var bySentence: [Int: [(set: AnnotationSet, span: Annotation)]] = [:]
    for set in sets {
      for span in set.inReadingOrder {
        bySentence[document.sentences.index(at: span.hull.start) ?? 0, default: []].append((set, span))
      }
    }
    for index in 0..<document.sentences.count { page.lines += lines(of: index, bySentence[index] ?? []) }
    return page
  }

  /// A page with one sentence and the spans that begin in it.
  package func page(of index: Int) -> Page {
    guard index < document.sentences.count else { return Page() }
    var spans: [(AnnotationSet, Annotation)] = []
    for set in sets {
      let here = set.spans.filter { document.sentences.index(at: $0.hull.start) == index }
      spans += here.sorted(by: Annotation.inReadingOrder).map { (set, $0) }
    }
    return Page(lines(of: index, spans))
  }

  private func lines(of index: Int, _ spans: [(set: AnnotationSet, span: Annotation)]) -> [Page.Line] {
    var page = Page()
    let number = String(index + 1)
    let range = document.sentences[index]
    let zone = document.zoneKind(around: range)
    let name = zone.map { $0 == .body ? "" : " (\($0.rawValue))" } ?? ""
    let style: Page.Style = zone?.isLeftOut == true ? .dim : .plain
    if let numberedWidth, let scheme = sets.first?.scheme {
      page.append("Sentence \(number)\(name)", .bold)
      page.lines +=
        SentenceView(document, sentence: index, scheme, lanes: []).page(
          width: numberedWidth, colour: true
        ).lines
    } else {
      page.append("\(number)  \(document.text[range])\(name)", style, indent: number.count + 2)
    }
    let descriptions = Descriptions(document)
    for (set, span) in spans {
      let who = sets.count > 1 ? "\(set.annotator): " : ""
      let relations = Descriptions.relations(from: span.id, in: set)
      page.lines.append(
        Page.Line(
          [
            Page.Run(
              "    \(who)\(descriptions.span(span))", Page.Style(colour: set.scheme.label(span.label)?.colour)),
            Page.Run(relations.isEmpty ? "" : "  \(relations)", .dim),
          ], indent: 6))
    }
    return page.lines
  }
}
