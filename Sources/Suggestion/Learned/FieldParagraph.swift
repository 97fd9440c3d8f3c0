import Standoff

/// The words and marks of a paragraph, or of a part of one, tagged as one sequence.
struct FieldParagraph: Sendable {
  var words: [FieldWord] = []
  /// Whether the paragraph before holds a quotation, ends in one that does not close, begins with one: bits 1, 2, 4.
  let before: Int

  /// The bits that the next paragraph has as ``before``.
  var profile: Int {
    (words.contains { $0.quotation > 0 } ? 1 : 0) + (words.last.map { [4, 5].contains($0.quotation) } == true ? 2 : 0)
      + (words.first?.quotation == 1 ? 4 : 0)
  }

  /// The longest sequence, in words and marks.
  private static let longest = 600

  /// The paragraphs that given sentences stand in, each with the sentences that it holds.
  ///
  /// A paragraph ends where a line does, or at the next sentence after 400 words; of a sentence, 600 words count.
  static func all(of document: Document, holding sentences: Range<Int>, _ classes: LexiconClasses) -> [FieldParagraph] {
    guard !sentences.isEmpty else { return [] }
    var (first, last) = (sentences.lowerBound, sentences.upperBound - 1)
    while first > 0, last - first < 200, !isBreak(before: first, document) { first -= 1 }
    while last + 1 < document.sentences.count, last - first < 400, !isBreak(before: last + 1, document) { last += 1 }
    // The paragraph before tells whether a quotation goes on.
    let isFirst = first == 0
    if !isFirst {
      first -= 1
      while first > 0, last - first < 600, !isBreak(before: first, document) { first -= 1 }
    }
    var found: [FieldParagraph] = []
    var at = first
    while at <= last {
      var end = at + 1
      while end <= last, !isBreak(before: end, document) { end += 1 }
      var rest = at..<end
      while !rest.isEmpty {
        let paragraph = FieldParagraph(document, rest, found.last?.profile ?? 0, classes)
        let taken = (paragraph.words.last?.sentence ?? 0) + 1
        found.append(paragraph)
        rest = min(rest.upperBound, rest.lowerBound + taken)..<rest.upperBound
      }
      at = end
    }
    let from = document.sentences[sentences.lowerBound].start
    return isFirst ? found : found.filter { ($0.words.last?.range.end ?? 0) > from }
  }

  private static func isBreak(before index: Int, _ document: Document) -> Bool {
    let gap = document.text.bytes(of: TextRange(document.sentences[index - 1].end, document.sentences[index].start))
    return document.text.utf8[gap].contains(0x0A)
  }

  private init(
    _ document: Document, _ sentences: Range<Int>, _ before: Int, _ classes: LexiconClasses
  ) {
    self.before = before
    let text = document.text
    for index in sentences {
      if index > sentences.lowerBound, words.count >= Self.longest * 2 / 3 { break }
      addWords(of: document.sentences[index], sentence: index - sentences.lowerBound, text)
      if words.count > Self.longest {
        words.removeSubrange(Self.longest...)
        break
      }
    }
    classes.mark(&words)
    addQuotations(text)
  }

  private mutating func addWords(of range: TextRange, sentence: Int, _ text: DocumentText) {
    var last = range.start
    for word in Words.ranges(in: range, of: text) {
      addMarks(TextRange(last, word.start), sentence, text)
      last = word.end
      let written = text[word]
      let ending = FieldWord.ending(of: Token.form(of: written))
      for (part, place) in [
        (written.dropLast(ending), TextRange(word.start, word.end - ending)),
        (written.suffix(ending), TextRange(word.end - ending, word.end)),
      ] where !part.isEmpty {
        add(FieldWord(String(part), at: place, mark: 0), sentence)
      }
      if words.count > Self.longest { return }
    }
    addMarks(TextRange(last, range.end), sentence, text)
  }

  private mutating func addMarks(_ range: TextRange, _ sentence: Int, _ text: DocumentText) {
    guard !range.isEmpty, range.count > 1 || text.utf8[text.utf8Offset(ofCodePoint: range.start)] != 0x20 else {
      return
    }
    var run: (scalar: Unicode.Scalar, start: Int)?
    func close(_ end: Int) {
      guard let (scalar, start) = run else { return }
      let kind = scalar == "." && end - start > 1 ? 13 : FieldWord.kind(ofMark: scalar)
      add(
        FieldWord(String(repeating: Character(scalar), count: end - start), at: TextRange(start, end), mark: kind),
        sentence)
      run = nil
    }
    for (offset, scalar) in text[range].unicodeScalars.enumerated() {
      let place = range.start + offset
      if scalar == run?.scalar { continue }
      close(place)
      if !scalar.properties.isWhitespace { run = (scalar, place) }
    }
    close(range.end)
  }

  private mutating func add(_ word: FieldWord, _ sentence: Int) {
    words.append(word)
    words[words.count - 1].sentence = sentence
  }

  // MARK: quotations

  private mutating func addQuotations(_ text: DocumentText) {
    guard let first = words.first, let last = words.last else { return }
    let here = TextRange(first.range.start, last.range.end)
    for pair in Quotations(near: here, in: text).pairs where pair.range.overlaps(here) {
      guard let start = words.firstIndex(where: { $0.range.end > pair.range.start }),
        let end = words.lastIndex(where: { $0.range.start < pair.range.end }), start <= end,
        words[start].quotation == 0
      else { continue }
      let isSingle = ["'", "‘", "‚", "‹"].contains(text[TextRange(pair.range.start, pair.range.start + 1)])
      let isOpen = pair.range.end > here.end
      if words[start].mark > 0, words[start].range.start == pair.range.start { words[start].mark = 9 }
      if words[end].mark > 0, words[end].range.end == pair.range.end { words[end].mark = 10 }
      for index in start...end {
        let isFirst = index == start && pair.range.start >= here.start
        let state = isFirst ? 1 : index == end && !isOpen ? 3 : 2
        words[index].quotation = isSingle ? state + 5 : isOpen ? (isFirst ? 4 : 5) : state
        (words[index].quotationStart, words[index].quotationEnd) = (start, isOpen ? end + 1 : end)
      }
    }
  }
}
