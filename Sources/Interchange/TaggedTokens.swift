import Standoff

/// The tokens of a document, ready for tags.
struct TaggedTokens {
  /// A span on tokens, with the label under which it goes out.
  struct Span {
    let label: String
    let tokens: ClosedRange<Int>
  }

  let version: AnnotatedDocument
  let tokens: TextTokens
  private let byStart: [Int: Int]
  private let byEnd: [Int: Int]
  /// The sentence of each token, by number.
  private let sentences: [Int]

  init(_ version: AnnotatedDocument) {
    self.version = version
    tokens = version.sentencedTokens
    byStart = Dictionary(uniqueKeysWithValues: tokens.ranges.enumerated().map { ($1.start, $0) })
    byEnd = Dictionary(uniqueKeysWithValues: tokens.ranges.enumerated().map { ($1.end, $0) })
    let starts = Set(tokens.sentenceStarts)
    var (sentence, sentences): (Int, [Int]) = (-1, [])
    for index in tokens.ranges.indices {
      if starts.contains(index) { sentence += 1 }
      sentences.append(sentence)
    }
    self.sentences = sentences
  }

  /// The spans that begin and end with tokens of one sentence, in reading order; the others are reported.
  func spans(_ sink: inout ExportSink) -> [(piece: SpanPiece, span: Span)] {
    var found: [(piece: SpanPiece, span: Span)] = []
    for piece in sink.trimmed(version.set.pieces, of: version) {
      guard let first = byStart[piece.range.start], let last = byEnd[piece.range.end], first <= last else {
        sink.lose(piece, of: version, .tokenBorder)
        continue
      }
      guard sentences[first] == sentences[last] else {
        sink.lose(piece, of: version, .sentenceBorder)
        continue
      }
      found.append((piece, Span(label: version.label(piece.span.label), tokens: first...last)))
    }
    return found
  }

  /// A tag for each token; the spans do not overlap.
  func column(_ spans: [Span], _ tags: CoNLL.Tags) -> [String] {
    var column = [String](repeating: "O", count: tokens.ranges.count)
    var last: Span?
    for span in spans.sorted(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }) {
      let touches =
        last.map { last in
          last.label == span.label && last.tokens.upperBound + 1 == span.tokens.lowerBound
            && sentences[last.tokens.upperBound] == sentences[span.tokens.lowerBound]
        } ?? false
      for token in span.tokens {
        let (isFirst, isLast) = (token == span.tokens.lowerBound, token == span.tokens.upperBound)
        let letter =
          switch tags {
          case .iob2: isFirst ? "B" : "I"
          case .iob1: isFirst && touches ? "B" : "I"
          case .bilou: isFirst ? (isLast ? "U" : "B") : isLast ? "L" : "I"
          }
        column[token] = "\(letter)-\(span.label)"
      }
      last = span
    }
    return column
  }
}

/// A tag such as `B-PER`, or one without a prefix.
struct TokenTag {
  let prefix: Character?
  let label: String

  /// Whether a value is a tag with a prefix, or outside every span.
  static func isTag(_ value: String) -> Bool { isOutside(value) || TokenTag(value)?.prefix != nil }

  static func isOutside(_ value: String) -> Bool { ["O", "_", "-", "-X-"].contains(value) }

  /// The tag; nil for one that is outside every span.
  init?(_ value: String) {
    if Self.isOutside(value) || value.isEmpty { return nil }
    let parts = value.split(separator: "-", maxSplits: 1).map(String.init)
    if parts.count == 2, parts[0].count == 1, let letter = parts[0].first, "BILUSE".contains(letter) {
      (prefix, label) = (letter, parts[1])
    } else {
      (prefix, label) = (nil, value)
    }
  }
}

/// A document known by its tokens and columns of tags alone.
struct TokenDocument {
  var name: String?
  var annotator: String?
  private(set) var words: [String] = []
  /// Whether a blank follows each token.
  private var spaces: [Bool] = []
  private var bytes: [Int] = []
  private var sentenceStarts: [Int] = []
  private var isBreak = true
  private var spans: [(label: String, layer: String?, column: String?, tokens: ClosedRange<Int>)] = []
  /// The span that the last token is in, by column.
  private var open: [String: (span: Int, tag: TokenTag)] = [:]

  mutating func breakSentence() {
    isBreak = true
    open = [:]
  }

  mutating func add(_ word: String, _ byte: Int, isFollowedBySpace: Bool = true) {
    if isBreak { sentenceStarts.append(words.count) }
    isBreak = false
    words.append(word)
    spaces.append(isFollowedBySpace)
    bytes.append(byte)
  }

  /// Tags the last token.
  ///
  /// - Parameter column: the column of the tag, which has one a token; its layer if nil.
  mutating func tag(_ value: String, _ layer: String?, column: String? = nil) {
    let index = words.count - 1
    let key = column ?? layer ?? ""
    guard let tag = TokenTag(value) else {
      open[key] = nil
      return
    }
    let last = open[key]
    let continues =
      switch tag.prefix {
      case nil: last?.tag.prefix == nil && last?.tag.label == tag.label
      case "I", "L", "E": last.map { $0.tag.label == tag.label && ["B", "I"].contains($0.tag.prefix) } ?? false
      default: false
      }
    if continues, let place = last?.span {
      spans[place].tokens = spans[place].tokens.lowerBound...index
      open[key] = (place, tag)
    } else {
      spans.append((tag.label, layer, column, index...index))
      open[key] = (spans.count - 1, tag)
    }
  }

  /// The tokens laid on the text of that name where there is one; otherwise joined by blanks, a sentence a line.
  func document(_ known: DocumentText?, _ file: [UInt8]) throws(ImportFault) -> ForeignDocument {
    let (text, ranges) = try placed(known, file)
    var document = ForeignDocument(name: name, annotator: annotator, text: text, unit: .codePoint)
    for span in spans {
      let range = (start: ranges[span.tokens.lowerBound].start, end: ranges[span.tokens.upperBound].end)
      let byte = bytes[span.tokens.lowerBound]
      var foreign = ForeignSpan("@\(byte)\(span.column ?? span.layer ?? "")", span.label, [range], byte: byte)
      foreign.layer = span.layer
      foreign.feature = span.layer == nil ? nil : "tag"
      document.spans.append(foreign)
    }
    let tokens = TextTokens(ranges: ranges, sentenceStarts: sentenceStarts)
    if tokens.fits(text.count) { document.tokens = tokens }
    return document
  }

  private func placed(_ known: DocumentText?, _ file: [UInt8]) throws(ImportFault) -> (DocumentText, [TextRange]) {
    var ranges: [TextRange] = []
    guard let known else {
      var (text, count, sentence) = ("", 0, 0)
      for (index, word) in words.enumerated() {
        let begins = sentence < sentenceStarts.count && sentenceStarts[sentence] == index
        if begins { sentence += 1 }
        if index > 0, begins || spaces[index - 1] {
          text += begins ? "\n" : " "
          count += 1
        }
        let length = word.unicodeScalars.count
        ranges.append(TextRange(count, count + length))
        text += word
        count += length
      }
      return (DocumentText(text + "\n"), ranges)
    }
    let scalars = Array(known.string.unicodeScalars)
    var at = 0
    for (index, word) in words.enumerated() {
      while at < scalars.count, scalars[at].properties.isWhitespace { at += 1 }
      let length = word.unicodeScalars.count
      guard at + length <= scalars.count, word.unicodeScalars.elementsEqual(scalars[at..<at + length]) else {
        throw ImportFault(
          at: bytes[index], in: file,
          expected:
            "the next words of the document's text, “\(String(String.UnicodeScalarView(scalars[at...].prefix(16))))”",
          found: "“\(word)”")
      }
      ranges.append(TextRange(at, at + length))
      at += length
    }
    return (known, ranges)
  }
}
