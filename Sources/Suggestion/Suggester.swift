public import Standoff

/// Suggests spans, sentence by sentence: quotations by their marks, reported speech and denials by a lexicon.
public struct Suggester: Sendable {
  public let scheme: Scheme
  /// The lexicon of the document's language; nil to suggest only quotations.
  public let lexicon: Lexicon?
  /// Whether the contents of demands, offers and refusals are suggested as claims, too: where somebody asks for the words
  /// that a sentence reports, whatever they are.
  public var takesDemands = false

  public init(scheme: Scheme, lexicon: Lexicon?) {
    self.scheme = scheme
    self.lexicon = lexicon
  }

  /// The suggestions for a sentence in reading order; of those that begin together, the longer first.
  ///
  /// - Complexity: O(*bytes of the lines near the sentence*).
  public func suggestions(in sentence: Int, of document: Document) -> [Suggestion] {
    guard sentence < document.sentences.count else { return [] }
    let range = document.sentences[sentence]
    let quotations = Quotations(near: range, in: document.text)
    let attributions = attributions(in: sentence, of: document, quotations)
    var found: [Suggestion] = []
    for (attribution, home) in attributions { found += suggestions(of: attribution, home) }
    found = withDenials(found, in: sentence, of: document, quotations)
    let denied = scheme.denialLabel.map { label in found.filter { $0.label == label.name }.flatMap(\.fragments) } ?? []
    found += quotes(in: range, document, quotations, attributions.map(\.0), denied)
    var seen: Set<Key> = []
    return found.filter { $0.fragments.contains { $0.overlaps(range) } && seen.insert(Key($0)).inserted }
      .sorted { ($0.hull.start, -$0.hull.end, $0.label) < ($1.hull.start, -$1.hull.end, $1.label) }
  }

  /// Suggestions with the denials that stand anywhere in the sentence; one that begins where reported words begin takes
  /// their place.
  private func withDenials(
    _ suggestions: [Suggestion], in sentence: Int, of document: Document, _ quotations: Quotations
  ) -> [Suggestion] {
    guard let denial = scheme.denialLabel, let lexicon, document.sentences[sentence].count <= Self.longest else {
      return suggestions
    }
    let tokenised = TokenisedSentence(document.sentences[sentence], of: document.text, quotations: quotations)
    var all = suggestions
    for found in DenialFinder(lexicon, tokenised, quotations).denials() {
      let home = suggestions.first { $0.fragments.contains { $0.contains(found.range) } }
      all.removeAll { other in
        other.fragments.contains { $0.overlaps(found.range) }
          && (other.label == denial.name || other.hull.start == found.range.start)
      }
      all.append(
        Suggestion(
          label: denial.name, fragments: [found.range], source: home?.source, cue: home?.cue,
          reason: .denial(found.word), confidence: found.confidence))
      if let home, home.label == denial.name, home.hull.start != found.range.start, let claim = scheme.claimLabel {
        all.append(
          Suggestion(
            label: claim.name, fragments: home.fragments, source: home.source, cue: home.cue,
            reason: .cue(home.cue.map { document.text[$0] } ?? ""), confidence: 0.5))
      }
    }
    return all
  }

  private struct Key: Hashable {
    let label: String
    let fragments: [TextRange]

    init(_ suggestion: Suggestion) {
      label = suggestion.label
      fragments = suggestion.fragments
    }
  }

  /// The longest sentence, in code points, in which more than quotations are looked for.
  static let longest = 4000

  // MARK: reported speech

  /// The reported speech of a sentence, including that of neighbours to which a quotation ties it.
  public func attributions(in sentence: Int, of document: Document) -> [Attribution] {
    let quotations = Quotations(near: document.sentences[sentence], in: document.text)
    return attributions(in: sentence, of: document, quotations).map(\.0)
  }

  /// The content of reported speech whose source and cue are known, as far as it can be told.
  ///
  /// - Parameter denying: whether the content is to be a denial.
  /// - Returns: the likely contents, the best first, and whether that one is sure; nil if source and cue are not in the
  ///   sentence.
  public func contents(
    source: TextRange?, cue: TextRange?, denying: Bool, in sentence: Int, of document: Document
  ) -> (found: [[TextRange]], isSure: Bool)? {
    let range = document.sentences[sentence]
    guard let lexicon, range.count <= Self.longest else { return nil }
    let quotations = Quotations(near: range, in: document.text)
    let tokenised = TokenisedSentence(range, of: document.text, quotations: quotations)
    let finder = AttributionFinder(lexicon: lexicon, sentence: tokenised, quotations: quotations)
    return GivenAttribution(finder, source: source, cue: cue)?.contents(denying: denying)
  }

  private func attributions(
    in sentence: Int, of document: Document, _ quotations: Quotations
  ) -> [(Attribution, TokenisedSentence)] {
    guard let lexicon else { return [] }
    let sentences = document.sentences
    var first = sentence
    var last = sentence
    for pair in quotations.pairs where pair.range.overlaps(sentences[sentence]) {
      first = min(first, sentences.index(at: pair.range.start) ?? first)
      last = max(last, sentences.index(at: pair.range.end - 1) ?? last)
    }
    // A quotation in a sentence of its own may continue the one before.
    if first > 0, opensWithQuotation(sentences[first], quotations) { first -= 1 }
    if last + 1 < sentences.count, opensWithQuotation(sentences[last + 1], quotations) { last += 1 }
    var found: [(Attribution, TokenisedSentence)] = []
    for index in first...min(last, first + 40) where sentences[index].count <= Self.longest {
      let tokenised = TokenisedSentence(sentences[index], of: document.text, quotations: quotations)
      let finder = AttributionFinder(lexicon: lexicon, sentence: tokenised, quotations: quotations)
      let here = finder.attributions()
      if here.isEmpty, let last = found.last, let goingOn = goingOn(tokenised, after: last, document) {
        found[found.count - 1].0.content.append(goingOn)
      }
      found += here.map { ($0, tokenised) }
    }
    return found
  }

  private func opensWithQuotation(_ sentence: TextRange, _ quotations: Quotations) -> Bool {
    quotations.pair(openingAt: sentence.start) != nil
  }

  /// The second quotation in `“…,” she said. “…”`, if its sentence holds nothing else and only source and cue follow
  /// the first.
  private func goingOn(
    _ sentence: TokenisedSentence, after last: (Attribution, TokenisedSentence), _ document: Document
  ) -> TextRange? {
    guard let quotation = sentence.quotations.first, quotation.start == sentence.range.start,
      let before = last.0.content.last, before.end <= last.0.cue.start, quotation.start >= last.1.range.end,
      document.sentences.index(at: sentence.range.start)
        == document.sentences.index(at: last.1.range.start).map({ $0 + 1 }),
      last.1.tokens.filter({ $0.range.start >= before.end }).count <= 16, last.1.quotations.contains(before)
    else { return nil }
    return quotation
  }

  private func suggestions(of attribution: Attribution, _ sentence: TokenisedSentence) -> [Suggestion] {
    guard let lexicon, let claim = scheme.claimLabel else { return [] }
    let cueText = sentence.text[attribution.cue]
    func suggestion(_ label: Scheme.Label, _ content: [TextRange], _ reason: Suggestion.Reason, _ confidence: Double)
      -> Suggestion
    {
      Suggestion(
        label: label.name, fragments: content, source: attribution.source, cue: attribution.cue, reason: reason,
        confidence: attribution.source == nil ? confidence / 2 : confidence)
    }
    guard let denial = scheme.denialLabel else {
      return [suggestion(claim, attribution.content, .cue(cueText), 0.6)]
    }
    return assertions(in: attribution, sentence).flatMap { content -> [Suggestion] in
      let asClaim = suggestion(claim, content, .cue(cueText), 0.5)
      if let found = FoundDenial(content, of: attribution, lexicon: lexicon, text: sentence.text) {
        let asDenial = suggestion(denial, content, .denial(found.word ?? cueText), found.confidence)
        return found.isClaim ? [asDenial, asClaim] : [asDenial]
      }
      if takesDemands, attribution.manner == .denies { return [asClaim] }
      guard attribution.manner == .says || attribution.manner == .accuses,
        takesDemands || !isDemand(attribution, content, sentence)
      else { return [] }
      return [asClaim]
    }
  }

  /// Whether words demand, offer, wish, plan or ask rather than claim.
  private func isDemand(_ attribution: Attribution, _ content: [TextRange], _ sentence: TokenisedSentence) -> Bool {
    guard let lexicon, let first = content.first else { return false }
    // The mark of a question stands in the content or right after it.
    let asks = content.contains { part in
      sentence.text[TextRange(part.start, min(part.end + 1, sentence.text.count))].contains("?")
    }
    if asks { return true }
    func tokens(_ range: TextRange) -> [Token] {
      TokenisedSentence(range, of: sentence.text).tokens
    }
    let cue = tokens(attribution.cue)
    if cue.indices.contains(where: { lexicon.match([.demanding], at: $0, in: cue) != nil }) { return true }
    let words = tokens(first)
    // “to send more” has no subject that could do it; “he would like to” tells a wish of the speaker.
    if words.first?.form == "to", lexicon.language == "en" { return true }
    // Of “the department should look into it” nothing can settle whether it is true.
    let opening = words.indices.prefix(10)
    if let verb = opening.first(where: { lexicon.has(words[$0], .modals) || lexicon.has(words[$0], .passives) }),
      lexicon.has(words[verb], .obliging)
    {
      return true
    }
    guard let subject = words.first, lexicon.has(subject, .pronouns) || lexicon.has(subject, .determiners) else {
      return false
    }
    // After a determiner comes a noun: “the plan would fail”, “the two sides want to talk”.
    let verbs = words.indices.dropFirst(lexicon.has(subject, .pronouns) ? 1 : 2)
    return verbs.prefix(4).contains { lexicon.match([.demanding], at: $0, in: words) != nil }
  }

  /// The suggestions that follow from content that was found otherwise, without the “that” before it.
  func suggestions(ofContent attribution: Attribution, in document: Document) -> [Suggestion] {
    guard let lexicon, let first = attribution.content.first,
      let home = document.sentences.index(at: attribution.cue.start) ?? document.sentences.index(at: first.start)
    else { return [] }
    let range = document.sentences[home]
    let quotations = Quotations(near: range, in: document.text)
    let sentence = TokenisedSentence(range, of: document.text, quotations: quotations)
    var attribution = attribution
    let words = Words.ranges(in: first, of: document.text)
    if words.count > 2, lexicon.opensClause(document.text[words[0]]) {
      attribution.content[0] = quotations.covering(TextRange(words[1].start, first.end), in: document.text)
    }
    return suggestions(of: attribution, sentence)
  }

  /// The separate assertions of an attribution: sentences of a quotation, and clauses joined by “and that”.
  private func assertions(in attribution: Attribution, _ sentence: TokenisedSentence) -> [[TextRange]] {
    guard let lexicon else { return [] }
    var pieces: [TextRange] = []
    for fragment in attribution.content {
      let inner = Sentences(DocumentText(sentence.text[fragment]))
      for index in 0..<inner.count {
        let range = inner[index]
        pieces += clauses(TextRange(fragment.start + range.start, fragment.start + range.end), sentence.text, lexicon)
      }
    }
    // A sentence interrupted by source and cue continues after them.
    if attribution.content.count == 2, pieces.count >= 2, attribution.content[0].end <= attribution.cue.start,
      let first = pieces.firstIndex(where: { $0.start >= attribution.content[1].start }), first > 0,
      continues(pieces[first - 1], pieces[first], sentence)
    {
      let joined = [pieces[first - 1], pieces[first]]
      return pieces[..<(first - 1)].map { [$0] } + [joined] + pieces[(first + 1)...].map { [$0] }
    }
    return pieces.map { [$0] }
  }

  private func continues(_ first: TextRange, _ second: TextRange, _ sentence: TokenisedSentence) -> Bool {
    guard second.start < sentence.range.end else { return false }
    let opening = sentence.text[TextRange(second.start, min(second.end, second.start + 2))]
    return !sentence.text[first].contains { "?!".contains($0) } && opening.contains { $0.isLowercase }
      || opening.first?.isLowercase == true
  }

  private func clauses(_ range: TextRange, _ text: DocumentText, _ lexicon: Lexicon) -> [TextRange] {
    let quotations = Quotations(near: range, in: text)
    let sentence = TokenisedSentence(range, of: text, quotations: quotations)
    let tokens = sentence.tokens
    guard !tokens.isEmpty else { return [] }
    var starts = [0]
    var ends: [Int] = []
    for index in tokens.indices.dropLast(2) where index > 1 {
      if !tokens[index].gap.isDisjoint(with: [.semicolon, .colon]), tokens[index].gap.isDisjoint(with: .opens) {
        ends.append(index)
        starts.append(index)
      } else if !tokens[index].isQuoted, lexicon.has(tokens[index], .conjunctions),
        lexicon.has(tokens[index + 1], .complementizers)
      {
        ends.append(index)
        starts.append(index + 2)
      }
    }
    ends.append(tokens.count)
    if starts.count == 1 {
      return [quotations.covering(TextRange(tokens[0].range.start, tokens[tokens.count - 1].range.end), in: text)]
    }
    return zip(starts, ends).compactMap { start, end in
      sentence.range(of: start..<end).map { quotations.covering($0, in: text) }
    }
  }
}
