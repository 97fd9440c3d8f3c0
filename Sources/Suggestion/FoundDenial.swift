import Standoff

/// A denial in reported speech: content of a cue of denial, or content that itself says “not so”.
struct FoundDenial {
  /// The words that deny; nil if the cue does.
  let word: String?
  let confidence: Double
  /// Whether the words assert a fact of their own, too: they turn an earlier negation round.
  var isClaim = false

  /// - Parameter content: one assertion of the attribution.
  init?(_ content: [TextRange], of attribution: Attribution, lexicon: Lexicon, text: DocumentText) {
    let pieces = content.map { TokenisedSentence($0, of: text) }
    if attribution.manner == .denies {
      if let first = pieces.first, Self.isOffer(first, lexicon) { return nil }
      self.init(word: nil, confidence: 0.8)
      return
    }
    guard attribution.manner == .says || attribution.manner == .calls else { return nil }
    for (fragment, piece) in zip(content, pieces) {
      if text[fragment].contains("?") { return nil }
      if let (word, isBare) = Self.denyingWords(piece, lexicon, isCalling: attribution.manner == .calls) {
        if isBare, !Self.isDisputed(piece, before: fragment.start, lexicon, text) { return nil }
        self.init(word: word, confidence: isBare ? 0.5 : 0.7)
        return
      }
      if attribution.manner == .says, let word = Self.negationTurnedRound(by: piece, fragment.start, lexicon, text) {
        self.init(word: word, confidence: 0.5)
        isClaim = true
        return
      }
    }
    return nil
  }

  private init(word: String?, confidence: Double) {
    self.word = word
    self.confidence = confidence
  }

  /// Whether what is rejected is an offer, a demand or a plan rather than an assertion.
  private static func isOffer(_ sentence: TokenisedSentence, _ lexicon: Lexicon) -> Bool {
    for index in sentence.tokens.indices.prefix(8) {
      if lexicon.match([.claiming], at: index, in: sentence.tokens) != nil { return false }
      if lexicon.match([.offers], at: index, in: sentence.tokens) != nil { return true }
    }
    return false
  }

  /// The words that deny, such as “not true”, “no knowledge of” or “did not …”, and whether they only negate; nil if a
  /// negation only limits or plans.
  private static func denyingWords(
    _ sentence: TokenisedSentence, _ lexicon: Lexicon, isCalling: Bool
  ) -> (word: String, isBare: Bool)? {
    let tokens = sentence.tokens
    func words(_ index: Int, _ count: Int) -> String {
      tokens[index..<(index + count)].map(\.text).joined(separator: " ")
    }
    for index in tokens.indices {
      if let match = lexicon.match([.knowing], at: index, in: tokens) {
        // “who has found no evidence” says something of somebody else.
        if index > 10 { continue }
        return (words(index, match.count), false)
      }
      guard isCalling, let match = lexicon.match([.falsity], at: index, in: tokens) else { continue }
      return (words(index, match.count), false)
    }
    let reach = tokens.prefix(8)
    guard let index = reach.firstIndex(where: { lexicon.has($0, .negations) }) else { return nil }
    if index > 0, lexicon.has(tokens[index - 1], .conjunctions) { return nil }
    let near = tokens[max(0, index - 1)...min(tokens.count - 1, index + 1)]
    return near.contains { lexicon.has($0, .modals) } ? nil : (tokens[index].text, true)
  }

  /// How far back an earlier claim is looked for, in code points.
  private static let reach = 2000

  /// Whether the text before tells of a claim or an accusation, or speaks of the same, so that a bare negation answers it.
  private static func isDisputed(
    _ sentence: TokenisedSentence, before offset: Int, _ lexicon: Lexicon, _ text: DocumentText
  ) -> Bool {
    let before = tokens(before: offset, text)
    let accuses = before.indices.contains {
      lexicon.match([.accusing, .claiming, .denying, .denyingNouns], at: $0, in: before) != nil
    }
    if accuses { return true }
    let own = stems(sentence.tokens[...], lexicon)
    let shared = own.intersection(stems(before[...], lexicon)).count
    return shared >= 2 && 2 * shared >= own.count
  }

  /// The negation in the text before that words without one turn round: “there is a precedent” after “there was no
  /// precedent”; nil if they turn none round.
  private static func negationTurnedRound(
    by sentence: TokenisedSentence, _ offset: Int, _ lexicon: Lexicon, _ text: DocumentText
  ) -> String? {
    // Prepositions say nothing.
    let own = stems(sentence.tokens.filter { !lexicon.has($0, .linking) }[...], lexicon)
    guard own.count >= 2, !sentence.tokens.contains(where: { lexicon.has($0, .negations) }) else { return nil }
    let before = tokens(before: offset, text)
    return before.indices.last { index in
      guard lexicon.has(before[index], .negations) else { return false }
      let near = before[max(0, index - 3)..<min(before.count, index + 12)]
      let shared = own.intersection(stems(near, lexicon)).count
      return shared >= 2 && 4 * shared >= 3 * own.count
    }.map { before[$0].text }
  }

  private static func tokens(before offset: Int, _ text: DocumentText) -> [Token] {
    let earlier = TextRange(max(0, offset - reach), offset)
    let quotations = Quotations(near: TextRange(earlier.start, earlier.start), in: text)
    return TokenisedSentence(earlier, of: text, quotations: quotations).tokens
  }

  /// The stems of words that say what is spoken of.
  private static func stems(_ tokens: ArraySlice<Token>, _ lexicon: Lexicon) -> Set<String> {
    Set(
      tokens.filter { token in
        token.form.count > 3
          && ![.auxiliaries, .pronouns, .determiners, .adverbs, .subordinators, .negations, .modals].contains {
            lexicon.has(token, $0)
          }
      }.map(\.stem))
  }
}
