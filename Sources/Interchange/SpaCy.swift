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
  public static let notCarried = "times of creation, origins, whether a text had entities but no groups"
  public static let writesApart = true
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl", "json"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.inside

  /// The group of spans that spaCy's span categorizer reads unless told otherwise.
  private static let group = "sc"
  /// What the list of entities is called among the groups.
  private static let entities = "ents"

  /// The groups that a span goes to, the list of entities among them.
  private static func groups(of span: Annotation) -> [String] {
    span.attributes["group"].map { $0.split(separator: " ").map(String.init) } ?? [group, entities]
  }

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
    var groups: [String: [SpanPiece]] = [:]
    for piece in pieces {
      for name in Self.groups(of: piece.span) where name != Self.entities { groups[name, default: []].append(piece) }
    }
    if version.set.spans.isEmpty { groups[Self.group] = [] }
    var apart: [SpanPiece] = []
    for piece in pieces where Self.groups(of: piece.span).contains(Self.entities) {
      if apart.last.map({ $0.range.end <= piece.range.start }) ?? true { apart.append(piece) }
    }
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
      if let sentences = version.tokens, !sentences.sentenceStarts.isEmpty {
        writer.array("sents") { writer in
          for (index, first) in sentences.sentenceStarts.enumerated() {
            let isLast = index + 1 == sentences.sentenceStarts.count
            let last = (isLast ? sentences.ranges.count : sentences.sentenceStarts[index + 1]) - 1
            writer.object { writer in
              writer.integer("end", sentences.ranges[last].end)
              writer.integer("start", sentences.ranges[first].start)
            }
          }
        }
      }
      writer.object("spans") { writer in
        for (name, pieces) in groups.ascending {
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
      if let ents = node["ents"] ?? node["entities"] { groups.append((entities, ents)) }
      try readGroups(groups, reader, &document)
      readTokens(of: node, &document)
      for (name, value) in node["cats"]?.members ?? [] {
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

  /// Reads groups of spans; a span in several groups is one span.
  private static func readGroups(
    _ groups: [(name: String, node: JSONNode)], _ reader: JSONReader, _ document: inout ForeignDocument
  ) throws(JSONFault) {
    var places: [[String.UTF8View.Element]: Int] = [:]
    var names: [[String]] = []
    for (name, node) in groups {
      guard let spans = node.elements else {
        throw reader.fault(at: node.place, expected: "an array of spans", found: "another value")
      }
      for node in spans {
        var span: ForeignSpan
        if node.elements == nil {
          let (start, end) = (try reader.integer("start", of: node), try reader.integer("end", of: node))
          let id = node["id"]?.text.flatMap { $0.isEmpty || $0 == "0" ? nil : $0 } ?? "@\(node.place.byte)"
          span = ForeignSpan(id, try reader.string("label", of: node), [(start, end)], byte: node.place.byte)
          if let id = node["kb_id"]?.text, !id.isEmpty { span.attributes["kb_id"] = id }
          JSONPiece.leaveOthers(of: node, but: known, "of \(id)", in: &document)
        } else {
          span = try JSONPiece.span(of: node, reader)
        }
        let key = "\(span.fragments[0]) \(span.attributes["kb_id"] ?? "") \(span.label)"
        if let place = places[Array(key.utf8)] {
          if names[place].contains(name) {
            document.leftOut.append((span.byte, "the span \(span.id), which is the same as another"))
          } else {
            names[place].append(name)
          }
        } else {
          places[Array(key.utf8)] = document.spans.count
          document.spans.append(span)
          names.append([name])
        }
      }
    }
    // Where every entity is in the usual group too, that is no distinction.
    let isUsual = zip(document.spans, names).allSatisfy { !$1.contains(entities) || $1.contains(group) }
    for (place, all) in names.enumerated() {
      let own = all.filter { !(isUsual && $0 == entities) }
      if !(isUsual && own == [group]), !(all == [entities] && groups.count == 1) {
        document.spans[place].attributes["group"] = all.joined(separator: " ")
      }
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
