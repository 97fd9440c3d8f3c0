import JSONText
public import Standoff

/// W3C Web Annotations in JSON-LD: a page of annotations for each document, beside its text.
///
/// Positions are code points, as the recommendation demands. Each fragment is a target of its own; a relation is an
/// annotation that links two others. Attributes are keys with the prefix `gainsay:`, which the context expands to
/// `urn:gainsay:`.
///
/// On import, an annotation without a tag is a `highlight`, one with several is as many spans; a body without a purpose
/// is a comment. Words without a position are looked for. What stands nowhere is listed in
/// ``ForeignDocument/leftOut``.
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
  /// The attribute for a body that identifies what the words name.
  private static let identity = "identifying"
  /// The label of an annotation without a tag.
  private static let untagged = "highlight"

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
        for relation in set.relations { Self.write(relation, version, base, to: &writer) }
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
        if version.set.scheme.label(span.label)?.foreign.feature != untagged {
          writer.map(["purpose": "tagging", "type": "TextualBody", "value": version.label(span.label)])
        }
        if let source = span.attributes[Self.identity] {
          writer.map(["purpose": "identifying", "source": source, "type": "SpecificResource"])
        }
        if !span.note.isEmpty { writer.map(["purpose": "commenting", "type": "TextualBody", "value": span.note]) }
      }
      writer.map("creator", ["name": version.set.annotator, "type": "Person"])
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) where name != Self.identity {
        writer.string("gainsay:\(version.attribute(name))", value)
      }
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

  private static func write(
    _ relation: Relation, _ version: AnnotatedDocument, _ base: String, to writer: inout JSONWriter
  ) {
    let annotator = version.set.annotator
    writer.object { writer in
      writer.array("body") { writer in
        writer.map(["purpose": "tagging", "type": "TextualBody", "value": version.relation(relation.type)])
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
  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    let text = texts(nil)
    return try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      guard let text else {
        throw reader.fault(at: node.place, expected: "a text beside it, of the same name with .txt", found: "none")
      }
      let list = node["items"] ?? node["first"]?["items"]
      // One document for each creator, in the order of first annotations.
      var documents: [ForeignDocument] = []
      var links: [(annotation: JSONNode, place: Int)] = []
      for annotation in list?.elements ?? node.elements ?? [node] {
        let creator = annotation["creator"]?["name"]?.string ?? annotation["creator"]?.string
        var place = documents.count
        if let known = documents.firstIndex(where: { $0.annotator == creator }) {
          place = known
        } else {
          documents.append(ForeignDocument(annotator: creator, text: text))
        }
        if isLink(annotation) {
          links.append((annotation, place))
        } else {
          try readSpan(annotation, reader, &documents[place])
        }
      }
      for (annotation, place) in links { addLink(annotation, place, &documents) }
      return documents.isEmpty ? [ForeignDocument(text: text)] : documents
    }
  }

  private static func bodies(_ annotation: JSONNode) -> [JSONNode] {
    guard let body = annotation["body"] else { return [] }
    return body.elements ?? [body]
  }

  private static func isLink(_ annotation: JSONNode) -> Bool {
    if annotation["motivation"]?.string == "linking" { return true }
    let targets = annotation["target"]?.elements ?? annotation["target"].map { [$0] } ?? []
    return !targets.isEmpty && targets.allSatisfy { $0["selector"] == nil && ($0["id"]?.string ?? $0.string) != nil }
  }

  /// The tags of an annotation: bodies that tag or classify, by value or source.
  private static func tags(_ annotation: JSONNode) -> [String] {
    let isTagging = ["tagging", "classifying"].contains(annotation["motivation"]?.string)
    return bodies(annotation).compactMap { body in
      let purpose = body["purpose"]?.string
      guard ["tagging", "classifying"].contains(purpose) || purpose == nil && isTagging else { return nil }
      return body["value"]?.string ?? body["source"]?.string ?? body["source"]?["id"]?.string ?? body.string
        ?? body["label"]?.string
    }
  }

  /// Adds a link to the document of its ends, whoever made it.
  private static func addLink(_ annotation: JSONNode, _ own: Int, _ documents: inout [ForeignDocument]) {
    let targets = annotation["target"]?.elements ?? annotation["target"].map { [$0] } ?? []
    let ends = targets.compactMap { $0.string ?? $0["id"]?.string }
    let bodies = bodies(annotation)
    let to =
      ends.count > 1
      ? ends[1] : bodies.lazy.compactMap { $0["type"]?.string == "TextualBody" ? nil : $0["id"]?.string }.first
    guard let from = ends.first, ends.count < 3 else {
      documents[own].leftOut.append((annotation.place.byte, "a link between \(ends.count) annotations"))
      return
    }
    let words = bodies.first { $0["purpose"]?.string == "describing" }?["value"]?.string
    let plain = bodies.first { $0["purpose"] == nil }?["value"]?.string
    var relation = ForeignRelation(
      annotation["id"]?.string ?? "@\(annotation.place.byte)", tags(annotation).first ?? plain ?? "link", from: from,
      to: to,
      byte: annotation.place.byte)
    relation.words = words ?? ""
    guard to != nil || words != nil else {
      documents[own].leftOut.append((annotation.place.byte, "a link that leads nowhere"))
      return
    }
    let ids = [from, to].compactMap(\.self)
    let holders = documents.indices.filter { place in
      ids.allSatisfy { id in documents[place].spans.contains { $0.id == id } }
    }
    guard let place = holders.contains(own) ? own : holders.first else {
      documents[own].leftOut.append(
        (annotation.place.byte, "a link from \(ids.joined(separator: " to ")), which are not one person’s annotations"))
      return
    }
    documents[place].relations.append(relation)
  }

  private static func readSpan(
    _ annotation: JSONNode, _ reader: JSONReader, _ document: inout ForeignDocument
  ) throws(JSONFault) {
    let target = try reader.member("target", of: annotation)
    var fragments: [(start: Int, end: Int)] = []
    var words: [String] = []
    for target in target.elements ?? [target] {
      let selector = target["selector"]
      let selectors = selector?.elements ?? selector.map { [$0] } ?? []
      let position =
        selectors.first { $0["type"]?.string == "TextPositionSelector" }
        ?? selectors.first { $0["start"]?.integer != nil && $0["end"]?.integer != nil }
      if let position {
        fragments.append((try reader.integer("start", of: position), try reader.integer("end", of: position)))
        let quote = selectors.lazy.compactMap { $0["exact"]?.string ?? $0["quote"]?.string }.first
        if let quote { words.append(quote) }
      } else if let quote = selectors.first(where: { $0["exact"]?.string != nil }),
        let place = place(of: quote, in: document.text)
      {
        fragments.append((place.start, place.end))
        words.append(quote["exact"]?.string ?? "")
      } else {
        document.leftOut.append(
          (annotation.place.byte, "the annotation \(annotation["id"]?.string ?? ""), whose words stand at no one place")
        )
        return
      }
    }
    let id = annotation["id"]?.string ?? "@\(annotation.place.byte)"
    var span = ForeignSpan(id, untagged, fragments, byte: annotation.place.byte)
    if words.count == fragments.count { span.words = .each(words) }
    for (key, value) in annotation.members where key.hasPrefix("gainsay:") {
      if let text = value.text, !text.isEmpty { span.attributes[String(key.dropFirst(8))] = text }
    }
    let rest = annotation.members.filter { $0.key.hasPrefix("gainsay:") || $0.key.hasPrefix("@") }.map(\.key)
    JSONPiece.leaveOthers(of: annotation, but: known.union(rest), "of \(id)", in: &document)
    let tags = tags(annotation)
    for body in bodies(annotation) {
      let value = body["value"]?.string ?? body.string ?? ""
      let source = body["source"]?.string ?? body["source"]?["id"]?.string
      if let purpose = body["purpose"]?.string, ["tagging", "classifying"].contains(purpose) { continue }
      if body["purpose"]?.string == "identifying", let source, span.attributes[identity] == nil {
        span.attributes[identity] = source
      } else if body["purpose"] == nil, tags.contains(value) {
        continue
      } else if !value.isEmpty {
        span.note = span.note.joined(value)
      } else if let source {
        span.note = span.note.joined(source)
      } else {
        document.leftOut.append((body.place.byte, "a body of \(id)"))
      }
    }
    if tags.isEmpty { span.feature = untagged }
    for (index, tag) in (tags.isEmpty ? [untagged] : tags).enumerated() {
      var tagged = span
      tagged.label = tag
      if index > 0 { tagged.id = "\(id)@\(index + 1)" }
      document.spans.append(tagged)
    }
  }

  /// Properties that are taken over, or that say when and by what program an annotation was made.
  private static let known: Set<String> = [
    "id", "type", "body", "bodies", "target", "creator", "motivation", "created", "modified", "generated", "generator",
  ]

  /// The one place in a text of a quotation with what stands before and after it.
  private static func place(of quote: JSONNode, in text: DocumentText) -> TextRange? {
    let (before, words, after) = (
      quote["prefix"]?.string ?? "", quote["exact"]?.string ?? "", quote["suffix"]?.string ?? ""
    )
    if words.isEmpty { return nil }
    let (whole, wanted) = (text.utf8, Array((before + words + after).utf8))
    var found: [Int] = []
    var at = 0
    while at + wanted.count <= whole.count, found.count < 2 {
      if whole[at] == wanted[0], whole[at..<at + wanted.count].elementsEqual(wanted) { found.append(at) }
      at += 1
    }
    guard found.count == 1 else { return nil }
    let start = found[0] + before.utf8.count
    return TextRange(text.codePoint(ofUTF8: start), text.codePoint(ofUTF8: start + words.utf8.count))
  }
}
