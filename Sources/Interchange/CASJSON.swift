import JSONText
public import Standoff

/// UIMA CAS JSON 0.4, as INCEpTION reads it: one file for each document.
///
/// Spans are in the custom layer `Span`, relations in `Relation`. Offsets are UTF-16 units. A discontinuous span is one
/// annotation for each fragment, joined by a common `identifier`. Absent targets are not carried; attribute names that
/// Java or INCEpTION reserve are changed and reported as ``Loss/Reason/attributeName``.
///
/// On import, a file without a text (`uima.cas.Sofa`) and a relation to an unknown id are refused.
///
/// Source: *UIMA CAS JSON serialization*, version 0.4, Apache UIMA.
public struct CASJSON: Exporter, Importer {
  public static let name = "cas-json"
  public static let offsetUnit = "UTF-16 units"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside

  static let spanType = "webanno.custom.Span"
  static let relationType = "webanno.custom.Relation"

  public init() {}

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.absentTarget], of: version)
    let features = FeatureNames(version.set.scheme)
    sink.lose(renamed: features.renamed, of: version)
    let (set, text) = (version.set, version.document.text)
    let pieces = set.pieces
    // Ids: 1 is the sofa, then come the fragments, then the relations.
    var firsts: [Int: Int] = [:]
    for (index, piece) in pieces.enumerated() where piece.number == 1 { firsts[piece.span.id] = index + 2 }
    let relations = set.relations.compactMap { relation -> (relation: Relation, from: Int, to: Int)? in
      guard case .span(let target) = relation.to, let from = firsts[relation.from], let to = firsts[target]
      else { return nil }
      return (relation, from, to)
    }
    let names = set.scheme.attributes.map { (feature: features[$0.name], name: $0.name) }
      .sorted { $0.feature < $1.feature }
    var writer = JSONWriter()
    writer.object(.block) { writer in
      writer.array("%FEATURE_STRUCTURES", .block) { writer in
        writer.object { writer in
          writer.integer("%ID", 1)
          writer.string("%TYPE", "uima.cas.Sofa")
          writer.string("mimeType", "text")
          writer.string("sofaID", "_InitialView")
          writer.integer("sofaNum", 1)
          writer.string("sofaString", text.string)
        }
        for (index, piece) in pieces.enumerated() {
          var features = ["identifier": "\(piece.span.id)", "label": piece.span.label]
          if !piece.span.note.isEmpty { features["note"] = piece.span.note }
          for (feature, name) in names where piece.span.attributes[name] != nil {
            features[feature] = piece.span.attributes[name]
          }
          Self.write(index + 2, features, at: piece.range, of: text, to: &writer)
        }
        for (index, (relation, from, to)) in relations.enumerated() {
          writer.object { writer in
            writer.integer("%ID", pieces.count + 2 + index)
            writer.string("%TYPE", Self.relationType)
            writer.integer("@Dependent", to)
            writer.integer("@Governor", from)
            writer.integer("@sofa", 1)
            let range = pieces[to - 2].range
            writer.integer("begin", text.utf16Offset(ofCodePoint: range.start))
            writer.integer("end", text.utf16Offset(ofCodePoint: range.end))
            writer.string("relationType", relation.type)
          }
        }
      }
      writer.object("%TYPES") { writer in
        Self.writeType(
          Self.relationType, ["Dependent": Self.spanType, "Governor": Self.spanType, "relationType": nil], &writer)
        var features: [String: String?] = ["identifier": nil, "label": nil, "note": nil]
        for (feature, _) in names { features[feature] = .some(nil) }
        Self.writeType(Self.spanType, features, &writer)
      }
      writer.object("%VIEWS") { writer in
        writer.object("_InitialView") { writer in
          writer.array("%MEMBERS") { writer in
            for id in 2..<2 + pieces.count + relations.count { writer.integer(id) }
          }
          writer.integer("%SOFA", 1)
        }
      }
    }
    writer.newline()
    sink.write(writer.bytes, to: "\(set.annotator)/\(version.document.id).json")
  }

  private static func write(
    _ id: Int, _ features: [String: String], at range: TextRange, of text: DocumentText, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.integer("%ID", id)
      writer.string("%TYPE", spanType)
      writer.integer("@sofa", 1)
      // The writer demands ascending keys, and features may have any name.
      let offsets = ["begin": range.start, "end": range.end].mapValues { text.utf16Offset(ofCodePoint: $0) }
      for name in (Array(features.keys) + Array(offsets.keys)).sorted() {
        if let offset = offsets[name] { writer.integer(name, offset) } else { writer.string(name, features[name]) }
      }
    }
  }

  /// - Parameter features: their types; a string where nil.
  private static func writeType(_ name: String, _ features: [String: String?], _ writer: inout JSONWriter) {
    writer.object(name) { writer in
      writer.string("%NAME", name)
      writer.string("%SUPER_TYPE", "uima.tcas.Annotation")
      for (feature, type) in features.sorted(by: { $0.key < $1.key }) {
        writer.map(feature, ["%NAME": feature, "%RANGE": type ?? "uima.cas.String"])
      }
    }
  }

  // MARK: in

  /// Types that segment the text and are not annotations.
  private static let structure: Set<String> = [
    "DocumentAnnotation", "DocumentMetaData", "Sentence", "Token", "Paragraph",
  ]

  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      let list = try reader.member("%FEATURE_STRUCTURES", of: node)
      // Structures are a list with ids inside, or an object with ids as keys.
      let structures = list.elements ?? list.members.map(\.node)
      guard let sofa = structures.first(where: { $0["%TYPE"]?.string == "uima.cas.Sofa" }) else {
        throw reader.fault(at: list.place, expected: "a structure of the type uima.cas.Sofa", found: "none")
      }
      let text = DocumentText(try reader.string("sofaString", of: sofa))
      let view = sofa["%ID"]?.text
      var document = ForeignDocument(text: text, unit: .utf16)
      var places: [String: Int] = [:]
      var idOfStructure: [String: String] = [:]
      for structure in structures where structure["begin"] != nil && structure["@Governor"] == nil {
        let type = try reader.string("%TYPE", of: structure)
        let short = type.split(separator: ".").last.map(String.init) ?? type
        if short == "DocumentMetaData" { document.name = structure["documentId"]?.string }
        if Self.structure.contains(short) { continue }
        if let other = structure["@sofa"]?.text, other != view {
          document.leftOut.append((structure.place.byte, "an annotation of another view"))
          continue
        }
        let number = try reader.text("%ID", of: structure)
        let id = structure["identifier"]?.text ?? "fs\(number)"
        idOfStructure[number] = id
        let range = (start: try reader.integer("begin", of: structure), end: try reader.integer("end", of: structure))
        if let place = places[id] {
          document.spans[place].fragments.append(range)
          continue
        }
        places[id] = document.spans.count
        let labelKey = ["label", "value"].first { structure[$0]?.string != nil }
        var span = ForeignSpan(
          id, labelKey.flatMap { structure[$0]?.string } ?? short, [range], byte: structure.place.byte)
        for (name, value) in structure.members where !["begin", "end", "identifier", "@sofa", labelKey].contains(name) {
          if name.first == "%" || value.isNull { continue }
          guard name.first != "@", let words = value.text else {
            document.leftOut.append((value.place.byte, "the feature “\(name)” of \(id)"))
            continue
          }
          if name == "note" { span.note = words } else if !words.isEmpty { span.attributes[name] = words }
        }
        document.spans.append(span)
      }
      for structure in structures where structure["@Governor"] != nil {
        let type = try reader.string("%TYPE", of: structure)
        var ends: [String] = []
        for key in ["@Governor", "@Dependent"] {
          let number = try reader.text(key, of: structure)
          guard let id = idOfStructure[number] else {
            throw reader.fault(at: structure.place, expected: "the %ID of an annotation under \(key)", found: number)
          }
          ends.append(id)
        }
        let short = type.split(separator: ".").last.map(String.init) ?? type
        document.relations.append(
          ForeignRelation(
            "\(document.relations.count + 1)",
            structure["relationType"]?.string ?? structure["label"]?.string ?? structure["DependencyType"]?.string
              ?? structure["value"]?.string
              ?? short, from: ends[0], to: ends[1], byte: structure.place.byte))
      }
      return [document]
    }
  }
}

/// The names of a scheme's attributes as Java fields, changed if they are not identifiers or are reserved.
struct FeatureNames {
  private let names: [String: String]
  /// The attributes whose names were changed.
  let renamed: Set<String>

  /// Names reserved by every annotation, by the layers used here and by INCEpTION.
  private static let taken: Set<String> = [
    "identifier", "label", "note", "begin", "end", "sofa", "type", "address", "self", "Governor", "Dependent",
    "relationType", "begins", "ends",
  ]

  init(_ scheme: Scheme) {
    var names: [String: String] = [:]
    var used = Self.taken
    for name in scheme.attributes.map(\.name).sorted() {
      var feature = String(
        String.UnicodeScalarView(
          name.unicodeScalars.map {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) ? $0 : "_"
          }))
      if feature.first == "_" { feature = "x" + feature }
      while !used.insert(feature).inserted { feature += "_" }
      names[name] = feature
    }
    self.names = names
    renamed = Set(names.filter { $0.key != $0.value }.map(\.key))
  }

  subscript(name: String) -> String { names[name] ?? name }
}
