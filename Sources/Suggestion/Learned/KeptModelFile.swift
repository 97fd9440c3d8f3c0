public import JSONText

extension KeptModel {
  /// Why a file cannot be read as a kept model.
  public enum Fault: Error, Equatable {
    /// It does not begin as such a file does.
    case otherFormat
    /// Its header is not as expected.
    case header(JSONFault)
    /// It ends early, goes on after its end, or its bytes are not those that were written.
    case damaged
  }

  static let format = 1
  private static let magic = "gainsay model\n"
  /// The most bytes that weights take.
  private static let mostBytes = 4_500_000

  // MARK: writing

  /// The file: a line that names the format, a line of JSON, and the weights, little-endian.
  ///
  /// Of a field's features those with the greatest weights are kept, a hash of four bytes and a byte for each tag; no word
  /// of a text is in the file.
  public func encoded() -> [UInt8] {
    let share = Self.mostBytes / max(1, model.parts.count)
    let parts = model.parts.map { part in
      part.field.pruned(to: share / (6 + part.field.tags.count))
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.strings("attributing", model.attributing.sorted())
      writer.integer("documents", documents)
      writer.array("fields") { writer in
        for (part, field) in zip(model.parts, parts) {
          writer.object { writer in
            writer.integer("features", field.rows.count)
            writer.array("joined") { writer in
              for joiner in part.joiners { writer.boolean(joiner != nil) }
            }
            writer.strings("labels", field.tags.labels)
          }
        }
      }
      writer.integer("format", Self.format)
      writer.array("hints") { writer in
        for hint in hints.sorted() { writer.integer(hint) }
      }
      writer.strings("mapped", mapped.sorted())
      writer.string("name", name)
      writer.array("worth") { writer in
        for (label, worth) in worth.sorted(by: { $0.key < $1.key }) {
          writer.object { writer in
            writer.string("label", label)
            writer.number("threshold", worth.threshold)
            writer.array("weights") { writer in
              for weight in worth.weights { writer.number((weight * 1e6).rounded() / 1e6) }
            }
          }
        }
      }
    }
    writer.newline()
    var bytes = Array(Self.magic.utf8) + writer.bytes
    for (part, field) in zip(model.parts, parts) {
      field.append(to: &bytes)
      for joiner in part.joiners.compactMap(\.self) {
        for weight in joiner.weights { bytes.append(littleEndian: weight.bitPattern) }
      }
    }
    bytes.append(littleEndian: Self.checksum(bytes[...]))
    return bytes
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash
  }

  // MARK: reading

  private struct Header {
    var name = ""
    var documents = 0
    var attributing: [String] = []
    var mapped: [String] = []
    var hints: Set<Int> = []
    var fields: [(features: Int, joined: [Bool], labels: [String])] = []
    var worth: [String: Worth] = [:]
  }

  /// Reads a file that ``encoded()`` has written.
  public init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.starts(with: Self.magic.utf8) else { throw .otherFormat }
    let rest = bytes[Self.magic.utf8.count...]
    guard let end = rest.firstIndex(of: 0x0A), bytes.count >= end + 5 else { throw .damaged }
    let header: Header
    do throws(JSONFault) { header = try Self.header(Array(rest[..<end])) } catch { throw .header(error) }
    var reader = BytesReader(bytes, from: end + 1, to: bytes.count - 4)
    var sum = BytesReader(bytes, from: bytes.count - 4, to: bytes.count)
    guard sum.integer() == Self.checksum(bytes[..<(bytes.count - 4)]) else { throw .damaged }
    var parts: [SpanModel.Part] = []
    for (features, joined, labels) in header.fields {
      guard let field = RandomField(&reader, tags: FieldTags(labels: labels), features: features) else {
        throw .damaged
      }
      var joiners: [FragmentJoiner?] = []
      for isJoined in joined {
        guard isJoined else {
          joiners.append(nil)
          continue
        }
        guard let weights = reader.numbers(FragmentJoiner.size) else { throw .damaged }
        joiners.append(FragmentJoiner(weights: weights))
      }
      parts.append(SpanModel.Part(field, joiners))
    }
    guard reader.isAtEnd else { throw .damaged }
    self.init(
      name: header.name, model: SpanModel(parts, attributing: Set(header.attributing)), worth: header.worth,
      mapped: Set(header.mapped), hints: header.hints, documents: header.documents)
  }

  private static func header(_ bytes: [UInt8]) throws(JSONFault) -> Header {
    var reader = JSONReader(bytes)
    var header = Header()
    try reader.readRecord(["attributing", "documents", "fields", "format", "hints", "mapped", "name", "worth"]) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "attributing": header.attributing = try reader.readStrings()
      case "documents": header.documents = try reader.readInteger()
      case "hints":
        try reader.readArray { (reader) throws(JSONFault) in header.hints.insert(try reader.readInteger()) }
      case "mapped": header.mapped = try reader.readStrings()
      case "name": header.name = try reader.readString()
      case "format":
        let place = reader.place()
        let found = try reader.readInteger()
        if found != format { throw reader.fault(at: place, expected: "format \(format)", found: "\(found)") }
      case "fields":
        try reader.readArray { (reader) throws(JSONFault) in header.fields.append(try field(&reader)) }
      default:
        try reader.readArray { (reader) throws(JSONFault) in
          let (label, worth) = try worth(&reader)
          header.worth[label] = worth
        }
      }
    }
    try reader.finish()
    return header
  }

  private static func field(
    _ reader: inout JSONReader
  ) throws(JSONFault) -> (features: Int, joined: [Bool], labels: [String]) {
    let place = reader.place()
    var (features, joined, labels): (Int, [Bool], [String]) = (0, [], [])
    try reader.readRecord(["features", "joined", "labels"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "features": features = try reader.readInteger()
      case "labels": labels = try reader.readStrings()
      default: try reader.readArray { (reader) throws(JSONFault) in joined.append(try reader.readBoolean()) }
      }
    }
    guard (1...60).contains(labels.count), Set(labels).count == labels.count, joined.count == labels.count,
      (0...(1 << 24)).contains(features)
    else { throw reader.fault(at: place, expected: "a field with 1 to 60 labels, each once", found: nil) }
    return (features, joined, labels)
  }

  private static func worth(_ reader: inout JSONReader) throws(JSONFault) -> (String, Worth) {
    let place = reader.place()
    var (label, threshold, weights): (String, Double, [Double]) = ("", 0, [])
    try reader.readRecord(["label", "threshold", "weights"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "label": label = try reader.readString()
      case "threshold": threshold = try reader.readNumber()
      default: try reader.readArray { (reader) throws(JSONFault) in weights.append(try reader.readNumber()) }
      }
    }
    guard weights.count == Candidate.count, (0...1).contains(threshold), weights.allSatisfy(\.isFinite) else {
      throw reader.fault(at: place, expected: "\(Candidate.count) weights and a threshold from 0 to 1", found: nil)
    }
    return (label, Worth(weights: weights, threshold: threshold))
  }
}
