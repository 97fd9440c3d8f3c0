import JSONText
import Standoff

/// Reads a file or line that holds one JSON value.
enum JSONPiece {
  /// The greatest number of values in one document, which bounds memory.
  private static let most = 4_000_000

  /// Reads one value and its documents; a blank line has none.
  static func read(
    _ bytes: [UInt8], _ body: (JSONNode, JSONReader) throws(JSONFault) -> [ForeignDocument]
  ) throws(ImportFault) -> [ForeignDocument] {
    if bytes.allSatisfy({ $0 == 0x20 || (9...13).contains($0) }) { return [] }
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      let node = try reader.readNode(atMost: most)
      try reader.finish()
      guard node.isObject || node.elements != nil else {
        throw reader.fault(at: node.place, expected: "an object", found: "another value")
      }
      return try body(node, reader)
    } catch {
      throw ImportFault(error)
    }
  }

  /// Reads one value, or each element of an array by itself, so that memory does not grow with the array.
  static func readEach(
    _ bytes: [UInt8], _ body: (JSONNode, JSONReader) throws(JSONFault) -> [ForeignDocument]
  ) throws(ImportFault) -> [ForeignDocument] {
    var reader = JSONReader(bytes)
    let kind: JSONReader.Kind
    do { kind = try reader.peek() } catch { throw ImportFault(error) }
    guard kind == .array else { return try read(bytes, body) }
    var documents: [ForeignDocument] = []
    do throws(JSONFault) {
      try reader.readArray { (reader) throws(JSONFault) in
        documents += try body(try reader.readNode(atMost: most), reader)
      }
      try reader.finish()
    } catch {
      throw ImportFault(error)
    }
    return documents
  }

  /// A span as `[start, end, "label"]`.
  static func span(of node: JSONNode, _ reader: JSONReader) throws(JSONFault) -> ForeignSpan {
    guard let parts = node.elements, parts.count == 3, let start = parts[0].integer, let end = parts[1].integer,
      let label = parts[2].string
    else { throw reader.fault(at: node.place, expected: "[start, end, \"label\"]", found: "another value") }
    return ForeignSpan("@\(node.place.byte)", label, [(start, end)], byte: node.place.byte)
  }
}
