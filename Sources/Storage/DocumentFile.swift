import JSONText
public import Standoff

/// The form of `document.json`: what is known of a text, and the digest that holds the two together.
public enum DocumentFile {
  public static let format = 1

  public static func encode(_ document: Document) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.block) { writer in
      writer.key("format")
      writer.integer(format)
      for (key, value) in [
        ("language", document.language), ("published", document.published), ("sha256", document.sha256),
        ("source", document.source), ("title", document.title), ("url", document.url),
      ] {
        guard let value else { continue }
        writer.key(key)
        writer.string(value)
      }
    }
    writer.newline()
    return writer.bytes
  }

  /// - Parameters:
  ///   - bytes: of `document.json`.
  ///   - text: of `document.txt`; its digest must be the one that the file names.
  public static func decode(
    _ bytes: [UInt8], path: String, id: String, text: [UInt8], textPath: String
  ) throws(FileFault) -> Document {
    var fields: [String: String] = [:]
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      try reader.readRecord(
        ["format", "sha256", "title"], optional: ["language", "published", "source", "url"]
      ) { (key, reader) throws(JSONFault) in
        if key == "format" { try reader.readFormat(format) } else { fields[key] = try reader.readString() }
      }
      try reader.finish()
    } catch {
      throw FileFault(path, error)
    }
    let read: DocumentText
    do { read = try DocumentText(utf8: text) } catch {
      throw FileFault(textPath, .notUTF8(byteOffset: error.byteOffset))
    }
    let digest = SHA256.hex(of: text)
    guard fields["sha256"] == digest else {
      throw FileFault(textPath, .textChanged(expected: fields["sha256"] ?? "", found: digest))
    }
    return Document(
      id: id, text: read, sha256: digest, title: fields["title"] ?? "", source: fields["source"], url: fields["url"],
      published: fields["published"], language: fields["language"])
  }
}
