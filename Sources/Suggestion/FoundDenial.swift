import Standoff

/// A denial in reported speech: content of a cue of denial, or content that itself says “not so”.
package struct FoundDenial {
  /// The words that deny; nil if the cue does.
  let word: String?
  let confidence: Double

  /// - Parameter content: one assertion of the attribution.
  init?(_ content: [TextRange], of attribution: Attribution, lexicon: Lexicon, text: DocumentText) {
    if attribution.manner == .denies {
      self.init(word: nil, confidence: 0.8)
      return
    }
    guard attribution.manner == .says || attribution.manner == .calls else { return nil }
    for fragment in content {
      if text[fragment].contains("?") { return nil }
      let tokens = TokenisedSentence(fragment, of: text, quotations: Quotations(near: fragment, in: text))
      if let word = Self.denyingWords(tokens, lexicon, isCalling: attribution.manner == .calls) {
        self.init(word: word, confidence: 0.7)
        return
      }
    }
    return nil
  }

  private init(word: String?, confidence: Double) {
    self.word = word
    self.confidence = confidence
  }

  /// The words that deny, such as “not true”, “no knowledge of” or “did not …”; nil if a negation only limits or
  /// plans.
  private static func denyingWords(_ sentence: TokenisedSentence, _ lexicon: Lexicon, isCalling: Bool) -> String? {
    let tokens = sentence.tokens
    func words(_ index: Int, _ count: Int) -> String {
      tokens[index..<(index + count)].map(\.text).joined(separator: " ")
    }
    for index in tokens.indices {
      if let match = lexicon.match([.knowing], at: index, in: tokens) { return words(index, match.count) }
      guard let match = lexicon.match([.falsity], at: index, in: tokens) else { continue }
      if isCalling || isPredicate(index..<(index + match.count), sentence, lexicon) { return words(index, match.count) }
    }
    let reach = tokens.prefix(8)
    guard let index = reach.firstIndex(where: { lexicon.has($0, .negations) }) else { return nil }
    if index > 0, lexicon.has(tokens[index - 1], .conjunctions) { return nil }
    let near = tokens[max(0, index - 1)...min(tokens.count - 1, index + 1)]
    return near.contains { lexicon.has($0, .modals) } ? nil : tokens[index].text
  }

  /// Whether words are a predicate (“the report is false”), not part of a noun phrase (“false readings”).
  private static func isPredicate(_ words: Range<Int>, _ sentence: TokenisedSentence, _ lexicon: Lexicon) -> Bool {
    let tokens = sentence.tokens
    let follows = sentence.gap(before: words.upperBound)
    guard
      words.upperBound == tokens.count || follows != .blank
        || lexicon.has(tokens[words.upperBound], .conjunctions) || lexicon.has(tokens[words.upperBound], .subordinators)
        || lexicon.has(tokens[words.upperBound], .complementizers) || lexicon.has(tokens[words.upperBound], .linking)
    else { return false }
    return tokens[max(0, words.lowerBound - 5)..<words.lowerBound].contains { token in
      lexicon.has(token, .auxiliaries) || token.form.hasSuffix("'s") || token.form == "as"
    }
  }
}
