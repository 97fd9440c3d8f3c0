import JSONText
public import Standoff

/// JSON lines for Hugging Face `datasets`: one object a line for each document and annotator.
///
/// Offsets are code points, as in Python. Every key is in every line, null without a value, so that each column has one
/// type. Gaps, relations, attributes, notes and absent targets are all carried.
///
/// On import, only `text` and `spans` are required; a span whose start and end are not those of its fragments is
/// refused.
public struct JSONLines: Exporter, Importer {
  public static let name = "jsonl"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let writesApart = true
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.inside
  public static let carriesDocumentAttributes = true

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let (set, document) = (version.set, version.document)
    let spans = SpanLines(set, in: document)
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("annotator", set.annotator)
      if !set.scheme.documentAttributes.isEmpty {
        writer.object("attributes") { writer in
          for name in Self.sorted(set.scheme.documentAttributes.map(\.name)) {
            writer.string(name, set.ofDocument.attributes[name])
          }
        }
      }
      writer.string("id", document.id)
      writer.array("relations") { writer in
        for relation in set.relations { Self.write(relation, named: version.relation(relation.type), to: &writer) }
      }
      writer.array("spans") { writer in
        for span in set.inReadingOrder {
          spans.write(span, named: version.label(span.label), to: &writer)
        }
      }
      writer.string("text", document.text.string)
    }
    writer.newline()
    sink.write(writer.bytes)
  }

  public func features(_ scheme: Scheme) -> [UInt8]? {
    var writer = JSONWriter()
    func value(_ name: String, _ type: String, _ writer: inout JSONWriter) {
      writer.map(name, ["_type": "Value", "dtype": type])
    }
    func strings(_ names: [String], _ writer: inout JSONWriter) {
      writer.object("attributes") { writer in for name in Self.sorted(names) { value(name, "string", &writer) } }
    }
    writer.object(.block) { writer in
      value("annotator", "string", &writer)
      if !scheme.documentAttributes.isEmpty { strings(scheme.documentAttributes.map(\.name), &writer) }
      value("id", "string", &writer)
      writer.array("relations") { writer in
        writer.object { writer in
          for (name, type) in [
            ("from", "int64"), ("id", "int64"), ("text", "string"), ("to", "int64"), ("type", "string"),
          ] {
            value(name, type, &writer)
          }
        }
      }
      writer.array("spans") { writer in
        writer.object { writer in
          strings(scheme.attributes.map(\.name), &writer)
          if scheme.attribute(EffectiveSpeakers.attribute) != nil { value("effectiveSpeaker", "string", &writer) }
          value("end", "int64", &writer)
          writer.array("fragments") { writer in
            writer.object { writer in
              for (name, type) in [("end", "int64"), ("start", "int64"), ("text", "string")] {
                value(name, type, &writer)
              }
            }
          }
          for (name, type) in [
            ("id", "int64"), ("label", "string"), ("note", "string"), ("start", "int64"), ("text", "string"),
          ] {
            value(name, type, &writer)
          }
        }
      }
      value("text", "string", &writer)
    }
    writer.newline()
    return writer.bytes
  }

  static func write(_ relation: Relation, named type: String, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.integer("from", relation.from)
      writer.integer("id", relation.id)
      var target: Int?
      var words: String?
      switch relation.to {
      case .span(let id): target = id
      case .absent(let text): words = text.isEmpty ? nil : text
      }
      writer.string("text", words)
      writer.integer("to", target)
      writer.string("type", type)
    }
  }

  fileprivate static func sorted(_ names: [String]) -> [String] {
    names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      var document = ForeignDocument(
        name: node["id"]?.text, annotator: node["annotator"]?.string,
        text: DocumentText(try reader.string("text", of: node)))
      for (name, value) in node["attributes"]?.members ?? [] where !value.isNull {
        guard let text = value.text else {
          throw reader.fault(at: value.place, expected: "a string, a number or null", found: "another value")
        }
        document.attributes.append((name, text, value.place.byte))
      }
      _ = try reader.member("spans", of: node)
      for node in try reader.elements("spans", of: node) { document.spans.append(try span(node, reader)) }
      for node in try reader.elements("relations", of: node) {
        var relation = ForeignRelation(
          try id(of: node, reader, else: "\(document.relations.count + 1)"), try reader.string("type", of: node),
          from: try reader.text("from", of: node), to: try target(of: node, reader), byte: node.place.byte)
        relation.words = node["text"]?.string ?? ""
        document.relations.append(relation)
      }
      return [document]
    }
  }

  /// The id of the target; nil for null, which stands for an absent target.
  private static func target(of node: JSONNode, _ reader: JSONReader) throws(JSONFault) -> String? {
    node["to"].map(\.isNull) ?? true ? nil : try reader.text("to", of: node)
  }

  private static func id(of node: JSONNode, _ reader: JSONReader, else number: String) throws(JSONFault) -> String {
    node["id"] == nil ? number : try reader.text("id", of: node)
  }

  private static func span(_ node: JSONNode, _ reader: JSONReader) throws(JSONFault) -> ForeignSpan {
    let whole = (start: try reader.integer("start", of: node), end: try reader.integer("end", of: node))
    var fragments: [(start: Int, end: Int)] = []
    var words: [String] = []
    for fragment in try reader.elements("fragments", of: node) {
      fragments.append((try reader.integer("start", of: fragment), try reader.integer("end", of: fragment)))
      if let text = fragment["text"]?.string { words.append(text) }
    }
    var span = ForeignSpan(
      try id(of: node, reader, else: "@\(node.place.byte)"), try reader.string("label", of: node),
      fragments.isEmpty ? [whole] : fragments, byte: node.place.byte)
    let hull = (start: span.fragments.map(\.start).min(), end: span.fragments.map(\.end).max())
    guard hull.start == whole.start, hull.end == whole.end else {
      throw reader.fault(at: node.place, expected: "the start and end of its fragments", found: "others")
    }
    if words.count == fragments.count, !words.isEmpty {
      span.words = .each(words)
    } else if let text = node["text"]?.string {
      span.words = .hull(text)
    }
    for (name, value) in node["attributes"]?.members ?? [] where !value.isNull {
      guard let text = value.text else {
        throw reader.fault(at: value.place, expected: "a string, a number or null", found: "another value")
      }
      if !text.isEmpty { span.attributes[name] = text }
    }
    span.note = node["note"]?.text ?? ""
    return span
  }
}

/// The spans of a set of annotations as they stand in lines of JSON.
struct SpanLines {
  private let text: DocumentText
  /// The attributes of the scheme, in ascending order.
  private let attributes: [String]
  /// Nil if the scheme has no speakers.
  private let speakers: EffectiveSpeakers?

  init(_ set: AnnotationSet, in document: Document) {
    text = document.text
    attributes = JSONLines.sorted(set.scheme.attributes.map(\.name))
    let hasSpeakers = set.scheme.attribute(EffectiveSpeakers.attribute) != nil
    speakers = hasSpeakers ? EffectiveSpeakers(set, in: document) { $0 } : nil
  }

  func write(_ span: Annotation, named label: String, withOrigin: Bool = false, to writer: inout JSONWriter) {
    let words = text[span.hull]
    writer.object { writer in
      writer.object("attributes") { writer in
        for name in attributes { writer.string(name, span.attributes[name]) }
      }
      if let speakers { writer.string("effectiveSpeaker", speakers[span.id]) }
      writer.integer("end", span.hull.end)
      writer.array("fragments") { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.integer("end", fragment.end)
            writer.integer("start", fragment.start)
            writer.string("text", span.isDiscontinuous ? text[fragment] : words)
          }
        }
      }
      writer.integer("id", span.id)
      writer.string("label", label)
      writer.string("note", span.note.isEmpty ? nil : span.note)
      if withOrigin { writer.map("origin", span.origin) }
      writer.integer("start", span.hull.start)
      writer.string("text", words)
    }
  }
}
