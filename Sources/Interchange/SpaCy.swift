import JSONText
public import Standoff

/// JSON lines that spaCy's `Doc.from_json` reads: one object a line for each document and annotator.
///
/// Offsets are code points, and must be those of tokens. All spans are in the span group `sc`; those that do not
/// overlap, earlier and then longer ones first, are also in `ents`. Document and annotator are named under `meta`. Not
/// carried: spans that end inside a token, gaps, relations, attributes, notes.
///
/// An object without `ents` or `spans` is refused.
public struct SpaCy: Exporter, Importer {
  public static let name = "spacy"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl", "json"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.inside

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .attribute, .note, .relation], of: version)
    let text = version.document.text
    let tokens = Tokens(text, withSpace: true)
    var pieces: [SpanPiece] = []
    for piece in version.set.pieces {
      if tokens.indices(of: piece.range) == nil {
        sink.lose(piece, of: version, .tokenBorder)
      } else {
        pieces.append(piece)
      }
    }
    var apart: [SpanPiece] = []
    for piece in pieces where apart.last.map({ $0.range.end <= piece.range.start }) ?? true { apart.append(piece) }
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("ents") { writer in
        for piece in apart {
          writer.object { writer in
            writer.integer("end", piece.range.end)
            writer.string("label", piece.span.label)
            writer.integer("start", piece.range.start)
          }
        }
      }
      writer.map("meta", ["annotator": version.set.annotator, "id": version.document.id])
      writer.object("spans") { writer in
        writer.array("sc") { writer in
          for piece in pieces {
            writer.object { writer in
              writer.integer("end", piece.range.end)
              writer.string("id", piece.id)
              writer.string("kb_id", "")
              writer.string("label", piece.span.label)
              writer.integer("start", piece.range.start)
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
  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      if let elements = node.elements { return [try pair(elements, node, reader)] }
      var document = ForeignDocument(
        name: node["meta"]?["id"]?.text ?? node["id"]?.text, annotator: node["meta"]?["annotator"]?.string,
        text: DocumentText(try reader.string("text", of: node)), unit: .codePoint)
      var seen: Set<[String]> = []
      if let spans = node["spans"], !spans.isObject {
        throw reader.fault(at: spans.place, expected: "an object of span groups", found: "another value")
      }
      guard node["spans"] ?? node["ents"] ?? node["entities"] != nil else {
        throw reader.fault(at: node.place, expected: "the key “ents” or “spans” in this object", found: "none")
      }
      var groups = (node["spans"]?.members ?? []).map(\.node)
      if let ents = node["ents"] ?? node["entities"] { groups.append(ents) }
      for group in groups {
        guard let spans = group.elements else {
          throw reader.fault(at: group.place, expected: "an array of spans", found: "another value")
        }
        for node in spans {
          let (start, end) = (try reader.integer("start", of: node), try reader.integer("end", of: node))
          let label = try reader.string("label", of: node)
          // A span in several groups is one span.
          guard seen.insert(["\(start)", "\(end)", label]).inserted else { continue }
          let id = node["id"]?.text.flatMap { $0.isEmpty || $0 == "0" ? nil : $0 } ?? "@\(node.place.byte)"
          document.spans.append(ForeignSpan(id, label, [(start, end)], byte: node.place.byte))
        }
      }
      return [document]
    }
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
