package import JSONText
import Standoff

/// The content of an annotation file before its rules are checked.
package struct AnnotationRecord {
  var annotator = ""
  var document = ""
  var role = AnnotationSet.Role.annotator
  var status = AnnotationSet.Status.inProgress
  var schemeName = ""
  var schemeVersion = ""
  var format = 1
  var seenTo = 0
  var pass = 1
  var skipped: [TextRange] = []
  var textSHA256 = ""
  /// The spans, and beside each what is checked of it against the text.
  var spans: [Annotation] = []
  var records: [SpanRecord] = []
  var declined: [DeclinedSpan] = []
  var ofDocument = DocumentAnnotation()
  var relations: [(relation: Relation, place: JSONReader.Place)] = []
  /// The position of each key's value.
  var places: [String: JSONReader.Place] = [:]
}

struct SpanRecord {
  let hull: TextRange
  let text: JSONReader.RawString
  /// The words of the fragments; empty for a span without gaps.
  let fragmentTexts: [JSONReader.RawString]
  let place: JSONReader.Place

  /// The keys in the order of ``keys``, which is that of their names.
  enum Key: Int { case attributes, created, end, fragments, id, label, modified, note, origin, start, text }

  static let keys = JSONKeys(
    ["attributes", "created", "end", "id", "label", "modified", "start", "text"],
    optional: ["fragments", "note", "origin"])
  static let fragmentKeys = JSONKeys(["end", "start", "text"])
}

extension AnnotationRecord {
  static let keys = JSONKeys(
    ["annotator", "document", "format", "relations", "role", "scheme", "seenTo", "spans", "status", "textSHA256"],
    optional: ["answer", "attributes", "declined", "note", "pass", "question", "skipped"])
  static let schemeKeys = JSONKeys(["name", "version"])

  /// Reads a file without checking its rules.
  package init(_ reader: inout JSONReader) throws(JSONFault) {
    var record = AnnotationRecord()
    var spanReader = SpanReader()
    try reader.readRecord(Self.keys) { (key, reader) throws(JSONFault) in
      record.places[key] = reader.place()
      switch key {
      case "annotator": record.annotator = try reader.readString()
      case "answer", "attributes", "note", "question": try record.ofDocument.read(key, &reader)
      case "declined":
        try reader.readArray { (reader) throws(JSONFault) in record.declined.append(try reader.readDeclined()) }
      case "document": record.document = try reader.readString()
      case "format": record.format = try reader.readFormat(upTo: AnnotationFile.latestFormat)
      case "pass":
        let place = reader.place()
        record.pass = try reader.readID()
        if record.pass < 2 { throw reader.fault(at: place, expected: "a number from 2, or no such key", found: "1") }
      case "relations":
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          record.relations.append((try reader.readRelation(), place))
        }
      case "role": record.role = try reader.readChoice()
      case "scheme":
        try reader.readRecord(Self.schemeKeys) { (key, reader) throws(JSONFault) in
          if key == "name" {
            record.schemeName = try reader.readString()
          } else {
            record.schemeVersion = try reader.readVersion()
          }
        }
      case "seenTo": record.seenTo = try reader.readOffset()
      case "skipped":
        try reader.readArray { (reader) throws(JSONFault) in
          record.skipped.append(try reader.readFragment(JSONReader.placeKeys).range)
        }
      case "spans":
        try reader.readArray { (reader) throws(JSONFault) in
          let (span, its) = try spanReader.read(&reader)
          record.spans.append(span)
          record.records.append(its)
        }
      case "status": record.status = try reader.readChoice()
      default: record.textSHA256 = try reader.readDigest()
      }
    }
    try reader.finish()
    self = record
  }
}

extension DocumentAnnotation {
  /// Reads one of the keys “answer”, “attributes”, “note” and “question”; none may be empty.
  mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFault) {
    switch key {
    case "answer": answer = try reader.readNonEmptyString()
    case "note": note = try reader.readNonEmptyString()
    case "question": question = try reader.readNonEmptyString()
    default:
      let place = reader.place()
      attributes = try reader.readMap()
      if attributes.isEmpty {
        throw reader.fault(at: place, expected: "attributes, or no such key", found: "none")
      }
    }
  }
}

/// Reads the spans of a file.
private struct SpanReader {
  private var labels = Repeats<String>()
  private var maps = Repeats<[String: String]>()
  private var times = Repeats<Timestamp>()

  mutating func read(_ reader: inout JSONReader) throws(JSONFault) -> (Annotation, SpanRecord) {
    let start = reader.place()
    var ahead = reader
    if let span = try? readPlain(&ahead, start) {
      reader = ahead
      return span
    }
    return try readAny(&reader, start)
  }

  /// Reads a span as ``AnnotationFile`` writes it, without fragments, note and origin.
  ///
  /// - Returns: nil for any other span, allowed or not.
  private mutating func readPlain(
    _ reader: inout JSONReader, _ start: JSONReader.Place
  ) throws(JSONFault) -> (Annotation, SpanRecord)? {
    guard reader.skip(likely: "{\"attributes\": ") else { return nil }
    let attributes = try maps.read(&reader) { (reader) throws(JSONFault) in try reader.readMap() }
    guard reader.skip(likely: ", \"created\": ") else { return nil }
    let created = try times.read(&reader) { (reader) throws(JSONFault) in try reader.readTimestamp() }
    guard reader.skip(likely: ", \"end\": "), let end = reader.readLikelyDigits(), reader.skip(likely: ", \"id\": "),
      let id = reader.readLikelyDigits(), reader.skip(likely: ", \"label\": ")
    else { return nil }
    let label = try labels.read(&reader) { (reader) throws(JSONFault) in try reader.readString() }
    guard reader.skip(likely: ", \"modified\": ") else { return nil }
    let modified = try times.read(&reader) { (reader) throws(JSONFault) in try reader.readTimestamp() }
    guard reader.skip(likely: ", \"start\": "), let from = reader.readLikelyDigits(),
      reader.skip(likely: ", \"text\": ")
    else { return nil }
    let text = try reader.readRawString()
    guard reader.skip(likely: "}"), from < end, end <= Int(UInt32.max), 1...AnnotationSet.greatestID ~= id else {
      return nil
    }
    let hull = TextRange(from, end)
    let span = Annotation(
      id: id, label: label, fragments: [hull], attributes: attributes, created: created, modified: modified)
    return (span, SpanRecord(hull: hull, text: text, fragmentTexts: [], place: start))
  }

  private mutating func readAny(
    _ reader: inout JSONReader, _ start: JSONReader.Place
  ) throws(JSONFault) -> (Annotation, SpanRecord) {
    var parts = SpanParts()
    var (from, to) = (0, 0)
    var text: JSONReader.RawString?
    var texts: [JSONReader.RawString] = []
    try reader.readRecord(numbered: SpanRecord.keys) { (key, reader) throws(JSONFault) in
      switch SpanRecord.Key(rawValue: key) {
      case .start: from = try reader.readOffset()
      case .end: to = try reader.readOffset()
      case .text: text = try reader.readRawString()
      case .id: parts.id = try reader.readID()
      case .label: parts.label = try reader.readString()
      case .attributes: parts.attributes = try reader.readMap()
      case .created: parts.created = try reader.readTimestamp()
      case .modified: parts.modified = try reader.readTimestamp()
      case .fragments:
        let place = reader.place()
        try reader.readArray { (reader) throws(JSONFault) in
          let (range, words) = try reader.readFragment(SpanRecord.fragmentKeys)
          parts.fragments.append(range)
          if let words { texts.append(words) }
        }
        guard parts.fragments.count > 1 else {
          throw reader.fault(at: place, expected: "two or more fragments, or no such key", found: "fewer")
        }
      case .note: try parts.read("note", &reader)
      case .origin, nil: try parts.read("origin", &reader)
      }
    }
    guard let text, let hull = TextRange(checking: from, to), !hull.isEmpty else {
      throw reader.fault(at: start, expected: "a span whose start is less than its end", found: "\(from) and \(to)")
    }
    if parts.fragments.isEmpty { parts.fragments = [hull] }
    return (parts.annotation, SpanRecord(hull: hull, text: text, fragmentTexts: texts, place: start))
  }
}

/// The members of a span that the annotation file and the journal share.
struct SpanParts {
  var fragments: [TextRange] = []
  var id = 0
  var label = ""
  var attributes: [String: String] = [:]
  private var note = ""
  private var origin: [String: String] = [:]
  var created = Timestamp(secondsSince1970: 0)
  var modified = Timestamp(secondsSince1970: 0)

  init() {}

  var annotation: Annotation {
    Annotation(
      id: id, label: label, fragments: fragments, attributes: attributes, note: note, origin: origin, created: created,
      modified: modified)
  }

  mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFault) {
    switch key {
    case "id": id = try reader.readID()
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
