/// A generator of random numbers that a seed determines, the same on every machine: SplitMix64.
///
/// Not for cryptography.
///
/// Source: Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, *OOPSLA* (2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates the generator of a seed.
  public init(seed: UInt64) { state = seed }

  /// Creates one of many independent generators of a seed, by its number.
  public init(seed: UInt64, stream: Int) {
    var seeds = SeededGenerator(seed: seed)
    state = seeds.next() ^ Self.mixed(UInt64(truncatingIfNeeded: stream) &* 0xD134_2543_DE82_EF95)
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number from 0 to below a bound, from one draw; its bias is less than *bound* / 2⁶⁴.
  mutating func index(below bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number strictly between 0 and 1.
  mutating func share() -> Double { (Double(next() >> 11) + 0.5) / 0x1p53 }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
