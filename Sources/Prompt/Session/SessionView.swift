import Standoff
package import Pages

/// Views of the current sentence.
extension Session {
  /// The sentence with numbered words and its spans, laid out for a terminal.
  package func view(width: Int, colour: Bool) -> Page {
    if let page = disputeView(width: width, colour: colour) { return page }
    return SentenceView(session: self).page(width: width, colour: colour).followed(by: suggestionLines)
  }

  /// The sentence and its spans as plain lines, as for a pipe or a screen reader.
  package var plainView: Page {
    if let page = disputeView(width: nil, colour: false) { return page }
    return DocumentView(document: document, sets: [set]).page(of: sentence).followed(by: suggestionLines)
  }
}

extension SentenceView {
  init(session: Session) {
    self.init(
      session.document, sentence: session.sentence, session.scheme,
      lanes: [Lane(name: "", spans: session.set.annotations(in: session.document.sentence(session.sentence)))])
  }
}
