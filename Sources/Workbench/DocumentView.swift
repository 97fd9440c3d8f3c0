import Standoff

/// A whole text with the spans of one or more annotators, sentence by sentence.
struct DocumentView {
  let document: Document
  let sets: [AnnotationSet]

  func page() -> Page {
    var page = Page()
    page.append(document.title, .bold)
    for index in 0..<document.sentences.count { page.lines += self.page(of: index).lines }
    return page
  }

  /// One sentence and the spans that begin in it.
  func page(of index: Int) -> Page {
    var page = Page()
    guard index < document.sentences.count else { return page }
    let range = document.sentences[index]
    let number = String(index + 1)
    page.append("\(number)  \(document.text[range])", indent: number.count + 2)
    for set in sets {
      for span in set.annotations(in: range) where span.hull.start >= range.start {
        let who = sets.count > 1 ? "\(set.annotator): " : ""
        let words = span.fragments.map { "‹\(Complaint.shortened(document.text[$0]))›" }.joined(separator: " + ")
        page.append(
          "    \(who)\(span.label) \(span.id) \(words)", Page.Style(colour: set.scheme.label(span.label)?.colour),
          indent: 6)
      }
    }
    return page
  }
}
