public import Standoff

/// WebAnno TSV 3.3, as INCEpTION reads it: one token a line, spans and relations in columns; one file for each
/// document.
///
/// Offsets are UTF-16 units. A span that covers part of a token has a line of its own. Not carried: gaps, absent
/// targets, white space between sentences.
///
/// On import, lines without their columns, sentences that overlap and a text that differs from a known one are refused.
///
/// Source: *WebAnno TSV 3.3*, INCEpTION user guide.
public struct WebAnnoTSV: Exporter, Importer {
  public static let name = "webanno-tsv"
  public static let offsetUnit = "UTF-16 units"
  public static let notCarried = "times of creation, origins, numbers of spans, white space between sentences"
  public static let layout = ExportLayout.folder
  public static let endings = ["tsv"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.tokens

  public init() {}

  // MARK: out

  /// A line: a token, or the part of one that a span covers.
  private struct Row {
    let name: String
    let range: TextRange
    var spans: [Int] = []
    var relations: [Relation] = []
  }

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .absentTarget], of: version)
    let features = FeatureNames(version.set.scheme)
    sink.lose(renamed: features.renamed, of: version)
    let (set, document) = (version.set, version.document)
    let tokens = Tokens(document.text).ranges
    let pieces = set.pieces.filter { piece in
      let isOnTokens = [piece.range.start, piece.range.end - 1].allSatisfy { Self.token(at: $0, tokens) != nil }
      if !isOnTokens { sink.lose(piece, of: version, .tokenBorder) }
      return isOnTokens
    }
    let attributes = set.scheme.attributes.map(\.name).sorted()
    var text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=\(CASJSON.spanType)|label"
    for name in attributes { text += "|\(features[name])" }
    text += "|note\n#T_RL=\(CASJSON.relationType)|relationType|BT_\(CASJSON.spanType)\n\n"
    var sentences = Self.sentences(tokens, document)
    var firstRow: [Int: (sentence: Int, row: Int)] = [:]
    Self.place(pieces, in: &sentences, &firstRow)
    let numbers = Dictionary(
      pieces.enumerated().filter { $1.number == 1 }.map { ($1.span.id, $0) }, uniquingKeysWith: { first, _ in first })
    for relation in set.relations {
      guard case .span(let target) = relation.to, let to = numbers[target], numbers[relation.from] != nil,
        let place = firstRow[to]
      else {
        if case .span = relation.to { sink.lose(relation, of: version) }
        continue
      }
      sentences[place.sentence].rows[place.row].relations.append(relation)
    }
    for sentence in sentences where !sentence.rows.isEmpty {
      text += "\n#Text=\(TextLines.escaped(document.text[sentence.range]))\n"
      for row in sentence.rows {
        let start = document.text.utf16Offset(ofCodePoint: row.range.start)
        let end = document.text.utf16Offset(ofCodePoint: row.range.end)
        text += "\(row.name)\t\(start)-\(end)\t\(document.text[row.range])\t"
        func column(_ value: (Annotation) -> String?) -> String {
          if row.spans.isEmpty { return "_\t" }
          return row.spans.map { (value(pieces[$0].span).map(Self.escaped) ?? "*") + "[\($0 + 1)]" }
            .joined(separator: "|") + "\t"
        }
        text += column(\.label)
        for name in attributes { text += column { $0.attributes[name] } }
        text += column { $0.note.isEmpty ? nil : $0.note }
        text += Self.columns(of: row.relations, numbers) { piece in
          firstRow[piece].map { sentences[$0.sentence].rows[$0.row].name } ?? ""
        }
        text += "\n"
      }
    }
    sink.write(Array(text.utf8), to: "\(set.annotator)/\(document.id).tsv")
  }

  private static func token(at offset: Int, _ tokens: [TextRange]) -> Int? {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && tokens[low].contains(offset) ? low : nil
  }

  private static func sentences(_ tokens: [TextRange], _ document: Document) -> [(range: TextRange, rows: [Row])] {
    var sentences: [(range: TextRange, rows: [Row])] = []
    var next = 0
    for index in 0..<document.sentences.count {
      let range = document.sentences[index]
      var rows: [Row] = []
      while next < tokens.count, tokens[next].start < range.end {
        rows.append(Row(name: "\(index + 1)-\(rows.count + 1)", range: tokens[next]))
        next += 1
      }
      sentences.append((range, rows))
    }
    return sentences
  }

  /// Puts spans on the lines of their tokens, with new lines for parts of tokens.
  private static func place(
    _ pieces: [SpanPiece], in sentences: inout [(range: TextRange, rows: [Row])],
    _ firstRow: inout [Int: (sentence: Int, row: Int)]
  ) {
    var sentence = 0
    var parts: [[Int: [(range: TextRange, piece: Int)]]] = .init(repeating: [:], count: sentences.count)
    for (number, piece) in pieces.enumerated() {
      while sentence < sentences.count, sentences[sentence].rows.last?.range.end ?? 0 <= piece.range.start {
        sentence += 1
      }
      var here = sentence
      while here < sentences.count, sentences[here].rows.first?.range.start ?? 0 < piece.range.end {
        for (row, token) in sentences[here].rows.enumerated() where token.range.overlaps(piece.range) {
          if piece.range.contains(token.range) {
            sentences[here].rows[row].spans.append(number)
          } else {
            let part = TextRange(max(token.range.start, piece.range.start), min(token.range.end, piece.range.end))
            parts[here][row, default: []].append((part, number))
          }
        }
        here += 1
      }
    }
    for (index, parts) in parts.enumerated() where !parts.isEmpty {
      var rows: [Row] = []
      for (place, token) in sentences[index].rows.enumerated() {
        rows.append(token)
        var byRange: [TextRange: [Int]] = [:]
        for part in parts[place] ?? [] { byRange[part.range, default: []].append(part.piece) }
        for (count, part) in byRange.sorted(by: { $0.key < $1.key }).enumerated() {
          rows.append(Row(name: "\(token.name).\(count + 1)", range: part.key, spans: part.value))
        }
      }
      sentences[index].rows = rows
    }
    for (sentence, (_, rows)) in sentences.enumerated() {
      for (row, line) in rows.enumerated() {
        for span in line.spans where firstRow[span] == nil { firstRow[span] = (sentence, row) }
      }
    }
  }

  private static func columns(of relations: [Relation], _ numbers: [Int: Int], _ row: (Int) -> String) -> String {
    if relations.isEmpty { return "_\t_\t" }
    let types = relations.map { escaped($0.type) }.joined(separator: "|")
    let sources = relations.map { relation -> String in
      guard case .span(let target) = relation.to, let from = numbers[relation.from], let to = numbers[target]
      else { return "_" }
      return "\(row(from))[\(from + 1)_\(to + 1)]"
    }
    return "\(types)\t\(sources.joined(separator: "|"))\t"
  }

  static func escaped(_ value: String) -> String {
    var escaped = ""
    for scalar in TextLines.escaped(value).unicodeScalars {
      if "[]|_;*".unicodeScalars.contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped.replacing("->", with: "\\->")
  }

  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    var reading = WebAnnoTSVReading(starts: TextLines(bytes).starts)
    let decoded = try TextLines.decoded(bytes)
    for (index, scalars) in decoded.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      try reading.read(String(scalars.last == "\r" ? scalars.dropLast() : scalars), index + 1)
    }
    return [try reading.document(texts(nil))]
  }
}
