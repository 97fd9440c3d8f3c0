import JSONText
public import Standoff

/// JSON lines that spaCy's `Doc.from_json` reads: one object a line for each document and annotator.
///
/// Offsets are code points, and must be those of tokens, which are cut at the borders of spans; blanks at the edges of
/// spans are not written. All spans are in the span group `sc` or the one that their attribute `group` names; those that
/// do not overlap, earlier and then longer ones first, are also in `ents`. Document and annotator are named under
/// `meta`. Not carried: gaps, relations, notes, attributes other than `group` and `kb_id`.
///
/// On import, an object without `ents` or `spans` is refused; categories and what is said of tokens are left out.
public struct SpaCy: Exporter, Importer {
  public static let name = "spacy"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl", "json"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.inside

  /// The group of spans that spaCy's span categorizer reads unless told otherwise.
  private static let group = "sc"
  /// The attributes that spaCy has a place for.
  private static let carried: Set<String> = ["group", "kb_id"]

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .note, .relation], of: version)
    for span in version.set.spans where span.attributes.keys.contains(where: { !Self.carried.contains($0) }) {
      sink.lose(span.id, of: version, .attribute)
    }
    let text = version.document.text
    let pieces = sink.trimmed(version.set.pieces, of: version)
    let tokens = Tokens(version, cuttingAt: pieces, withSpace: true)
    let groups = Dictionary(grouping: pieces) { $0.span.attributes["group"] ?? Self.group }
      .merging([Self.group: []]) { found, _ in found }
    var apart: [SpanPiece] = []
    for piece in pieces where apart.last.map({ $0.range.end <= piece.range.start }) ?? true { apart.append(piece) }
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("ents") { writer in
        for piece in apart {
          writer.object { writer in
            writer.integer("end", piece.range.end)
            writer.string("kb_id", piece.span.attributes["kb_id"] ?? "")
            writer.string("label", version.label(piece.span.label))
            writer.integer("start", piece.range.start)
          }
        }
      }
      writer.map("meta", ["annotator": version.set.annotator, "id": version.document.id])
      writer.object("spans") { writer in
        for (name, pieces) in groups.sorted(by: { $0.key < $1.key }) {
          writer.array(name) { writer in
            for piece in pieces {
              writer.object { writer in
                writer.integer("end", piece.range.end)
                writer.string("id", piece.id)
                writer.string("kb_id", piece.span.attributes["kb_id"] ?? "")
                writer.string("label", version.label(piece.span.label))
                writer.integer("start", piece.range.start)
              }
            }
          }
        }
      }
      writer.string("text", text.string)
      writer.array("tokens") { writer in
        for (index, token) in tokens.ranges.enumerated() {
          writer.object { writer in
            writer.integer("end", token.end)
            writer.integer("id", index)
            writer.integer("start", token.start)
          }
        }
      }
    }
    writer.newline()
    sink.write(writer.bytes)
  }

  /// Reads an object, or a line in the older form `["text", {"entities": [[start, end, "label"]]}]`.
  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      if let elements = node.elements { return [try pair(elements, node, reader)] }
      if node["paragraphs"] != nil {
        throw reader.fault(
          at: node.place, expected: "a text with spans (“spacy convert” reads the training files of spaCy 2)",
          found: "“paragraphs”")
      }
      var document = ForeignDocument(
        name: node["meta"]?["id"]?.text ?? node["id"]?.text, annotator: node["meta"]?["annotator"]?.string,
        text: DocumentText(try reader.string(choices.textKey ?? "text", of: node)), unit: .codePoint)
      if let spans = node["spans"], !spans.isObject {
        throw reader.fault(at: spans.place, expected: "an object of span groups", found: "another value")
      }
      guard node["spans"] ?? node["ents"] ?? node["entities"] != nil else {
        throw reader.fault(at: node.place, expected: "the key “ents” or “spans” in this object", found: "none")
      }
      var groups = (node["spans"]?.members ?? []).map { (name: $0.key, node: $0.node) }
      if let ents = node["ents"] ?? node["entities"] { groups.append((group, ents)) }
      var seen: Set<[String]> = []
      for (name, node) in groups {
        guard let spans = node.elements else {
          throw reader.fault(at: node.place, expected: "an array of spans", found: "another value")
        }
        for node in spans {
          if node.elements != nil {
            document.spans.append(try JSONPiece.span(of: node, reader))
            continue
          }
          let (start, end) = (try reader.integer("start", of: node), try reader.integer("end", of: node))
          let label = try reader.string("label", of: node)
          // A span in several groups is one span.
          guard seen.insert(["\(start)", "\(end)", label]).inserted else { continue }
          let id = node["id"]?.text.flatMap { $0.isEmpty || $0 == "0" ? nil : $0 } ?? "@\(node.place.byte)"
          var span = ForeignSpan(id, label, [(start, end)], byte: node.place.byte)
          if let id = node["kb_id"]?.text, !id.isEmpty { span.attributes["kb_id"] = id }
          if name != group { span.attributes["group"] = name }
          JSONPiece.leaveOthers(of: node, but: known, "of \(id)", in: &document)
          document.spans.append(span)
        }
      }
      readTokens(of: node, &document)
      for (name, value) in node["cats"]?.members ?? [] where value.text != "0" {
        document.attributes.append((name, value.text ?? "", value.place.byte))
      }
      JSONPiece.leaveOthers(
        of: node,
        but: ["id", "text", "ents", "entities", "spans", "tokens", "cats", "sents", "meta", choices.textKey ?? ""],
        "of the text", in: &document)
      if let meta = node["meta"] {
        JSONPiece.leaveOthers(of: meta, but: ["id", "annotator"], "in “meta”", in: &document)
      }
      return [document]
    }
  }

  private static let known: Set<String> = ["start", "end", "label", "id", "kb_id", "start_char", "end_char", "text"]

  private static func readTokens(of node: JSONNode, _ document: inout ForeignDocument) {
    var ranges: [TextRange] = []
    var said: Set<String> = []
    for token in node["tokens"]?.elements ?? [] {
      guard let start = token["start"]?.integer, let end = token["end"]?.integer,
        let range = TextRange(checking: start, end)
      else { return }
      if range.end <= document.text.count, document.text[range].contains(where: { !$0.isWhitespace }) {
        ranges.append(range)
      }
      for (key, value) in token.members where !["id", "start", "end"].contains(key) && !value.isEmpty {
        said.insert(key)
      }
    }
    if !said.isEmpty {
      document.leftOut.append(
        (node.place.byte, "what is said of tokens: \(said.sorted().joined(separator: ", "))"))
    }
    let starts = (node["sents"]?.elements ?? []).compactMap { $0["start"]?.integer }
    let firsts = starts.compactMap { start in ranges.firstIndex { $0.start >= start } }
    let tokens = TextTokens(ranges: ranges, sentenceStarts: firsts)
    if !ranges.isEmpty, tokens.fits(document.text.count) { document.tokens = tokens }
  }

  private static func pair(
    _ elements: [JSONNode], _ node: JSONNode, _ reader: JSONReader
  ) throws(JSONFault) -> ForeignDocument {
    guard elements.count == 2, let text = elements[0].string else {
      throw reader.fault(at: node.place, expected: "a text and its annotations", found: "another array")
    }
    var document = ForeignDocument(text: DocumentText(text), unit: .codePoint)
    for entity in try reader.elements("entities", of: elements[1]) {
      document.spans.append(try JSONPiece.span(of: entity, reader))
    }
    return document
  }
}
