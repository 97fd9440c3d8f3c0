import Dispatch
import JSONText
public import Standoff
import Synchronization

/// The format of `document.json`: facts about a text, and the digest that ties the two together.
public enum DocumentFile {
  public static let format = 1

  public static func encode(_ document: Document) -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    writer.object(.block) { writer in
      writer.integer("format", format)
      for (key, value) in [
        ("language", document.language), ("published", document.published), ("sha256", document.sha256),
        ("source", document.source), ("title", document.title), ("url", document.url),
      ] {
        guard let value else { continue }
        writer.string(key, value)
      }
      guard !document.zones.isEmpty else { return }
      writer.array("zones", .block) { writer in
        for zone in document.zones {
          writer.object { writer in
            writer.integer("end", zone.range.end)
            writer.string("kind", zone.kind.rawValue)
            writer.integer("start", zone.range.start)
          }
        }
      }
    }
    writer.newline()
    return writer.bytes
  }

  /// The digest of a text, and the sentences of a long one, which are found beside it.
  private static func digestAndSentences(of text: DocumentText) -> (digest: String, sentences: Sentences?) {
    guard text.utf8.count > 1 << 20 else { return (SHA256.hex(of: text.utf8), nil) }
    let digest = Mutex("")
    let sentences = Mutex<Sentences?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        let value = SHA256.hex(of: text.utf8)
        digest.withLock { $0 = value }
      } else {
        let value = Sentences(text)
        sentences.withLock { $0 = value }
      }
    }
    return (digest.withLock { $0 }, sentences.withLock { $0 })
  }

  /// The form that a value should have; nil if it is allowed.
  public static func fault(_ key: String, _ value: String) -> String? {
    switch key {
    case "published": Timestamp(value + "T00:00:00Z") == nil ? "a date such as 2026-11-22" : nil
    case "language": isLanguageTag(value) ? nil : "a language such as en, de or zh-Hant"
    default: value.isEmpty ? "some text" : nil
    }
  }

  private static func isLanguageTag(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    return parts.enumerated().allSatisfy { index, part in
      (index == 0 ? 2...8 : 1...8).contains(part.utf8.count)
        && part.utf8.allSatisfy { byte in
          (65...90).contains(byte & 0xDF) && byte < 0x80 || index > 0 && (48...57).contains(byte)
        }
    }
  }

  /// - Parameters:
  ///   - bytes: the content of `document.json`.
  ///   - text: the content of `document.txt`, whose digest must be the one in `document.json`.
  public static func decode(
    _ bytes: [UInt8], path: String, id: String, text: [UInt8], textPath: String
  ) throws(FileFault) -> Document {
    var fields: [String: String] = [:]
    var zones: [(zone: Zone, place: JSONReader.Place)] = []
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      try reader.readRecord(
        ["format", "sha256", "title"], optional: ["language", "published", "source", "url", "zones"]
      ) { (key, reader) throws(JSONFault) in
        switch key {
        case "format": try reader.readFormat(format)
        case "sha256": fields[key] = try reader.readDigest()
        case "zones":
          try reader.readArray { (reader) throws(JSONFault) in
            let place = reader.place()
            zones.append((try readZone(&reader, after: zones.last?.zone.range.end ?? 0), place))
          }
        default:
          let place = reader.place()
          let value = try reader.readNonEmptyString()
          if let expected = fault(key, value) { throw reader.fault(at: place, expected: expected, found: "“\(value)”") }
          fields[key] = value
        }
      }
      try reader.finish()
    } catch {
      throw FileFault(path, error)
    }
    let read: DocumentText
    do { read = try DocumentText(utf8: text) } catch {
      throw FileFault(textPath, .notUTF8(byteOffset: error.byteOffset))
    }
    let (digest, sentences) = digestAndSentences(of: read)
    guard fields["sha256"] == digest else {
      throw FileFault(textPath, .textChanged(expected: fields["sha256"] ?? "", found: digest))
    }
    if let beyond = zones.first(where: { $0.zone.range.end > read.count }) {
      throw FileFault(
        path, .json(expected: "a zone within the text", found: "\(beyond.zone.range)"), at: beyond.place, in: bytes)
    }
    return Document(
      id: id, text: read, sha256: digest, title: fields["title"] ?? "", source: fields["source"], url: fields["url"],
      published: fields["published"], language: fields["language"], zones: zones.map(\.zone), sentences: sentences)
  }

  private static func readZone(_ reader: inout JSONReader, after end: Int) throws(JSONFault) -> Zone {
    let place = reader.place()
    var (kind, from, to) = (Zone.Kind.body, 0, 0)
    try reader.readRecord(["end", "kind", "start"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "end": to = try reader.readOffset()
      case "kind": kind = try reader.readChoice()
      default: from = try reader.readOffset()
      }
    }
    guard from < to, from >= end else {
      throw reader.fault(at: place, expected: "zones in reading order, none empty", found: "\(from) to \(to)")
    }
    return Zone(kind, TextRange(from, to))
  }
}
