import JSONText
import Standoff

/// The format of `.<annotator>.journal`: a record per line, each an edit, undo or redo with the content's digests
/// before and after.
///
/// From format 2 on a record names its format and ends with a check sum of what stands before it in the line.
struct JournalFile {
  static let format = 2

  struct Record: Equatable {
    let at: Timestamp
    let did: LoggedEdit.Deed
    /// The changes as applied; for an undo, the inverse.
    let edit: Edit
    let before: String
    let after: String
    /// The name of the scheme, so that the journal can be read without the annotation file.
    let scheme: String
    let seenTo: Int
    /// The login name of the person who did it; nil if that is not known.
    var by: String?
  }

  var records: [Record] = []
  /// The number of bytes to the end of the last whole record.
  var length = 0
  /// Whether a complete line is not a sound record; the records before it are read.
  var isDamaged = false
  /// The format of the first record of a later format than this program knows; nil if there is none.
  var newerFormat: Int?

  /// Reads a journal. An incomplete last line, as a power failure leaves it, was never answered and does not count.
  static func decode(_ bytes: [UInt8]) -> JournalFile {
    var journal = JournalFile()
    var start = 0
    while let newline = bytes[start...].firstIndex(of: 0x0A) {
      let line = bytes[start..<newline]
      guard hasSoundSum(line), let record = try? decodeRecord(Array(line)) else {
        if let number = JSONReader.format(of: Array(line))?.number, number > format {
          journal.newerFormat = number
        } else {
          journal.isDamaged = true
        }
        return journal
      }
      journal.records.append(record)
      journal.length = newline + 1
      start = newline + 1
    }
    return journal
  }

  static func encode(_ record: Record) -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    writer.object { writer in
      writer.string("after", record.after)
      writer.string("at", record.at.description)
      if let batch = record.edit.batch { writer.string("batch", batch) }
      writer.string("before", record.before)
      if let by = record.by { writer.string("by", by) }
      writer.array("changes") { writer in
        for change in record.edit.changes { write(change, to: &writer) }
      }
      writer.string("did", record.did.rawValue)
      writer.integer("format", format)
      writer.string("scheme", record.scheme)
      writer.integer("seenTo", record.seenTo)
    }
    let content = writer.bytes.dropLast()
    return content + sumKey + Array("\(CRC32.hex(of: content))\"}\n".utf8)
  }

  static func write(_ change: Edit.Change, to writer: inout JSONWriter) {
    writer.object { writer in
      switch change {
      case .span(let from, let to):
        writer.key("from")
        if let from { write(from, to: &writer) } else { writer.null() }
        writer.integer("id", from?.id ?? to?.id)
        writer.string("kind", "span")
        writer.key("to")
        if let to { write(to, to: &writer) } else { writer.null() }
      case .relation(let from, let to):
        writer.key("from")
        if let from { AnnotationFile.write(from, to: &writer) } else { writer.null() }
        writer.integer("id", from?.id ?? to?.id)
        writer.string("kind", "relation")
        writer.key("to")
        if let to { AnnotationFile.write(to, to: &writer) } else { writer.null() }
      case .declined(let from, let to):
        writer.key("from")
        if let from { AnnotationFile.write(from, to: &writer) } else { writer.null() }
        writer.string("kind", "declined")
        writer.key("to")
        if let to { AnnotationFile.write(to, to: &writer) } else { writer.null() }
      case .document(let from, let to):
        writer.key("from")
        write(from, to: &writer)
        writer.string("kind", "document")
        writer.key("to")
        write(to, to: &writer)
      case .status(let from, let to):
        writer.string("from", from.rawValue)
        writer.string("kind", "status")
        writer.string("to", to.rawValue)
      }
    }
  }

  private static func write(_ said: DocumentAnnotation, to writer: inout JSONWriter) {
    writer.object { writer in
      if !said.answer.isEmpty { writer.string("answer", said.answer) }
      if !said.attributes.isEmpty { writer.map("attributes", said.attributes) }
      if !said.note.isEmpty { writer.string("note", said.note) }
      if !said.question.isEmpty { writer.string("question", said.question) }
    }
  }

  private static func write(_ span: Annotation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.map("attributes", span.attributes)
      writer.string("created", span.created.description)
      writer.array("fragments") { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.integer("end", fragment.end)
            writer.integer("start", fragment.start)
          }
        }
      }
      writer.integer("id", span.id)
      writer.string("label", span.label)
      writer.string("modified", span.modified.description)
      if !span.note.isEmpty {
        writer.string("note", span.note)
      }
      if !span.origin.isEmpty {
        writer.map("origin", span.origin)
      }
    }
  }

  /// The times of the records, but for a lead's changes of many files; nothing else of them is read.
  static func times(_ bytes: [UInt8]) -> [Timestamp] {
    let key = Array("\"at\": \"".utf8)
    let batch = Array("\"batch\": \"\(LoggedEdit.corpusBatch)".utf8)
    return bytes.split(separator: 0x0A).compactMap { line in
      // The batch stands right after the time.
      if line.prefix(400).firstRange(of: batch) != nil { return nil }
      // The digest before the time contains no quotation marks.
      var start = line.startIndex
      while start + key.count < line.endIndex {
        guard let quote = line[start...].firstIndex(of: 0x22), quote + key.count < line.endIndex else { return nil }
        if line[quote..<quote + key.count].elementsEqual(key) {
          return Timestamp(String(decoding: line[(quote + key.count)...].prefix { $0 != 0x22 }, as: UTF8.self))
        }
        start = quote + 1
      }
      return nil
    }
  }

  // MARK: check sums

  private static let sumKey = Array(", \"sum\": \"".utf8)

  /// Whether a line ends with its check sum. One of format 1 has none.
  private static func hasSoundSum(_ line: ArraySlice<UInt8>) -> Bool {
    let end = line.suffix(sumKey.count + 10)
    guard end.starts(with: sumKey) else { return JSONReader.format(of: Array(line))?.number == nil }
    return CRC32.hex(of: line[..<end.startIndex]).utf8.elementsEqual(end.dropFirst(sumKey.count).prefix(8))
  }

  private static func decodeRecord(_ line: [UInt8]) throws(JSONFault) -> Record {
    var reader = JSONReader(line)
    var at = Timestamp(secondsSince1970: 0)
    var did = LoggedEdit.Deed.edit
    var changes: [Edit.Change] = []
    var (before, after, scheme, seenTo) = ("", "", "", 0)
    var by: String?
    var batch: String?
    var (hasFormat, hasSum) = (false, false)
    let start = reader.place()
    let keys = ["after", "at", "before", "changes", "did", "scheme", "seenTo"]
    try reader.readRecord(keys, optional: ["batch", "by", "format", "sum"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "format":
        try reader.readFormat(format)
        hasFormat = true
      case "sum":
        _ = try reader.readString()
        hasSum = true
      case "by": by = try reader.readNonEmptyString()
      case "batch": batch = try reader.readNonEmptyString()
      case "after": after = try reader.readString()
      case "at": at = try reader.readTimestamp()
      case "before": before = try reader.readString()
      case "changes":
        try reader.readArray { (reader) throws(JSONFault) in changes.append(try readChange(&reader)) }
      case "did": did = try reader.readChoice()
      case "scheme": scheme = try reader.readString()
      default: seenTo = try reader.readOffset()
      }
    }
    try reader.finish()
    guard hasFormat == hasSum else { throw reader.fault(at: start, expected: "a format with a sum", found: nil) }
    return Record(
      at: at, did: did, edit: Edit(changes, batch: batch), before: before, after: after, scheme: scheme, seenTo: seenTo,
      by: by)
  }

  /// Reads a change; its `kind`, which says what `from` and `to` are, comes after `from`.
  private static func readChange(_ reader: inout JSONReader) throws(JSONFault) -> Edit.Change {
    var kinds = reader
    var kind = ""
    try kinds.readRecord(["from", "kind", "to"], optional: ["id"]) { (key, reader) throws(JSONFault) in
      if key == "kind" { kind = try reader.readString() } else { try reader.skipValue() }
    }
    let start = reader.place()
    var spans: [String: Annotation] = [:]
    var relations: [String: Relation] = [:]
    var declined: [String: DeclinedSpan] = [:]
    var said: [String: DocumentAnnotation] = [:]
    var statuses: [String: AnnotationSet.Status] = [:]
    try reader.readRecord(["from", "kind", "to"], optional: ["id"]) { (key, reader) throws(JSONFault) in
      guard key == "from" || key == "to", !reader.readNull() else {
        if key != "from" && key != "to" { try reader.skipValue() }
        return
      }
      switch kind {
      case "span": spans[key] = try readSpan(&reader)
      case "relation": relations[key] = try reader.readRelation()
      case "declined": declined[key] = try reader.readDeclined()
      case "document": said[key] = try readDocument(&reader)
      default: statuses[key] = try reader.readChoice()
      }
    }
    switch kind {
    case "span": return .span(from: spans["from"], to: spans["to"])
    case "relation": return .relation(from: relations["from"], to: relations["to"])
    case "declined": return .declined(from: declined["from"], to: declined["to"])
    case "document":
      return .document(from: said["from"] ?? DocumentAnnotation(), to: said["to"] ?? DocumentAnnotation())
    default:
      guard kind == "status", let from = statuses["from"], let to = statuses["to"] else {
        throw reader.fault(
          at: start, expected: "a change of span, relation, declined span, document or status", found: "“\(kind)”")
      }
      return .status(from: from, to: to)
    }
  }

  private static func readDocument(_ reader: inout JSONReader) throws(JSONFault) -> DocumentAnnotation {
    var said = DocumentAnnotation()
    try reader.readRecord([], optional: ["answer", "attributes", "note", "question"]) {
      (key, reader) throws(JSONFault) in try said.read(key, &reader)
    }
    return said
  }

  private static func readSpan(_ reader: inout JSONReader) throws(JSONFault) -> Annotation {
    var parts = SpanParts()
    let keys = ["attributes", "created", "fragments", "id", "label", "modified"]
    try reader.readRecord(keys, optional: ["note", "origin"]) { (key, reader) throws(JSONFault) in
      if key == "fragments" {
        try reader.readArray { (reader) throws(JSONFault) in
          parts.fragments.append(try reader.readFragment(JSONReader.placeKeys).range)
        }
      } else {
        try parts.read(key, &reader)
      }
    }
    return parts.annotation
  }
}
