import Standoff

/// A word or words that report, and their kind in the lexicon.
struct Cue {
  let words: Range<Int>
  let kind: Lexicon.Kind
}

/// Finds the cues of a sentence.
struct CueFinder {
  let lexicon: Lexicon
  let sentence: TokenisedSentence

  private var tokens: [Token] { sentence.tokens }

  static let kinds: Set<Lexicon.Kind> = [.speech, .thought, .denying, .accusing, .calling, .prepositions]

  /// The cues of the sentence, in reading order.
  func cues() -> [Cue] {
    var cues: [Cue] = []
    var at = 0
    while at < tokens.count {
      if tokens[at].isQuoted {
        at += 1
      } else if let match = lexicon.match([.abstainers], at: at, in: tokens) {
        at += match.count
      } else if let match = lexicon.match(Self.kinds, at: at, in: tokens), isVerb(at, match.kind) {
        cues.append(Cue(words: at..<(at + match.count), kind: match.kind))
        at += match.count
      } else if let match = lexicon.match([.nouns, .denyingNouns], at: at, in: tokens),
        clause(after: at + match.count) != nil
      {
        cues.append(Cue(words: at..<(at + match.count), kind: match.kind))
        at += match.count
      } else {
        at += 1
      }
    }
    return cues
  }

  /// The complementizer of the clause that hangs on a noun: `claims that …`, `claims by the firm that …`.
  func clause(after noun: Int) -> Int? {
    guard noun < tokens.count else { return nil }
    if lexicon.has(tokens[noun], .complementizers) { return noun }
    guard let agent = agent(after: noun) else { return nil }
    let clause = (agent..<min(tokens.count, agent + 8)).dropFirst().first { lexicon.has(tokens[$0], .complementizers) }
    guard let clause, (agent..<clause).allSatisfy({ tokens[$0].gap == .blank && !isCue($0) }) else { return nil }
    return clause
  }

  /// The first word of who makes a claim, after its noun: `the firm` in `claims by the firm that …`.
  func agent(after noun: Int) -> Int? {
    guard noun < tokens.count, tokens[noun].gap == .blank, let match = lexicon.match([.agents], at: noun, in: tokens)
    else { return nil }
    return noun + match.count
  }

  /// Whether a form that can be a noun (*claims*, *reports*) is used as a verb.
  private func isVerb(_ index: Int, _ kind: Lexicon.Kind) -> Bool {
    if kind == .prepositions { return true }
    guard index > 0 else { return false }
    let before = tokens[index - 1]
    if tokens[index].gap.intersection([.comma, .closes, .cut]).isEmpty {
      if lexicon.has(before, .determiners) || before.form.hasSuffix("'s") || before.form.hasSuffix("s'") {
        return false
      }
      if lexicon.has(before, .linking), !lexicon.has(before, .conjunctions) { return false }
    }
    return true
  }

  /// Whether a cue begins at a word.
  func isCue(_ index: Int) -> Bool {
    lexicon.match(Self.kinds, at: index, in: tokens) != nil && isVerb(index, .speech)
  }
}
