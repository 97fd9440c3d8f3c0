/// A hash of a feature: its template and values, mixed into 64 bits of which 32 count.
struct FeatureHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(_ template: Int) { add(template) }

  @inline(__always)
  mutating func add(_ value: UInt64) {
    state = (state ^ (value &+ 0x9E37_79B9)) &* 0xFF51_AFD7_ED55_8CCD
    state ^= state >> 32
  }

  @inline(__always)
  mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }

  /// The feature's key; never 0.
  var key: UInt32 { max(1, UInt32(truncatingIfNeeded: state >> 20)) }

  /// 64 bits of FNV-1a of a word.
  static func of(_ word: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
