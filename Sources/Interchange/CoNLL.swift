public import Standoff

/// CoNLL-2003 columns: one token a line, a tag in the last column, a blank line after each sentence.
///
/// There are no offsets. Not carried: spans that end inside a token or cross sentences, gaps, relations, attributes,
/// notes, white space.
///
/// Tags cannot overlap. If any spans do, there is a file for each kind of label, and within a kind each span goes,
/// earlier and then longer spans first, into the first file in which it overlaps none. Document and annotator are named
/// on the `-DOCSTART-` line.
///
/// Source: Tjong Kim Sang and De Meulder, “Introduction to the CoNLL-2003 shared task”, *CoNLL* (2003).
public struct CoNLL: Exporter, Importer {
  public static let name = "conll"
  public static let offsetUnit = "tokens"
  public static let notCarried = "times of creation, origins, white space"
  public static let layout = ExportLayout.file("conll")
  public static let endings = ["conll", "iob", "bio", "txt", "tsv"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.tokens

  /// A scheme of tags for the tokens of a span; `O` is outside every span.
  public enum Tags: String, CaseIterable, Sendable {
    /// `B-` begins every span, `I-` continues it.
    case iob2
    /// `I-` begins and continues a span; `B-` begins one directly after a span of the same label.
    case iob1
    /// `B-`, `I-` and `L-` begin, continue and end a span; `U-` is a span of one token.
    case bilou
  }

  private let tags: Tags
  /// The files so far, by kind of label and depth; each covers the same documents.
  private var layers: [(layer: Layer, bytes: [UInt8])] = []
  /// The file for all labels; nil once spans overlap.
  private var single: [UInt8]? = []
  /// The documents so far, all tags `O`, for a file that begins with a later document.
  private var earlier: [UInt8] = []

  private struct Layer: Hashable, Comparable {
    let kind: Scheme.Label.Kind
    let depth: Int

    var name: String { depth == 1 ? kind.rawValue : "\(kind.rawValue)-\(depth)" }

    static func < (a: Layer, b: Layer) -> Bool {
      let kinds = Scheme.Label.Kind.allCases
      return (kinds.firstIndex(of: a.kind) ?? 0, a.depth) < (kinds.firstIndex(of: b.kind) ?? 0, b.depth)
    }
  }

  /// Creates a writer of IOB2 tags.
  public init() { self.init(tags: .iob2) }

  /// Creates a writer of a scheme of tags.
  public init(tags: Tags) { self.tags = tags }

  // MARK: out

  /// The words of one document, ready for tags.
  private struct Rows {
    let version: AnnotatedDocument
    let tokens: Tokens
    /// The sentence of each token, by number.
    let sentences: [Int]

    init(_ version: AnnotatedDocument) {
      self.version = version
      tokens = Tokens(version.document.text)
      var (sentence, sentences): (Int, [Int]) = (0, [])
      let all = version.document.sentences
      for token in tokens.ranges {
        while sentence + 1 < all.count, all[sentence].end <= token.start { sentence += 1 }
        sentences.append(sentence)
      }
      self.sentences = sentences
    }

    func bytes(_ spans: [(label: String, tokens: ClosedRange<Int>)], _ tags: Tags) -> [UInt8] {
      var column = [String](repeating: "O", count: tokens.ranges.count)
      var last: (label: String, end: Int)?
      for (label, range) in spans.sorted(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }) {
        let touches =
          last.map { last in
            last.label == label && last.end + 1 == range.lowerBound
              && sentences[last.end] == sentences[range.lowerBound]
          } ?? false
        for token in range {
          let (isFirst, isLast) = (token == range.lowerBound, token == range.upperBound)
          let letter =
            switch tags {
            case .iob2: isFirst ? "B" : "I"
            case .iob1: isFirst && touches ? "B" : "I"
            case .bilou: isFirst ? (isLast ? "U" : "B") : isLast ? "L" : "I"
            }
          column[token] = "\(letter)-\(label)"
        }
        last = (label, range.upperBound)
      }
      var text = "-DOCSTART- \(version.document.id) \(version.set.annotator) O\n\n"
      for (index, token) in tokens.ranges.enumerated() {
        if index > 0, sentences[index] != sentences[index - 1] { text += "\n" }
        text += "\(version.document.text[token]) -X- -X- \(column[index])\n"
      }
      return Array((text + "\n").utf8)
    }
  }

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .attribute, .note, .relation], of: version)
    let rows = Rows(version)
    var spans: [(label: String, tokens: ClosedRange<Int>)] = []
    var byLayer: [Layer: [(label: String, tokens: ClosedRange<Int>)]] = [:]
    for piece in version.set.pieces {
      guard let tokens = rows.tokens.indices(of: piece.range) else {
        sink.lose(piece, of: version, .tokenBorder)
        continue
      }
      guard rows.sentences[tokens.lowerBound] == rows.sentences[tokens.upperBound] else {
        sink.lose(piece, of: version, .sentenceBorder)
        continue
      }
      let span = (label: piece.span.label, tokens: tokens)
      if spans.contains(where: { $0.tokens.overlaps(tokens) }) { single = nil }
      spans.append(span)
      let kind = version.set.scheme.label(piece.span.label)?.kind ?? .other
      var depth = 1
      while byLayer[Layer(kind: kind, depth: depth)]?.contains(where: { $0.tokens.overlaps(tokens) }) == true {
        depth += 1
      }
      byLayer[Layer(kind: kind, depth: depth), default: []].append(span)
    }
    if single != nil { single? += rows.bytes(spans, tags) }
    // A file that begins with a later document has no spans in earlier ones.
    for layer in byLayer.keys.sorted() where !layers.contains(where: { $0.layer == layer }) {
      layers.append((layer, earlier))
    }
    for index in layers.indices { layers[index].bytes += rows.bytes(byLayer[layers[index].layer] ?? [], tags) }
    earlier += rows.bytes([], tags)
  }

  public mutating func finish(_ sink: inout ExportSink) {
    if let single {
      if !single.isEmpty { sink.write(single) }
    } else {
      for (layer, bytes) in layers.sorted(by: { $0.layer < $1.layer }) { sink.write(bytes, to: layer.name) }
    }
  }

  // MARK: in

  /// Reads columns separated by blanks or tabs, the token first and the tag last, in any scheme of tags.
  ///
  /// - Throws: ``ImportFault`` for a line of one column, or a tag of another form.
  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    let decoded = try TextLines.decoded(bytes)
    let starts = TextLines(bytes).starts
    var reading = Reading()
    for (index, scalars) in decoded.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = Substring(scalars.last == "\r" ? scalars.dropLast() : scalars)
      let columns = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      if columns.isEmpty {
        reading.breakSentence()
      } else if columns[0] == "-DOCSTART-" || line.hasPrefix("# newdoc id = ") {
        reading.begin(columns[0] == "-DOCSTART-" ? columns : ["", String(line.dropFirst(14))])
      } else if line.hasPrefix("#"), columns.count != 4, columns.count != 2 {
        continue
      } else {
        guard columns.count > 1, let tag = columns.last else {
          throw ImportFault(line: index + 1, expected: "a token and a tag", found: "“\(columns[0])” alone")
        }
        guard reading.add(columns[0], tag, byte: starts[index]) else {
          throw ImportFault(
            line: index + 1, expected: "a tag such as O, B-label or I-label", found: "“\(tag)”")
        }
      }
    }
    reading.finish()
    return try reading.documents.map { (tokens) throws(ImportFault) in try tokens.document(texts, starts, bytes) }
  }

  private struct Reading {
    private(set) var documents: [TokenDocument] = []
    private var document = TokenDocument()
    private var last = "O"

    mutating func begin(_ columns: [String]) {
      finish()
      document.name = columns.count > 1 && columns[1] != "-X-" && columns[1] != "O" ? columns[1] : nil
      document.annotator = columns.count > 3 && columns[2] != "-X-" && columns[2] != "O" ? columns[2] : nil
    }

    mutating func finish() {
      breakSentence()
      if !document.words.isEmpty { documents.append(document) }
      document = TokenDocument()
    }

    mutating func breakSentence() {
      last = "O"
      document.breakSentence()
    }

    mutating func add(_ word: String, _ tag: String, byte: Int) -> Bool {
      let parts = tag.split(separator: "-", maxSplits: 1).map(String.init)
      if parts.count < 2 {
        guard tag == "O" || tag == "_" else { return false }
        document.add(word, byte)
        last = "O"
        return true
      }
      guard "BILUSE".contains(parts[0]), parts[0].count == 1 else { return false }
      let lastParts = last.split(separator: "-", maxSplits: 1).map(String.init)
      let continues =
        "ILE".contains(parts[0]) && lastParts.last == parts[1] && lastParts.count == 2 && "BI".contains(lastParts[0])
      document.add(word, byte, label: parts[1], continues: continues)
      last = tag
      return true
    }
  }
}

/// A document known by its tokens alone.
struct TokenDocument {
  var name: String?
  var annotator: String?
  private(set) var words: [String] = []
  private var bytes: [Int] = []
  /// Whether a sentence begins with a token.
  private var begins: [Bool] = []
  private var isBreak = true
  private var spans: [(label: String, tokens: ClosedRange<Int>)] = []

  mutating func breakSentence() { isBreak = true }

  mutating func add(_ word: String, _ byte: Int, label: String? = nil, continues: Bool = false) {
    words.append(word)
    bytes.append(byte)
    begins.append(isBreak)
    isBreak = false
    guard let label else { return }
    let index = words.count - 1
    if continues, let last = spans.last {
      spans[spans.count - 1].tokens = last.tokens.lowerBound...index
    } else {
      spans.append((label, index...index))
    }
  }

  /// The tokens laid on the text of that name where there is one; otherwise joined by blanks, a sentence a line.
  func document(_ texts: TextSource, _ starts: [Int], _ file: [UInt8]) throws(ImportFault) -> ForeignDocument {
    let (text, ranges) = try placed(texts(name), file)
    var document = ForeignDocument(name: name, annotator: annotator, text: text, unit: .codePoint)
    for span in spans {
      let range = (start: ranges[span.tokens.lowerBound].start, end: ranges[span.tokens.upperBound].end)
      let byte = bytes[span.tokens.lowerBound]
      document.spans.append(ForeignSpan("@\(byte)", span.label, [range], byte: byte))
    }
    return document
  }

  private func placed(_ known: DocumentText?, _ file: [UInt8]) throws(ImportFault) -> (DocumentText, [TextRange]) {
    var ranges: [TextRange] = []
    guard let known else {
      var (text, count) = ("", 0)
      for (index, word) in words.enumerated() {
        if index > 0 {
          text += begins[index] ? "\n" : " "
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
