import Pages
import Standoff

/// Selecting fragments, quotations, and larger or smaller units of the sentence.
extension SpanSelector {
  mutating func plus(_ session: Session) {
    if mark != nil {
      kept = selection(session)
      mark = nil
      let words = kept.map { "‹\(Complaint.shortened(session.document.text[$0]))›" }
      answer = Page("Kept as fragments: \(words.joined(separator: " + ")); select the next, then press a label's key.")
    } else if let span = session.set.spans.max(by: { ($0.modified, $0.id) < ($1.modified, $1.id) }) {
      pending = .hints(.fragment(of: span.id), first: nil, typed: "")
    } else {
      answer = Page("There is no span yet to add a fragment to.")
    }
  }

  mutating func selectQuotation(_ session: Session) {
    let here = mark ?? offset(session) - 1
    let (sure, doubtful) = session.selector.quotations()
    guard let next = sure.first(where: { $0.start > here }) ?? sure.first ?? doubtful.first else {
      answer = Page("This sentence has no quotation.")
      return
    }
    if doubtful.contains(next) { answer = Page("A mark is missing or not paired here; look where the quotation ends.") }
    select(next, session)
  }

  mutating func select(_ range: TextRange, _ session: Session) {
    mark = range.start
    isFound = true
    moveCursor(to: range.end - 1, session)
  }

  mutating func grow(_ session: Session) {
    let now = selection(session).last ?? TextRange(offset(session), offset(session))
    let larger = enclosing(session).filter { $0.contains(now) && $0 != now }
    guard let next = larger.min(by: { ($0.count, $0.start) < ($1.count, $1.start) }) else {
      answer = Page("The selection cannot grow further.")
      return
    }
    grown.append((mark, cursor))
    select(next, session)
  }

  mutating func shrink(_ session: Session) {
    guard let last = grown.popLast() else {
      answer = Page("} expands the selection; { undoes that.")
      return
    }
    (mark, cursor) = last
  }

  /// The ranges that `}` can select: words, clauses, quotations and the sentence.
  private func enclosing(_ session: Session) -> [TextRange] {
    guard session.document.sentences.count > 0 else { return [] }
    let text = session.document.text
    let words = session.selector.words(of: session.sentence)
    let here = session.document.sentences[session.sentence]
    let quotations = Quotations(near: here, in: text)
    var ranges = words + session.selector.quotations().sure
    var start = 0
    for index in words.indices {
      let next = index + 1
      let gap = next < words.count ? text[TextRange(words[index].end, words[next].start)] : "."
      guard gap.contains(where: { ",;:.–—()“”„«»‘\"".contains($0) }) else { continue }
      ranges.append(quotations.covering(TextRange(words[start].start, words[index].end), in: text))
      start = next
    }
    ranges.append(session.selector.sentenceRange(session.sentence))
    return ranges
  }
}
