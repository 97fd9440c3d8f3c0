/// The keys that an object may have, made ready to be looked for: 64 at most.
public struct JSONKeys: Sendable {
  /// Sorted, as they stand in a text with sorted keys.
  let names: [String]
  /// Places of those that must be there.
  let required: [Int]
  /// All names one after another, each with the quotation mark that ends it.
  private let bytes: [UInt8]
  /// Where each name begins among ``bytes``, and where the last one ends.
  private let starts: [Int]

  public init(_ required: [String], optional: [String] = []) {
    let names = (required + optional).sorted()
    precondition(names.count <= 64)
    self.names = names
    self.required = names.indices.filter { required.contains(names[$0]) }
    var (bytes, starts): ([UInt8], [Int]) = ([], [])
    for name in names {
      starts.append(bytes.count)
      bytes += Array(name.utf8) + [UInt8(ascii: "\"")]
    }
    self.bytes = bytes
    self.starts = starts + [bytes.count]
  }

  /// The length of a key with its quotation mark; nil where it does not stand at that place of a text.
  func length(of key: Int, in text: [UInt8], at place: Int) -> Int? {
    let (start, end) = (starts[key], starts[key + 1])
    guard place + end - start <= text.count else { return nil }
    for index in start..<end where bytes[index] != text[place + index - start] { return nil }
    return end - start
  }
}
