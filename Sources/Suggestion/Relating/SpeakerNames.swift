public import Standoff

/// The names of those who speak, by the words that stand for them in a document.
///
/// “Harbour master Olav Brandt” gives “Olav Brandt” by itself; “Brandt” gives the last full name before it that ends with
/// it; of “he” the speaker is guessed.
public struct SpeakerNames {
  /// A speaker's name.
  public struct Name: Hashable, Sendable {
    public let name: String
    /// Whether the words name nobody, as a pronoun does, and the name is that of who spoke before.
    public let isGuess: Bool
  }

  private let lexicon: Lexicon
  private let document: Document
  private let set: AnnotationSet
  private let listed: (String) -> String?

  /// - Parameters:
  ///   - set: the spans whose speakers are known.
  ///   - listed: the name in the team's list for a name or an alias; nil if it is not listed.
  public init(
    _ lexicon: Lexicon, _ document: Document, _ set: AnnotationSet, listed: @escaping (String) -> String?
  ) {
    (self.lexicon, self.document, self.set, self.listed) = (lexicon, document, set, listed)
  }

  /// How far from a source, in code points, full names and earlier sources are looked for.
  private static let reach = 20_000

  /// Who speaks by the words of a source; nil if that cannot be told.
  public func name(of source: TextRange) -> Name? {
    let words = Self.plain(document.text[source])
    let earlier = set.annotations(in: TextRange(max(0, source.start - Self.reach), source.start)).filter { span in
      set.scheme.label(span.label)?.kind == .source && span.hull.end <= source.start
    }
    if lexicon.isPronoun(words) { return speakerBefore(earlier).map { Name(name: $0, isGuess: true) } }
    let known = earlier.reversed().lazy.compactMap { span in
      span.attributes[EffectiveSpeakers.attribute].map { (words: Self.plain(document.text[span.hull]), name: $0) }
    }
    if let same = known.first(where: { $0.words == words }) { return Name(name: same.name, isGuess: false) }
    guard let name = name(in: source) else { return nil }
    let longer = known.first { $0.name.hasSuffix(" " + name) || $0.name.hasPrefix(name + " ") }
    return Name(name: listed(name) ?? longer?.name ?? fullName(name, near: source), isGuess: false)
  }

  /// The person who spoke last; else whoever did.
  private func speakerBefore(_ sources: [Annotation]) -> String? {
    let names = sources.reversed().lazy.compactMap { source in
      source.attributes[EffectiveSpeakers.attribute] ?? name(in: source.hull)
    }
    return names.first { name in
      let words = name.split(separator: " ")
      return words.count > 1 && !words.contains { lexicon.isNoPerson(String($0)) }
    } ?? names.first
  }

  private static func plain(_ words: String) -> String {
    let form = Token.form(of: words)
    return form.hasSuffix("'s") ? String(form.dropLast(2)) : form
  }

  // MARK: names in words

  /// The name in the words of a source, without titles, roles and descriptions; nil if they name nobody.
  private func name(in source: TextRange) -> String? {
    let tokens = tokens(in: source)
    guard !tokens.isEmpty, !tokens.contains(where: { lexicon.has($0, .conjunctions) }) else { return nil }
    let runs = runs(in: tokens)
    let head = tokens.firstIndex { !lexicon.has($0, .determiners) } ?? 0
    guard !tokens[head].isCapitalised else {
      // “Ann Low, the dean of the school” and “Kenya's foreign minister, Noor Hale”: the first full name.
      let full = runs.first { run in
        run.count > 1 && isPerson(tokens[run])
          && (run.upperBound == tokens.count || !tokens[run.upperBound - 1].form.hasSuffix("'s"))
      }
      if let full, full.lowerBound == head || !isDescribing(tokens[head..<full.lowerBound]) {
        return text(tokens[full])
      }
      // “the US government” is named as a whole.
      let comma = tokens.indices.dropFirst().first { tokens[$0].gap.contains(.comma) } ?? tokens.count
      if let last = tokens[..<comma].last, lexicon.has(last, .organisations), !last.isCapitalised {
        return tokens[..<comma].contains { $0.form.hasSuffix("'s") } ? nil : text(tokens[head..<comma])
      }
      guard let last = runs.last(where: { $0.upperBound == comma }) else { return nil }
      return last.count == 1 && isCommon(tokens[last.lowerBound]) ? nil : text(tokens[last])
    }
    // “a spokesman, Tom Reed” and “harbour master Olav Brandt”, but not “the dean of the School of Journalism”.
    guard let last = runs.last, last.upperBound == tokens.count, !isDescribing(tokens[head..<last.lowerBound]) else {
      return nil
    }
    return text(tokens[last])
  }

  /// Whether a word has a capital only because it begins a sentence, as in “Police said”.
  private func isCommon(_ word: Token) -> Bool {
    guard let home = document.sentences.index(at: word.range.start),
      Words.ranges(in: document.sentences[home], of: document.text).first == word.range
    else { return false }
    if lexicon.has(word, .organisations) { return true }
    let near = TextRange(
      max(0, word.range.start - Self.reach), min(document.text.count, word.range.end + Self.reach))
    return holds(Array(" \(word.text.lowercased())".utf8), near)
  }

  /// Whether words lead on to a part of what they describe, as “the dean of” does.
  private func isDescribing(_ words: ArraySlice<Token>) -> Bool { words.contains { lexicon.has($0, .linking) } }

  private func isPerson(_ name: ArraySlice<Token>) -> Bool {
    !name.contains { lexicon.isNoPerson($0.text) }
  }

  /// The kinds of words that are in no name and have a capital where they begin a sentence.
  private static let opening: Set<Lexicon.Kind> = [
    .adverbs, .auxiliaries, .circumstances, .complementizers, .conjunctions, .determiners, .linking, .negations,
    .prepositions, .pronouns, .relatives, .subordinators,
  ]

  /// Capitalised words in a row, without titles and roles before them.
  private func runs(in tokens: [Token]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < tokens.count {
      if let time = lexicon.match([.times], at: start, in: tokens) {
        start += time.count
        continue
      }
      guard tokens[start].isCapitalised, Self.opening.isDisjoint(with: lexicon.kinds(of: tokens[start])) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < tokens.count, continues(tokens, at: end) { end += 1 }
      while end > start + 1, !tokens[end - 1].isCapitalised { end -= 1 }
      let title = (start..<end).last { isTitle(tokens[$0]) }
      let first = title.map { $0 + 1 } ?? start
      if first < end { runs.append(first..<end) } else if title == nil { runs.append(start..<end) }
      start = end
    }
    return runs
  }

  private func isTitle(_ word: Token) -> Bool { lexicon.has(word, .titles) || lexicon.has(word, .roles) }

  private func continues(_ tokens: [Token], at index: Int) -> Bool {
    let (before, word) = (tokens[index - 1], tokens[index])
    guard word.gap == .blank, !before.form.hasSuffix("'s") else { return false }
    return word.isCapitalised || lexicon.has(word, .particles)
  }

  private func text(_ name: ArraySlice<Token>) -> String {
    guard let first = name.first, let last = name.last else { return "" }
    let text = document.text[TextRange(first.range.start, last.range.end)]
    return last.form.hasSuffix("'s") ? String(text.dropLast(2)) : text
  }

  private func tokens(in range: TextRange) -> [Token] {
    TokenisedSentence(range, of: document.text).tokens
  }

  // MARK: full names

  /// The longer name that ends with a name of one word: the last before a source, else the first after it; else the name
  /// itself.
  private func fullName(_ name: String, near source: TextRange) -> String {
    guard !name.contains(" "), let home = document.sentences.index(at: source.start) else { return name }
    let before = (0..<home).reversed().prefix { document.sentences[$0].end > source.start - Self.reach }
    let after = (home..<document.sentences.count).prefix { document.sentences[$0].start < source.end + Self.reach }
    let words = Array(" \(name)".utf8)
    let places = (Array(before) + Array(after)).lazy.filter { holds(words, document.sentences[$0]) }
    for place in places.prefix(Self.mostSentences) {
      let tokens = tokens(in: document.sentences[place])
      let full = runs(in: tokens).filter { (2...4).contains($0.count) && isPerson(tokens[$0]) }
        .map { text(tokens[$0]) }.last { $0.hasSuffix(" " + name) }
      if let full { return listed(full) ?? full }
    }
    return name
  }

  /// The most sentences with a surname that are looked at.
  private static let mostSentences = 40

  /// Whether a range of the text has some bytes.
  private func holds(_ words: [UInt8], _ range: TextRange) -> Bool {
    let (bytes, text) = (document.text.bytes(of: range), document.text.utf8)
    guard let first = words.first, bytes.count >= words.count else { return false }
    return (bytes.lowerBound...(bytes.upperBound - words.count)).contains { start in
      text[start] == first && text[start..<(start + words.count)].elementsEqual(words)
    }
  }
}
