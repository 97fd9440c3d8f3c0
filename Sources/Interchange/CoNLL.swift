public import Standoff

/// CoNLL-2003 columns: one token a line, a tag in the last column, a blank line after each sentence.
///
/// There are no offsets. Tokens and sentences are those that the text came with, else gainsay's; blanks at the edges of
/// spans are not written. Not carried: spans that end inside a token or cross sentences, gaps, relations, attributes,
/// notes, white space.
///
/// Tags cannot overlap. If any spans do, there is a file for each kind of label, and within a kind each span goes,
/// earlier and then longer spans first, into the first file in which it overlaps none. Labels that came from several
/// columns go to a file for each. Document and annotator are named on the `-DOCSTART-` line.
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
    /// The column that its labels came from, if there were several.
    let column: String?
    let depth: Int

    var name: String {
      let base = column.map { "column\($0)" } ?? kind.rawValue
      return depth == 1 ? base : "\(base)-\(depth)"
    }

    static func < (a: Layer, b: Layer) -> Bool {
      let kinds = Scheme.Label.Kind.allCases
      return (a.column ?? "", kinds.firstIndex(of: a.kind) ?? 0, a.depth)
        < (b.column ?? "", kinds.firstIndex(of: b.kind) ?? 0, b.depth)
    }
  }

  /// Creates a writer of IOB2 tags.
  public init() { self.init(tags: .iob2) }

  /// Creates a writer of a scheme of tags.
  public init(tags: Tags) { self.tags = tags }

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .attribute, .note, .relation], of: version)
    let rows = TaggedTokens(version)
    let columns = Set(version.set.scheme.labels.compactMap(Self.column))
    if columns.count > 1 { single = nil }
    var spans: [TaggedTokens.Span] = []
    /// The last token of any span so far; spans come in reading order.
    var last = -1
    var byLayer: [Layer: [TaggedTokens.Span]] = [:]
    for (piece, span) in rows.spans(&sink) {
      if span.tokens.lowerBound <= last { single = nil }
      last = max(last, span.tokens.upperBound)
      spans.append(span)
      let label = version.set.scheme.label(piece.span.label)
      let (kind, column) = (label?.kind ?? .other, label.flatMap(Self.column))
      var depth = 1
      while let earlier = byLayer[Layer(kind: kind, column: column, depth: depth)]?.last,
        earlier.tokens.overlaps(span.tokens)
      { depth += 1 }
      byLayer[Layer(kind: kind, column: column, depth: depth), default: []].append(span)
    }
    if single != nil { single? += Self.bytes(rows, spans, tags) }
    // A file that begins with a later document has no spans in earlier ones.
    for layer in byLayer.keys.sorted() where !layers.contains(where: { $0.layer == layer }) {
      layers.append((layer, earlier))
    }
    for index in layers.indices { layers[index].bytes += Self.bytes(rows, byLayer[layers[index].layer] ?? [], tags) }
    earlier += Self.bytes(rows, [], tags)
  }

  /// The column of tags that a label came from, if there were several.
  private static func column(of label: Scheme.Label) -> String? {
    label.foreign.layer.flatMap { $0.hasPrefix(columnLayer) ? String($0.dropFirst(columnLayer.count)) : nil }
  }

  private static func bytes(_ rows: TaggedTokens, _ spans: [TaggedTokens.Span], _ tags: Tags) -> [UInt8] {
    let (version, tokens) = (rows.version, rows.tokens)
    let column = rows.column(spans, tags)
    // A token lies on one line and in one column.
    let words = tokens.ranges.map { range in
      String(
        String.UnicodeScalarView(
          version.document.text[range].unicodeScalars.map { ["\n", "\r", "\t"].contains($0) ? " " : $0 }))
    }
    // A token with a blank in it needs other separators.
    let separator = words.contains { $0.contains(where: \.isWhitespace) } ? "\t" : " "
    let starts = Set(tokens.sentenceStarts)
    var text = "-DOCSTART- \(version.document.id) \(version.set.annotator) O\n\n"
    for (index, word) in words.enumerated() {
      if index > 0, starts.contains(index) { text += "\n" }
      text += [word, "-X-", "-X-", column[index]].joined(separator: separator) + "\n"
    }
    return Array((text + "\n").utf8)
  }

  public mutating func finish(_ sink: inout ExportSink) {
    if let single {
      if !single.isEmpty { sink.write(single) }
    } else {
      for (layer, bytes) in layers.sorted(by: { $0.layer < $1.layer }) { sink.write(bytes, to: layer.name) }
    }
  }

  // MARK: in

  /// How the layers of columns of tags are named, before the column's number or name.
  static let columnLayer = "conll.column"

  /// Reads columns separated by tabs, or by blanks in a line without tabs.
  ///
  /// Every column in which each value is `O`, `_` or `B-`, `I-` … with a label is one of tags; if there are several, each
  /// is a layer. A line that begins with `#` is a token only if it has the columns of one and tags in their place.
  ///
  /// - Throws: ``ImportFault`` for a line of one column, or a tag of another form.
  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    var reading = try ColumnReading(bytes, choices)
    return try reading.documents(texts)
  }
}

/// CoNLL-U and its kin: ten or more columns separated by tabs, the words numbered; read only.
///
/// Tags are columns, or features of the last column, in which every value is `O`, `_` or begins with `B-`, `I-` and so
/// on; `--tag` names others, such as 4 for the parts of speech. `SpaceAfter=No` joins words; a word that stands for
/// several is one token.
///
/// Source: *CoNLL-U format*, Universal Dependencies; Mayhew et al., “Universal NER” (2024).
public struct CoNLLU: Importer {
  public static let name = "conllu"
  public static let endings = ["conllu", "conllup", "iob2", "tsv"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.tokens

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    var reading = try ColumnReading(bytes, choices, isNumbered: true)
    return try reading.documents(texts)
  }
}
