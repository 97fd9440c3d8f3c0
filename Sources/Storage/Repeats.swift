import JSONText

/// The values that one kind of place in a text had of late, such as the labels of spans: where the same bytes stand
/// again, they are not read again.
struct Repeats<Value> {
  private static var limit: Int { 8 }

  private var bytes: [Range<Int>] = []
  private var values: [Value] = []
  /// The place in ``values`` that is given away next.
  private var oldest = 0

  /// Reads a string, an object or an array, by the body if it is new.
  mutating func read(
    _ reader: inout JSONReader, _ body: (inout JSONReader) throws(JSONFault) -> Value
  ) throws(JSONFault) -> Value {
    let start = reader.place().byte
    if let place = bytes.firstIndex(where: { reader.skip(repeated: $0) }) { return values[place] }
    let value = try body(&reader)
    let new = start..<reader.place().byte
    if values.count < Self.limit {
      bytes.append(new)
      values.append(value)
    } else {
      (bytes[oldest], values[oldest]) = (new, value)
      oldest = (oldest + 1) % Self.limit
    }
    return value
  }
}
