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
    if bytes.isBlank { return [] }
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

  /// Reads the values of a text, or each element of an array by itself, so that memory does not grow with the array.
  static func readEach(
    _ bytes: [UInt8], _ body: (JSONNode, JSONReader) throws(JSONFault) -> [ForeignDocument]
  ) throws(ImportFault) -> [ForeignDocument] {
    if bytes.isBlank { return [] }
    var reader = JSONReader(bytes)
    let kind: JSONReader.Kind
    do { kind = try reader.peek() } catch { throw ImportFault(error) }
    var documents: [ForeignDocument] = []
    do throws(JSONFault) {
      if kind == .array {
        try reader.readArray { (reader) throws(JSONFault) in
          documents += try body(try reader.readNode(atMost: most), reader)
        }
      } else {
        // Some tools write the elements a line each.
        repeat { documents += try body(try reader.readNode(atMost: most), reader) } while (try? reader.peek()) != nil
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

  /// Lists the keys of an object that are neither known nor empty, with their values in short.
  ///
  /// - Parameter place: what the object is, such as “of the task”.
  static func leaveOthers(
    of node: JSONNode, but known: Set<String>, _ place: String, in document: inout ForeignDocument
  ) {
    for (key, value) in node.members where !known.contains(key) && !value.isEmpty {
      document.leftOut.append((value.place.byte, "“\(key)” \(place)\(value.text.map { ": “\($0.prefix(40))”" } ?? "")"))
    }
  }
}

extension JSONNode {
  /// Whether the value says nothing: null, false, or empty.
  var isEmpty: Bool {
    switch value {
    case .null, .boolean(false): true
    case .string(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .number, .boolean(true): false
    }
  }
}

extension Dictionary where Key == String {
  /// The pairs in the order that `JSONWriter` demands: by code points.
  var ascending: [(key: String, value: Value)] {
    sorted { $0.key.unicodeScalars.lexicographicallyPrecedes($1.key.unicodeScalars) }
  }
}
