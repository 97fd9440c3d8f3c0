import JSONText
public import Standoff

/// Prodigy JSON lines: one task a line for each document and annotator.
///
/// Span offsets are code points, half-open; token numbers are given as well, the last one inclusive. A relation joins
/// the last tokens of its spans. Tokens are cut at the borders of spans; blanks at the edges of spans are not written.
/// Not carried: gaps, absent targets. The hashes are left for Prodigy to make.
///
/// On import, a task without `spans`, `tokens` or `answer` is refused. Sessions of one input are annotators of one
/// document; a comment is a note of the document.
public struct Prodigy: Exporter, Importer {
  public static let name = "prodigy"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let writesApart = true
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.inside

  public init() {}

  private struct TokenSpan {
    let piece: SpanPiece
    let tokens: ClosedRange<Int>
  }

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .absentTarget], of: version)
    let text = version.document.text
    let pieces = sink.trimmed(version.set.pieces, of: version)
    let tokens = Tokens(version, cuttingAt: pieces, withSpace: true)
    var spans: [TokenSpan] = []
    for piece in pieces {
      if let indices = tokens.indices(of: piece.range) {
        spans.append(TokenSpan(piece: piece, tokens: indices))
      } else {
        sink.lose(piece, of: version, .tokenBorder)
      }
    }
    let firsts = Dictionary(
      spans.filter { $0.piece.number == 1 }.map { ($0.piece.span.id, $0) }, uniquingKeysWith: { first, _ in first })
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("answer", "accept")
      writer.map("meta", ["annotator": version.set.annotator, "id": version.document.id])
      writer.array("relations") { writer in
        for relation in version.set.relations {
          guard case .span(let target) = relation.to else { continue }
          guard let from = firsts[relation.from], let to = firsts[target] else {
            sink.lose(relation, of: version)
            continue
          }
          Self.write(relation, from, to, of: version, to: &writer)
        }
      }
      writer.array("spans") { writer in
        for span in spans { Self.write(span, isWhole: true, of: version, to: &writer) }
      }
      writer.string("text", text.string)
      writer.array("tokens") { writer in
        for (index, token) in tokens.ranges.enumerated() {
          writer.object { writer in
            writer.integer("end", token.end)
            writer.integer("id", index)
            writer.integer("start", token.start)
            writer.string("text", text[token])
            writer.key("ws")
            writer.boolean(token.end < text.count && text[TextRange(token.end, token.end + 1)] == " ")
          }
        }
      }
    }
    writer.newline()
    sink.write(writer.bytes)
  }

  private static func write(
    _ relation: Relation, _ from: TokenSpan, _ to: TokenSpan, of version: AnnotatedDocument, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.integer("child", to.tokens.upperBound)
      writer.key("child_span")
      write(to, isWhole: false, of: version, to: &writer)
      writer.integer("head", from.tokens.upperBound)
      writer.key("head_span")
      write(from, isWhole: false, of: version, to: &writer)
      writer.string("label", version.relation(relation.type))
    }
  }

  private static func write(
    _ span: TokenSpan, isWhole: Bool, of version: AnnotatedDocument, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      let piece = span.piece
      if isWhole {
        let attributes = piece.span.attributes.filter { $0.key != "kb_id" }.map {
          (version.attribute($0.key), $0.value)
        }
        writer.map("attributes", Dictionary(attributes, uniquingKeysWith: { first, _ in first }))
      }
      writer.integer("end", piece.range.end)
      writer.string("id", piece.id)
      if isWhole, let id = piece.span.attributes["kb_id"] { writer.string("kb_id", id) }
      writer.string("label", version.label(piece.span.label))
      if isWhole, !piece.span.note.isEmpty { writer.string("note", piece.span.note) }
      writer.integer("start", piece.range.start)
      writer.integer("token_end", span.tokens.upperBound)
      writer.integer("token_start", span.tokens.lowerBound)
    }
  }

  /// Reads a task; one that was not accepted, and anything else that Prodigy adds, is listed in
  /// ``ForeignDocument/leftOut``.
  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      var document = ForeignDocument(
        name: node["meta"]?["id"]?.text, annotator: annotator(of: node),
        text: DocumentText(try reader.string(choices.textKey ?? "text", of: node)), unit: .codePoint)
      if document.name == nil, document.annotator != nil {
        document.group = node["_input_hash"]?.text ?? document.text.string
      }
      guard node["spans"] ?? node["tokens"] ?? node["answer"] != nil else {
        throw reader.fault(at: node.place, expected: "the key “spans” in this object", found: "none")
      }
      if let answer = node["answer"]?.string, answer != "accept" {
        document.leftOut.append((node.place.byte, "a task answered “\(answer)”"))
        document.isBare = true
        return [document]
      }
      var tokens: [String: (start: Int, end: Int, text: String)] = [:]
      for token in try reader.elements("tokens", of: node) {
        tokens[try reader.text("id", of: token)] = (
          try reader.integer("start", of: token), try reader.integer("end", of: token), token["text"]?.string ?? ""
        )
      }
      keepTokens(tokens.values.map { ($0.start, $0.end) }, &document)
      readRest(node, choices, &document)
      var ids: [String: String] = [:]
      for node in try reader.elements("spans", of: node) {
        let span = try span(node, tokens, reader)
        JSONPiece.leaveOthers(of: node, but: spanKeys, "of \(span.id)", in: &document)
        ids[key(span)] = ids[key(span)] ?? span.id
        document.spans.append(span)
      }
      let known = Set(document.spans.map(\.id))
      for relation in try reader.elements("relations", of: node) {
        var ends: [String] = []
        for side in ["head_span", "child_span"] {
          let end = try reader.member(side, of: relation)
          let span = try span(end, tokens, reader)
          let own = end["id"]?.text.flatMap { known.contains($0) ? $0 : nil }
          if own == nil, ids[key(span)] == nil {
            // A relation may hang on a token without a span.
            ids[key(span)] = span.id
            document.spans.append(span)
          }
          ends.append(own ?? ids[key(span)] ?? span.id)
        }
        document.relations.append(
          ForeignRelation(
            "\(document.relations.count + 1)", try reader.string("label", of: relation), from: ends[0], to: ends[1],
            byte: relation.place.byte))
      }
      return [document]
    }
  }

  private static let spanKeys: Set<String> = [
    "start", "end", "label", "id", "token_start", "token_end", "attributes", "note", "kb_id", "text",
  ]

  /// Keys that Prodigy manages itself.
  private static let own: Set<String> = [
    "text", "spans", "tokens", "relations", "answer", "meta", "_input_hash", "_task_hash", "_session_id",
    "_annotator_id", "_view_id", "_timestamp", "_is_binary", "comment",
  ]

  private static func keepTokens(_ found: [(start: Int, end: Int)], _ document: inout ForeignDocument) {
    let ranges = found.compactMap { TextRange(checking: $0.start, $0.end) }.sorted().filter { range in
      range.end <= document.text.count && document.text[range].contains { !$0.isWhitespace }
    }
    let tokens = TextTokens(ranges: ranges, sentenceStarts: [])
    if !ranges.isEmpty, tokens.fits(document.text.count) { document.tokens = tokens }
  }

  /// Takes over what is said of the whole task: choices and categories as attributes, a comment as its note.
  private static func readRest(_ node: JSONNode, _ choices: ImportChoices, _ document: inout ForeignDocument) {
    document.note = node["comment"]?.string ?? ""
    for key in ["accept", "label"] {
      for value in node[key]?.elements ?? node[key].map({ [$0] }) ?? [] {
        if let words = value.text { document.attributes.append((key, words, value.place.byte)) }
      }
    }
    JSONPiece.leaveOthers(
      of: node, but: own.union(["accept", "label", choices.textKey ?? ""]), "of the task", in: &document)
    if let meta = node["meta"] {
      JSONPiece.leaveOthers(of: meta, but: ["id", "annotator"], "in “meta”", in: &document)
    }
  }

  private static func annotator(of node: JSONNode) -> String? {
    if let name = node["meta"]?["annotator"]?.string { return name }
    // Prodigy names its annotators by data set, hyphen, session.
    guard let session = node["_session_id"]?.string ?? node["_annotator_id"]?.string else { return nil }
    return session.split(separator: "-").last.map(String.init)
  }

  private static func key(_ span: ForeignSpan) -> String {
    "\(span.fragments.first?.start ?? 0) \(span.fragments.first?.end ?? 0) \(span.label)"
  }

  private static func span(
    _ node: JSONNode, _ tokens: [String: (start: Int, end: Int, text: String)], _ reader: JSONReader
  ) throws(JSONFault) -> ForeignSpan {
    let (start, end) = (try reader.integer("start", of: node), try reader.integer("end", of: node))
    var span = ForeignSpan(
      node["id"]?.text ?? "@\(node.place.byte)",
      node["label"]?.isNull ?? true ? "token" : try reader.string("label", of: node),
      [(start, end)], byte: node.place.byte)
    // A span of one token is verified by the token's text.
    if let first = node["token_start"]?.text, first == node["token_end"]?.text, let token = tokens[first],
      token.start == start, token.end == end
    {
      span.words = .hull(token.text)
    }
    for (name, value) in node["attributes"]?.members ?? [] {
      if let text = value.text, !text.isEmpty { span.attributes[name] = text }
    }
    if let id = node["kb_id"]?.text, !id.isEmpty { span.attributes["kb_id"] = id }
    span.note = node["note"]?.string ?? ""
    return span
  }
}
