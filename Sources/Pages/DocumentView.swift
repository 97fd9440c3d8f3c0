package import Standoff

/// A whole text with the spans of one or more annotators, sentence by sentence.
package struct DocumentView {
  let document: Document
  let sets: [AnnotationSet]

  package init(document: Document, sets: [AnnotationSet]) {
    self.document = document
    self.sets = sets
  }

  package func page() -> Page {
    var page = Page()
    page.append(document.title, .bold)
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
    let zone = document.zones.first { $0.kind.isLeftOut && $0.range.contains(range) }
    page.append(
      "\(number)  \(document.text[range])\(zone.map { " (\($0.kind.rawValue))" } ?? "")", zone == nil ? .plain : .dim,
      indent: number.count + 2)
    for (set, span) in spans {
      let who = sets.count > 1 ? "\(set.annotator): " : ""
      let words = span.fragments.map { "‹\(Complaint.shortened(document.text[$0]))›" }.joined(separator: " + ")
      page.append(
        "    \(who)\(span.label) \(span.id) \(words)", Page.Style(colour: set.scheme.label(span.label)?.colour),
        indent: 6)
    }
    return page.lines
  }
}
