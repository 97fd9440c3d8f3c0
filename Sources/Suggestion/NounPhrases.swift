/// The noun phrases of a sentence, found without a grammar: the speaker, and where its name ends.
struct NounPhrases {
  let lexicon: Lexicon
  let sentence: TokenisedSentence

  private var tokens: [Token] { sentence.tokens }
  private var cues: CueFinder { CueFinder(lexicon: lexicon, sentence: sentence) }

  /// The noun phrase at the start of the sentence, as far as it can be told.
  func subject() -> Range<Int> {
    guard let first = tokens.first, !first.isQuoted, isNounPhraseStart(first) else { return 0..<0 }
    if lexicon.has(first, .pronouns) { return 0..<1 }
    var end = 1
    while end < min(tokens.count, 8), tokens[end].isCapitalised, tokens[end].gap == .blank { end += 1 }
    if end > 1 { return 0..<end }
    let head = tokens.indices.prefix(6).last {
      lexicon.has(tokens[$0], .roles) || lexicon.has(tokens[$0], .organisations)
    }
    return 0..<(head ?? 0) + 1
  }

  /// The noun phrase before a cue, without fillers in between.
  func sourceWords(before index: Int) -> Range<Int> {
    var end = index
    while end > 0, end == index || tokens[end].gap.isDisjoint(with: [.opens, .closes]) {
      if let times = timesEnding(at: end) {
        end -= times
      } else if isFiller(tokens[end - 1]) {
        end -= 1
      } else {
        break
      }
    }
    guard end > 0, sentence.gap(before: end).isDisjoint(with: [.opens, .closes, .colon]) || end == index else {
      return 0..<0
    }
    if lexicon.has(tokens[end - 1], .pronouns), !lexicon.has(tokens[end - 1], .relatives) { return (end - 1)..<end }
    if sentence.gap(before: end).contains(.comma), end > 1, let words = apposed(endingBefore: end) { return words }
    if lexicon.has(tokens[end - 1], .relatives) { return nounPhrase(endingBefore: end - 1) }
    return nounPhrase(endingBefore: end)
  }

  /// A noun phrase with its apposition: all of `The head of the council, Tom Aldous,`; only the words before the clause
  /// in `The mayor, who had resigned,`.
  private func apposed(endingBefore end: Int) -> Range<Int>? {
    guard let comma = (1..<end).last(where: { tokens[$0].gap.contains(.comma) && !tokens[$0].isQuoted }) else {
      return nil
    }
    var head = nounPhrase(endingBefore: comma)
    var tail = comma
    if lexicon.has(tokens[comma], .relatives) || lexicon.has(tokens[comma], .subordinators) || tokens[comma].isNumber {
      tail = end
    }
    if !isNounPhraseStart(tokens[comma]) { tail = end }
    // “a teacher, Ann Low, 45,”
    if tokens[comma].isNumber, comma > 1, let earlier = (1..<comma).last(where: { tokens[$0].gap.contains(.comma) }),
      comma - earlier <= 3, isNounPhraseStart(tokens[earlier])
    {
      head = nounPhrase(endingBefore: earlier).lowerBound..<comma
    }
    guard !head.isEmpty else { return nil }
    return tail == end ? head : head.lowerBound..<end
  }

  private func timesEnding(at end: Int) -> Int? {
    (1...4).reversed().first { length in
      end - length >= 0 && lexicon.match([.times], at: end - length, in: tokens)?.count == length
    }
  }

  private func nounPhrase(endingBefore end: Int) -> Range<Int> {
    var start = end
    while start > 0 {
      let word = tokens[start - 1]
      if word.isQuoted || cues.isCue(start - 1) { break }
      if lexicon.has(word, .complementizers), start > 1, cues.isCue(start - 2) { break }
      if lexicon.has(word, .subordinators), !lexicon.has(word, .relatives) { break }
      start -= 1
      if !tokens[start].gap.isDisjoint(with: [.comma, .colon, .cut, .opens, .closes]) { break }
    }
    while start < end, isFiller(tokens[start]) || lexicon.has(tokens[start], .conjunctions) { start += 1 }
    while start < end, let times = lexicon.match([.times], at: start, in: tokens), start + times.count < end {
      start += times.count
    }
    guard start < end else { return end..<end }
    // A relative clause about the speaker: the noun phrase is before it.
    let relative = ((start + 1)..<end).first { index in
      lexicon.has(tokens[index], .relatives) || lexicon.has(tokens[index], .complementizers)
    }
    if let relative, isNounPhraseStart(tokens[start]) { return start..<relative }
    // “The bank was ready to say”: the noun phrase is before its verb.
    let verb = ((start + 1)..<end).first { lexicon.has(tokens[$0], .passives) || lexicon.has(tokens[$0], .auxiliaries) }
    return start..<(verb ?? end)
  }

  /// The noun phrase that begins at a word, with its apposition: up to a comma, a verb-like word or a circumstance.
  func nounPhrase(from start: Int) -> Range<Int> {
    guard start < tokens.count, isNounPhraseStart(tokens[start]) else { return start..<start }
    let end = plainNounPhrase(from: start)
    if lexicon.has(tokens[start], .pronouns), !lexicon.has(tokens[start], .determiners) { return start..<(start + 1) }
    guard end < tokens.count, tokens[end].gap == .comma, isNounPhraseStart(tokens[end]),
      !lexicon.has(tokens[end], .pronouns), !tokens[end].isNumber
    else { return start..<end }
    let apposition = plainNounPhrase(from: end)
    let closes =
      apposition == tokens.count || tokens[apposition].gap.contains(.comma)
      || lexicon.has(tokens[apposition], .subordinators)
    return start..<(closes ? apposition : end)
  }

  private func plainNounPhrase(from start: Int) -> Int {
    var end = start + 1
    while end < tokens.count, end - start < 24 {
      let word = tokens[end]
      if !word.gap.isDisjoint(with: [.comma, .colon, .cut, .opens, .closes]) { break }
      if lexicon.has(word, .subordinators) || lexicon.has(word, .complementizers) || lexicon.has(word, .relatives) {
        break
      }
      if lexicon.match([.times], at: end, in: tokens) != nil || lexicon.has(word, .adverbs) { break }
      if lexicon.has(word, .auxiliaries) { break }
      end += 1
    }
    while end > start + 1, lexicon.has(tokens[end - 1], .linking) { end -= 1 }
    return end
  }

  private func isNounPhraseStart(_ word: Token) -> Bool {
    word.isCapitalised || word.isNumber || lexicon.has(word, .determiners) || lexicon.has(word, .pronouns)
      || lexicon.has(word, .roles) || lexicon.has(word, .organisations) || lexicon.has(word, .titles)
  }

  // MARK: words in between

  /// Whether a word is an auxiliary or adverb, between a source and its cue or at the start of a clause.
  func isFiller(_ word: Token) -> Bool {
    lexicon.has(word, .auxiliaries) || lexicon.has(word, .adverbs)
      || word.form.hasSuffix("ly") && word.form.count > 4 && !word.isCapitalised && lexicon.language == "en"
      || lexicon.has(word, .negations)
  }

  func isCircumstance(_ word: Token) -> Bool {
    lexicon.has(word, .times) || lexicon.has(word, .adverbs)
  }

  func skipCircumstances(_ from: Int) -> Int {
    var at = from
    while at < tokens.count, at == from || tokens[at].gap == .blank,
      tokens[at].gap.isDisjoint(with: [.colon, .opens, .closes]),
      let match = lexicon.match([.times], at: at, in: tokens)
    {
      at += match.count
    }
    return at
  }

  /// Whether only a circumstance is left in the sentence: `in a letter to families`.
  func isClosing(_ from: Int) -> Bool {
    guard tokens.count - from <= 9, tokens[from].gap == .blank else { return false }
    let rest = tokens[from...]
    guard
      lexicon.has(tokens[from], .circumstances) || isCircumstance(tokens[from])
        || lexicon.has(tokens[from], .subordinators) || lexicon.match([.times], at: from, in: tokens) != nil
    else { return false }
    return rest.allSatisfy { $0.gap.isDisjoint(with: [.comma, .opens, .colon]) }
  }
}
