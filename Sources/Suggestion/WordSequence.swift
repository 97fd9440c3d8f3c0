import Standoff

/// The words of a document with their features for the tagger.
struct WordSequence {
  let words: [TextRange]
  let features: [[String]]
  /// The lexicon's suggestions for each label, as a tag per word.
  private(set) var proposals: [String: [SequenceModel.Tag]] = [:]
  /// The stretches of words that are tagged separately: sentences, joined where a quotation runs across them.
  let stretches: [Range<Int>]

  /// - Parameter sentences: the sentences to include.
  init(_ document: Document, sentences: Range<Int>, _ suggester: Suggester) {
    var words: [TextRange] = []
    var features: [[String]] = []
    var suggested: [Suggestion] = []
    var stretches: [Range<Int>] = []
    for index in sentences {
      let range = document.sentences[index]
      let quotations = Quotations(near: range, in: document.text)
      let sentence = TokenisedSentence(range, of: document.text, quotations: quotations)
      var proposed = [[String]](repeating: [], count: sentence.tokens.count)
      func mark(_ role: String, _ fragments: [TextRange]) {
        for fragment in fragments {
          let inside = sentence.tokens.indices.filter { fragment.contains(sentence.tokens[$0].range) }
          for place in inside {
            proposed[place].append(
              "\(role)-\(place == inside.first && fragment.start >= range.start ? fragment == fragments.first ? "b" : "r" : "i")"
            )
          }
          if let last = inside.last, last + 1 < proposed.count { proposed[last + 1].append("after-\(role)") }
          if let first = inside.first, first > 0 { proposed[first - 1].append("before-\(role)") }
        }
      }
      for attribution in suggester.attributions(in: index, of: document) {
        mark("cue", [attribution.cue])
        if let source = attribution.source { mark("source", [source]) }
        mark("content-\(attribution.manner)", attribution.content)
        mark("content", attribution.content)
      }
      for suggestion in suggester.suggestions(in: index, of: document) {
        mark("s-\(suggestion.label)", suggestion.fragments)
        suggested.append(suggestion)
      }
      let end = words.count + sentence.tokens.count
      if let last = stretches.last,
        quotations.pairs.contains(where: { $0.range.contains(range.start) && $0.range.start < range.start })
      {
        stretches[stretches.count - 1] = last.lowerBound..<end
      } else {
        stretches.append(words.count..<end)
      }
      for place in sentence.tokens.indices {
        features.append(Self.features(place, sentence, proposed, suggester.lexicon))
        words.append(sentence.tokens[place].range)
      }
    }
    self.words = words
    self.features = features
    self.stretches = stretches
    let byLabel = suggester.byLabel(suggested)
    for label in suggester.scheme.labels.map(\.name) { proposals[label] = tags(byLabel[label] ?? []) }
  }

  private static func features(
    _ index: Int, _ sentence: TokenisedSentence, _ proposed: [[String]], _ lexicon: Lexicon?
  ) -> [String] {
    let tokens = sentence.tokens
    func form(_ offset: Int) -> String {
      tokens.indices.contains(index + offset) ? tokens[index + offset].form : offset < 0 ? "<s>" : "</s>"
    }
    func marks(_ offset: Int) -> [String] {
      tokens.indices.contains(index + offset) ? Array(Set(proposed[index + offset])).sorted() : []
    }
    let token = tokens[index]
    var found = ["bias", "w=\(token.form)", "w-1=\(form(-1))", "gap=\(token.gap.rawValue)"]
    found.append("gap+1=\(sentence.gap(before: index + 1).rawValue)")
    if token.isCapitalised { found.append("capital") }
    if token.isQuoted { found.append("quoted") }
    if index == 0 { found.append("first") }
    if index == tokens.count - 1 { found.append("last") }
    for kind in lexicon?.kinds(of: token) ?? [] { found.append("k=\(kind)") }
    if index > 0 { for kind in lexicon?.kinds(of: tokens[index - 1]) ?? [] { found.append("k-1=\(kind)") } }
    if index + 1 < tokens.count {
      for kind in lexicon?.kinds(of: tokens[index + 1]) ?? [] { found.append("k+1=\(kind)") }
    }
    let here = marks(0)
    if here.isEmpty { found.append("p=none") }
    for mark in here { found += ["p=\(mark)", "p=\(mark)|w=\(token.form)", "p=\(mark)|q=\(token.isQuoted)"] }
    for mark in marks(-1) { found.append("p-1=\(mark)") }
    for mark in marks(1) { found += ["p+1=\(mark)", "p+1=\(mark)|w=\(token.form)"] }
    found.append("p=\(here.joined(separator: ","))|-1=\(marks(-1).joined(separator: ","))")
    found.append("p=\(here.joined(separator: ","))|+1=\(marks(1).joined(separator: ","))")
    return found
  }

  /// The tags of given spans; where spans overlap, the shorter ones win.
  func tags(_ spans: [[TextRange]]) -> [SequenceModel.Tag] {
    var tags = [SequenceModel.Tag](repeating: .outside, count: words.count)
    func length(_ span: [TextRange]) -> Int { span.reduce(0) { $0 + $1.count } }
    let ordered = spans.sorted { a, b in
      length(a) != length(b) ? length(a) < length(b) : a.lexicographicallyPrecedes(b)
    }
    for span in ordered {
      let pieces = span.map { indices(of: $0) }
      guard pieces.joined().allSatisfy({ tags[$0] == .outside }) else { continue }
      for (place, piece) in pieces.enumerated() {
        for index in piece { tags[index] = .goesOn }
        if let first = piece.first { tags[first] = place == 0 ? .begins : .resumes }
      }
    }
    return tags
  }

  private func indices(of range: TextRange) -> Range<Int> {
    let first = words.partitioningIndex { $0.end > range.start }
    let last = words.partitioningIndex { $0.start >= range.end }
    return first..<max(first, last)
  }

  /// The spans that given tags describe.
  func spans(_ tags: [SequenceModel.Tag], _ document: Document) -> [[TextRange]] {
    var joined: [[Range<Int>]] = []
    for (index, tag) in tags.enumerated() where tag != .outside {
      switch tag {
      case .goesOn where joined.last?.last?.upperBound == index:
        let (span, piece) = (joined.count - 1, joined[joined.count - 1].count - 1)
        joined[span][piece] = joined[span][piece].lowerBound..<(index + 1)
      case .resumes where !joined.isEmpty: joined[joined.count - 1].append(index..<(index + 1))
      default: joined.append([index..<(index + 1)])
      }
    }
    return joined.map { pieces in
      Annotation.normalised(
        pieces.map { piece in
          let range = TextRange(words[piece.lowerBound].start, words[piece.upperBound - 1].end)
          return Quotations(near: range, in: document.text).covering(range, in: document.text)
        })
    }
  }

  /// The word before a span, its first and last words, and the word after it.
  static func context(_ fragments: [TextRange], _ document: Document) -> [String] {
    guard let first = fragments.first, let last = fragments.last else { return [] }
    func words(_ from: Int, _ to: Int) -> [String] {
      Words.ranges(in: TextRange(max(0, from), min(document.text.count, to)), of: document.text)
        .map { Token.form(of: document.text[$0]) }
    }
    let inside = words(first.start, last.end)
    return [
      words(first.start - 40, first.start).last ?? "", inside.first ?? "", inside.last ?? "",
      words(last.end, last.end + 40).first ?? "",
    ]
  }
}

extension Array {
  /// The first index whose element, like all after it, meets a condition.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
