import JSONText
import Standoff

/// The form of `.<annotator>.journal`: one record a line, each what was done, with the content's digest before and
/// after.
struct JournalFile {
  enum Deed: String, CaseIterable { case edit = "do", undo, redo }

  struct Record: Equatable {
    let at: Timestamp
    let did: Deed
    /// The changes as they were applied, of an undo the inverse.
    let edit: Edit
    let before: String
    let after: String
    /// The name of the scheme, so that a journal without its file can be read.
    let scheme: String
    let seenTo: Int
  }

  var records: [Record] = []
  /// Bytes up to the end of the last whole record.
  var length = 0
  /// Whether a whole line is no record; the records before it are read.
  var isDamaged = false

  /// A last line without its end, as a power cut leaves it, was never answered and does not count.
  static func decode(_ bytes: [UInt8]) -> JournalFile {
    var journal = JournalFile()
    var start = 0
    while let newline = bytes[start...].firstIndex(of: 0x0A) {
      guard let record = try? decodeRecord(Array(bytes[start..<newline])) else {
        journal.isDamaged = true
        return journal
      }
      journal.records.append(record)
      journal.length = newline + 1
      start = newline + 1
    }
    return journal
  }

  static func encode(_ record: Record) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("after")
      writer.string(record.after)
      writer.key("at")
      writer.string(record.at.description)
      writer.key("before")
      writer.string(record.before)
      writer.key("changes")
      writer.array { writer in
        for change in record.edit.changes { write(change, to: &writer) }
      }
      writer.key("did")
      writer.string(record.did.rawValue)
      writer.key("scheme")
      writer.string(record.scheme)
      writer.key("seenTo")
      writer.integer(record.seenTo)
    }
    writer.newline()
    return writer.bytes
  }

  private static func write(_ change: Edit.Change, to writer: inout JSONWriter) {
    writer.object { writer in
      switch change {
      case .span(let from, let to):
        writer.key("from")
        if let from { write(from, to: &writer) } else { writer.null() }
        writer.key("id")
        writer.integer(from?.id ?? to?.id)
        writer.key("kind")
        writer.string("span")
        writer.key("to")
        if let to { write(to, to: &writer) } else { writer.null() }
      case .relation(let from, let to):
        writer.key("from")
        if let from { AnnotationFile.write(from, to: &writer) } else { writer.null() }
        writer.key("id")
        writer.integer(from?.id ?? to?.id)
        writer.key("kind")
        writer.string("relation")
        writer.key("to")
        if let to { AnnotationFile.write(to, to: &writer) } else { writer.null() }
      case .status(let from, let to):
        writer.key("from")
        writer.string(from.rawValue)
        writer.key("kind")
        writer.string("status")
        writer.key("to")
        writer.string(to.rawValue)
      }
    }
  }

  private static func write(_ span: Annotation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("attributes")
      writer.map(span.attributes)
      writer.key("created")
      writer.string(span.created.description)
      writer.key("fragments")
      writer.array { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.key("end")
            writer.integer(fragment.end)
            writer.key("start")
            writer.integer(fragment.start)
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
    }
  }

  private static func decodeRecord(_ line: [UInt8]) throws(JSONFault) -> Record {
    var reader = JSONReader(line)
    var at = Timestamp(secondsSince1970: 0)
    var did = Deed.edit
    var changes: [Edit.Change] = []
    var (before, after, scheme, seenTo) = ("", "", "", 0)
    let keys = ["after", "at", "before", "changes", "did", "scheme", "seenTo"]
    try reader.readRecord(keys) { (key, reader) throws(JSONFault) in
      switch key {
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
    return Record(at: at, did: did, edit: Edit(changes), before: before, after: after, scheme: scheme, seenTo: seenTo)
  }

  /// Reads `from` and `to` as what they are: the kind stands after the first of them.
  private static func readChange(_ reader: inout JSONReader) throws(JSONFault) -> Edit.Change {
    var kinds = reader
    var kind = ""
    try kinds.readRecord(["from", "kind", "to"], optional: ["id"]) { (key, reader) throws(JSONFault) in
      if key == "kind" { kind = try reader.readString() } else { try reader.skipValue() }
    }
    let start = reader.place()
    var spans: [String: Annotation] = [:]
    var relations: [String: Relation] = [:]
    var statuses: [String: AnnotationSet.Status] = [:]
    try reader.readRecord(["from", "kind", "to"], optional: ["id"]) { (key, reader) throws(JSONFault) in
      guard key == "from" || key == "to", !reader.readNull() else {
        if key != "from" && key != "to" { try reader.skipValue() }
        return
      }
      switch kind {
      case "span": spans[key] = try readSpan(&reader)
      case "relation": relations[key] = try reader.readRelation()
      default: statuses[key] = try reader.readChoice()
      }
    }
    switch kind {
    case "span": return .span(from: spans["from"], to: spans["to"])
    case "relation": return .relation(from: relations["from"], to: relations["to"])
    default:
      guard kind == "status", let from = statuses["from"], let to = statuses["to"] else {
        throw reader.fault(at: start, expected: "a change of span, relation or status", found: "“\(kind)”")
      }
      return .status(from: from, to: to)
    }
  }

  private static func readSpan(_ reader: inout JSONReader) throws(JSONFault) -> Annotation {
    var parts = SpanParts()
    let keys = ["attributes", "created", "fragments", "id", "label", "modified"]
    try reader.readRecord(keys, optional: ["note", "origin"]) { (key, reader) throws(JSONFault) in
      if key == "fragments" {
        try reader.readArray { (reader) throws(JSONFault) in
          parts.fragments.append(try reader.readFragment(withText: false).range)
        }
      } else {
        try parts.read(key, &reader)
      }
    }
    return parts.annotation
  }
}
