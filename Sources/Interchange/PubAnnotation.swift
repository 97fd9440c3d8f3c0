import JSONText
public import Standoff

/// PubAnnotation JSON: denotations, relations and attributes; one file for each document.
///
/// Offsets are code points on export; the format does not name its unit, so on import the text decides. A discontinuous
/// span has a list of places. Notes are attributes `note`, absent targets attributes `absent:` with the name of the
/// relation.
public struct PubAnnotation: Exporter, Importer {
  public static let name = "pubannotation"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let set = version.set
    sink.lose(renamed: ["note"], of: version)
    var attributes: [(subject: Int, predicate: String, object: String)] = []
    for span in set.spans {
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
        let original = version.attribute(name)
        attributes.append((span.id, original == "note" ? "note_" : original, value))
      }
      if !span.note.isEmpty { attributes.append((span.id, "note", span.note)) }
    }
    for relation in set.relations {
      if case .absent(let words) = relation.to {
        attributes.append((relation.from, "absent:\(version.relation(relation.type))", words))
      }
    }
    var writer = JSONWriter()
    writer.object(.block) { writer in
      writer.array("attributes", .block) { writer in
        for (index, attribute) in attributes.enumerated() {
          writer.map([
            "id": "A\(index + 1)", "obj": attribute.object, "pred": attribute.predicate,
            "subj": "T\(attribute.subject)",
          ])
        }
      }
      writer.array("denotations", .block) { writer in
        for span in set.inReadingOrder { Self.write(span, version, to: &writer) }
      }
      writer.array("relations", .block) { writer in
        for relation in set.relations {
          guard case .span(let target) = relation.to else { continue }
          writer.map([
            "id": "R\(relation.id)", "obj": "T\(target)", "pred": version.relation(relation.type),
            "subj": "T\(relation.from)",
          ])
        }
      }
      writer.string("sourcedb", "gainsay")
      writer.string("sourceid", version.document.id)
      writer.string("text", version.document.text.string)
    }
    writer.newline()
    sink.write(writer.bytes, to: "\(set.annotator)/\(version.document.id).json")
  }

  private static func write(_ span: Annotation, _ version: AnnotatedDocument, to writer: inout JSONWriter) {
    func place(_ range: TextRange, _ writer: inout JSONWriter) {
      writer.object { writer in
        writer.integer("begin", range.start)
        writer.integer("end", range.end)
      }
    }
    writer.object { writer in
      writer.string("id", "T\(span.id)")
      writer.string("obj", version.label(span.label))
      writer.key("span")
      if span.isDiscontinuous {
        writer.array { writer in for fragment in span.fragments { place(fragment, &writer) } }
      } else {
        place(span.hull, &writer)
      }
    }
  }

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.readEach(bytes) { (node, reader) throws(JSONFault) in
      let text = DocumentText(try reader.string(choices.textKey ?? "text", of: node))
      // A track is one project's annotations of the text.
      let tracks = try reader.elements("tracks", of: node)
      if !node.members.contains(where: { ["denotations", "tracks", "sourcedb", "sourceid", "target"].contains($0.key) })
      {
        _ = try reader.member("denotations", of: node)
      }
      var documents: [ForeignDocument] = []
      for track in tracks where !["denotations", "relations", "attributes"].allSatisfy({ track[$0]?.isEmpty ?? true }) {
        var document = try read(track, text, reader)
        document.annotator = track["project"]?.string
        documents.append(document)
      }
      if tracks.isEmpty || ["denotations", "relations", "attributes"].contains(where: { node[$0] != nil }) {
        documents.append(try read(node, text, reader))
        documents[documents.count - 1].annotator = node["project"]?.string
        documents[documents.count - 1].isBare = node["denotations"] == nil
      } else if documents.isEmpty {
        documents.append(ForeignDocument(text: text))
        documents[0].isBare = true
      }
      for index in documents.indices {
        documents[index].name = node["sourceid"]?.text
        documents[index].unit = node["sourcedb"]?.string == "gainsay" ? .codePoint : nil
      }
      for item in node["blocks"]?.elements ?? [] {
        documents[0].leftOut.append((item.place.byte, "an element of “blocks”"))
      }
      JSONPiece.leaveOthers(of: node, but: known.union([choices.textKey ?? ""]), "of the text", in: &documents[0])
      return documents
    }
  }

  /// `sourcedb`, `target` and the like say where the text is from.
  private static let known: Set<String> = [
    "text", "sourcedb", "sourceid", "divid", "target", "tracks", "project", "denotations", "relations", "attributes",
    "modifications", "blocks",
  ]

  private static func read(
    _ node: JSONNode, _ text: DocumentText, _ reader: JSONReader
  ) throws(JSONFault) -> ForeignDocument {
    var document = ForeignDocument(text: text)
    var places: [String: Int] = [:]
    for denotation in try reader.elements("denotations", of: node) {
      let span = try reader.member("span", of: denotation)
      var fragments: [(start: Int, end: Int)] = []
      for part in span.elements ?? [span] {
        fragments.append((try reader.integer("begin", of: part), try reader.integer("end", of: part)))
      }
      let id = denotation["id"]?.text ?? "@\(denotation.place.byte)"
      JSONPiece.leaveOthers(of: denotation, but: ["id", "span", "obj"], "of \(id)", in: &document)
      if denotation["obj"]?.isNull ?? true {
        document.leftOut.append((denotation.place.byte, "the denotation \(id), which has no “obj”"))
        continue
      }
      places[id] = document.spans.count
      document.spans.append(
        ForeignSpan(id, try reader.string("obj", of: denotation), fragments, byte: denotation.place.byte))
    }
    for relation in try reader.elements("relations", of: node) {
      let ends = ["subj", "obj"].compactMap { relation[$0]?.text }
      guard ends.allSatisfy({ places[$0] != nil }) else {
        document.leftOut.append(
          (relation.place.byte, "a relation from \(ends.joined(separator: " to ")), one of which is left out"))
        continue
      }
      document.relations.append(
        ForeignRelation(
          "\(document.relations.count + 1)", try reader.string("pred", of: relation),
          from: try reader.text("subj", of: relation), to: try reader.text("obj", of: relation),
          byte: relation.place.byte))
    }
    for attribute in try reader.elements("attributes", of: node) + reader.elements("modifications", of: node) {
      let (subject, name) = (try reader.text("obj", of: attribute), try reader.string("pred", of: attribute))
      let span = attribute["subj"]?.text ?? subject
      guard let place = places[span] else {
        document.leftOut.append((attribute.place.byte, "what is said of \(span): “\(name)” \(subject)"))
        continue
      }
      if name == "note" {
        document.spans[place].note = subject
      } else if name.hasPrefix("absent:") {
        var relation = ForeignRelation(
          "\(document.relations.count + 1)", String(name.dropFirst(7)), from: span, to: nil,
          byte: attribute.place.byte)
        relation.words = subject
        document.relations.append(relation)
      } else if let value = document.spans[place].attributes[name] {
        document.leftOut.append((attribute.place.byte, "a second value of “\(name)”, after “\(value)”"))
      } else if !subject.isEmpty {
        document.spans[place].attributes[name] = attribute["subj"] == nil ? "true" : subject
      }
    }
    return document
  }
}
