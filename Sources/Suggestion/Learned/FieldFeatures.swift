/// The features of a paragraph's words: 82 templates over the words around, the lexicon's kinds, quotations and cues.
///
/// The templates are those of a feasibility study on PolNeAR: what a conditional random field needs to find sources, cues
/// and contents of reported speech without a model of the language trained before.
struct FieldFeatures: Sendable {
  /// The number of words.
  let count: Int
  /// The keys of the features, `words × templates`, row by row; 0 where a template has nothing to say.
  private(set) var keys: [UInt32] = []
  /// Where each word stands to the cues of its sentence, which decides on the table of moves into its tag: 0 no cue, 1 in
  /// a cue, 2 only before it, 3 only after it, 4 both.
  private(set) var contexts: [UInt8] = []

  static let templates = 82 + FieldHints.templates
  static let contextCount = 5

  private let words: [FieldWord]
  private let sentences: [Range<Int>]
  private let paragraph: FieldParagraph

  init(_ paragraph: FieldParagraph, _ hints: [FieldHints.Slot] = []) {
    let hints = FieldHints(hints, paragraph)
    self.paragraph = paragraph
    words = paragraph.words
    count = words.count
    var sentences: [Range<Int>] = []
    for (index, word) in words.enumerated() {
      if index > 0, words[index - 1].sentence == word.sentence {
        sentences[sentences.count - 1] = sentences[sentences.count - 1].lowerBound..<(index + 1)
      } else {
        sentences.append(index..<(index + 1))
      }
    }
    self.sentences = sentences
    keys.reserveCapacity(count * Self.templates)
    let (left, right, inCue) = cues()
    let (profiles, before, after) = quotationsAround()
    let cues = CueContext(words, sentences, left: left, right: right, inCue: inCue)
    for sentence in sentences {
      for index in sentence {
        addWords(index)
        addKinds(index)
        addQuotation(index, sentence, profiles[words[index].sentence - words[0].sentence], before[index], after[index])
        cues.add(index, sentence, to: &keys)
        hints.add(index, words[index].formHash, to: &keys)
        contexts.append(
          inCue[index] > 0 ? 1 : left[index] >= 0 ? right[index] >= 0 ? 4 : 2 : right[index] >= 0 ? 3 : 0)
      }
    }
  }

  @inline(__always)
  private mutating func add(_ template: Int, _ a: UInt64, _ rest: Int...) {
    var hash = FeatureHash(template)
    hash.add(a)
    for value in rest { hash.add(value) }
    keys.append(hash.key)
  }

  // MARK: words and kinds

  private static let beyond = (before: UInt64.max, after: UInt64.max - 1)

  private func form(_ index: Int) -> UInt64 {
    index < 0 ? Self.beyond.before : index < count ? words[index].formHash : Self.beyond.after
  }

  private func shape(_ index: Int) -> UInt64 {
    index < 0 ? Self.beyond.before : index < count ? words[index].shapeHash : Self.beyond.after
  }

  private func kinds(_ index: Int) -> Int {
    index < 0 ? -1 : index < count ? Int(bitPattern: UInt(words[index].kinds)) : -2
  }

  private mutating func addWords(_ index: Int) {
    for offset in -2...2 { add(6 + offset, form(index + offset)) }
    add(20, words[index].writtenHash)
    for offset in -1...1 { add(22 + offset, shape(index + offset)) }
    add(25, 0)
  }

  private static let flagged: [Lexicon.Kind] = [
    .speech, .thought, .denying, .accusing, .calling, .nouns, .roles, .titles, .organisations, .times, .negations,
    .auxiliaries, .pronouns, .determiners, .adverbs, .subordinators, .prepositions,
  ]

  private mutating func addKinds(_ index: Int) {
    for offset in -3...3 { add(60 + offset, 0, kinds(index + offset)) }
    let (before, here, after) = (kinds(index - 1), kinds(index), kinds(index + 1))
    add(70, 0, before, here)
    add(71, 0, here, after)
    add(72, 0, before, here, after)
    add(73, form(index), after)
    add(74, form(index), before)
    add(75, 0, after, kinds(index + 2))
    add(76, 0, kinds(index - 2), before)
    for (place, kind) in Self.flagged.enumerated() {
      func flag(_ value: Int) -> Int { value < 0 ? 0 : value >> kind.number & 1 }
      let (a, b, c) = (flag(before), flag(here), flag(after))
      if a | b | c == 0 { keys.append(0) } else { add(100 + place, 0, a, b, c) }
    }
  }

  // MARK: quotations

  /// How much of each sentence is quoted (none, some, most, all), and each word's distance to the end of the quotation
  /// before it and the start of the one after it in the sentence; 99 for none.
  private func quotationsAround() -> (profiles: [Int], before: [Int], after: [Int]) {
    var profiles = [Int](repeating: 0, count: (words.last?.sentence ?? 0) - (words.first?.sentence ?? 0) + 1)
    var before = [Int](repeating: 99, count: count)
    var after = before
    for sentence in sentences {
      let quoted = sentence.count { words[$0].quotationStart >= 0 }
      profiles[words[sentence.lowerBound].sentence - words[0].sentence] =
        quoted == 0 ? 0 : quoted >= sentence.count - 1 ? 3 : quoted * 2 > sentence.count ? 2 : 1
      var last: Int?
      for index in sentence {
        if let last { before[index] = index - last }
        if words[index].quotation == 3 { last = index }
      }
      var next: Int?
      for index in sentence.reversed() {
        if [1, 4].contains(words[index].quotation) { next = index }
        if let next { after[index] = next - index }
      }
    }
    return (profiles, before, after)
  }

  static func bucket(_ distance: Int) -> Int {
    switch distance {
    case ..<0: 0
    case 0...3: distance + 1
    case 4...5: 5
    case 6...8: 6
    case 9...13: 7
    case 14...21: 8
    default: 9
    }
  }

  private mutating func addQuotation(_ index: Int, _ sentence: Range<Int>, _ profile: Int, _ before: Int, _ after: Int)
  {
    let word = words[index]
    let q = word.quotation
    let (start, end) = (word.quotationStart, word.quotationEnd)
    let isQuoted = start >= 0
    let (form, kinds) = (word.formHash, kinds(index))
    func quotation(_ index: Int) -> Int { index < 0 ? -1 : index < count ? words[index].quotation : -2 }
    func mark(_ index: Int) -> Int { index >= 0 && index < count ? words[index].mark : -1 }
    let length = isQuoted ? [3, 5, 8, 12, 20, 40].count { end - start >= $0 } : -1
    let markBefore = isQuoted ? start > 0 ? mark(start - 1) * 2 + 1 : -9 : -1
    let markInside = isQuoted ? mark(end - 1) : -1
    let isStart = isQuoted ? (isFirst(start) ? 1 : 0) + (start == 0 ? 2 : 0) : -1
    let next = isQuoted && end + 1 < count ? end + 1 : -1
    let nextKinds = next >= 0 ? self.kinds(next) : -1
    add(200, 0, q, quotation(index - 1), quotation(index + 1))
    add(201, 0, q, length)
    add(202, 0, q, markBefore, markInside, isStart)
    add(203, 0, q, nextKinds)
    add(204, 0, q, nextKinds, next >= 0 && next + 1 < count ? self.kinds(next + 1) : -1)
    add(205, next >= 0 ? words[next].formHash : 0, q)
    add(206, 0, q, next >= 0 ? words[next].mark : -1, markInside)
    add(207, start > 0 ? words[start - 1].formHash : 0, q)
    add(208, form, q)
    add(209, 0, q, min(4, isQuoted ? index - start : -1), min(4, isQuoted ? end - index : -1))
    add(210, 0, q, isStart, length)
    add(211, 0, q, kinds)
    add(212, 0, profile, q)
    add(213, form, profile)
    add(214, 0, profile, paragraph.before, q > 0 ? 1 : 0, min(3, index))
    add(215, 0, profile, kinds)
    add(216, 0, Self.bucket(after), Self.bucket(before), q > 0 ? 1 : 0)
    add(217, form, Self.bucket(before))
    add(218, 0, Self.bucket(after), kinds)
  }

  private func isFirst(_ index: Int) -> Bool { index == 0 || words[index - 1].sentence != words[index].sentence }

  // MARK: cues

  /// The nearest cue before each word and after it in the sentence, by its first word, and whether the word is the first
  /// (1) or another (2) of a cue.
  private func cues() -> (left: [Int], right: [Int], inCue: [Int]) {
    var left = [Int](repeating: -1, count: count)
    var (right, inCue) = (left, [Int](repeating: 0, count: count))
    for sentence in sentences {
      var last = -1
      var open = -1
      for index in sentence {
        if open >= 0, index >= open + words[open].cueCount { (last, open) = (open, -1) }
        if words[index].cueClass > 0 { open = index }
        if open >= 0 { inCue[index] = index == open ? 1 : 2 }
        left[index] = last
      }
      var next = -1
      for index in sentence.reversed() {
        right[index] = next
        if words[index].cueClass > 0 { next = index }
      }
    }
    return (left, right, inCue)
  }
}
