package import JSONText
import Standoff

/// Reading and checking of values that several formats share.
extension JSONReader {
  /// Reads the id of a span or a relation.
  mutating func readID() throws(JSONFault) -> Int {
    let place = place()
    let id = try readInteger()
    guard (1...AnnotationSet.greatestID).contains(id) else {
      throw fault(at: place, expected: "a number from 1", found: "\(id)")
    }
    return id
  }

  package mutating func readFormat(_ known: Int) throws(JSONFault) {
    let place = place()
    let format = try readInteger()
    if format != known { throw fault(at: place, expected: "format \(known)", found: "format \(format)") }
  }

  /// The format that an object names, with its place; nil if it names none or is no JSON.
  static func format(of bytes: [UInt8]) -> (number: Int, place: Place)? {
    var reader = JSONReader(bytes)
    var found: (Int, Place)?
    try? reader.readObject { (key, reader) throws(JSONFault) in
      guard key == "format" else { return try reader.skipValue() }
      let place = reader.place()
      found = (try reader.readInteger(), place)
    }
    return found
  }

  /// Reads the number of a format, from 1 to the latest.
  mutating func readFormat(upTo latest: Int) throws(JSONFault) -> Int {
    let place = place()
    let format = try readInteger()
    if !(1...latest).contains(format) {
      throw fault(at: place, expected: "a format from 1 to \(latest)", found: "format \(format)")
    }
    return format
  }

  mutating func readNonEmptyString() throws(JSONFault) -> String {
    let place = place()
    let text = try readString()
    if text.isEmpty { throw fault(at: place, expected: "some text, or no such key", found: "\"\"") }
    return text
  }

  /// Reads 64 hexadecimal digits in lower case.
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
    let text = try readRawString()
    guard let time = Timestamp(utf8: utf8(text)) else {
      throw fault(at: place, expected: "a time such as 2026-11-22T10:00:00Z", found: "“\(string(text))”")
    }
    return time
  }

  package mutating func readChoice<Choice: RawRepresentable & CaseIterable>() throws(JSONFault) -> Choice
  where Choice.RawValue == String {
    let place = place()
    let text = try readString()
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(at: place, expected: "one of \(choices)", found: "“\(text)”")
    }
    return choice
  }

  /// Reads a fragment, with its words if *keys* include them.
  mutating func readFragment(_ keys: JSONKeys) throws(JSONFault) -> (range: TextRange, text: RawString?) {
    let start = place()
    var (from, to) = (0, 0)
    var text: RawString?
    try readRecord(keys) { (key, reader) throws(JSONFault) in
      switch key {
      case "start": from = try reader.readOffset()
      case "end": to = try reader.readOffset()
      default: text = try reader.readRawString()
      }
    }
    guard let range = TextRange(checking: from, to) else {
      throw fault(at: start, expected: "a fragment whose start is less than its end", found: "\(from) and \(to)")
    }
    return (range, text)
  }

  /// The keys of a fragment without words.
  static let placeKeys = JSONKeys(["end", "start"])

  mutating func readDeclined() throws(JSONFault) -> DeclinedSpan {
    var (label, reason) = ("", "")
    var fragments: [TextRange] = []
    try readRecord(["fragments", "label"], optional: ["reason"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "label": label = try reader.readString()
      case "reason": reason = try reader.readNonEmptyString()
      default:
        try reader.readArray { (reader) throws(JSONFault) in
          fragments.append(try reader.readFragment(JSONReader.placeKeys).range)
        }
      }
    }
    return DeclinedSpan(SpanKey(label: label, fragments: fragments), reason: reason)
  }

  private static let relationKeys = JSONKeys(["created", "from", "id", "modified", "to", "type"], optional: ["text"])

  mutating func readRelation() throws(JSONFault) -> Relation {
    let start = place()
    var (id, type, from) = (0, "", 0)
    var to: Int?
    var text: String?
    var created = Timestamp(secondsSince1970: 0)
    var modified = created
    try readRecord(Self.relationKeys) { (key, reader) throws(JSONFault) in
      switch key {
      case "created": created = try reader.readTimestamp()
      case "from": from = try reader.readID()
      case "id": id = try reader.readID()
      case "modified": modified = try reader.readTimestamp()
      case "text": text = try reader.readNonEmptyString()
      case "to": to = reader.readNull() ? nil : try reader.readID()
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
