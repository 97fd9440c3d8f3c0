import JSONText
public import Standoff

/// doccano JSON lines, in the form of relation projects: one object a line for each document.
///
/// Offsets are code points on export. doccano's own client may count other units: on import, a line that does not name
/// its unit is decided by the text, see ``ForeignDocument/fittingUnit(_:)``. Not carried: gaps, attributes, notes,
/// absent targets.
///
/// On import, an object with no `entities`, `label` or `annotations` is refused. Comments are the document's note.
public struct Doccano: Exporter, Importer {
  public static let name = "doccano"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let writesApart = true
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl", "json"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  private var lines = 0

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .attribute, .note, .absentTarget], of: version)
    lines += 1
    let pieces = version.set.pieces
    var numbers: [Int: Int] = [:]
    for (index, piece) in pieces.enumerated() where piece.number == 1 { numbers[piece.span.id] = index + 1 }
    var writer = JSONWriter()
    writer.object { writer in
      writer.strings("Comments", [])
      writer.string("annotator", version.set.annotator)
      let said = version.set.ofDocument.attributes
      if !said.isEmpty { writer.strings("cats", said.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }) }
      writer.array("entities") { writer in
        for (index, piece) in pieces.enumerated() {
          writer.object { writer in
            writer.integer("end_offset", piece.range.end)
            writer.integer("id", index + 1)
            writer.string("label", version.label(piece.span.label))
            writer.integer("start_offset", piece.range.start)
          }
        }
      }
      writer.integer("id", lines)
      writer.string("name", version.document.id)
      writer.array("relations") { writer in
        for relation in version.set.relations {
          guard case .span(let target) = relation.to, let from = numbers[relation.from], let to = numbers[target]
          else { continue }
          writer.object { writer in
            writer.integer("from_id", from)
            writer.integer("id", relation.id)
            writer.integer("to_id", to)
            writer.string("type", version.relation(relation.type))
          }
        }
      }
      writer.string("text", version.document.text.string)
      writer.string("unit", OffsetUnit.codePoint.rawValue)
    }
    writer.newline()
    sink.write(writer.bytes)
  }

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      let key = choices.textKey ?? (node["text"] == nil && node["data"] != nil ? "data" : "text")
      var document = ForeignDocument(
        name: node["name"]?.text ?? node["id"]?.text, annotator: node["annotator"]?.string ?? node["username"]?.string,
        text: DocumentText(try reader.string(key, of: node)),
        unit: node["unit"]?.string.flatMap(OffsetUnit.init))
      if !["entities", "label", "labels", "annotations", "cats"].contains(where: { node[$0] != nil }) {
        // A text alone is one that nobody has labelled; one beside other keys is of another format.
        guard node.members.allSatisfy({ known.union([key, "meta"]).contains($0.key) }) else {
          throw reader.fault(at: node.place, expected: "the key “label” or “entities” in this object", found: "none")
        }
        document.isBare = true
        return [document]
      }
      for entity in try reader.elements("entities", of: node) {
        if entity.elements != nil {
          document.spans.append(try JSONPiece.span(of: entity, reader))
          continue
        }
        JSONPiece.leaveOthers(
          of: entity, but: ["id", "label", "start_offset", "end_offset"], "of an entity", in: &document)
        document.spans.append(
          ForeignSpan(
            try reader.text("id", of: entity), try reader.string("label", of: entity),
            [(try reader.integer("start_offset", of: entity), try reader.integer("end_offset", of: entity))],
            byte: entity.place.byte))
      }
      for label in try reader.elements(node["label"] == nil ? "labels" : "label", of: node) {
        if let category = label.string {
          document.attributes.append(("label", category, label.place.byte))
        } else {
          document.spans.append(try JSONPiece.span(of: label, reader))
        }
      }
      // The oldest exports give labels by their numbers.
      for entity in try reader.elements("annotations", of: node) {
        document.spans.append(
          ForeignSpan(
            entity["id"]?.text ?? "@\(entity.place.byte)", try reader.text("label", of: entity),
            [(try reader.integer("start_offset", of: entity), try reader.integer("end_offset", of: entity))],
            byte: entity.place.byte))
      }
      JSONPiece.leaveOthers(of: node, but: known.union([key]), "of the text", in: &document)
      for relation in try reader.elements("relations", of: node) {
        document.relations.append(
          ForeignRelation(
            "\(document.relations.count + 1)", try reader.string("type", of: relation),
            from: try reader.text("from_id", of: relation), to: try reader.text("to_id", of: relation),
            byte: relation.place.byte))
      }
      for category in node["cats"]?.elements ?? [] {
        // The categories of a document are plain words in other projects.
        let words = category.string?.split(separator: ": ", maxSplits: 1).map(String.init) ?? []
        if words.count == 2 {
          document.attributes.append((words[0], words[1], category.place.byte))
        } else {
          document.attributes.append(("cats", category.text ?? "", category.place.byte))
        }
      }
      for comment in (node["Comments"] ?? node["comments"])?.elements ?? [] {
        document.note = document.note.joined(comment.text ?? comment["text"]?.text ?? "")
      }
      return [document]
    }
  }

  private static let known: Set<String> = [
    "id", "name", "text", "data", "annotator", "username", "unit", "entities", "label", "labels", "annotations",
    "relations", "cats", "Comments", "comments",
  ]
}
