public import Standoff
import XMLText

/// UIMA CAS XMI, as INCEpTION exports it by default: one file for each document, beside its `TypeSystem.xml`.
///
/// What is written is as in ``CASJSON``. Control characters, which XML has no place for, are written as U+FFFD.
///
/// On import, the type system of the folder tells references from numbers; without one, the usual names do.
///
/// Source: *UIMA references*, Apache UIMA, chapter 8; *UIMA component descriptors* for the type system.
public struct CASXMI: Exporter, Importer {
  public static let name = "cas-xmi"
  public static let offsetUnit = "UTF-16 units"
  public static let notCarried = CASJSON.notCarried
  public static let layout = ExportLayout.folder
  public static let endings = ["xmi"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  /// The types of each annotator's documents so far.
  private var types: [String: [String: CAS.TypeDescription]] = [:]

  public init() {}

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.loseControls(of: version)
    var writing = CASWriting(version)
    let cas = writing.write(&sink)
    for (name, type) in cas.types {
      var known = types[version.set.annotator]?[name] ?? type
      for feature in type.features where !known.features.contains(where: { $0.name == feature.name }) {
        known.features.append(feature)
      }
      types[version.set.annotator, default: [:]][name] = known
    }
    sink.write(Self.encode(cas), to: "\(version.set.annotator)/\(version.document.id).xmi")
  }

  public mutating func finish(_ sink: inout ExportSink) {
    for (annotator, types) in types.sorted(by: { $0.key < $1.key }) {
      sink.write(Self.encode(types), to: "\(annotator)/TypeSystem.xml")
    }
  }

  /// The namespace and the name of a type: `webanno.custom.Span` is `Span` of `http:///webanno/custom.ecore`.
  private static func split(_ type: String) -> (space: String, name: String) {
    let parts = type.split(separator: ".").map(String.init)
    let space = parts.dropLast().joined(separator: "/")
    return (space.isEmpty ? "http:///uima/noNamespace.ecore" : "http:///\(space).ecore", parts.last ?? type)
  }

  static func encode(_ cas: CAS) -> [UInt8] {
    var prefixes = ["http:///uima/cas.ecore": "cas"]
    var taken: Set<String> = ["cas", "xmi"]
    for type in Set(cas.structures.map(\.type)).sorted() {
      let space = split(type).space
      if prefixes[space] != nil { continue }
      let last = space.dropLast(".ecore".count).split(separator: "/").last.map(String.init) ?? "type"
      var (prefix, number) = (last, 2)
      while !taken.insert(prefix).inserted {
        prefix = "\(last)\(number)"
        number += 1
      }
      prefixes[space] = prefix
    }
    var writer = XMLWriter()
    let spaces = prefixes.sorted { $0.value < $1.value }.map { (name: "xmlns:\($0.value)", value: $0.key) }
    let root = [(name: "xmlns:xmi", value: "http://www.omg.org/XMI")] + spaces + [(name: "xmi:version", value: "2.0")]
    writer.element("xmi:XMI", root) { writer in
      writer.element("cas:NULL", [("xmi:id", "0")])
      for structure in cas.structures {
        let (space, name) = split(structure.type)
        var attributes = [(name: "xmi:id", value: "\(structure.id)")]
        if let sofa = structure.sofa { attributes.append(("sofa", "\(sofa)")) }
        if let range = structure.range { attributes += [("begin", "\(range.start)"), ("end", "\(range.end)")] }
        for (name, value) in structure.features {
          switch value {
          case .string(let text), .literal(let text): attributes.append((name, text))
          case .reference(let id): attributes.append((name, "\(id)"))
          case .references(let ids): attributes.append((name, ids.map(String.init).joined(separator: " ")))
          case .strings: continue
          }
        }
        writer.element("\(prefixes[space] ?? "type"):\(name)", attributes)
      }
      writer.element(
        "cas:Sofa",
        [
          ("xmi:id", "\(cas.sofa)"), ("sofaNum", "1"), ("sofaID", "_InitialView"), ("mimeType", "text"),
          ("sofaString", cas.text),
        ])
      let members = cas.structures.filter { $0.sofa != nil }.map { "\($0.id)" }.joined(separator: " ")
      writer.element("cas:View", [("sofa", "\(cas.sofa)"), ("members", members)])
    }
    return writer.bytes
  }

  static func encode(_ types: [String: CAS.TypeDescription]) -> [UInt8] {
    var writer = XMLWriter()
    writer.element("typeSystemDescription", [("xmlns", "http://uima.apache.org/resourceSpecifier")]) { writer in
      writer.element("types") { writer in
        for type in types.values.sorted(by: { $0.name < $1.name }) {
          writer.element("typeDescription") { writer in
            writer.element("name", text: type.name)
            writer.element("description", text: "")
            writer.element("supertypeName", text: type.supertype)
            if type.features.isEmpty { return }
            writer.element("features") { writer in
              for feature in type.features.sorted(by: { $0.name < $1.name }) {
                writer.element("featureDescription") { writer in
                  writer.element("name", text: feature.name)
                  writer.element("description", text: "")
                  writer.element("rangeTypeName", text: feature.isList ? "uima.cas.FSArray" : feature.range)
                  if feature.isList { writer.element("elementType", text: feature.range) }
                }
              }
            }
          }
        }
      }
    }
    return writer.bytes
  }

  // MARK: in

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    var types: [String: CAS.TypeDescription] = [:]
    var lists: Set<String> = []
    if let system = choices.typeSystem() {
      do throws(XMLFault) { (types, lists) = try Self.types(system) } catch {
        throw ImportFault(line: 1, expected: "a type system beside the file: \(error.expected)", found: error.found)
      }
    }
    do throws(XMLFault) {
      var reading = CASReading(try decode(bytes, types, lists), choices)
      var document = reading.read()
      if types.isEmpty {
        document.leftOut.append(
          (0, "which features refer to others, but for the usual ones: no type system is beside the file"))
      }
      return [document]
    } catch {
      throw ImportFault(at: error.byte, in: bytes, expected: error.expected, found: error.found)
    }
  }

  /// The types of a type system, and the features that are lists of strings or numbers, as `type feature`.
  private static func types(
    _ bytes: [UInt8]
  ) throws(XMLFault) -> (types: [String: CAS.TypeDescription], lists: Set<String>) {
    var reader = XMLReader(bytes)
    var types: [String: CAS.TypeDescription] = [:]
    var lists: Set<String> = []
    var path: [String] = []
    var (type, supertype): (String, String) = ("", "")
    var features: [CAS.Feature] = []
    var (feature, range, element): (String, String, String) = ("", "", "")
    var text = ""
    while let event = try reader.next() {
      switch event {
      case .start(let started):
        let name = started.name.split(separator: ":").last.map(String.init) ?? ""
        path.append(name)
        text = ""
        if name == "typeDescription" { (type, supertype, features) = ("", UIMALayers.annotation, []) }
        if name == "featureDescription" { (feature, range, element) = ("", "", "") }
      case .text(let words): text += words
      case .end:
        let words = text.split { $0.isWhitespace }.joined(separator: " ")
        let isOfFeature = path.dropLast().last == "featureDescription"
        switch path.last {
        case "name" where isOfFeature: feature = words
        case "name": type = words
        case "supertypeName": supertype = words
        case "rangeTypeName": range = words
        case "elementType": element = words
        case "featureDescription":
          let isOfStructures = range == "uima.cas.FSArray" || range == "uima.cas.FSList"
          if !isOfStructures, range.hasSuffix("Array") || range.hasSuffix("List") { lists.insert("\(type) \(feature)") }
          features.append(
            CAS.Feature(
              name: feature, range: isOfStructures ? (element.isEmpty ? "uima.cas.TOP" : element) : range,
              isList: isOfStructures))
        case "typeDescription": types[type] = CAS.TypeDescription(name: type, supertype: supertype, features: features)
        default: break
        }
        path.removeLast()
        text = ""
      }
    }
    return (types, lists)
  }

  /// Features that refer to other structures where no type system says so.
  private static let references: Set<String> = ["Governor", "Dependent", "target", "next", "first"]

  private static func decode(
    _ bytes: [UInt8], _ described: [String: CAS.TypeDescription], _ lists: Set<String>
  ) throws(XMLFault) -> CAS {
    var reader = XMLReader(bytes)
    var cas = CAS()
    cas.types = described
    var types = TypeNames()
    var sofas: [(id: Int, text: String)] = []
    var (depth, child): (Int, String) = (0, "")
    var known: [String: [String: CAS.Feature]] = [:]
    while let event = try reader.next() {
      switch event {
      case .start(let element):
        depth += 1
        if depth == 1 {
          guard element.name.hasSuffix("XMI") else {
            throw XMLFault(byte: element.byte, expected: "the element xmi:XMI", found: "“\(element.name)”")
          }
        } else if depth == 2 {
          let type = types.name(of: element, reader)
          guard let id = element["xmi:id"].flatMap({ Int($0) }) else {
            if type == "uima.cas.View" || type == "uima.cas.NULL" { continue }
            throw XMLFault(byte: element.byte, expected: "an xmi:id", found: "none")
          }
          if type == "uima.cas.Sofa" {
            sofas.append((id, element["sofaString"] ?? ""))
          } else if type != "uima.cas.NULL", type != "uima.cas.View" {
            if known[type] == nil {
              known[type] = Dictionary(
                cas.features(of: type).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            }
            cas.structures.append(try structure(element, id, type, known[type] ?? [:], lists))
          }
        } else if depth == 3 {
          child = element.name
        }
      case .text(let words):
        // The elements of a list stand as children.
        if depth == 3, let last = cas.structures.indices.last {
          var all: [String] = []
          if case .strings(let earlier)? = cas.structures[last][child] { all = earlier }
          cas.structures[last].features.removeAll { $0.name == child }
          cas.structures[last].features.append((child, .strings(all + [words])))
        }
      case .end: depth -= 1
      }
    }
    guard let sofa = sofas.first(where: { !$0.text.isEmpty }) ?? sofas.first else {
      throw XMLFault(byte: 0, expected: "a cas:Sofa with a text", found: "none")
    }
    (cas.sofa, cas.text) = (sofa.id, sofa.text)
    resolveArrays(&cas)
    if described.isEmpty { resolveLinks(&cas) }
    return cas
  }

  /// The names of types by those of elements, each found out once.
  private struct TypeNames {
    private var known: [String: String] = [:]

    mutating func name(of element: XMLReader.Element, _ reader: XMLReader) -> String {
      if let type = known[element.name] { return type }
      let name = element.name.split(separator: ":").last.map(String.init) ?? element.name
      let space = reader.namespace(of: element.name) ?? ""
      let package = space.hasSuffix(".ecore") ? space.dropFirst("http:///".count).dropLast(".ecore".count) : ""
      let path = package == "uima/noNamespace" ? "" : package.replacing("/", with: ".")
      let type = path.isEmpty ? name : "\(path).\(name)"
      // A prefix that the element declares itself may be another's elsewhere.
      if !element.attributes.contains(where: { $0.name.hasPrefix("xmlns") }) { known[element.name] = type }
      return type
    }
  }

  private static func structure(
    _ element: XMLReader.Element, _ id: Int, _ type: String, _ features: [String: CAS.Feature], _ lists: Set<String>
  ) throws(XMLFault) -> CAS.Structure {
    var structure = CAS.Structure(id: id, type: type, byte: element.byte)
    structure.sofa = element["sofa"].flatMap { Int($0) }
    if let begin = element["begin"] {
      guard let start = Int(begin), let end = element["end"].flatMap({ Int($0) }) else {
        throw XMLFault(byte: element.byte, expected: "a begin and an end", found: "“\(begin)”")
      }
      structure.range = (start, end)
    }
    for (name, text) in element.attributes where !["xmi:id", "sofa", "begin", "end"].contains(name) {
      guard let feature = features[name] else {
        let id = references.contains(name) ? Int(text) : nil
        structure.features.append((name, id.map { .reference($0) } ?? .string(text)))
        continue
      }
      let numbers = text.split(separator: " ").compactMap { Int($0) }
      switch feature.range {
      case _ where feature.isList: structure.features.append((name, .references(numbers)))
      case _ where feature.range.hasSuffix("Array") || feature.range.hasSuffix("List"):
        structure.features.append((name, .strings(text.split(separator: " ").map(String.init))))
      case UIMALayers.string: structure.features.append((name, .string(text)))
      case "uima.cas.Boolean", "uima.cas.Byte", "uima.cas.Short", "uima.cas.Integer", "uima.cas.Long", "uima.cas.Float",
        "uima.cas.Double":
        structure.features.append((name, .literal(text)))
      default:
        structure.features.append((name, numbers.count == 1 ? .reference(numbers[0]) : .string(text)))
      }
    }
    return structure
  }

  /// Takes references to arrays that are structures of their own for references to their elements.
  private static func resolveArrays(_ cas: inout CAS) {
    var arrays: [Int: [Int]] = [:]
    for structure in cas.structures where structure.type == "uima.cas.FSArray" {
      arrays[structure.id] = structure.text("elements")?.split(separator: " ").compactMap { Int($0) } ?? []
    }
    if arrays.isEmpty { return }
    cas.structures.removeAll { arrays[$0.id] != nil }
    for place in cas.structures.indices {
      for (index, (name, value)) in cas.structures[place].features.enumerated() {
        let id: Int? =
          switch value {
          case .reference(let id): id
          case .references(let ids) where ids.count == 1: ids[0]
          case .references, .string, .literal, .strings: nil
          }
        if let elements = id.flatMap({ arrays[$0] }) {
          cas.structures[place].features[index] = (name, .references(elements))
        }
      }
    }
  }

  /// Takes lists of the ids of links for references, where no type system says so.
  private static func resolveLinks(_ cas: inout CAS) {
    let links = Set(cas.structures.filter { $0.range == nil && $0["target"] != nil }.map(\.id))
    if links.isEmpty { return }
    for place in cas.structures.indices {
      for (index, (name, value)) in cas.structures[place].features.enumerated() {
        guard case .string(let text) = value else { continue }
        let ids = text.split(separator: " ").map { Int($0) ?? -1 }
        if !ids.isEmpty, ids.allSatisfy(links.contains) {
          cas.structures[place].features[index] = (name, .references(ids))
        }
      }
    }
  }
}
