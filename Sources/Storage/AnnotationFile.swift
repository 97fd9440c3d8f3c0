public import JSONText
public import Standoff

/// The form of `<annotator>.json` and `gold.json`: one span a line, keys sorted, the same content the same bytes.
public enum AnnotationFile {
  /// The only form there is so far.
  public static let format = 1

  /// - Parameter text: the document's; every span stands in the file with its words.
  public static func encode(_ set: AnnotationSet, text: DocumentText) -> [UInt8] {
    var writer = JSONWriter()
    write(set, text: text, to: &writer)
    writer.newline()
    return writer.bytes
  }

  /// Writes the object that a file holds, as a part of another text.
  public static func write(_ set: AnnotationSet, text: DocumentText, to writer: inout JSONWriter) {
    writer.object(.block) { writer in
      writer.key("annotator")
      writer.string(set.annotator)
      writer.key("document")
      writer.string(set.document)
      writer.key("format")
      writer.integer(format)
      writer.key("relations")
      writer.array(.block) { writer in
        for relation in set.relations { write(relation, to: &writer) }
      }
      writer.key("role")
      writer.string(set.role.rawValue)
      writer.key("scheme")
      writer.object { writer in
        writer.key("name")
        writer.string(set.scheme.name)
        writer.key("version")
        writer.string(set.scheme.version)
      }
      writer.key("seenTo")
      writer.integer(set.seenTo)
      writer.key("spans")
      writer.array(.block) { writer in
        for span in set.inReadingOrder { write(span, text: text, to: &writer) }
      }
      writer.key("status")
      writer.string(set.status.rawValue)
      writer.key("textSHA256")
      writer.string(set.textSHA256)
    }
  }

  static func write(_ relation: Relation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("created")
      writer.string(relation.created.description)
      writer.key("from")
      writer.integer(relation.from)
      writer.key("id")
      writer.integer(relation.id)
      writer.key("modified")
      writer.string(relation.modified.description)
      if case .absent(let words) = relation.to, !words.isEmpty {
        writer.key("text")
        writer.string(words)
      }
      writer.key("to")
      if case .span(let id) = relation.to { writer.integer(id) } else { writer.null() }
      writer.key("type")
      writer.string(relation.type)
    }
  }

  private static func write(_ span: Annotation, text: DocumentText, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("attributes")
      writer.map(span.attributes)
      writer.key("created")
      writer.string(span.created.description)
      writer.key("end")
      writer.integer(span.hull.end)
      if span.isDiscontinuous {
        writer.key("fragments")
        writer.array { writer in
          for fragment in span.fragments {
            writer.object { writer in
              writer.key("end")
              writer.integer(fragment.end)
              writer.key("start")
              writer.integer(fragment.start)
              writer.key("text")
              writer.string(text[fragment])
            }
          }
        }
      }
      writer.key("id")
      writer.integer(span.id)
      writer.key("label")
      writer.string(span.label)
      writer.key("modified")
      writer.string(span.modified.description)
      if !span.note.isEmpty {
        writer.key("note")
        writer.string(span.note)
      }
      if !span.origin.isEmpty {
        writer.key("origin")
        writer.map(span.origin)
      }
      writer.key("start")
      writer.integer(span.hull.start)
      writer.key("text")
      writer.string(text[span.hull])
    }
  }

  /// Reads a file wholly or not at all.
  ///
  /// - Parameters:
  ///   - path: for faults.
  ///   - scheme: the scheme of a name, as the workspace has it.
  /// - Throws: the first thing that is not as it must be, with its line and column.
  public static func decode(
    _ bytes: [UInt8], path: String, document: Document, annotator: String, role: AnnotationSet.Role,
    scheme: (String) throws(FileFault) -> Scheme
  ) throws(FileFault) -> AnnotationSet {
    let record: Record
    do throws(JSONFault) { record = try readRecord(bytes) } catch { throw FileFault(path, error) }
    for (key, expected, found) in [
      ("annotator", annotator, record.annotator), ("document", document.id, record.document),
      ("role", role.rawValue, record.role.rawValue),
    ] where expected != found {
      throw FileFault(
        path, .wrongName(key: key, expected: expected, found: found), at: record.places[key], in: bytes)
    }
    if record.textSHA256 != document.sha256 {
      throw FileFault(
        path, .textChanged(expected: record.textSHA256, found: document.sha256), at: record.places["textSHA256"],
        in: bytes)
    }
    guard record.seenTo <= document.text.count else {
      throw FileFault(
        path, .seenBeyondText(record.seenTo, length: document.text.count), at: record.places["seenTo"], in: bytes)
    }
    let known: Scheme
    do throws(FileFault) { known = try scheme(record.schemeName) } catch {
      guard case .unknownScheme = error.fact else { throw error }
      throw FileFault(path, error.fact, at: record.places["scheme"], in: bytes)
    }
    for span in record.spans {
      if let fact = fact(against: span, document.text) { throw FileFault(path, fact, at: span.place, in: bytes) }
    }
    var set = AnnotationSet(
      document: document.id, annotator: annotator, role: role, scheme: known, textSHA256: record.textSHA256,
      textLength: document.text.count)
    do throws(AnnotationSet.Fault) {
      try set.fill(
        spans: record.spans.map(\.annotation), relations: record.relations.map(\.relation), status: record.status,
        seenTo: record.seenTo)
    } catch {
      switch error.kind {
      case .span:
        let place = record.spans.last { $0.annotation.id == error.id }?.place
        throw FileFault(path, .spanNotAllowed(id: error.id, error.refusal), at: place, in: bytes)
      case .relation:
        let place = record.relations.last { $0.relation.id == error.id }?.place
        throw FileFault(path, .relationNotAllowed(id: error.id, error.refusal), at: place, in: bytes)
      }
    }
    return set
  }

  /// What a span says of itself that the text does not bear out.
  private static func fact(against span: SpanRecord, _ text: DocumentText) -> FileFault.Fact? {
    let id = span.annotation.id
    let fragments = span.annotation.fragments
    guard Annotation.normalised(fragments) == fragments else {
      return .spanNotAllowed(id: id, .fragmentsNotAllowed(id: id))
    }
    guard span.hull.end <= text.count, span.annotation.hull.end <= text.count else {
      let range = max(span.hull, span.annotation.hull)
      return .spanNotAllowed(id: id, .outsideText(range, length: text.count))
    }
    guard span.hull == span.annotation.hull else { return .hullDiffers(span: id) }
    for (range, words) in [(span.hull, span.text)] + zip(span.annotation.fragments, span.fragmentTexts)
    where text[range] != words || !text[range].utf8.elementsEqual(words.utf8) {
      return .wordsDiffer(span: id, stored: words, text: text[range])
    }
    return nil
  }
}

// MARK: reading

/// A file as it was written, before its rules are held to it.
private struct Record {
  var annotator = ""
  var document = ""
  var role = AnnotationSet.Role.annotator
  var status = AnnotationSet.Status.inProgress
  var schemeName = ""
  var seenTo = 0
  var textSHA256 = ""
  var spans: [SpanRecord] = []
  var relations: [(relation: Relation, place: JSONReader.Place)] = []
  /// Where the value of each key stands.
  var places: [String: JSONReader.Place] = [:]
}

private struct SpanRecord {
  let annotation: Annotation
  let hull: TextRange
  let text: String
  let fragmentTexts: [String]
  let place: JSONReader.Place
}

private func readRecord(_ bytes: [UInt8]) throws(JSONFault) -> Record {
  var reader = JSONReader(bytes)
  var record = Record()
  let keys = [
    "annotator", "document", "format", "relations", "role", "scheme", "seenTo", "spans", "status", "textSHA256",
  ]
  try reader.readRecord(keys) { (key, reader) throws(JSONFault) in
    record.places[key] = reader.place()
    switch key {
    case "annotator": record.annotator = try reader.readString()
    case "document": record.document = try reader.readString()
    case "format": try reader.readFormat(AnnotationFile.format)
    case "relations":
      try reader.readArray { (reader) throws(JSONFault) in
        let place = reader.place()
        record.relations.append((try reader.readRelation(), place))
      }
    case "role": record.role = try reader.readChoice()
    case "scheme":
      try reader.readRecord(["name", "version"]) { (key, reader) throws(JSONFault) in
        if key == "name" { record.schemeName = try reader.readString() } else { _ = try reader.readVersion() }
      }
    case "seenTo": record.seenTo = try reader.readOffset()
    case "spans":
      try reader.readArray { (reader) throws(JSONFault) in record.spans.append(try readSpan(&reader)) }
    case "status": record.status = try reader.readChoice()
    default: record.textSHA256 = try reader.readDigest()
    }
  }
  try reader.finish()
  return record
}

private func readSpan(_ reader: inout JSONReader) throws(JSONFault) -> SpanRecord {
  let start = reader.place()
  var parts = SpanParts()
  var (from, to, text) = (0, 0, "")
  var texts: [String] = []
  var hasFragments = false
  let keys = ["attributes", "created", "end", "id", "label", "modified", "start", "text"]
  try reader.readRecord(keys, optional: ["fragments", "note", "origin"]) { (key, reader) throws(JSONFault) in
    switch key {
    case "start": from = try reader.readOffset()
    case "end": to = try reader.readOffset()
    case "text": text = try reader.readString()
    case "fragments":
      hasFragments = true
      try reader.readArray { (reader) throws(JSONFault) in
        let (range, words) = try reader.readFragment(withText: true)
        parts.fragments.append(range)
        texts.append(words)
      }
    default: try parts.read(key, &reader)
    }
  }
  guard let hull = TextRange(checking: from, to), !hull.isEmpty else {
    throw reader.fault(at: start, expected: "a span whose start is less than its end", found: "\(from) and \(to)")
  }
  if !hasFragments {
    parts.fragments = [hull]
    texts = [text]
  } else if parts.fragments.count < 2 {
    throw reader.fault(at: start, expected: "two or more fragments, or no such key", found: "fewer")
  }
  return SpanRecord(annotation: parts.annotation, hull: hull, text: text, fragmentTexts: texts, place: start)
}

/// The members that a span has in the annotation file and in the journal alike.
struct SpanParts {
  var fragments: [TextRange] = []
  private var id = 0
  private var label = ""
  private var attributes: [String: String] = [:]
  private var note = ""
  private var origin: [String: String] = [:]
  private var created = Timestamp(secondsSince1970: 0)
  private var modified = Timestamp(secondsSince1970: 0)

  init() {}

  var annotation: Annotation {
    Annotation(
      id: id, label: label, fragments: fragments, attributes: attributes, note: note, origin: origin, created: created,
      modified: modified)
  }

  mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFault) {
    switch key {
    case "id": id = try reader.readInteger()
    case "label": label = try reader.readString()
    case "attributes": attributes = try reader.readMap()
    case "note": note = try reader.readNonEmptyString()
    case "origin":
      let place = reader.place()
      origin = try reader.readMap()
      if origin.isEmpty { throw reader.fault(at: place, expected: "an origin, or no such key", found: "an empty one") }
    case "created": created = try reader.readTimestamp()
    case "modified": modified = try reader.readTimestamp()
    default: try reader.skipValue()
    }
  }
}

extension JSONReader {
  mutating func readFormat(_ known: Int) throws(JSONFault) {
    let place = place()
    let format = try readInteger()
    if format != known { throw fault(at: place, expected: "format \(known)", found: "format \(format)") }
  }

  mutating func readNonEmptyString() throws(JSONFault) -> String {
    let place = place()
    let text = try readString()
    if text.isEmpty { throw fault(at: place, expected: "some text, or no such key", found: "\"\"") }
    return text
  }

  /// Reads 64 hexadecimal digits, small letters.
  mutating func readDigest() throws(JSONFault) -> String {
    let place = place()
    let text = try readString()
    guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      throw fault(at: place, expected: "a SHA-256 of 64 hexadecimal digits", found: "“\(text.prefix(70))”")
    }
    return text
  }

  /// Reads a version such as 1.0.0.
  mutating func readVersion() throws(JSONFault) -> String {
    let place = place()
    let text = try readString()
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
      throw fault(at: place, expected: "a version such as 1.0.0", found: "“\(text)”")
    }
    return text
  }

  mutating func readOffset() throws(JSONFault) -> Int {
    let place = place()
    let value = try readInteger()
    guard (0...Int(UInt32.max)).contains(value) else {
      throw fault(at: place, expected: "an offset in code points", found: "\(value)")
    }
    return value
  }

  mutating func readTimestamp() throws(JSONFault) -> Timestamp {
    let place = place()
    let text = try readString()
    guard let time = Timestamp(text) else {
      throw fault(at: place, expected: "a time such as 2026-11-22T10:00:00Z", found: "“\(text)”")
    }
    return time
  }

  mutating func readChoice<Choice: RawRepresentable & CaseIterable>() throws(JSONFault) -> Choice
  where Choice.RawValue == String {
    let place = place()
    let text = try readString()
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(at: place, expected: "one of \(choices)", found: "“\(text)”")
    }
    return choice
  }

  mutating func readFragment(withText: Bool) throws(JSONFault) -> (range: TextRange, text: String) {
    let start = place()
    var (from, to, text) = (0, 0, "")
    try readRecord(withText ? ["end", "start", "text"] : ["end", "start"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "start": from = try reader.readOffset()
      case "end": to = try reader.readOffset()
      default: text = try reader.readString()
      }
    }
    guard let range = TextRange(checking: from, to) else {
      throw fault(at: start, expected: "a fragment whose start is less than its end", found: "\(from) and \(to)")
    }
    return (range, text)
  }

  mutating func readRelation() throws(JSONFault) -> Relation {
    let start = place()
    var (id, type, from) = (0, "", 0)
    var to: Int?
    var text: String?
    var created = Timestamp(secondsSince1970: 0)
    var modified = created
    let keys = ["created", "from", "id", "modified", "to", "type"]
    try readRecord(keys, optional: ["text"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "created": created = try reader.readTimestamp()
      case "from": from = try reader.readInteger()
      case "id": id = try reader.readInteger()
      case "modified": modified = try reader.readTimestamp()
      case "text": text = try reader.readNonEmptyString()
      case "to": to = reader.readNull() ? nil : try reader.readInteger()
      default: type = try reader.readString()
      }
    }
    if to != nil, text != nil {
      throw fault(at: start, expected: "“text” only where “to” is null", found: "both")
    }
    let target = to.map(Relation.Target.span) ?? .absent(text ?? "")
    return Relation(id: id, type: type, from: from, to: target, created: created, modified: modified)
  }
}
