import JSONText
public import Standoff

/// Label Studio JSON: one array of tasks, a task for each document, an annotation for each annotator.
///
/// Offsets are code points, as in Label Studio since 2021; older files count UTF-16 units, and the words beside the
/// offsets decide. Attributes and notes are further results of a region. Not carried: gaps, absent targets.
///
/// On import, HyperText is refused; regions without a label, skipped annotations, predictions and drafts are listed in
/// ``ForeignDocument/leftOut``. A region with several labels is as many spans. The text stands under `text` or the one
/// key that holds one; the smaller form, JSON_MIN, is read too.
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
            if type == "labels" { writer.strings("labels", [version.label(piece.span.label)]) }
            writer.integer("start", piece.range.start)
            if type != "choices" { value(&writer) }
          }
        }
      }
      write("label", "labels") { $0.string("text", text[piece.range]) }
      for (name, words) in piece.span.attributes.sorted(by: { $0.key < $1.key }) {
        let original = version.attribute(name)
        let control = own.contains(original) ? original + "_" : original
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
        writer.strings("labels", [version.relation(relation.type)])
        writer.string("to_id", "s\(target)")
        writer.string("type", "relation")
      }
    }
  }

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.readEach(bytes) { (node, reader) throws(JSONFault) in
      guard let data = node["data"] else { return [try small(node, choices, reader)] }
      let key = try textKey(of: data, choices, reader)
      let words = try reader.string(key, of: data)
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
      JSONPiece.leaveOthers(of: data, but: [key, "name"], "in “data”", in: &documents[0])
      if let meta = node["meta"] { JSONPiece.leaveOthers(of: meta, but: [], "in “meta”", in: &documents[0]) }
      return documents
    }
  }

  /// The key of a task's text: the caller's, `text`, or the only one that holds a text.
  private static func textKey(
    of data: JSONNode, _ choices: ImportChoices, _ reader: JSONReader
  ) throws(JSONFault) -> String {
    if let key = choices.textKey { return key }
    if data["text"]?.string != nil { return "text" }
    let texts = data.members.filter { $0.node.string != nil && $0.key != "name" }.map(\.key)
    guard texts.count == 1 else {
      throw reader.fault(
        at: data.place, expected: "the key “text” in this object (--text names another)",
        found: texts.isEmpty ? "none" : texts.map { "“\($0)”" }.joined(separator: ", "))
    }
    return texts[0]
  }

  /// A task of JSON_MIN: the text and, under the names of the controls, lists of regions.
  private static func small(
    _ node: JSONNode, _ choices: ImportChoices, _ reader: JSONReader
  ) throws(JSONFault) -> ForeignDocument {
    let own: Set<String> = [
      "id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "name", "agreement",
    ]
    func isRegions(_ node: JSONNode) -> Bool {
      node.elements.map { !$0.isEmpty && $0.allSatisfy { $0["start"] != nil && $0["end"] != nil } } ?? false
    }
    let texts = node.members.filter { $0.node.string != nil && !own.contains($0.key) }.map(\.key)
    let key = choices.textKey ?? (texts.contains("text") || texts.count != 1 ? "text" : texts[0])
    var document = ForeignDocument(
      name: node["name"]?.text ?? node["id"]?.text, annotator: node["annotator"].flatMap(annotatorName),
      text: DocumentText(try reader.string(key, of: node)))
    for (name, value) in node.members where isRegions(value) {
      for region in value.elements ?? [] {
        let labels = (region["labels"] ?? region["hypertextlabels"])?.elements?.compactMap(\.string) ?? []
        add(labels, "@\(region.place.byte)", region, try range(of: region, reader), &document)
      }
      if name != "label" { document.leftOut.append((value.place.byte, "that these labels are called “\(name)”")) }
    }
    let rest = own.union([key]).union(node.members.filter { isRegions($0.node) }.map(\.key))
    JSONPiece.leaveOthers(of: node, but: rest, "of the task", in: &document)
    makeExclusive(&document)
    return document
  }

  private static func range(of value: JSONNode, _ reader: JSONReader) throws(JSONFault) -> (start: Int, end: Int) {
    (try reader.integer("start", of: value), try reader.integer("end", of: value))
  }

  /// Adds a span for each label of a region.
  private static func add(
    _ labels: [String], _ id: String, _ value: JSONNode, _ range: (start: Int, end: Int),
    _ document: inout ForeignDocument
  ) {
    if labels.isEmpty { document.leftOut.append((value.place.byte, "the region \(id), which has no label")) }
    for (index, label) in labels.enumerated() {
      var span = ForeignSpan(index == 0 ? id : "\(id)@\(index + 1)", label, [range], byte: value.place.byte)
      if let words = value["text"]?.string { span.words = .hull(words) }
      document.spans.append(span)
    }
  }

  /// Takes ends for inclusive, as the first versions wrote them, where that alone gives the words.
  private static func makeExclusive(_ document: inout ForeignDocument) {
    func fits(_ spans: [ForeignSpan]) -> Bool {
      [OffsetUnit.codePoint, .utf16].contains { unit in
        let scale = OffsetScale(unit, of: document.text)
        return spans.allSatisfy { scale.fits($0) ?? true }
      }
    }
    guard document.spans.contains(where: { $0.words != .none }), !fits(document.spans) else { return }
    let moved = document.spans.map { span in
      var span = span
      span.fragments = span.fragments.map { ($0.start, $0.end + 1) }
      return span
    }
    guard fits(moved) else { return }
    document.spans = moved
    document.leftOut.append((moved[0].byte, "that the ends of spans were counted inclusively"))
  }

  private static func annotator(of annotation: JSONNode) -> String? {
    annotation["completed_by"].flatMap(annotatorName)
  }

  private static func annotatorName(_ by: JSONNode) -> String? {
    // The whole address: two people may have the same name at two domains.
    if let email = by["email"]?.string { return email }
    return (by.text ?? by["id"]?.text).map { "annotator-\($0)" }
  }

  private static func readResults(
    _ results: [JSONNode], _ reader: JSONReader, _ document: inout ForeignDocument
  ) throws(JSONFault) {
    var places: [String: Int] = [:]
    var controls: [String] = []
    for result in results where result["type"]?.string == "labels" || result["type"]?.string == "hypertextlabels" {
      let id = try reader.text("id", of: result)
      let value = try reader.member("value", of: result)
      if let globals = value["globalOffsets"] {
        throw reader.fault(at: globals.place, expected: "plain text, labelled in a Text tag", found: "HyperText")
      }
      let labels = try reader.elements(value["labels"] == nil ? "hypertextlabels" : "labels", of: value)
        .compactMap(\.string)
      let isSecond = places[id] != nil
      if !isSecond { places[id] = document.spans.count }
      let control = result["from_name"]?.string ?? ""
      if !controls.contains(control) { controls.append(control) }
      add(labels, isSecond ? "\(id)@\(control)" : id, value, try range(of: value, reader), &document)
      if labels.isEmpty, !isSecond { places[id] = nil }
      for words in result["meta"]?["text"]?.elements?.compactMap(\.string) ?? [] {
        if let place = places[id] {
          document.spans[place].note = document.spans[place].note.joined(words)
        }
      }
    }
    if controls.count > 1 {
      document.leftOut.append(
        (results[0].place.byte, "which control a label is of: \(controls.joined(separator: ", "))"))
    }
    makeExclusive(&document)
    for result in results {
      let type = try reader.string("type", of: result)
      switch type {
      case "labels", "hypertextlabels": continue
      case "relation":
        var ends = (try reader.text("from_id", of: result), try reader.text("to_id", of: result))
        if result["direction"]?.string == "left" { ends = (ends.1, ends.0) }
        if result["direction"]?.string == "bi" {
          document.leftOut.append((result.place.byte, "that a relation from \(ends.0) to \(ends.1) goes both ways"))
        }
        guard places[ends.0] != nil, places[ends.1] != nil else {
          document.leftOut.append(
            (result.place.byte, "a relation from \(ends.0) to \(ends.1), one of which is left out"))
          continue
        }
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
        // Several words are one value of a text, but not of a choice.
        let isChoice = value["choices"] != nil
        for other in (words ?? []).dropFirst() where isChoice {
          document.leftOut.append(
            (result.place.byte, "a further choice of “\(result["from_name"]?.string ?? "")”, “\(other)”"))
        }
        guard let text = isChoice ? words?.first : words?.joined(separator: "\n"), !text.isEmpty else {
          document.leftOut.append((result.place.byte, "a result without words"))
          continue
        }
        let name = try reader.string("from_name", of: result)
        guard let place = places[result["id"]?.text ?? ""] else {
          document.attributes.append((name, text, result.place.byte))
          continue
        }
        if name == "note" {
          document.spans[place].note = document.spans[place].note.joined(text)
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
