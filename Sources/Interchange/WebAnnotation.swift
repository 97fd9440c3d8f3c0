import JSONText
public import Standoff

/// W3C Web Annotations in JSON-LD: a page of annotations for each document, beside its text.
///
/// Positions are code points, as the recommendation demands. Each fragment is a target of its own; a relation is an
/// annotation that links two others. Attributes are keys with the prefix `gainsay:`, which the context expands to
/// `urn:gainsay:`.
///
/// On import, an annotation without a tag or a position is refused.
///
/// Source: *Web Annotation Data Model*, W3C Recommendation (2017).
public struct WebAnnotation: Exporter, Importer {
  public static let name = "w3c"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["jsonld", "json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.beside

  /// Code points of the text before and after a span that are given with it.
  private static let context = 32

  public init() {}

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let (set, document) = (version.set, version.document)
    let base = "urn:gainsay:\(document.id):\(set.annotator)"
    var writer = JSONWriter()
    writer.object(.block) { writer in
      writer.array("@context") { writer in
        writer.string("http://www.w3.org/ns/anno.jsonld")
        writer.map(["gainsay": "urn:gainsay:"])
      }
      writer.string("id", base)
      writer.array("items", .block) { writer in
        for span in set.inReadingOrder { Self.write(span, version, base, to: &writer) }
        for relation in set.relations { Self.write(relation, set.annotator, base, to: &writer) }
      }
      writer.string("type", "AnnotationPage")
    }
    writer.newline()
    let path = "\(set.annotator)/\(document.id)"
    sink.write(document.text.utf8, to: path + ".txt")
    sink.write(writer.bytes, to: path + ".jsonld")
  }

  private static func write(
    _ span: Annotation, _ version: AnnotatedDocument, _ base: String, to writer: inout JSONWriter
  ) {
    let text = version.document.text
    writer.object { writer in
      writer.array("body") { writer in
        writer.map(["purpose": "tagging", "type": "TextualBody", "value": span.label])
        if !span.note.isEmpty { writer.map(["purpose": "commenting", "type": "TextualBody", "value": span.note]) }
      }
      writer.map("creator", ["name": version.set.annotator, "type": "Person"])
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) { writer.string("gainsay:\(name)", value) }
      writer.string("id", "\(base):s\(span.id)")
      writer.string("motivation", "tagging")
      writer.array("target") { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.array("selector") { writer in
              writer.map([
                "exact": text[fragment], "prefix": text[TextRange(max(0, fragment.start - context), fragment.start)],
                "suffix": text[TextRange(fragment.end, min(text.count, fragment.end + context))],
                "type": "TextQuoteSelector",
              ])
              writer.object { writer in
                writer.integer("end", fragment.end)
                writer.integer("start", fragment.start)
                writer.string("type", "TextPositionSelector")
              }
            }
            writer.string("source", "urn:gainsay:\(version.document.id)")
          }
        }
      }
      writer.string("type", "Annotation")
    }
  }

  private static func write(_ relation: Relation, _ annotator: String, _ base: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.array("body") { writer in
        writer.map(["purpose": "tagging", "type": "TextualBody", "value": relation.type])
        switch relation.to {
        case .span(let id): writer.map(["id": "\(base):s\(id)"])
        case .absent(let words): writer.map(["purpose": "describing", "type": "TextualBody", "value": words])
        }
      }
      writer.map("creator", ["name": annotator, "type": "Person"])
      writer.string("id", "\(base):r\(relation.id)")
      writer.string("motivation", "linking")
      writer.string("target", "\(base):s\(relation.from)")
      writer.string("type", "Annotation")
    }
  }

  // MARK: in

  /// Reads a page, a collection with its first page, a list of annotations, or a single annotation.
  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    let text = texts(nil)
    return try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      guard let text else {
        throw reader.fault(at: node.place, expected: "a text beside it, of the same name with .txt", found: "none")
      }
      let list = node["items"] ?? node["first"]?["items"]
      // One document for each creator, in the order of first annotations.
      var documents: [ForeignDocument] = []
      for annotation in list?.elements ?? node.elements ?? [node] {
        let creator = annotation["creator"]?["name"]?.string ?? annotation["creator"]?.string
        var place = documents.count
        if let known = documents.firstIndex(where: { $0.annotator == creator }) {
          place = known
        } else {
          documents.append(ForeignDocument(annotator: creator, text: text))
        }
        if annotation["motivation"]?.string == "linking" {
          documents[place].relations.append(try link(annotation, reader))
        } else {
          try readSpan(annotation, reader, &documents[place])
        }
      }
      return documents.isEmpty ? [ForeignDocument(text: text)] : documents
    }
  }

  private static func bodies(_ annotation: JSONNode) -> [JSONNode] {
    guard let body = annotation["body"] else { return [] }
    return body.elements ?? [body]
  }

  private static func tag(_ annotation: JSONNode, _ reader: JSONReader) throws(JSONFault) -> String {
    let bodies = bodies(annotation)
    let tagging = bodies.first { ["tagging", "classifying"].contains($0["purpose"]?.string) } ?? bodies.first
    guard let tag = tagging?["value"]?.string ?? tagging?.string else {
      throw reader.fault(at: annotation.place, expected: "a body with a tag in this annotation", found: "none")
    }
    return tag
  }

  private static func link(_ annotation: JSONNode, _ reader: JSONReader) throws(JSONFault) -> ForeignRelation {
    let target = try reader.member("target", of: annotation)
    guard let from = target.string ?? target["id"]?.string else {
      throw reader.fault(at: target.place, expected: "the id of an annotation", found: "another value")
    }
    let bodies = bodies(annotation)
    var relation = ForeignRelation(
      annotation["id"]?.string ?? "@\(annotation.place.byte)", try tag(annotation, reader), from: from,
      to: bodies.lazy.compactMap { $0["type"]?.string == "TextualBody" ? nil : $0["id"]?.string }.first,
      byte: annotation.place.byte)
    relation.words = bodies.first { $0["purpose"]?.string == "describing" }?["value"]?.string ?? ""
    return relation
  }

  private static func readSpan(
    _ annotation: JSONNode, _ reader: JSONReader, _ document: inout ForeignDocument
  ) throws(JSONFault) {
    let target = try reader.member("target", of: annotation)
    var fragments: [(start: Int, end: Int)] = []
    var words: [String] = []
    for target in target.elements ?? [target] {
      guard let selector = target["selector"] else {
        throw reader.fault(at: target.place, expected: "a selector in this target", found: "none")
      }
      let selectors = selector.elements ?? [selector]
      guard let position = selectors.first(where: { $0["type"]?.string == "TextPositionSelector" }) else {
        throw reader.fault(at: selector.place, expected: "a TextPositionSelector", found: "others")
      }
      fragments.append((try reader.integer("start", of: position), try reader.integer("end", of: position)))
      if let exact = selectors.lazy.compactMap({ $0["exact"]?.string }).first { words.append(exact) }
    }
    let id = annotation["id"]?.string ?? "@\(annotation.place.byte)"
    var span = ForeignSpan(id, try tag(annotation, reader), fragments, byte: annotation.place.byte)
    if words.count == fragments.count { span.words = .each(words) }
    for body in bodies(annotation).filter({ $0["purpose"]?.string == "tagging" }).dropFirst() {
      document.leftOut.append((body.place.byte, "a second tag of one annotation, “\(body["value"]?.string ?? "")”"))
    }
    for (key, value) in annotation.members where key.hasPrefix("gainsay:") {
      if let text = value.text, !text.isEmpty { span.attributes[String(key.dropFirst(8))] = text }
    }
    for body in bodies(annotation) where body["purpose"]?.string == "commenting" {
      let comment = body["value"]?.string ?? ""
      span.note = span.note.isEmpty ? comment : span.note + " " + comment
    }
    document.spans.append(span)
  }
}
