import JSONText
public import Standoff
import XMLText

/// What BioC files hold, apart from their syntax.
///
/// A span is an annotation whose infon `type` is the label; the other infons are attributes. A relation has two nodes,
/// whose roles the scheme keeps.
///
/// Source: Comeau et al., “BioC: a minimalist approach to interoperability for biomedical text processing”, *Database*
/// (2013).
struct BioC {
  typealias Infons = [(key: String, value: String)]

  struct BioCText {
    var id = ""
    var infons: Infons = []
    var passages: [BioCPassage] = []
    var relations: [BioCRelation] = []
    var byte = 0
  }

  /// A passage, or a sentence of one.
  struct BioCPassage {
    var offset = 0
    var infons: Infons = []
    var text: String?
    var sentences: [BioCPassage] = []
    var annotations: [BioCAnnotation] = []
    var relations: [BioCRelation] = []
    var byte = 0
  }

  struct BioCAnnotation {
    var id = ""
    var infons: Infons = []
    var text: String?
    var locations: [(offset: Int, length: Int)] = []
    var byte = 0
  }

  struct BioCRelation {
    var id = ""
    var infons: Infons = []
    var nodes: [(id: String, role: String)] = []
    var byte = 0
  }

  private static let type = "type"
  /// The feature of labels for annotations without a type.
  private static let untyped = "untyped"
  private static let note = "note"
  private static let annotator = "annotator"

  // MARK: out

  /// The document with one passage; what BioC cannot hold is a loss.
  static func document(_ version: AnnotatedDocument, _ sink: inout ExportSink) -> BioCText {
    sink.lose(all: [.absentTarget], of: version)
    sink.lose(renamed: [type, note], of: version)
    let (set, text) = (version.set, version.document.text)
    var document = BioCText(id: version.document.id, infons: [(annotator, set.annotator)])
    document.infons += set.ofDocument.attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    var passage = BioCPassage(text: text.string)
    for span in set.inReadingOrder {
      let isTyped = set.scheme.label(span.label)?.foreign.feature != untyped
      var infons: Infons = isTyped ? [(type, version.label(span.label))] : []
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
        let name = version.attribute(name)
        infons.append((name == type || name == note ? name + "_" : name, value))
      }
      if !span.note.isEmpty { infons.append((note, span.note)) }
      passage.annotations.append(
        BioCAnnotation(
          id: "T\(span.id)", infons: infons, text: span.fragments.map { text[$0] }.joined(separator: " "),
          locations: span.fragments.map { ($0.start, $0.count) }))
    }
    for relation in set.relations {
      guard case .span(let target) = relation.to else { continue }
      let roles = (set.scheme.relation(relation.type)?.foreign.feature ?? "|").split(
        separator: "|", omittingEmptySubsequences: false
      ).map(String.init)
      passage.relations.append(
        BioCRelation(
          id: "R\(relation.id)", infons: [(type, version.relation(relation.type))],
          nodes: [("T\(relation.from)", roles[0]), ("T\(target)", roles.count > 1 ? roles[1] : "")]))
    }
    document.passages = [passage]
    return document
  }

  // MARK: in

  /// A text of the document, with the offset of its beginning in the file's unit and in code points.
  private struct Part {
    let passage: BioCPassage
    let text: DocumentText
    let start: Int
  }

  static func foreign(_ document: BioCText) -> ForeignDocument {
    let parts = parts(of: document)
    let whole = parts.reduce(into: (text: "", count: 0)) { whole, part in
      if part.start > whole.count {
        whole.text += "\n" + String(repeating: " ", count: part.start - whole.count - 1)
        whole.count = part.start
      }
      whole.text += part.text.string
      whole.count += part.text.count
    }
    var found = ForeignDocument(
      name: document.id.isEmpty ? nil : document.id, annotator: document.infons.first { $0.key == annotator }?.value,
      text: DocumentText(whole.text), unit: .codePoint)
    for (key, value) in document.infons where key != annotator { found.attributes.append((key, value, document.byte)) }
    if parts.count > 1 {
      found.leftOut.append((document.byte, "the borders of \(parts.count) passages or sentences"))
    }
    for part in parts where !part.passage.infons.isEmpty {
      let infons = part.passage.infons.map { "\($0.key) “\($0.value)”" }.joined(separator: ", ")
      found.leftOut.append((part.passage.byte, "what is said of a passage: \(infons)"))
    }
    let unit = unit(of: parts)
    for part in parts { add(part, unit, to: &found) }
    let known = Set(found.spans.map(\.id))
    let relations =
      document.relations + document.passages.flatMap { $0.relations + $0.sentences.flatMap(\.relations) }
    for relation in relations { add(relation, known, to: &found) }
    return found
  }

  /// The passages with a text, else their sentences, each behind the one before.
  private static func parts(of document: BioCText) -> [Part] {
    var parts: [Part] = []
    var end = 0
    for passage in document.passages {
      let isWhole = !(passage.text ?? "").isEmpty || passage.sentences.isEmpty
      let said = isWhole ? passage.sentences.flatMap(\.infons) : passage.infons
      let pieces = isWhole ? [passage] : passage.sentences
      for piece in pieces {
        let text = DocumentText(piece.text ?? "")
        // Offsets in another unit than code points are further on; what stands before overlaps nothing.
        let start = parts.isEmpty ? max(0, piece.offset) : max(piece.offset, end)
        let near = start - end > 10_000 ? end + 1 : start
        var owner = piece
        // The sentences of a passage with a text of its own add their annotations to it.
        if piece.byte == pieces[0].byte { owner.infons += said }
        if isWhole { owner.annotations += passage.sentences.flatMap(\.annotations) }
        if !isWhole, piece.byte == pieces[0].byte { owner.annotations += passage.annotations }
        parts.append(Part(passage: owner, text: text, start: parts.isEmpty ? min(near, 10_000) : near))
        end = parts[parts.count - 1].start + text.count
      }
    }
    return parts
  }

  private static func ranges(_ annotation: BioCAnnotation, in part: Part, _ scale: OffsetScale) -> [TextRange]? {
    var ranges: [TextRange] = []
    for location in annotation.locations {
      let start = location.offset - part.passage.offset
      guard let range = scale.range(start, start + location.length) else { return nil }
      ranges.append(range)
    }
    return ranges
  }

  /// The first unit in which every annotation covers its words.
  private static func unit(of parts: [Part]) -> OffsetUnit {
    let units: [OffsetUnit] = [.codePoint, .utf16, .utf8]
    return units.first { unit in
      parts.allSatisfy { part in
        let scale = OffsetScale(unit, of: part.text)
        return part.passage.annotations.allSatisfy { annotation in
          guard let ranges = ranges(annotation, in: part, scale) else { return false }
          let words = ranges.map { part.text[$0] }.joined(separator: " ")
          return annotation.text.map { Self.plain($0) == Self.plain(words) } ?? true
        }
      }
    } ?? .codePoint
  }

  private static func plain(_ words: String) -> String { words.split { $0.isWhitespace }.joined(separator: " ") }

  private static func add(_ part: Part, _ unit: OffsetUnit, to found: inout ForeignDocument) {
    let scale = OffsetScale(unit, of: part.text)
    for annotation in part.passage.annotations {
      // Offsets that fit nowhere stay as they are, so that the caller sees the misfit.
      let fragments =
        ranges(annotation, in: part, scale)?.map { (start: $0.start + part.start, end: $0.end + part.start) }
        ?? annotation.locations.map { (start: $0.offset, end: $0.offset + $0.length) }
      let label = annotation.infons.first { $0.key == type }?.value ?? ""
      var span = ForeignSpan(annotation.id, label.isEmpty ? "annotation" : label, fragments, byte: annotation.byte)
      if let text = annotation.text { span.words = .joined(text) }
      if label.isEmpty { span.feature = untyped }
      for (key, value) in annotation.infons where key != type && !value.isEmpty {
        if key == note {
          span.note = span.note.joined(value)
        } else if let first = span.attributes[key] {
          found.leftOut.append((annotation.byte, "a second value of “\(key)”, after “\(first)”"))
        } else {
          span.attributes[key] = value
        }
      }
      if fragments.isEmpty {
        found.leftOut.append((annotation.byte, "the annotation \(annotation.id), which has no location"))
      } else {
        found.spans.append(span)
      }
    }
  }

  private static func add(_ relation: BioCRelation, _ known: Set<String>, to found: inout ForeignDocument) {
    let name = relation.infons.first { $0.key == type }?.value ?? "relation"
    guard relation.nodes.count > 1, relation.nodes.allSatisfy({ known.contains($0.id) }) else {
      found.leftOut.append(
        (relation.byte, "the relation \(relation.id) of the nodes \(relation.nodes.map(\.id).joined(separator: ", "))"))
      return
    }
    if relation.nodes.count > 2 {
      found.leftOut.append((relation.byte, "that \(relation.id) is one relation of \(relation.nodes.count) nodes"))
    }
    for node in relation.nodes.dropFirst() {
      var pair = ForeignRelation(
        relation.id, name, from: relation.nodes[0].id, to: node.id, byte: relation.byte)
      let roles = "\(relation.nodes[0].role)|\(node.role)"
      pair.feature = roles == "|" ? nil : roles
      found.relations.append(pair)
    }
    for (key, value) in relation.infons where key != type && !value.isEmpty {
      found.leftOut.append((relation.byte, "“\(key)” of the relation \(relation.id): “\(value)”"))
    }
  }
}

/// BioC JSON; one file for each document. See ``BioCXML``.
public struct BioCJSON: Exporter, Importer {
  public static let name = "bioc-json"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let document = BioC.document(version, &sink)
    var writer = JSONWriter()
    func infons(_ infons: BioC.Infons, _ writer: inout JSONWriter) {
      writer.map("infons", Dictionary(infons.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
    func relations(_ relations: [BioC.BioCRelation], _ writer: inout JSONWriter) {
      writer.array("relations") { writer in
        for relation in relations {
          writer.object { writer in
            writer.string("id", relation.id)
            infons(relation.infons, &writer)
            writer.array("nodes") { writer in
              for node in relation.nodes { writer.map(["refid": node.id, "role": node.role]) }
            }
          }
        }
      }
    }
    writer.object(.block) { writer in
      writer.string("bioctype", "BioCCollection")
      writer.string("date", "")
      writer.array("documents", .block) { writer in
        writer.object(.block) { writer in
          writer.array("annotations") { _ in }
          writer.string("bioctype", "BioCDocument")
          writer.string("id", document.id)
          infons(document.infons, &writer)
          writer.array("passages", .block) { writer in
            for passage in document.passages {
              writer.object(.block) { writer in
                writer.array("annotations", .block) { writer in
                  for annotation in passage.annotations {
                    writer.object { writer in
                      writer.string("id", annotation.id)
                      infons(annotation.infons, &writer)
                      writer.array("locations") { writer in
                        for location in annotation.locations {
                          writer.object { writer in
                            writer.integer("length", location.length)
                            writer.integer("offset", location.offset)
                          }
                        }
                      }
                      writer.string("text", annotation.text)
                    }
                  }
                }
                writer.string("bioctype", "BioCPassage")
                infons(passage.infons, &writer)
                writer.integer("offset", passage.offset)
                relations(passage.relations, &writer)
                writer.array("sentences") { _ in }
                writer.string("text", passage.text)
              }
            }
          }
          relations([], &writer)
        }
      }
      writer.map("infons", [:])
      writer.string("key", "")
      writer.string("source", "gainsay")
      writer.string("version", "1.0")
    }
    writer.newline()
    sink.write(writer.bytes, to: "\(version.set.annotator)/\(version.document.id).json")
  }

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    try JSONPiece.readEach(bytes) { (node, reader) throws(JSONFault) in
      // PubTator names its collection, and leaves all else out.
      let list = node["documents"] ?? node.members.first { $0.node.elements?.first?["passages"] != nil }?.node
      let documents = list?.elements ?? [node]
      var found: [ForeignDocument] = []
      for document in documents {
        _ = try reader.member("passages", of: document)
        found.append(
          BioC.foreign(
            BioC.BioCText(
              id: document["id"]?.text ?? "", infons: infons(of: document),
              passages: try passages("passages", of: document, reader),
              relations: try relations(of: document, reader), byte: document.place.byte)))
      }
      for (key, value) in node["infons"]?.members ?? []
      where node["documents"] != nil && !found.isEmpty && !value.isEmpty {
        found[0].leftOut.append((value.place.byte, "“\(key)” of the collection"))
      }
      return found
    }
  }

  private static func infons(of node: JSONNode) -> BioC.Infons {
    (node["infons"]?.members ?? []).compactMap { key, value in value.text.map { (key, $0) } }
  }

  private static func passages(
    _ key: String, of node: JSONNode, _ reader: JSONReader
  ) throws(JSONFault) -> [BioC.BioCPassage] {
    try reader.elements(key, of: node).map { (passage) throws(JSONFault) in
      var annotations: [BioC.BioCAnnotation] = []
      for annotation in try reader.elements("annotations", of: passage) {
        var locations: [(offset: Int, length: Int)] = []
        for location in try reader.elements("locations", of: annotation) {
          locations.append((try reader.integer("offset", of: location), try reader.integer("length", of: location)))
        }
        annotations.append(
          BioC.BioCAnnotation(
            id: try reader.text("id", of: annotation), infons: infons(of: annotation),
            text: annotation["text"]?.string, locations: locations, byte: annotation.place.byte))
      }
      return BioC.BioCPassage(
        offset: try reader.integer("offset", of: passage), infons: infons(of: passage), text: passage["text"]?.string,
        sentences: try passages("sentences", of: passage, reader), annotations: annotations,
        relations: try relations(of: passage, reader), byte: passage.place.byte)
    }
  }

  private static func relations(of node: JSONNode, _ reader: JSONReader) throws(JSONFault) -> [BioC.BioCRelation] {
    try reader.elements("relations", of: node).map { (relation) throws(JSONFault) in
      BioC.BioCRelation(
        id: relation["id"]?.text ?? "", infons: infons(of: relation),
        nodes: try reader.elements("nodes", of: relation).map { (node) throws(JSONFault) in
          (try reader.text("refid", of: node), node["role"]?.text ?? "")
        }, byte: relation.place.byte)
    }
  }
}

/// BioC XML, as PubTator and PubMed Central give it: one file for each document.
///
/// Offsets are code points on export; on import the words decide. A document is written as one passage. Not carried:
/// absent targets; control characters, which XML has no place for.
///
/// On import, a relation of more than two nodes leads from the first to each of the others; borders of passages and what
/// is said of them are listed in ``ForeignDocument/leftOut``. A document type is not read: the line has to go.
public struct BioCXML: Exporter, Importer {
  public static let name = "bioc-xml"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["xml"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let document = BioC.document(version, &sink)
    var writer = XMLWriter()
    func infons(_ infons: BioC.Infons, _ writer: inout XMLWriter) {
      for (key, value) in infons { writer.element("infon", [("key", key)], text: value) }
    }
    writer.element("collection") { writer in
      writer.element("source", text: "gainsay")
      writer.element("date", text: "")
      writer.element("key", text: "")
      writer.element("document") { writer in
        writer.element("id", text: document.id)
        infons(document.infons, &writer)
        for passage in document.passages {
          writer.element("passage") { writer in
            infons(passage.infons, &writer)
            writer.element("offset", text: "\(passage.offset)")
            writer.element("text", text: passage.text)
            for annotation in passage.annotations {
              writer.element("annotation", [("id", annotation.id)]) { writer in
                infons(annotation.infons, &writer)
                for location in annotation.locations {
                  writer.element("location", [("offset", "\(location.offset)"), ("length", "\(location.length)")])
                }
                writer.element("text", text: annotation.text)
              }
            }
            for relation in passage.relations {
              writer.element("relation", [("id", relation.id)]) { writer in
                infons(relation.infons, &writer)
                for node in relation.nodes { writer.element("node", [("refid", node.id), ("role", node.role)]) }
              }
            }
          }
        }
      }
    }
    sink.write(writer.bytes, to: "\(version.set.annotator)/\(version.document.id).xml")
  }

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    do throws(XMLFault) {
      let root = try XMLNode.read(bytes)
      guard root.name == "collection" else {
        throw XMLFault(byte: root.byte, expected: "the element collection", found: "“\(root.name)”")
      }
      var found: [ForeignDocument] = []
      for document in root.all("document") {
        found.append(
          BioC.foreign(
            BioC.BioCText(
              id: document.first("id")?.text.trimmingBlanks() ?? "", infons: infons(of: document),
              passages: try document.all("passage").map(passage), relations: document.all("relation").map(relation),
              byte: document.byte)))
      }
      for infon in root.all("infon") where !found.isEmpty {
        found[0].leftOut.append((infon.byte, "“\(infon["key"] ?? "")” of the collection"))
      }
      return found
    } catch {
      throw ImportFault(at: error.byte, in: bytes, expected: error.expected, found: error.found)
    }
  }

  private static func infons(of node: XMLNode) -> BioC.Infons { node.all("infon").map { ($0["key"] ?? "", $0.text) } }

  private static func passage(_ node: XMLNode) throws(XMLFault) -> BioC.BioCPassage {
    BioC.BioCPassage(
      offset: try integer(node.first("offset")?.text, of: node), infons: infons(of: node),
      text: node.first("text")?.text, sentences: try node.all("sentence").map(passage),
      annotations: try node.all("annotation").map(annotation), relations: node.all("relation").map(relation),
      byte: node.byte)
  }

  private static func annotation(_ node: XMLNode) throws(XMLFault) -> BioC.BioCAnnotation {
    BioC.BioCAnnotation(
      id: node["id"] ?? "@\(node.byte)", infons: infons(of: node), text: node.first("text")?.text,
      locations: try node.all("location").map { (location) throws(XMLFault) in
        (try integer(location["offset"], of: location), try integer(location["length"], of: location))
      }, byte: node.byte)
  }

  private static func relation(_ node: XMLNode) -> BioC.BioCRelation {
    BioC.BioCRelation(
      id: node["id"] ?? "", infons: infons(of: node),
      nodes: node.all("node").map { ($0["refid"] ?? "", $0["role"] ?? "") }, byte: node.byte)
  }

  private static func integer(_ text: String?, of node: XMLNode) throws(XMLFault) -> Int {
    guard let text, let number = Int(text.trimmingBlanks()), (0..<1 << 31).contains(number) else {
      throw XMLFault(byte: node.byte, expected: "an offset in <\(node.name)>", found: text.map { "“\($0)”" } ?? "none")
    }
    return number
  }
}
