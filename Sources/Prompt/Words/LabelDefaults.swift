import Pages
import Standoff
import Suggestion

/// The words that a label's key selects by itself.
extension Session {
  /// The ranges that a label marks when no words are given.
  func preset(_ label: Scheme.Label) throws(Complaint) -> [TextRange] {
    guard document.sentences.count > 0 else { throw Complaint("The document has no sentences.") }
    switch label.selects {
    case .sentence: return content(label) ?? [selector.sentenceRange(sentence)]
    case .quotation: return [try nextQuotation(label)]
    case nil: throw Complaint("WORDS are missing.", "A \(label.name) needs words, such as \(label.key) 3-9.")
    }
  }

  private func nextQuotation(_ label: Scheme.Label) throws(Complaint) -> TextRange {
    let marked = set.spans.filter { $0.label == label.name }
    func isOpen(_ range: TextRange) -> Bool {
      !marked.contains { span in span.fragments.contains { $0.contains(range) } }
    }
    let (sure, doubtful) = selector.quotations()
    let open = sure.first(where: isOpen)
    let doubts = doubtful.filter { doubt in isOpen(doubt) && open.map { doubt.start < $0.start } ?? true }
    guard doubts.isEmpty else {
      let places = doubts + [open].compactMap(\.self)
      throw Complaint(
        "A mark is missing or not paired here, so the quotation may end elsewhere.",
        "Choose it by its number, or name the words: \(label.key) @\(places[0]).",
        choices: places.prefix(9).map { Complaint.Offer(text: selector.context(of: $0), line: "\(label.key) @\($0)") })
    }
    guard let open else {
      throw Complaint(
        "This sentence has no quotation left to mark as \(label.name).",
        "Name the words: \(label.key) 3-9.")
    }
    return open
  }

  /// The sentence minus its source and cue, as marked or as the lexicon finds them; nil if it has neither.
  private func content(_ label: Scheme.Label) -> [TextRange]? {
    let here = document.sentences[sentence]
    let mine = set.spans.filter { $0.label == label.name }
    func isOpen(_ fragments: [TextRange]) -> Bool {
      !mine.contains { span in fragments.contains { fragment in span.fragments.contains { $0.contains(fragment) } } }
    }
    let suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
    let proposed = suggester.suggestions(in: sentence, of: document).filter {
      $0.cue != nil && $0.label != scheme.quotationLabel?.name && isOpen($0.fragments)
    }
    let cues = set.spans.filter { scheme.label($0.label)?.kind == .cue && here.contains($0.hull) }.map(\.hull)
    let own = proposed.filter { suggestion in
      cues.isEmpty || cues.contains { cue in suggestion.cue?.overlaps(cue) == true }
    }
    if let fitting = own.first(where: { $0.label == label.name }) ?? own.first { return fitting.fragments }
    return cues.first.flatMap(rest)
  }

  /// The sentence minus a marked cue: from after it and “that” to the end, or what comes before it and its source.
  private func rest(less cue: TextRange) -> [TextRange]? {
    let words = selector.words(of: sentence)
    let here = document.sentences[sentence]
    let parts = set.spans.filter { span in
      here.contains(span.hull) && [.source, .cue].contains(scheme.label(span.label)?.kind)
    }.map(\.hull)
    let taken = words.indices.filter { index in parts.contains { $0.overlaps(words[index]) } }
    guard let first = taken.first, let last = taken.last else { return nil }
    var from = last + 1
    if from < words.count, suggesting.lexicon?.opensClause(document.text[words[from]]) == true { from += 1 }
    if from < words.count { return [selector.covering(TextRange(words[from].start, words[words.count - 1].end))] }
    return first > 0 ? [selector.covering(TextRange(words[0].start, words[first - 1].end))] : nil
  }
}
