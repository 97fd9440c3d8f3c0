import Standoff

/// Quotations by their marks.
extension Suggester {
  /// The quotations that overlap a sentence and give somebody's words.
  ///
  /// - Parameter denied: the words of denials that are suggested.
  func quotes(
    in range: TextRange, _ document: Document, _ quotations: Quotations, _ attributions: [Attribution],
    _ denied: [TextRange]
  ) -> [Suggestion] {
    guard let label = scheme.quotationLabel else { return [] }
    let reported = attributions.flatMap(\.content) + denied
    var found: [Suggestion] = []
    var taken: Set<TextRange> = []
    for attribution in attributions where attribution.content.count > 1 {
      let fragments = attribution.content
      guard fragments.allSatisfy({ fragment in quotations.pairs.contains { $0.range == fragment } }),
        isBrokenByAttributionAlone(attribution, document)
      else { continue }
      taken.formUnion(fragments)
      found.append(suggestion(label, fragments, attributions))
    }
    for pair in quotations.pairs where pair.range.overlaps(range) && !taken.contains(pair.range) {
      if isSpeech(pair.range, document, reported) { found.append(suggestion(label, [pair.range], attributions)) }
    }
    return found
  }

  /// Whether only source and cue stand between the fragments, and no words on when, where, to whom or how it was said.
  /// A description of the source (`said Ann Low, a nurse on the night shift`) belongs to the source.
  private func isBrokenByAttributionAlone(_ attribution: Attribution, _ document: Document) -> Bool {
    guard let lexicon else { return false }
    return zip(attribution.content, attribution.content.dropFirst()).allSatisfy { before, after in
      let gap = TextRange(before.end, after.start)
      let between = TokenisedSentence(gap, of: document.text)
      let others = between.tokens.indices.filter { index in
        let word = between.tokens[index].range
        return !attribution.cue.contains(word) && attribution.source?.contains(word) != true
      }
      // “It leaks,” she said, “and it always did,” but not: Calling it “a leak,” she welcomed “the end.”
      let isOneSentence = document.sentences.index(at: before.start) == document.sentences.index(at: after.start)
      if isOneSentence, between.end.isDisjoint(with: [.comma, .colon, .cut]) { return false }
      guard let first = others.first else { return true }
      let word = between.tokens[first]
      guard let source = attribution.source, word.range.start >= source.end,
        !word.gap.isDisjoint(with: [.comma, .cut]), word.isCapitalised || lexicon.has(word, .determiners)
      else { return false }
      return others.allSatisfy { index in
        lexicon.match([.times, .adverbs], at: index, in: between.tokens) == nil
          && !lexicon.has(between.tokens[index], .subordinators)
      }
    }
  }

  private func suggestion(
    _ label: Scheme.Label, _ fragments: [TextRange], _ attributions: [Attribution]
  ) -> Suggestion {
    let whose = attributions.first { attribution in
      attribution.content.contains { content in fragments.allSatisfy { content.contains($0) } }
        || attribution.content == fragments
    }
    return Suggestion(
      label: label.name, fragments: fragments, source: whose?.source, cue: whose?.cue, reason: .quotationMarks,
      confidence: whose == nil ? 0.8 : 0.95)
  }

  /// Whether a quotation gives someone's words, rather than a title, a name, slang or irony.
  private func isSpeech(_ quotation: TextRange, _ document: Document, _ reported: [TextRange]) -> Bool {
    guard quotation.count > 2 else { return false }
    let words = Words.ranges(in: quotation, of: document.text)
    guard !words.isEmpty else { return false }
    let isReported = reported.contains { $0.overlaps(quotation) }
    // Words quoted by somebody who is quoted.
    if words.count > 1,
      Quotations(near: quotation, in: document.text).pairs.contains(where: { outer in
        outer.range != quotation && outer.range.contains(quotation) && outer.range.count > quotation.count + 20
      })
    {
      return !isTitle(words.map { document.text[$0] })
    }
    if isTitle(words.map { document.text[$0] }) {
      let ends = document.text[TextRange(quotation.end - 2, quotation.end - 1)]
      return isReported && [",", ".", "!", "?"].contains(ends)
    }
    if words.count <= 3, isName(quotation, document) { return false }
    switch words.count {
    case 1: return isReported
    case 2: return isReported || hasCue(around: quotation, document)
    default: return true
    }
  }

  /// Whether words are written as a title: the first, the last and all long ones capitalised.
  private func isTitle(_ words: [String]) -> Bool {
    // German capitalises every noun.
    guard lexicon?.language != "de", words.count >= 2, let first = words.first, let last = words.last else {
      return false
    }
    func isCapital(_ word: String) -> Bool { word.first?.isUppercase == true }
    return isCapital(first) && isCapital(last) && words.allSatisfy { isCapital($0) || $0.count <= 3 }
  }

  /// Whether a kind of body or “known as” comes right before: `the angling club “Trout 1911”`.
  private func isName(_ quotation: TextRange, _ document: Document) -> Bool {
    guard let sentence = sentence(of: quotation, document), let lexicon else { return false }
    let before = sentence.tokens.filter { $0.range.end <= quotation.start }
    guard let last = before.last, let first = sentence.tokens.first(where: { $0.range.start >= quotation.start }),
      first.gap == .opens
    else { return false }
    let names = (1...4).contains { length in
      before.count >= length && lexicon.match([.naming], at: before.count - length, in: before)?.count == length
    }
    return names || lexicon.has(last, .organisations) && !lexicon.has(last, .speech)
  }

  private func sentence(of quotation: TextRange, _ document: Document) -> TokenisedSentence? {
    document.sentences.index(at: quotation.start).flatMap { index in
      let range = document.sentences[index]
      guard range.count <= Self.longest else { return nil }
      return TokenisedSentence(range, of: document.text)
    }
  }

  private func hasCue(around quotation: TextRange, _ document: Document) -> Bool {
    guard let lexicon, let sentence = sentence(of: quotation, document) else { return false }
    let kinds: Set<Lexicon.Kind> = [.speech, .thought, .denying, .calling, .accusing, .nouns]
    return sentence.tokens.indices.contains { index in
      !sentence.tokens[index].isQuoted && lexicon.match(kinds, at: index, in: sentence.tokens) != nil
    }
  }
}
