@testable import Standoff

/// A made text and a version of it with planted edits, in which the place of every word is known.
///
/// Words come from a small vocabulary in which a few are very common, some sentences stand twice, and what is put in is
/// either of new words or a copy of what stands there already.
struct EditedText {
  /// A word, by its number in the old text; nil for one that was put in. One that was misspelt keeps its number.
  struct Word: Equatable {
    var text: String
    var number: Int?
    var isMisspelt = false
    /// What follows it: a blank, a stop and a blank, or a new paragraph.
    var after = " "
  }

  private(set) var oldWords: [Word] = []
  private(set) var newWords: [Word] = []
  private(set) var old = DocumentText("")
  private(set) var new = DocumentText("")
  private(set) var oldRanges: [TextRange] = []
  /// By the word's number in the old text.
  private(set) var newRanges: [Int: TextRange] = [:]
  let hasCopies: Bool
  private var random: SplitMix

  struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// - Parameter hasCopies: whether sentences stand twice in the old text, and copies of its words are put into the new one.
  init(seed: UInt64, paragraphs: Int, edits: Int, hasCopies: Bool) {
    self.hasCopies = hasCopies
    random = SplitMix(state: seed)
    for _ in 0..<paragraphs { addParagraph() }
    newWords = oldWords
    let kinds = (0..<edits).map { _ in below(9) }.filter { hasCopies || $0 != Self.copying }
    // Copies come last: one of words that are edited later would be the better place for them.
    for kind in kinds.filter({ $0 != Self.copying }) + kinds.filter({ $0 == Self.copying }) { edit(kind) }
    (old, oldRanges) = Self.text(of: oldWords)
    let (text, ranges) = Self.text(of: newWords)
    new = text
    for (word, range) in zip(newWords, ranges) { if let number = word.number { newRanges[number] = range } }
  }

  /// A stretch of words of a paragraph of the old text.
  mutating func stretch(atMost count: Int) -> Range<Int> {
    let start = below(oldWords.count)
    let end = oldWords[start...].firstIndex { $0.after == ".\n\n" } ?? oldWords.count - 1
    return start..<min(end + 1, start + 1 + below(count))
  }

  func oldRange(_ words: Range<Int>) -> TextRange {
    TextRange(oldRanges[words.lowerBound].start, oldRanges[words.upperBound - 1].end)
  }

  /// Where a stretch stands now, if its words stand as they did, side by side.
  func untouched(_ words: Range<Int>) -> TextRange? {
    guard let at = newWords.firstIndex(where: { $0.number == words.lowerBound }) else { return nil }
    for (offset, word) in words.enumerated() {
      guard at + offset < newWords.count, newWords[at + offset].number == word, !newWords[at + offset].isMisspelt else {
        return nil
      }
      if offset + 1 < words.count, newWords[at + offset].after != oldWords[word].after { return nil }
    }
    guard let first = newRanges[words.lowerBound], let last = newRanges[words.upperBound - 1] else { return nil }
    return TextRange(first.start, last.end)
  }

  /// Whether a range holds a stretch that was edited: from its first word to its last, where both are there, and nothing of
  /// its neighbours; of one that lost an edge most of what is there.
  func holds(_ range: TextRange, _ words: Range<Int>) -> Bool {
    let alive = words.compactMap { newRanges[$0] }
    guard let first = newRanges[words.lowerBound], let last = newRanges[words.upperBound - 1] else {
      return alive.count { range.contains($0) } * 2 > alive.count
    }
    let hull = TextRange(min(first.start, last.start), max(first.end, last.end))
    let low = words.lowerBound == 0 ? 0 : newRanges[words.lowerBound - 1]?.end ?? 0
    let high = newRanges[words.upperBound]?.start ?? new.count
    return range.contains(hull) && (range.start >= low || low > hull.start) && (range.end <= high || high < hull.end)
  }

  /// How many words around a stretch, sixteen on either side, stand around a place in the same order.
  func support(of words: Range<Int>, at range: TextRange) -> Int {
    let ranges = Self.text(of: newWords).1
    guard let first = ranges.firstIndex(where: { $0.end > range.start }) else { return 0 }
    let last = (ranges.lastIndex { $0.start < range.end } ?? 0) + 1
    var vocabulary = WordNumbers()
    func numbers(_ words: some Sequence<Word>) -> [Int32] {
      words.prefix(16).map { vocabulary.number(of: Array($0.text.utf8), 0..<$0.text.utf8.count) }
    }
    func shared(_ a: some Sequence<Word>, _ b: some Sequence<Word>) -> Int {
      Realignment.common(numbers(a), numbers(b))
    }
    return shared(oldWords[..<words.lowerBound].reversed(), newWords[..<min(first, last)].reversed())
      + shared(oldWords[words.upperBound...], newWords[max(first, last)...])
  }

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

  private mutating func word() -> String {
    if below(3) == 0 { return ["the", "of", "no", "said", "a"][below(5)] }
    return ["ka", "lo", "mi", "ré", "tu", "so"][below(6)] + ["ban", "der", "vix", "n’t", "mor"][below(5)]
      + ["", "s", "ed", "e"][below(4)]
  }

  private mutating func newWord() -> String {
    ["zu", "qua", "xy", "wé"][below(4)] + ["ppe", "rrol", "ggin", "ff"][below(4)] + String(below(100))
  }

  private mutating func sentence(_ word: (inout Self) -> String) -> [Word] {
    var words = (0..<4 + below(14)).map { _ in Word(text: word(&self)) }
    words[words.count - 1].after = ". "
    return words
  }

  private mutating func addParagraph() {
    var words: [Word] = []
    for _ in 0..<2 + below(4) {
      if hasCopies, below(6) == 0, !oldWords.isEmpty {
        let start = below(oldWords.count)
        words += oldWords[start...].prefix(6)
        words[words.count - 1].after = ". "
      } else {
        words += sentence { $0.word() }
      }
    }
    words[words.count - 1].after = ".\n\n"
    for word in words { oldWords.append(Word(text: word.text, number: oldWords.count, after: word.after)) }
  }

  private static let copying = 7

  private mutating func edit(_ kind: Int) {
    let at = below(newWords.count)
    let count = min(1 + below(3), newWords.count - at)
    switch kind {
    case 0, 1: newWords.insert(contentsOf: (0..<count).map { _ in Word(text: newWord()) }, at: at)
    case 2, 3:
      newWords[at].text = "x" + newWords[at].text
      newWords[at].isMisspelt = true
    case 4: newWords.replaceSubrange(at..<at + count, with: (0..<1 + below(3)).map { _ in Word(text: newWord()) })
    case 5: newWords.removeSubrange(at..<at + count)
    case 6: newWords.insert(contentsOf: sentence { $0.newWord() }, at: sentenceStart(from: at))
    case Self.copying:
      let from = below(newWords.count)
      let copy = newWords[from...].prefix(3 + below(10)).map { Word(text: $0.text, after: $0.after) }
      newWords.insert(contentsOf: copy, at: at)
    default:
      let start = paragraphStart(from: at)
      let end = newWords[start...].firstIndex { $0.after == ".\n\n" }.map { $0 + 1 } ?? newWords.count
      let paragraph = newWords[start..<end]
      newWords.removeSubrange(start..<end)
      guard !newWords.isEmpty else { return newWords = Array(paragraph) }
      newWords.insert(contentsOf: paragraph, at: paragraphStart(from: below(newWords.count)))
    }
    if newWords.isEmpty { newWords = [Word(text: newWord())] }
  }

  private func sentenceStart(from at: Int) -> Int {
    newWords[..<at].lastIndex { $0.after != " " }.map { $0 + 1 } ?? 0
  }

  private func paragraphStart(from at: Int) -> Int {
    newWords[..<at].lastIndex { $0.after == ".\n\n" }.map { $0 + 1 } ?? 0
  }

  private static func text(of words: [Word]) -> (DocumentText, [TextRange]) {
    var text = ""
    var offset = 0
    var ranges: [TextRange] = []
    for word in words {
      let length = word.text.unicodeScalars.count
      ranges.append(TextRange(offset, offset + length))
      text += word.text + word.after
      offset += length + word.after.unicodeScalars.count
    }
    return (DocumentText(text), ranges)
  }
}
