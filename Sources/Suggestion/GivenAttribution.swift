import Standoff

/// The content of reported speech whose source and cue are known.
///
/// What stands where follows from the places of the two: a quotation beside them, a clause after them (*source cue that
/// content*), before them (*content, source cue*) or on both sides, what a noun reports (*the claim that content*).
struct GivenAttribution {
  let finder: AttributionFinder
  /// The words of source and cue; never empty.
  private let own: Set<Int>
  private let cue: Cue

  private var sentence: TokenisedSentence { finder.sentence }
  private var tokens: [Token] { sentence.tokens }
  private var lexicon: Lexicon { finder.lexicon }
  private var phrases: NounPhrases { NounPhrases(lexicon: lexicon, sentence: sentence) }

  /// - Returns: nil if neither has a word in the sentence.
  init?(_ finder: AttributionFinder, source: TextRange?, cue: TextRange?) {
    self.finder = finder
    let tokens = finder.sentence.tokens
    func words(_ range: TextRange?) -> [Int] {
      range.map { range in tokens.indices.filter { tokens[$0].range.overlaps(range) } } ?? []
    }
    let (sourceWords, cueWords) = (words(source), words(cue))
    own = Set(sourceWords + cueWords)
    guard let first = cueWords.first ?? sourceWords.first, let last = cueWords.last ?? sourceWords.last else {
      return nil
    }
    let kinds: [Set<Lexicon.Kind>] = [[.prepositions], CueFinder.kinds, [.nouns, .denyingNouns]]
    let kind = kinds.lazy.compactMap { kinds in
      cueWords.lazy.compactMap { finder.lexicon.match(kinds, at: $0, in: tokens)?.kind }.first
    }.first
    self.cue = Cue(words: first..<(last + 1), kind: kind ?? .speech)
  }

  /// The contents that are likely, the best first; and whether that one is sure.
  ///
  /// - Parameter denying: whether the content is to be a denial.
  func contents(denying: Bool) -> (found: [[TextRange]], isSure: Bool) {
    var found: [[TextRange]] = []
    var isSure = false
    func add(_ candidate: (content: [TextRange]?, isSure: Bool)) {
      guard let content = candidate.content, !content.isEmpty, isFree(content), !found.contains(content) else { return }
      if found.isEmpty { isSure = candidate.isSure }
      found.append(content)
    }
    if denying, let word = rejectingWord() { add(([word], cue.kind != .denying)) }
    let (quoted, isOne) = quotation()
    // Of a longer quotation perhaps only a part denies.
    add((quoted, isOne && !(denying && quoted.map(holdsConjunction) == true)))
    // “The road would reopen, the mayor said”, but “In his answer, the mayor said the road would reopen”.
    if isAfterClause && nothingFollows || cue.kind == .prepositions && !startsSentence {
      add(clauseBefore())
      add(clauseAfter())
    } else {
      add(clauseAfter())
      add(clauseBefore())
    }
    return (found, isSure)
  }

  /// Whether content touches neither source nor cue, and parts no pair of quotation marks.
  private func isFree(_ content: [TextRange]) -> Bool {
    content.allSatisfy { fragment in
      !own.contains { tokens[$0].range.overlaps(fragment) }
        && !sentence.quotations.contains { pair in
          pair.overlaps(fragment) && !fragment.contains(pair) && !pair.contains(fragment)
        }
    }
  }

  private var first: Int { own.min() ?? 0 }
  private var last: Int { own.max() ?? 0 }

  /// Whether nothing but circumstances stands before source and cue.
  private var startsSentence: Bool {
    tokens[..<first].allSatisfy { phrases.isCircumstance($0) || lexicon.has($0, .conjunctions) }
  }

  /// The word that rejects what a noun reports: *baseless* in `“baseless” claims that …`, with its marks.
  private func rejectingWord() -> TextRange? {
    let place = tokens.indices.dropLast().first { index in
      !own.contains(index) && lexicon.has(tokens[index], .falsity)
        && lexicon.match([.nouns, .denyingNouns], at: index + 1, in: tokens) != nil
    }
    return place.flatMap { finder.trimmed($0..<($0 + 1)) }
  }

  private func holdsConjunction(_ content: [TextRange]) -> Bool {
    tokens.contains { token in
      lexicon.has(token, .conjunctions)
        && content.contains { $0.contains(token.range) && $0.start < token.range.start - 1 }
    }
  }

  /// Whether a comma or a closing mark stands between source and cue and what is before them.
  private var isAfterClause: Bool {
    first > 1 && !tokens[first].gap.isDisjoint(with: [.comma, .closes])
  }

  /// Whether only circumstances follow source and cue.
  private var nothingFollows: Bool {
    let rest = phrases.skipCircumstances(last + 1)
    return rest >= tokens.count || phrases.isClosing(rest) || tokens[rest].gap.contains(.comma)
  }

  /// Cues that are not this one, outside quotations.
  private var others: [Cue] {
    CueFinder(lexicon: lexicon, sentence: sentence).cues().filter { cue in !cue.words.contains(where: own.contains) }
  }

  // MARK: quotations

  /// The quotation beside source and cue, with its continuation; sure if it is a clause of its own, in one sentence.
  private func quotation() -> ([TextRange]?, Bool) {
    let free = sentence.quotations.filter { quotation in !own.contains { tokens[$0].range.overlaps(quotation) } }
    let here = TextRange(tokens[first].range.start, tokens[last].range.end)
    if let before = free.last(where: { $0.end <= here.start }), endsWithStop(before) {
      let between = tokens.indices.filter { $0 < first && tokens[$0].range.start >= before.end }
      let lead = tokens.filter { $0.range.end <= before.start }
      if between.allSatisfy({ phrases.isCircumstance(tokens[$0]) }),
        lead.allSatisfy({ phrases.isCircumstance($0) || lexicon.has($0, .conjunctions) })
      {
        var content = [before]
        if let later = free.first(where: { $0.start >= here.end }), follows(later, within: 4) { content.append(later) }
        return (content, isOneSentence(before) && content.count == 1)
      }
    }
    if let later = free.first(where: { $0.start >= here.end }), follows(later, within: 3),
      let word = tokens.firstIndex(where: { $0.range.start >= later.start }), opensClause(word)
    {
      // Of “Trump said: “…,” the Times reported” the colon says what is Trump's.
      let isAnnounced = word == last + 1 && tokens[word].gap.contains(.colon)
      return ([later], isOneSentence(later) && (isAnnounced || endsSentence(later)))
    }
    return (nil, false)
  }

  /// Whether a quotation's first word comes after a comma or a colon, or right after the cue with a capital letter.
  private func opensClause(_ word: Int) -> Bool {
    !tokens[word].gap.isDisjoint(with: [.comma, .colon]) || tokens[word].isCapitalised && word == last + 1
  }

  private func follows(_ quotation: TextRange, within count: Int) -> Bool {
    tokens.indices.count { $0 > last && tokens[$0].range.end <= quotation.start } <= count
  }

  private func endsWithStop(_ quotation: TextRange) -> Bool {
    guard quotation.count > 3 else { return false }
    let end = sentence.text[TextRange(quotation.end - 3, quotation.end)]
    return end.contains { ",?!….".contains($0) }
  }

  private func isOneSentence(_ quotation: TextRange) -> Bool {
    Sentences(DocumentText(sentence.text[quotation])).count == 1
  }

  private func endsSentence(_ quotation: TextRange) -> Bool {
    !tokens.contains { $0.range.start >= quotation.end }
  }

  // MARK: clauses

  /// The clause after source and cue.
  private func clauseAfter() -> ([TextRange]?, Bool) {
    guard var start = startAfter() else { return (nil, false) }
    if cue.kind == .calling, tokens[start].form == "as" { start += 1 }
    guard start < tokens.count, !lexicon.has(tokens[start], .relatives) || lexicon.has(tokens[start], .determiners)
    else { return (nil, false) }
    let later = others.filter { $0.words.lowerBound > start }
    let end = finder.contentEnd(start, later)
    guard end > start, let content = finder.trimmed(start..<end) else { return (nil, false) }
    let isOpened =
      start == last + 1 || lexicon.has(tokens[start - 1], .complementizers)
      || phrases.skipCircumstances(last + 1) == start || cue.kind == .prepositions
    // A cut is sure where a main clause begins, or another report with “that” or a quotation; not after “if …,”.
    let next = later.first { $0.words.lowerBound >= end }
    let isCut =
      end < tokens.count
      && (lexicon.has(tokens[start], .subordinators)
        || !opensMainClause(end) && (next.map { !opensReport($0) } ?? true))
    let isThat = lexicon.has(tokens[start - 1], .complementizers)
    // Of “Russia is said to have sold it” the content is on both sides; “it is said that” is plain.
    let isPassive = cue.kind != .prepositions && !isThat && finder.isPassive(cue)
    return ([content], isOpened && !isCut && !isPassive && !hasTail(start..<end) && !endsWithOccasion(start..<end))
  }

  /// Whether another clause begins with a comma at a word: `, and an article …`, `, writing that …`.
  private func opensMainClause(_ index: Int) -> Bool {
    guard tokens[index].gap.contains(.comma), index + 1 < tokens.count else { return false }
    let next = tokens[index + 1]
    if lexicon.has(next, .complementizers) { return true }
    guard lexicon.has(tokens[index], .conjunctions) else { return false }
    return next.isCapitalised || lexicon.has(next, .determiners) || lexicon.has(next, .pronouns)
  }

  /// Whether “that” or a quotation follows a cue.
  private func opensReport(_ cue: Cue) -> Bool {
    let next = cue.words.upperBound
    return next < tokens.count
      && (lexicon.has(tokens[next], .complementizers) || tokens[next].gap.contains(.opens) || cue.kind == .prepositions)
  }

  /// The first word of the content after source and cue.
  private func startAfter() -> Int? {
    let next = last + 1
    guard next < tokens.count else { return nil }
    switch cue.kind {
    case .prepositions:
      // “According to the board, content”.
      return tokens[next].gap.contains(.comma) ? next : nil
    case .nouns, .denyingNouns:
      // “the claim by the board that content”
      return (next..<min(tokens.count, next + 8)).first { lexicon.has(tokens[$0], .complementizers) }.map { $0 + 1 }
    default: break
    }
    let start = finder.contentStart(next, cue)
    if start < tokens.count, !lexicon.has(tokens[start - 1], .complementizers) {
      // “said in a letter, written by its head, that content”
      let that = (next..<min(tokens.count, next + 30)).first { index in
        tokens[index].gap.contains(.comma) && lexicon.has(tokens[index], .complementizers)
      }
      if let that { return that + 1 }
    }
    guard start < tokens.count, tokens[start].gap.isDisjoint(with: [.comma, .cut, .semicolon]),
      !others.contains(where: { $0.words.lowerBound == start })
    else { return nil }
    return start
  }

  /// The clause before source and cue.
  private func clauseBefore() -> ([TextRange]?, Bool) {
    guard first > 0 else { return (nil, false) }
    let earlier = others.filter { $0.words.upperBound <= first }
    var start = 0
    while start < first, lexicon.has(tokens[start], .conjunctions) { start += 1 }
    guard start < first, !tokens[start..<first].allSatisfy({ lexicon.has($0, .subordinators) }),
      let content = finder.trimmed(start..<first)
    else { return (nil, false) }
    let rest = phrases.skipCircumstances(last + 1)
    let isAtEnd = rest >= tokens.count || phrases.isClosing(rest)
    let isClause = isAfterClause || cue.kind == .prepositions
    let isMain = !lexicon.has(tokens[start], .subordinators) || !earlier.isEmpty
    return ([content], isClause && isMain && isAtEnd && first - start > 1)
  }

  /// Whether a conjunction after a comma goes on with the content: `, and that …`, `the State, or ISIS, has …`.
  private func isCoordinated(_ index: Int, _ end: Int) -> Bool {
    guard index + 1 < end else { return false }
    if lexicon.has(tokens[index + 1], .complementizers) { return true }
    return (index + 2..<min(end, index + 4)).contains { tokens[$0].gap.contains(.comma) }
  }

  /// Whether words end with the occasion on which it may have been said: `during a hearing last week`.
  private func endsWithOccasion(_ words: Range<Int>) -> Bool {
    words.suffix(8).contains { index in
      guard !tokens[index].isQuoted, let match = lexicon.match([.times], at: index, in: tokens) else { return false }
      return match.count > 2 && phrases.skipCircumstances(index) == words.upperBound
    }
  }

  /// Whether a clause that may not belong to the content hangs on it: `, which …`, `, while …`, `, but …`, ` – …`.
  private func hasTail(_ words: Range<Int>) -> Bool {
    words.dropFirst().contains { index in
      guard !tokens[index].isQuoted || tokens[first].isQuoted,
        !tokens[index].gap.isDisjoint(with: [.comma, .cut, .semicolon])
      else {
        return false
      }
      if lexicon.has(tokens[index], .conjunctions), isCoordinated(index, words.upperBound) { return false }
      let kinds: [Lexicon.Kind] = [.subordinators, .relatives, .conjunctions, .pronouns]
      return !tokens[index].gap.isDisjoint(with: [.cut, .semicolon])
        || kinds.contains { lexicon.has(tokens[index], $0) }
    }
  }
}
