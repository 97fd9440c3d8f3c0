import JSONText
public import Standoff

/// UIMA CAS JSON 0.4, as INCEpTION reads it: one file for each document.
///
/// Each label stands under the layer and feature that it came from, else in the custom layer `Span`; relations likewise,
/// else in `Relation`. Offsets are UTF-16 units. A discontinuous span is one annotation for each fragment, joined by a
/// common `fragmentOf`. Tokens and sentences that came with the text are written. Absent targets are not carried;
/// attribute names that Java or INCEpTION reserve are changed and reported as ``Loss/Reason/attributeName``.
///
/// On import, a file without a text (`uima.cas.Sofa`) is refused; what cannot be represented is listed in
/// ``ForeignDocument/leftOut``.
///
/// Source: *UIMA CAS JSON serialization*, version 0.4, Apache UIMA.
public struct CASJSON: Exporter, Importer {
  public static let name = "cas-json"
  public static let offsetUnit = "UTF-16 units"
  public static let notCarried =
    "times of creation, origins, numbers of spans, supertypes and unused features of types"
  public static let layout = ExportLayout.folder
  public static let endings = ["json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  public init() {}

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    var writing = CASWriting(version)
    let cas = writing.write(&sink)
    sink.write(Self.encode(cas), to: "\(version.set.annotator)/\(version.document.id).json")
  }

  static func encode(_ cas: CAS) -> [UInt8] {
    // Lists are structures of their own, behind the others.
    var lists: [(id: Int, type: String, elements: [Int])] = []
    var next = (cas.structures.map(\.id).max() ?? 1) + 1
    var writer = JSONWriter()
    writer.object(.block) { writer in
      writer.array("%FEATURE_STRUCTURES", .block) { writer in
        writer.object { writer in
          writer.integer("%ID", cas.sofa)
          writer.string("%TYPE", "uima.cas.Sofa")
          writer.string("mimeType", "text")
          writer.string("sofaID", "_InitialView")
          writer.integer("sofaNum", 1)
          writer.string("sofaString", cas.text)
        }
        for structure in cas.structures {
          write(structure, to: &writer) { elements in
            lists.append((next, "uima.cas.FSArray", elements))
            next += 1
            return next - 1
          }
        }
        for list in lists {
          writer.object { writer in
            writer.array("%ELEMENTS") { writer in for id in list.elements { writer.integer(id) } }
            writer.integer("%ID", list.id)
            writer.string("%TYPE", list.type)
          }
        }
      }
      writer.object("%TYPES") { writer in
        for (_, type) in cas.types.ascending { write(type, to: &writer) }
      }
      writer.object("%VIEWS") { writer in
        writer.object("_InitialView") { writer in
          writer.array("%MEMBERS") { writer in
            for structure in cas.structures where structure.sofa != nil { writer.integer(structure.id) }
          }
          writer.integer("%SOFA", cas.sofa)
        }
      }
    }
    writer.newline()
    return writer.bytes
  }

  private static func write(
    _ structure: CAS.Structure, to writer: inout JSONWriter, _ list: ([Int]) -> Int
  ) {
    writer.object { writer in
      // The writer demands ascending keys, and features may have any name.
      var values: [String: CAS.Value] = [:]
      for (name, value) in structure.features {
        switch value {
        case .reference: values["@" + name] = value
        case .references(let ids): values["@" + name] = .reference(list(ids))
        case .string, .literal, .strings: values[name] = value
        }
      }
      values["%ID"] = .reference(structure.id)
      values["%TYPE"] = .string(structure.type)
      if let sofa = structure.sofa { values["@sofa"] = .reference(sofa) }
      if let range = structure.range {
        values["begin"] = .literal("\(range.start)")
        values["end"] = .literal("\(range.end)")
      }
      for (name, value) in values.ascending {
        switch value {
        case .string(let text): writer.string(name, text)
        case .reference(let id): writer.integer(name, id)
        case .literal("true"), .literal("false"):
          writer.key(name)
          writer.boolean(value == .literal("true"))
        case .literal(let text) where ["NaN", "Inf", "-Inf", "Infinity", "-Infinity"].contains(text):
          writer.string(name, text)
        case .literal(let text):
          if let number = Int(text) {
            writer.integer(name, number)
          } else if let number = Double(text) {
            writer.number(name, number)
          } else {
            writer.string(name, text)
          }
        case .references, .strings: continue
        }
      }
    }
  }

  private static func write(_ type: CAS.TypeDescription, to writer: inout JSONWriter) {
    writer.object(type.name) { writer in
      let features = Dictionary(type.features.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      writer.string("%NAME", type.name)
      writer.string("%SUPER_TYPE", type.supertype)
      for (_, feature) in features.ascending {
        writer.map(feature.name, ["%NAME": feature.name, "%RANGE": feature.range + (feature.isList ? "[]" : "")])
      }
    }
  }

  // MARK: in

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      var reading = CASReading(try decode(node, reader), choices)
      return [reading.read()]
    }
  }

  private static func decode(_ node: JSONNode, _ reader: JSONReader) throws(JSONFault) -> CAS {
    var cas = CAS()
    for (name, type) in node["%TYPES"]?.members ?? [] {
      var features: [CAS.Feature] = []
      for (feature, description) in type.members where feature.first != "%" {
        let range = description["%RANGE"]?.string ?? UIMALayers.string
        let isList = range.hasSuffix("[]")
        features.append(CAS.Feature(name: feature, range: isList ? String(range.dropLast(2)) : range, isList: isList))
      }
      cas.types[name] = CAS.TypeDescription(
        name: name, supertype: type["%SUPER_TYPE"]?.string ?? UIMALayers.annotation, features: features)
    }
    let list = try reader.member("%FEATURE_STRUCTURES", of: node)
    // Structures are a list with ids inside, or an object with ids as keys.
    let items: [(key: String?, node: JSONNode)] =
      list.elements.map { $0.map { (nil, $0) } } ?? list.members.map { ($0.key, $0.node) }
    guard let sofa = items.first(where: { $0.node["%TYPE"]?.string == "uima.cas.Sofa" }) else {
      throw reader.fault(at: list.place, expected: "a structure of the type uima.cas.Sofa", found: "none")
    }
    cas.text = try reader.string("sofaString", of: sofa.node)
    cas.sofa = try id(sofa, reader)
    var lists: [Int: CAS.Value] = [:]
    for item in items {
      guard let elements = item.node["%ELEMENTS"]?.elements else { continue }
      let ids = elements.compactMap(\.integer)
      let isOfStructures = item.node["%TYPE"]?.string.map { $0 == "uima.cas.FSArray" || $0.hasSuffix("[]") } ?? false
      lists[try id(item, reader)] =
        isOfStructures && ids.count == elements.count ? .references(ids) : .strings(elements.map { $0.text ?? "null" })
    }
    for item in items where item.node["%ELEMENTS"] == nil {
      let type = try reader.string("%TYPE", of: item.node)
      if type == "uima.cas.Sofa" { continue }
      cas.structures.append(try structure(item, type, lists, reader))
    }
    return cas
  }

  private static func id(_ item: (key: String?, node: JSONNode), _ reader: JSONReader) throws(JSONFault) -> Int {
    if let id = item.key.flatMap({ Int($0) }) { return id }
    return try reader.integer("%ID", of: item.node)
  }

  private static func structure(
    _ item: (key: String?, node: JSONNode), _ type: String, _ lists: [Int: CAS.Value], _ reader: JSONReader
  ) throws(JSONFault) -> CAS.Structure {
    let node = item.node
    var structure = CAS.Structure(id: try id(item, reader), type: type, byte: node.place.byte)
    if node["begin"] != nil {
      structure.range = (try reader.integer("begin", of: node), try reader.integer("end", of: node))
    }
    for (name, value) in node.members where name.first != "%" && !["begin", "end"].contains(name) && !value.isNull {
      if name == "@sofa" {
        structure.sofa = value.integer
      } else if name.first == "#" {
        // A number that JSON cannot write, such as NaN.
        structure.features.append((String(name.dropFirst()), .literal(value.text ?? "")))
      } else if name.first == "^" {
        throw reader.fault(at: value.place, expected: "offsets under begin and end", found: "an anchor, “\(name)”")
      } else if name.first == "@" {
        guard let id = value.integer else {
          throw reader.fault(at: value.place, expected: "the %ID of a structure", found: "another value")
        }
        structure.features.append((String(name.dropFirst()), lists[id] ?? .reference(id)))
      } else if let text = value.string {
        structure.features.append((name, .string(text)))
      } else if let text = value.text {
        structure.features.append((name, .literal(text)))
      } else if let elements = value.elements {
        structure.features.append((name, .strings(elements.map { $0.text ?? "null" })))
      }
    }
    return structure
  }
}
