import Standoff

/// Finds the words of a sentence by which someone says that an assertion is untrue, wherever they stand: in a quotation,
/// before a noun, in the reporter's own voice.
struct DenialFinder {
  /// Words that deny.
  struct Found: Equatable {
    let range: TextRange
    /// The word or words that make it a denial.
    let word: String
    let confidence: Double
  }

  private let lexicon: Lexicon
  private let sentence: TokenisedSentence
  private let quotations: Quotations
  private var tokens: [Token] { sentence.tokens }

  init(_ lexicon: Lexicon, _ sentence: TokenisedSentence, _ quotations: Quotations) {
    self.lexicon = lexicon
    self.sentence = sentence
    self.quotations = quotations
  }

  /// The denials in reading order.
  func denials() -> [Found] {
    tokens.indices.compactMap { index in
      rejectingAdjective(index) ?? wronglyReported(index) ?? falsePredicate(index) ?? misstatement(index)
        ?? denyingClause(index)
    }
  }

  private func words(_ range: Range<Int>) -> String { tokens[range].map(\.text).joined(separator: " ") }

  private func found(_ words: Range<Int>, because of: Range<Int>, _ confidence: Double) -> Found? {
    guard let range = sentence.range(of: words) else { return nil }
    return Found(
      range: quotations.covering(range, in: sentence.text), word: self.words(of), confidence: confidence)
  }

  private func isNounOfClaiming(_ index: Int) -> Bool {
    tokens.indices.contains(index) && lexicon.match([.claiming], at: index, in: tokens) != nil
  }

  private func isPart(_ index: Int, of kinds: Lexicon.Kind...) -> Bool {
    tokens.indices.contains(index) && kinds.contains { lexicon.has(tokens[index], $0) }
  }

  /// `“baseless” claims that …`: the adjective alone, with its marks.
  private func rejectingAdjective(_ index: Int) -> Found? {
    guard let match = lexicon.match([.falsity], at: index, in: tokens), match.count < 3 else { return nil }
    let noun = index + match.count
    guard isNounOfClaiming(noun), tokens[noun].gap.isDisjoint(with: [.comma, .colon, .cut, .opens]),
      !isPart(index - 1, of: .passives)
    else { return nil }
    let isMarked = tokens[index].gap.contains(.opens) && tokens[noun].gap.contains(.closes)
    let next = noun + 1
    let takesClause =
      isPart(next, of: .complementizers, .pronouns, .determiners) || isPart(next, of: .linking)
      || tokens.indices.contains(next) && ["about", "against", "over", "by", "made"].contains(tokens[next].form)
    guard isMarked || takesClause, !tokens.indices.contains(next) || tokens[next].form != "to" else { return nil }
    return found(index..<noun, because: index..<noun, isMarked ? 0.8 : 0.7)
  }

  /// `wrongly claimed that …`: the adverb.
  private func wronglyReported(_ index: Int) -> Found? {
    guard isPart(index, of: .misreporting) else { return nil }
    let isReport = { (place: Int) in
      self.tokens.indices.contains(place)
        && self.lexicon.match([.speech, .accusing, .thought], at: place, in: self.tokens) != nil
    }
    guard
      index + 1 < tokens.count && tokens[index + 1].gap == .blank && isReport(index + 1)
        || tokens[index].gap == .blank && isReport(index - 1)
    else { return nil }
    return found(index..<(index + 1), because: index..<(index + 1), 0.7)
  }

  /// `the allegations are false`, `that’s not true`: the clause up to what rejects.
  private func falsePredicate(_ index: Int) -> Found? {
    guard let match = lexicon.match([.falsity, .knowing], at: index, in: tokens) else { return nil }
    let end = index + match.count
    if match.kind == .knowing {
      guard ["true", "so", "correct"].contains(tokens[end - 1].form) else { return nil }
    } else {
      guard isPart(index, of: .passives, .negations, .auxiliaries) || hasVerb(before: index) else { return nil }
    }
    let isBy = end < tokens.count && tokens[end].form == "by" && tokens.count - end <= 4
    if !isBy, end < tokens.count, tokens[end].gap == .blank, isNoun(end) { return nil }
    let start = clauseStart(index)
    let subject = start..<max(start, index)
    guard subject.count < 40, !subject.isEmpty else { return nil }
    let isOfClaiming =
      subject.contains(where: isNounOfClaiming) || subject.contains { isPart($0, of: .nouns) }
      || subject.count <= 4
        && ["that", "this", "it", "that's", "it's", "those", "these", "they"].contains(tokens[start].form)
    guard isOfClaiming, !isInsideClaim(subject) else { return nil }
    return found(start..<(isBy ? tokens.count : end), because: index..<end, 0.7)
  }

  /// Whether a predicate belongs to the clause that a noun of claiming opens: `the accusation that the articles were false`,
  /// but not `the claim that he is in the film is false`.
  private func isInsideClaim(_ subject: Range<Int>) -> Bool {
    guard let that = subject.dropFirst().first(where: { isPart($0, of: .complementizers) && isNounOfClaiming($0 - 1) })
    else {
      return false
    }
    let verbs = (that..<subject.upperBound).count { isPart($0, of: .passives, .auxiliaries, .modals) }
    let isOwnVerb = isPart(subject.upperBound, of: .passives, .negations, .auxiliaries)
    return verbs < (isOwnVerb ? 1 : 2)
  }

  /// Whether a form of “be”, “prove” or “seem” stands before a predicate, with adverbs and marks between.
  private func hasVerb(before index: Int) -> Bool {
    var at = index - 1
    while at >= 0, index - at < 5 {
      if isPart(at, of: .passives) || ["proved", "proven", "been", "be"].contains(tokens[at].form)
        || tokens[at].form.hasSuffix("'s") || tokens[at].form.hasSuffix("'re")
      {
        return true
      }
      guard isPart(at, of: .adverbs, .negations, .determiners) || tokens[at].form.hasSuffix("ly") else { return false }
      at -= 1
    }
    return false
  }

  /// Whether the words after an adjective go on with its noun phrase.
  private func isNoun(_ index: Int) -> Bool {
    !isPart(index, of: .conjunctions, .subordinators, .complementizers) && !isPart(index, of: .linking)
      && !isPart(index, of: .circumstances) && !isPart(index, of: .adverbs)
      && lexicon.match([.times], at: index, in: tokens) == nil && !isPart(index, of: .auxiliaries)
      && tokens[index].form != "about"
  }

  /// `She made it up`, `the candidate misspoke`, `London has proved him wrong`.
  private func misstatement(_ index: Int) -> Found? {
    guard let match = lexicon.match([.misstating], at: index, in: tokens) else { return nil }
    let start = clauseStart(index)
    guard index > start, index - start < 15 else { return nil }
    return found(start..<(index + match.count), because: index..<(index + match.count), 0.7)
  }

  /// `“We deny the allegations and are prepared …”`: the clause of a verb of denial inside a quotation.
  private func denyingClause(_ index: Int) -> Found? {
    guard tokens[index].isQuoted, let match = lexicon.match([.denying], at: index, in: tokens),
      lexicon.match([.abstainers], at: index, in: tokens) == nil
    else { return nil }
    let start = clauseStart(index)
    guard index > start, index - start <= 4, isPart(start, of: .pronouns) || tokens[start].isCapitalised else {
      return nil
    }
    var end = index + match.count
    while end < tokens.count, tokens[end].isQuoted, tokens[end].gap.isDisjoint(with: [.semicolon, .closes, .cut]),
      !(isPart(end, of: .conjunctions) && (isPart(end + 1, of: .auxiliaries) || isPart(end + 1, of: .pronouns)))
    {
      end += 1
    }
    guard end > index + match.count else { return nil }
    // “Your letter disputes the findings” tells of somebody else's denial, whose words are the object.
    let isOwn = ["i", "we"].contains(tokens[start].form)
    return found((isOwn ? start : index + match.count)..<end, because: index..<(index + match.count), 0.8)
  }

  /// The first word of the clause that a word stands in: after “that”, a cue, a dash, the mark that opens a quotation.
  ///
  /// “that” after a noun of claiming opens a clause inside the subject (*the claim that it leaks is false*).
  private func clauseStart(_ index: Int) -> Int {
    var at = index
    while at > 0 {
      let before = tokens[at - 1]
      if !tokens[at].gap.isDisjoint(with: [.cut, .semicolon, .colon]) { break }
      if tokens[at].gap.contains(.opens), !tokens[at].gap.contains(.closes), at < index, closesAfter(at, index) {
        break
      }
      if lexicon.has(before, .complementizers), at < index {
        guard at >= 2, isNounOfClaiming(at - 2) || isPart(at - 2, of: .nouns) else { break }
      } else if isCue(at - 1), at < index {
        break
      } else if lexicon.has(before, .subordinators), !lexicon.has(before, .relatives), before.form != "as", at < index {
        break
      }
      at -= 1
    }
    while at < index, isPart(at, of: .conjunctions) { at += 1 }
    return at
  }

  /// Whether the quotation that opens at a word goes on to another.
  private func closesAfter(_ start: Int, _ index: Int) -> Bool {
    sentence.quotations.contains { $0.contains(tokens[start].range) && $0.contains(tokens[index].range) }
  }

  private func isCue(_ index: Int) -> Bool {
    lexicon.match([.speech, .accusing, .denying], at: index, in: tokens) != nil && !isNounOfClaiming(index)
      && !isPart(index - 1, of: .determiners)
  }
}
