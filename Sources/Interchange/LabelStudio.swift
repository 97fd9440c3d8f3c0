import JSONText
public import Standoff

/// Label Studio JSON: one array of tasks, a task for each document, an annotation for each annotator.
///
/// Offsets are code points, as in Label Studio since 2021; older files count UTF-16 units, and the words beside the
/// offsets decide. Attributes and notes are further results of a region. Not carried: gaps, absent targets.
///
/// On import, HyperText is refused; second labels of a region, skipped annotations, predictions and drafts are listed
/// in ``ForeignDocument/leftOut``.
public struct LabelStudio: Exporter, Importer {
  public static let name = "label-studio"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.file("json")
  public static let endings = ["json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  private var versions: [AnnotatedDocument] = []
  private var tasks = 0

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .absentTarget], of: version)
    sink.lose(renamed: Self.own, of: version)
    if let last = versions.last, last.document.id != version.document.id { writeTask(&sink) }
    versions.append(version)
  }

  public mutating func finish(_ sink: inout ExportSink) {
    writeTask(&sink)
    sink.write(Array((tasks == 0 ? "[]\n" : "\n]\n").utf8))
  }

  private mutating func writeTask(_ sink: inout ExportSink) {
    guard let document = versions.first?.document else { return }
    sink.write(Array((tasks == 0 ? "[\n" : ",\n").utf8))
    tasks += 1
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("annotations") { writer in
        for (index, version) in versions.enumerated() {
          writer.object { writer in
            writer.object("completed_by") { writer in
              writer.string("email", version.set.annotator)
              writer.integer("id", index + 1)
            }
            writer.integer("id", index + 1)
            writer.array("result") { writer in Self.writeResults(version, to: &writer) }
            writer.key("was_cancelled")
            writer.boolean(false)
          }
        }
      }
      writer.map("data", ["name": document.id, "text": document.text.string])
      writer.integer("id", tasks)
      writer.array("predictions") { _ in }
    }
    sink.write(writer.bytes)
    versions = []
  }

  /// The names of the controls that are not attributes.
  private static let own: Set<String> = ["label", "note", "text"]

  private static func writeResults(_ version: AnnotatedDocument, to writer: inout JSONWriter) {
    let (set, text) = (version.set, version.document.text)
    for piece in set.pieces {
      func write(_ name: String, _ type: String, _ value: (inout JSONWriter) -> Void) {
        writer.object { writer in
          writer.string("from_name", name)
          writer.string("id", "s\(piece.id)")
          writer.string("to_name", "text")
          writer.string("type", type)
          writer.object("value") { writer in
            if type == "choices" { value(&writer) }
            writer.integer("end", piece.range.end)
            if type == "labels" { writer.strings("labels", [piece.span.label]) }
            writer.integer("start", piece.range.start)
            if type != "choices" { value(&writer) }
          }
        }
      }
      write("label", "labels") { $0.string("text", text[piece.range]) }
      for (name, words) in piece.span.attributes.sorted(by: { $0.key < $1.key }) {
        let control = own.contains(name) ? name + "_" : name
        if set.scheme.attribute(name)?.values != nil {
          write(control, "choices") { $0.strings("choices", [words]) }
        } else {
          write(control, "textarea") { $0.strings("text", [words]) }
        }
      }
      if !piece.span.note.isEmpty { write("note", "textarea") { $0.strings("text", [piece.span.note]) } }
    }
    for (name, words) in set.ofDocument.attributes.sorted(by: { $0.key < $1.key }) {
      let isChoice = set.scheme.documentAttribute(name)?.values != nil
      writer.object { writer in
        writer.string("from_name", own.contains(name) ? name + "_" : name)
        writer.string("id", "d-\(name)")
        writer.string("to_name", "text")
        writer.string("type", isChoice ? "choices" : "textarea")
        writer.object("value") { writer in writer.strings(isChoice ? "choices" : "text", [words]) }
      }
    }
    for relation in set.relations {
      guard case .span(let target) = relation.to else { continue }
      writer.object { writer in
        writer.string("direction", "right")
        writer.string("from_id", "s\(relation.from)")
        writer.strings("labels", [relation.type])
        writer.string("to_id", "s\(target)")
        writer.string("type", "relation")
      }
    }
  }

  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    try JSONPiece.readEach(bytes) { (node, reader) throws(JSONFault) in
      let data = try reader.member("data", of: node)
      let words = try reader.string("text", of: data)
      let annotations = try reader.elements(node["annotations"] == nil ? "completions" : "annotations", of: node)
      var documents: [ForeignDocument] = []
      for annotation in annotations {
        var document = ForeignDocument(
          name: data["name"]?.text ?? node["id"]?.text, annotator: annotator(of: annotation),
          text: DocumentText(words))
        if case .boolean(true)? = annotation["was_cancelled"]?.value {
          document.leftOut.append((annotation.place.byte, "an annotation that was skipped"))
          document.isBare = true
        } else {
          try readResults(try reader.elements("result", of: annotation), reader, &document)
        }
        documents.append(document)
      }
      if documents.isEmpty {
        var bare = ForeignDocument(name: data["name"]?.text ?? node["id"]?.text, text: DocumentText(words))
        bare.isBare = true
        documents.append(bare)
      }
      for (key, what) in [("predictions", "a prediction"), ("drafts", "a draft")] {
        for item in try reader.elements(key, of: node) { documents[0].leftOut.append((item.place.byte, what)) }
      }
      return documents
    }
  }

  private static func annotator(of annotation: JSONNode) -> String? {
    guard let by = annotation["completed_by"] else { return nil }
    // The whole address: two people may have the same name at two domains.
    if let email = by["email"]?.string { return email }
    return (by.text ?? by["id"]?.text).map { "annotator-\($0)" }
  }

  private static func readResults(
    _ results: [JSONNode], _ reader: JSONReader, _ document: inout ForeignDocument
  ) throws(JSONFault) {
    var places: [String: Int] = [:]
    for result in results where result["type"]?.string == "labels" || result["type"]?.string == "hypertextlabels" {
      let id = try reader.text("id", of: result)
      let value = try reader.member("value", of: result)
      if let globals = value["globalOffsets"] {
        throw reader.fault(at: globals.place, expected: "plain text, labelled in a Text tag", found: "HyperText")
      }
      let labels = try reader.elements(value["labels"] == nil ? "hypertextlabels" : "labels", of: value)
      guard let label = labels.first?.string else {
        throw reader.fault(at: value.place, expected: "a label", found: "none")
      }
      for other in labels.dropFirst() {
        document.leftOut.append((other.place.byte, "a second label of one region, “\(other.string ?? "")”"))
      }
      var span = ForeignSpan(
        id, label, [(try reader.integer("start", of: value), try reader.integer("end", of: value))],
        byte: result.place.byte)
      if let words = value["text"]?.string { span.words = .hull(words) }
      places[id] = document.spans.count
      document.spans.append(span)
    }
    for result in results {
      let type = try reader.string("type", of: result)
      switch type {
      case "labels", "hypertextlabels": continue
      case "relation":
        var ends = (try reader.text("from_id", of: result), try reader.text("to_id", of: result))
        if result["direction"]?.string == "left" { ends = (ends.1, ends.0) }
        for label in result["labels"]?.elements ?? [] where label.string != nil {
          document.relations.append(
            ForeignRelation(
              "\(document.relations.count + 1)", label.string ?? "", from: ends.0, to: ends.1,
              byte: result.place.byte))
        }
        if result["labels"]?.elements?.isEmpty ?? true {
          document.leftOut.append((result.place.byte, "a relation without a label"))
        }
      case "choices", "textarea":
        let value = try reader.member("value", of: result)
        let words = (value["choices"] ?? value["text"]).flatMap {
          $0.string.map { [$0] } ?? $0.elements?.compactMap(\.string)
        }
        guard let text = words?.joined(separator: " "), !text.isEmpty else {
          document.leftOut.append((result.place.byte, "a result without words"))
          continue
        }
        let name = try reader.string("from_name", of: result)
        guard let place = places[result["id"]?.text ?? ""] else {
          document.attributes.append((name, text, result.place.byte))
          continue
        }
        if name == "note" {
          let note = document.spans[place].note
          document.spans[place].note = note.isEmpty ? text : note + " " + text
        } else if let value = document.spans[place].attributes[name] {
          document.leftOut.append((result.place.byte, "a second value of “\(name)”, after “\(value)”"))
        } else {
          document.spans[place].attributes[name] = text
        }
      default: document.leftOut.append((result.place.byte, "a result of the type “\(type)”"))
      }
    }
  }
}
