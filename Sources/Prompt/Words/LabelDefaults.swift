import Pages
import Standoff
import Suggestion

/// The words that a label's key selects by itself.
extension Session {
  /// The ranges that a label marks when no words are given.
  ///
  /// - Parameter parts: the source and the cue that the same line gives.
  func preset(
    _ label: Scheme.Label, given parts: (source: TextRange?, cue: TextRange?), line: (String) -> String
  ) throws(Complaint) -> [TextRange] {
    guard document.sentences.count > 0 else { throw Complaint("The document has no sentences.") }
    switch label.selects {
    case .sentence: return try content(label, parts, line: line) ?? [selector.sentenceRange(sentence)]
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

  /// The sentence minus its source and cue, as given, as marked or as the lexicon finds them; nil if it has neither.
  ///
  /// - Throws: where the content cannot be told surely; the likely ones are its choices.
  private func content(
    _ label: Scheme.Label, _ given: (source: TextRange?, cue: TextRange?), line: (String) -> String
  ) throws(Complaint) -> [TextRange]? {
    var suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
    suggester.takesDemands = true
    let parts = given.source == nil && given.cue == nil ? marked(for: label) : given
    if parts.source != nil || parts.cue != nil {
      let isDenial = label.name == scheme.denialLabel?.name
      guard
        let (found, isSure) = suggester.contents(
          source: parts.source, cue: parts.cue, denying: isDenial, in: sentence, of: document)
      else { return nil }
      guard let best = found.first else {
        throw Complaint(
          "It cannot be told which words this source and cue report.", "Name them: \(line("3-9")).")
      }
      if isSure { return best }
      throw doubt(found, line)
    }
    return try proposed(label, suggester, line)
  }

  /// The content that the lexicon finds in a sentence of which nothing is marked; nil if it finds none.
  ///
  /// - Throws: where there are several, or the one cannot be told surely.
  private func proposed(
    _ label: Scheme.Label, _ suggester: Suggester, _ line: (String) -> String
  ) throws(Complaint) -> [TextRange]? {
    let mine = set.spans.filter { $0.label == label.name }
    func isOpen(_ fragments: [TextRange]) -> Bool {
      !mine.contains { span in fragments.contains { fragment in span.fragments.contains { $0.contains(fragment) } } }
    }
    let proposed = suggester.suggestions(in: sentence, of: document).filter {
      $0.cue != nil && $0.label != scheme.quotationLabel?.name && isOpen($0.fragments)
    }
    let fitting = proposed.filter { $0.label == label.name } + proposed.filter { $0.label != label.name }
    var choices: [[TextRange]] = []
    var isSure = false
    for suggestion in fitting {
      let (found, isCertain) =
        suggester.contents(
          source: suggestion.source, cue: suggestion.cue, denying: label.name == scheme.denialLabel?.name,
          in: sentence, of: document) ?? ([], false)
      if choices.isEmpty { isSure = isCertain && found.first == suggestion.fragments }
      for content in [suggestion.fragments] + found where !choices.contains(content) { choices.append(content) }
    }
    if choices.isEmpty { choices = partlyQuoted() }
    guard let best = choices.first else { return nil }
    if !isSure { throw doubt(choices, line) }
    return best
  }

  /// A quotation and the whole sentence, where the one is a part of the other that somebody may have said; else nothing.
  private func partlyQuoted() -> [[TextRange]] {
    let whole = selector.sentenceRange(sentence)
    let (sure, doubtful) = selector.quotations()
    let longest = (sure + doubtful).max { $0.count < $1.count }
    guard let longest, longest != whole, whole.contains(longest), 2 * longest.count > whole.count else { return [] }
    return [[longest], [whole]]
  }

  private func doubt(_ contents: [[TextRange]], _ line: (String) -> String) -> Complaint {
    Complaint(
      "It is not sure which words are meant.", "Choose them by their number, or name them: \(line("3-9")).",
      choices: contents.prefix(9).map { content in
        Complaint.Offer(
          text: content.map { selector.context(of: $0) }.joined(separator: " + "),
          line: line(content.map { "@\($0)" }.joined(separator: " + ")))
      })
  }

  /// The cue and the source of the sentence that nothing uses yet, else the first that no content of this label uses.
  private func marked(for label: Scheme.Label) -> (source: TextRange?, cue: TextRange?) {
    let here = document.sentences[sentence]
    func users(_ id: Int) -> [Annotation] {
      set.relations.filter { $0.to == .span(id) }.compactMap { set.span($0.from) }
    }
    let used = Set(set.relations.compactMap { if case .span(let id) = $0.to { id } else { nil } })
    func first(_ kind: Scheme.Label.Kind) -> TextRange? {
      let spans = set.spans.filter { scheme.label($0.label)?.kind == kind && here.contains($0.hull) }
        .filter { part in !users(part.id).contains { $0.label == label.name && here.contains($0.hull) } }
        .sorted { ($0.hull.start, $0.id) < ($1.hull.start, $1.id) }
      return (spans.first { !used.contains($0.id) } ?? spans.first)?.hull
    }
    guard let cue = first(.cue) else { return (nil, nil) }
    return (first(.source), cue)
  }
}
