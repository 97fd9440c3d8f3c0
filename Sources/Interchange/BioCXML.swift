public import Standoff
import XMLText

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
    sink.loseControls(of: version)
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
