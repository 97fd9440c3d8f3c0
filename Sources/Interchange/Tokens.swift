import Standoff

/// The tokens of a text: its words, and every other character that is not white space.
struct Tokens {
  /// In reading order.
  let ranges: [TextRange]
  private let byStart: [Int: Int]
  private let byEnd: [Int: Int]

  /// The tokens that a document came with, else those cut here.
  ///
  /// - Parameters:
  ///   - pieces: spans at whose borders a token is cut in two.
  ///   - withSpace: whether white space is a token too, where it is more than one blank after a token.
  init(_ version: AnnotatedDocument, cuttingAt pieces: [SpanPiece] = [], withSpace: Bool = false) {
    self.init(
      version.document.text, version.tokens?.ranges, cuttingAt: Set(pieces.flatMap { [$0.range.start, $0.range.end] }),
      withSpace: withSpace)
  }

  init(_ text: DocumentText) { self.init(text, nil, cuttingAt: [], withSpace: false) }

  private init(_ text: DocumentText, _ known: [TextRange]?, cuttingAt cuts: Set<Int>, withSpace: Bool) {
    var ranges: [TextRange] = []
    var at = 0
    func addGap(to end: Int) {
      var space: Int?
      for character in text[TextRange(at, end)] {
        let next = at + character.unicodeScalars.count
        if character.isWhitespace {
          space = space ?? at
        } else {
          addSpace(space, to: at)
          space = nil
          ranges.append(TextRange(at, next))
        }
        at = next
      }
      addSpace(space, to: end)
    }
    func addSpace(_ start: Int?, to end: Int) {
      guard withSpace, let start, start < end else { return }
      let isBlank = text[TextRange(start, start + 1)] == " "
      // The blank after a token is not a token.
      let first = isBlank && start > 0 ? start + 1 : start
      if first < end { ranges.append(TextRange(first, end)) }
    }
    for word in known.map({ Self.filled($0, text) }) ?? Words.ranges(in: text.range, of: text) {
      addGap(to: word.start)
      ranges.append(word)
      at = word.end
    }
    addGap(to: text.count)
    if !cuts.isEmpty { ranges = ranges.flatMap { Self.cut($0, cuts) } }
    self.ranges = ranges
    byStart = Dictionary(uniqueKeysWithValues: ranges.enumerated().map { ($1.start, $0) })
    byEnd = Dictionary(uniqueKeysWithValues: ranges.enumerated().map { ($1.end, $0) })
  }

  /// The tokens with the words between them.
  private static func filled(_ tokens: [TextRange], _ text: DocumentText) -> [TextRange] {
    var (filled, at): ([TextRange], Int) = ([], 0)
    for token in tokens + [TextRange(text.count, text.count)] {
      if token.start - at > 1 { filled += Words.ranges(in: TextRange(at, token.start), of: text) }
      if !token.isEmpty { filled.append(token) }
      at = token.end
    }
    return filled
  }

  private static func cut(_ range: TextRange, _ cuts: Set<Int>) -> [TextRange] {
    var (parts, start): ([TextRange], Int) = ([], range.start)
    for offset in range.start..<range.end where offset > start && cuts.contains(offset) {
      parts.append(TextRange(start, offset))
      start = offset
    }
    return parts + [TextRange(start, range.end)]
  }

  /// The first and last token of a range; nil if it begins or ends inside a token or between two.
  func indices(of range: TextRange) -> ClosedRange<Int>? {
    guard let first = byStart[range.start], let last = byEnd[range.end], first <= last else { return nil }
    return first...last
  }
}

extension AnnotatedDocument {
  /// The tokens and sentences that the text came with; else those cut here.
  ///
  /// Words that no token covers are tokens too, so that nothing of the text is missing.
  var sentencedTokens: TextTokens {
    let all = Tokens(self)
    guard let tokens, !tokens.sentenceStarts.isEmpty else { return all.withSentences(document) }
    if all.ranges.count == tokens.ranges.count { return tokens }
    let starts = Set(tokens.sentenceStarts.map { tokens.ranges[$0].start })
    let firsts = all.ranges.indices.filter { $0 == 0 || starts.contains(all.ranges[$0].start) }
    return TextTokens(ranges: all.ranges, sentenceStarts: firsts)
  }
}

extension Tokens {
  /// The tokens with the sentences of a document.
  fileprivate func withSentences(_ document: Document) -> TextTokens {
    var (starts, sentence): ([Int], Int) = ([], -1)
    for (index, token) in ranges.enumerated() {
      var here = max(0, sentence)
      while here + 1 < document.sentences.count, document.sentences[here].end <= token.start { here += 1 }
      if here != sentence { starts.append(index) }
      sentence = here
    }
    return TextTokens(ranges: ranges, sentenceStarts: starts)
  }
}

/// A contiguous part of a span, for formats without gaps.
struct SpanPiece {
  let span: Annotation
  /// The number of the fragment, from 1.
  let number: Int
  let range: TextRange

  /// The span's number; of a further fragment with its own behind a point.
  var id: String { number == 1 ? "\(span.id)" : "\(span.id).\(number)" }
}

extension AnnotationSet {
  /// Every fragment of every span, in reading order, the longer first.
  var pieces: [SpanPiece] {
    spans.flatMap { span in span.fragments.enumerated().map { SpanPiece(span: span, number: $0 + 1, range: $1) } }
      .sorted {
        ($0.range.start, -$0.range.end, $0.span.id, $0.number) < ($1.range.start, -$1.range.end, $1.span.id, $1.number)
      }
  }
}
