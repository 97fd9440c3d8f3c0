import JSONText
public import Standoff

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
