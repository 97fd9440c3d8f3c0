import Standoff

/// Finds reported speech by an attribution lexicon.
///
/// It knows these patterns of news text: *source cue (that) content*; *content, source cue* and *content, cue source*,
/// where the content may go on afterwards; a quotation before or after source and cue; *according to source, content*;
/// *the claim that content*.
struct AttributionFinder {
  let lexicon: Lexicon
  let sentence: TokenisedSentence
  let quotations: Quotations

  private var tokens: [Token] { sentence.tokens }
  private var phrases: NounPhrases { NounPhrases(lexicon: lexicon, sentence: sentence) }

  /// The attributions of the sentence, in the order of their cues.
  func attributions() -> [Attribution] {
    let cues = CueFinder(lexicon: lexicon, sentence: sentence).cues()
    var found: [Attribution] = []
    for (place, cue) in cues.enumerated() {
      let previous = place > 0 ? cues[place - 1] : nil
      // Content ends within a few cues, or with the sentence.
      let later = Array(cues[(place + 1)...].prefix(6))
      if let attribution = attribution(cue, after: previous, source: found.last?.source, before: later) {
        found.append(attribution)
      }
    }
    return found
  }

  // MARK: patterns

  private func attribution(
    _ cue: Cue, after previous: Cue?, source last: TextRange?, before later: [Cue]
  ) -> Attribution? {
    guard let range = sentence.range(of: cue.words) else { return nil }
    let manner = manner(cue.kind)
    if cue.kind == .prepositions { return byPreposition(cue, range) }
    if cue.kind == .nouns || cue.kind == .denyingNouns { return byNoun(cue, range, manner) }
    if let found = afterQuotation(cue, range, manner) ?? afterClause(cue, range, manner, previous) { return found }
    guard var content = contentAfter(cue, before: later) else { return nil }
    var source = source(of: cue, after: last)
    if isPassive(cue) {
      // “He was accused of hiding it”: the accused is part of the content.
      if manner == .accuses, let source, source.end < range.start { content.insert(source, at: 0) }
      source = nil
    }
    return Attribution(manner: manner, cue: range, source: source, content: content)
  }

  private func manner(_ kind: Lexicon.Kind) -> Attribution.Manner {
    switch kind {
    case .denying, .denyingNouns: .denies
    case .accusing: .accuses
    case .calling: .calls
    case .thought: .thinks
    default: .says
    }
  }

  func isPassive(_ cue: Cue) -> Bool {
    guard !tokens[cue.words.lowerBound].form.hasSuffix("ing") else { return false }
    var at = cue.words.lowerBound
    while at > 0, phrases.isFiller(tokens[at - 1]), tokens[at].gap == .blank {
      at -= 1
      if lexicon.has(tokens[at], .passives) { return true }
    }
    return false
  }

  /// `“…,” said the mayor`, `“…,” the mayor said, “…”`.
  private func afterQuotation(_ cue: Cue, _ range: TextRange, _ manner: Attribution.Manner) -> Attribution? {
    let first = cue.words.lowerBound
    guard let quotation = sentence.quotations.last(where: { $0.end <= range.start }) else { return nil }
    let between = (tokens.firstIndex { $0.range.start >= quotation.end } ?? first)..<first
    guard between.count <= 12, isOneClause(between, upTo: first) else { return nil }
    let closesWithComma = endsInside(quotation, with: ",?!…") || gapAfter(quotation).contains(.comma)
    let opensSentence = quotation.start <= sentence.range.start
    guard closesWithComma || opensSentence else { return nil }
    var source: TextRange?
    var rest = cue.words.upperBound
    if between.isEmpty {
      let words = phrases.nounPhrase(from: rest)
      source = sentence.range(of: words)
      rest = max(rest, words.upperBound)
    } else {
      source = sourceBefore(first)
      guard source != nil else { return nil }
    }
    var content = [quotation]
    if let later = sentence.quotations.first(where: { $0.start >= range.end }), isGoingOn(later, after: rest) {
      content.append(later)
    }
    return Attribution(manner: manner == .thinks ? .says : manner, cue: range, source: source, content: content)
  }

  /// Content before the cue: `The road would reopen, the mayor said`; `The road, the mayor said, would reopen`.
  private func afterClause(
    _ cue: Cue, _ range: TextRange, _ manner: Attribution.Manner, _ previous: Cue?
  ) -> Attribution? {
    let first = cue.words.lowerBound
    guard manner == .says || manner == .thinks else { return nil }
    var rest = cue.words.upperBound
    var source: TextRange?
    var clauseEnd = first
    let isInverted = tokens[first].gap.contains(.comma) || tokens[first].gap.contains(.closes)
    if isInverted {
      let words = phrases.nounPhrase(from: rest)
      guard !words.isEmpty else { return nil }
      source = sentence.range(of: words)
      rest = words.upperBound
    } else {
      let words = phrases.sourceWords(before: first)
      guard !words.isEmpty, words.lowerBound > 0, tokens[words.lowerBound].gap.contains(.comma) else { return nil }
      source = sentence.range(of: words)
      clauseEnd = words.lowerBound
    }
    rest = phrases.skipCircumstances(rest)
    let isAtEnd = rest >= tokens.count || phrases.isClosing(rest)
    let goesOn = rest < tokens.count && tokens[rest].gap.contains(.comma)
    guard isAtEnd || goesOn else { return nil }
    let begin = clauseStart(before: clauseEnd, previous)
    guard clauseEnd - begin >= (goesOn ? 1 : 2), let before = trimmed(begin..<clauseEnd) else { return nil }
    if lexicon.has(tokens[begin], .subordinators), goesOn { return nil }
    var content = [before]
    if goesOn, let after = trimmed(rest..<tokens.count), !lexicon.has(tokens[rest], .subordinators),
      !lexicon.has(tokens[rest], .conjunctions), lexicon.match(CueFinder.kinds, at: rest, in: tokens) == nil
    {
      content.append(after)
    }
    return Attribution(manner: manner, cue: range, source: source, content: content)
  }

  private func byPreposition(_ cue: Cue, _ range: TextRange) -> Attribution? {
    let words = phrases.nounPhrase(from: cue.words.upperBound)
    guard let source = sentence.range(of: words) else { return nil }
    if cue.words.lowerBound == 0 || tokens[..<cue.words.lowerBound].allSatisfy({ phrases.isCircumstance($0) }) {
      guard let comma = (words.upperBound..<tokens.count).first(where: { tokens[$0].gap.contains(.comma) }),
        let content = trimmed(comma..<tokens.count)
      else { return nil }
      return Attribution(manner: .says, cue: range, source: source, content: [content])
    }
    guard let content = trimmed(0..<cue.words.lowerBound) else { return nil }
    return Attribution(manner: .says, cue: range, source: source, content: [content])
  }

  private func byNoun(
    _ cue: Cue, _ range: TextRange, _ manner: Attribution.Manner
  ) -> Attribution? {
    let noun = cue.words
    let cues = CueFinder(lexicon: lexicon, sentence: sentence)
    guard let that = cues.clause(after: noun.upperBound) else { return nil }
    let start = that + 1
    var end = start
    while end < tokens.count, tokens[end].gap.intersection([.comma, .cut]).isEmpty || end == start { end += 1 }
    if isSubject(noun), let verb = mainVerb(after: start, before: end) { end = verb }
    guard let content = trimmed(start..<end) else { return nil }
    var source: TextRange?
    var place = noun.lowerBound - 1
    while place >= 0, !tokens[place].form.hasSuffix("'s"), noun.lowerBound - place < 4 { place -= 1 }
    if let agent = cues.agent(after: noun.upperBound), agent < that {
      source = sentence.range(of: agent..<that)
    } else if place >= 0, tokens[place].form.hasSuffix("'s") {
      let words = phrases.sourceWords(before: place + 1)
      if let owner = sentence.range(of: words) { source = TextRange(owner.start, owner.end - 2) }
    }
    return Attribution(manner: manner, cue: range, source: source, content: [content])
  }

  /// Whether a noun belongs to the first words of the sentence, to which a verb comes later.
  private func isSubject(_ noun: Range<Int>) -> Bool {
    let cues = CueFinder(lexicon: lexicon, sentence: sentence)
    return tokens[..<noun.lowerBound].indices.allSatisfy { index in
      tokens[index].gap == .blank && !cues.isCue(index) && !lexicon.has(tokens[index], .auxiliaries)
        && !lexicon.has(tokens[index], .passives)
    }
  }

  /// The last auxiliary, before which a clause with a verb of its own has ended: “was” in `the gate had been open was false`.
  private func mainVerb(after start: Int, before end: Int) -> Int? {
    guard start + 3 < end else { return nil }
    return ((start + 3)..<end).last { index in
      !tokens[index].isQuoted && (lexicon.has(tokens[index], .auxiliaries) || lexicon.has(tokens[index], .passives))
        && !lexicon.has(tokens[index - 1], .auxiliaries) && !lexicon.has(tokens[index - 1], .passives)
    }
  }

  // MARK: content after the cue

  private func contentAfter(_ cue: Cue, before later: [Cue]) -> [TextRange]? {
    var start = cue.words.upperBound
    guard start < tokens.count else { return nil }
    if !tokens[start].gap.contains(.opens) { start = contentStart(start, cue) }
    guard start < tokens.count else { return nil }
    if !lexicon.has(tokens[start - 1], .complementizers), tokens[start].gap.contains(.comma),
      !tokens[start].gap.contains(.opens)
    {
      return nil
    }
    if tokens[start].gap.contains(.opens),
      let quotation = sentence.quotations.first(where: { $0.contains(tokens[start].range) }),
      quotation.end > sentence.range.end
    {
      return [quotation]
    }
    var end = contentEnd(start, later)
    // “called it ‘baseless’ on a call”: the content ends with what it is called.
    if cue.kind == .calling,
      let last = tokens.indices.last(where: { $0 >= start && $0 < end && tokens[$0].isQuoted })
    {
      end = last + 1
    }
    return trimmed(start..<end).map { [$0] }
  }

  /// The start of the content, after circumstances, the person addressed and “that”.
  func contentStart(_ from: Int, _ cue: Cue) -> Int {
    if isComplementizer(from), cue.kind != .calling { return from + 1 }
    if cue.kind == .speech || cue.kind == .thought {
      // “said on Tuesday in the capital that …”
      var at = from
      while at < min(tokens.count, from + 12), tokens[at].gap.isDisjoint(with: [.opens, .cut]) || at == from {
        if isComplementizer(at) { return at + 1 }
        if at > from, lexicon.match(CueFinder.kinds, at: at, in: tokens) != nil || lexicon.has(tokens[at], .auxiliaries)
        {
          break
        }
        at += 1
      }
    }
    var at = phrases.skipCircumstances(from)
    if cue.words.contains(where: { lexicon.has(tokens[$0], .addressing) }) {
      at = phrases.skipCircumstances(skipAddressee(at))
    }
    return at < tokens.count && isComplementizer(at) && cue.kind != .calling ? at + 1 : at
  }

  /// Whether a word opens a clause; before “was” and “as”, “that” is a pronoun.
  private func isComplementizer(_ index: Int) -> Bool {
    guard index < tokens.count, lexicon.has(tokens[index], .complementizers) else { return false }
    guard index + 1 < tokens.count, tokens[index].gap.isDisjoint(with: [.opens, .closes]) else { return false }
    let next = tokens[index + 1]
    return !lexicon.has(next, .auxiliaries) && !(lexicon.has(next, .subordinators) && next.form == "as")
  }

  private func skipAddressee(_ from: Int) -> Int {
    guard from < tokens.count, tokens[from].gap.intersection([.comma, .colon, .opens]).isEmpty else { return from }
    var at = from
    if lexicon.has(tokens[at], .determiners) {
      at += 1
      while at < tokens.count, tokens[at].isCapitalised, tokens[at].gap == .blank { at += 1 }
      return tokens[at - 1].isCapitalised ? at : min(at + 1, tokens.count)
    }
    if tokens[at].isCapitalised, !lexicon.has(tokens[at], .pronouns) {
      while at < tokens.count, tokens[at].isCapitalised, tokens[at].gap == .blank || at == from { at += 1 }
      return at
    }
    return lexicon.has(tokens[at], .pronouns) ? at : at + 1
  }

  /// The end of the content: the sentence's, or where another report or a circumstance begins (`, adding that`,
  /// `and said`, `, after a group had …`).
  func contentEnd(_ start: Int, _ later: [Cue]) -> Int {
    let next = later.first { $0.words.lowerBound > start && beginning(of: $0, after: start) != nil }
    let end = next.flatMap { beginning(of: $0, after: start) } ?? tokens.count
    for index in (start + 1)..<max(start + 1, end) where !tokens[index].isQuoted && tokens[index].gap.contains(.comma) {
      if opensCircumstance(index) { return index }
    }
    return end
  }

  /// Whether a circumstance begins at a word: `after a group had …`, `a day after …`.
  private func opensCircumstance(_ index: Int) -> Bool {
    func isSubordinator(_ index: Int) -> Bool {
      index < tokens.count && lexicon.has(tokens[index], .subordinators) && !lexicon.has(tokens[index], .relatives)
    }
    if isSubordinator(index) { return true }
    if lexicon.has(tokens[index], .determiners) || tokens[index].isNumber { return isSubordinator(index + 2) }
    return lexicon.match([.times], at: index, in: tokens).map { isSubordinator(index + $0.count) } ?? false
  }

  /// The start of another report that ends this one; nil if it lies within this one.
  private func beginning(of next: Cue, after start: Int) -> Int? {
    var cut = next.words.lowerBound
    if next.kind == .prepositions { return cut }
    if !tokens[cut].gap.isDisjoint(with: [.comma, .cut]) { return cut }
    while cut > start + 1, phrases.isFiller(tokens[cut - 1]) { cut -= 1 }
    if lexicon.has(tokens[cut - 1], .conjunctions), cut - 1 > start { return cut - 1 }
    let words = phrases.sourceWords(before: next.words.lowerBound)
    guard !words.isEmpty, words.lowerBound > start else { return nil }
    cut = words.lowerBound
    while cut > start + 1, tokens[cut].gap.isDisjoint(with: [.comma, .cut]),
      lexicon.has(tokens[cut - 1], .conjunctions) || lexicon.has(tokens[cut - 1], .subordinators)
    {
      cut -= 1
    }
    return tokens[cut].gap.isDisjoint(with: [.comma, .cut]) ? nil : cut
  }

  // MARK: sources

  /// The speaker for a cue that follows its source or continues the report before it: `and said`, `, adding`.
  private func source(of cue: Cue, after last: TextRange?) -> TextRange? {
    let first = cue.words.lowerBound
    if tokens[first].gap.contains(.comma), tokens[first].form.hasSuffix("ing") { return last }
    var at = first
    while at > 0, phrases.isFiller(tokens[at - 1]) { at -= 1 }
    if at > 1, lexicon.has(tokens[at - 1], .conjunctions) { return last ?? sentence.range(of: phrases.subject()) }
    return sourceBefore(first)
  }

  private func sourceBefore(_ index: Int) -> TextRange? { sentence.range(of: phrases.sourceWords(before: index)) }

  private func isOneClause(_ words: Range<Int>, upTo end: Int) -> Bool {
    words.dropFirst().allSatisfy { tokens[$0].gap.intersection([.colon, .opens]).isEmpty }
      && (end >= tokens.count || tokens[end].gap.isDisjoint(with: .opens))
  }

  private func endsInside(_ quotation: TextRange, with marks: String) -> Bool {
    guard quotation.count > 2 else { return false }
    return sentence.text[TextRange(quotation.end - 2, quotation.end - 1)].allSatisfy(marks.contains)
  }

  private func gapAfter(_ quotation: TextRange) -> Token.Gap {
    tokens.first { $0.range.start >= quotation.end }?.gap ?? sentence.end
  }

  private func isGoingOn(_ quotation: TextRange, after rest: Int) -> Bool {
    guard let first = tokens.firstIndex(where: { $0.range.start >= quotation.start }) else { return false }
    guard first >= rest else { return false }
    return (rest..<first).allSatisfy { phrases.isCircumstance(tokens[$0]) } || first - rest <= 4
  }

  private func clauseStart(before end: Int, _ previous: Cue?) -> Int {
    let floor = previous.map { $0.words.upperBound } ?? 0
    var start = 0
    if floor > 0, floor < end, let comma = (floor..<end).first(where: { tokens[$0].gap.contains(.comma) }) {
      start = comma
    }
    while start < end, lexicon.has(tokens[start], .conjunctions) { start += 1 }
    return start
  }

  /// Words as a range, with the quotation marks that belong to them.
  func trimmed(_ words: Range<Int>) -> TextRange? {
    guard let range = sentence.range(of: words) else { return nil }
    return quotations.covering(range, in: sentence.text)
  }
}
