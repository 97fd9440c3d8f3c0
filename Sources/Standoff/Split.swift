/// An assignment of documents to parts of a corpus, such as training and test.
///
/// Documents are dealt in an order that follows from their names and the seed, each to the part that is furthest below its
/// share: the shares are met as closely as the number of documents allows. Documents that have a part keep it, so that
/// those that come later move none.
public struct Split: Sendable {
  /// The parts with their names and shares; the shares add up to 1.
  public let parts: [(name: String, share: Double)]
  /// The seed of the order in which documents are dealt.
  public let seed: UInt64

  /// Creates a split; that the shares add up to 1 is for the caller to check.
  public init(_ parts: [(name: String, share: Double)], seed: UInt64) {
    self.parts = parts
    self.seed = seed
  }

  /// The part of each of some documents.
  ///
  /// - Parameters:
  ///   - documents: their names, each once.
  ///   - kept: the parts of documents that have one; they count, and none is changed.
  /// - Returns: the parts by document, those of *kept* among them.
  public func parts(of documents: [String], kept: [String: String] = [:]) -> [String: String] {
    var all = kept
    var counts = Dictionary(parts.map { ($0.name, 0) }) { first, _ in first }
    for part in kept.values { counts[part, default: 0] += 1 }
    let new = documents.filter { kept[$0] == nil }.map { (Self.place(of: $0, seed: seed), $0) }.sorted(by: <)
    for (_, document) in new where all[document] == nil {
      let next = Double(all.count + 1)
      // Of two that are as far below, the earlier one.
      var (best, lack) = ("", -Double.infinity)
      for part in parts where part.share > 0 {
        let short = part.share * next - Double(counts[part.name] ?? 0)
        if short > lack + 1e-9 { (best, lack) = (part.name, short) }
      }
      all[document] = best
      counts[best, default: 0] += 1
    }
    return all
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
