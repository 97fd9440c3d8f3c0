import JSONText
import Standoff

/// The format of `Annotations/<document>/tokens.json`: the tokens in which a text came from another tool.
enum TokensFile {
  static let format = 1

  static func encode(_ tokens: TextTokens, of document: Document) -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    writer.object(.block) { writer in
      writer.integer("format", format)
      writer.array("sentences") { writer in for start in tokens.sentenceStarts { writer.integer(start) } }
      writer.string("sha256", document.sha256)
      writer.array("tokens") { writer in
        for range in tokens.ranges {
          writer.integer(range.start)
          writer.integer(range.end)
        }
      }
    }
    writer.newline()
    return writer.bytes
  }

  static func decode(_ bytes: [UInt8], of document: Document, path: String) throws(FileFault) -> TextTokens {
    var (offsets, sentences, digest): ([Int], [Int], String) = ([], [], "")
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      let start = reader.place()
      try reader.readRecord(["format", "sentences", "sha256", "tokens"]) { (key, reader) throws(JSONFault) in
        switch key {
        case "format": try reader.readFormat(format)
        case "sha256": digest = try reader.readNonEmptyString()
        case "sentences":
          try reader.readArray { (reader) throws(JSONFault) in sentences.append(try reader.readInteger()) }
        default: try reader.readArray { (reader) throws(JSONFault) in offsets.append(try reader.readInteger()) }
        }
      }
      try reader.finish()
      guard digest == document.sha256 else {
        throw reader.fault(at: start, expected: "the tokens of this document’s text", found: "those of another text")
      }
      let ranges = stride(from: 0, to: offsets.count - 1, by: 2).compactMap {
        TextRange(checking: offsets[$0], offsets[$0 + 1])
      }
      let tokens = TextTokens(ranges: ranges, sentenceStarts: sentences)
      guard ranges.count * 2 == offsets.count, tokens.fits(document.text.count) else {
        throw reader.fault(
          at: start, expected: "tokens in order within the text, and sentences that begin with them", found: "others")
      }
      return tokens
    } catch {
      throw FileFault(path, error)
    }
  }
}
