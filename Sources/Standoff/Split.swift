/// An assignment of documents to parts of a corpus, such as training and test.
///
/// A document's part follows from its name and the seed alone, so that documents that come or go move no others. The
/// shares are therefore met only on average.
public struct Split: Sendable {
  /// The parts with their names and shares; the shares add up to 1.
  public let parts: [(name: String, share: Double)]
  private let seed: UInt64

  /// Creates a split; that the shares add up to 1 is for the caller to check.
  public init(_ parts: [(name: String, share: Double)], seed: UInt64) {
    self.parts = parts
    self.seed = seed
  }

  /// The name of the part that a document belongs to.
  public func part(of document: String) -> String {
    var place = Self.place(of: document, seed: seed)
    for part in parts {
      if place < part.share { return part.name }
      place -= part.share
    }
    return parts.last?.name ?? ""
  }

  /// A number from 0 to 1 for a name and a seed: the FNV-1a hash of its bytes, mixed with the seed by SplitMix64.
  public static func place(of name: String, seed: UInt64) -> Double {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= seed &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    hash ^= hash >> 31
    return Double(hash >> 11) / Double(1 << 53)
  }
}
