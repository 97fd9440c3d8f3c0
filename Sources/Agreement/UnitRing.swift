/// A set of units within reach of each other, each a bit at its number modulo the ring's length.
protocol UnitRing: Equatable {
  /// Creates an empty ring for units less than this span apart.
  init(span: Int)
  /// The number of bits.
  var length: Int { get }
  func contains(_ unit: Int) -> Bool
  mutating func insert(_ unit: Int)
  mutating func remove(_ unit: Int)
  func isDisjoint(with other: Self) -> Bool
  func union(_ other: Self) -> Self
  func intersection(_ other: Self) -> Self
  func symmetricDifference(_ other: Self) -> Self
  /// Removes some unit and returns its bit; nil if there is none.
  mutating func popBit() -> Int?
  /// A hash spread over all bits, the highest ones best.
  var hash: UInt64 { get }
}

extension UnitRing {
  /// Removes some unit, all being at or after the first, and returns it; nil if there is none.
  mutating func popUnit(from first: Int) -> Int? { popBit().map { first + ($0 - first) & (length - 1) } }
}

extension UInt64: UnitRing {
  init(span: Int) { self = 0 }
  var length: Int { 64 }
  func contains(_ unit: Int) -> Bool { self >> UInt64(unit & 63) & 1 == 1 }
  mutating func insert(_ unit: Int) { self |= 1 << UInt64(unit & 63) }
  mutating func remove(_ unit: Int) { self &= ~(1 << UInt64(unit & 63)) }
  func isDisjoint(with other: UInt64) -> Bool { self & other == 0 }
  func union(_ other: UInt64) -> UInt64 { self | other }
  func intersection(_ other: UInt64) -> UInt64 { self & other }
  func symmetricDifference(_ other: UInt64) -> UInt64 { self ^ other }

  mutating func popBit() -> Int? {
    guard self != 0 else { return nil }
    defer { self &= self - 1 }
    return trailingZeroBitCount
  }

  var hash: UInt64 { self &* 0x9E37_79B9_7F4A_7C15 }
}

/// A ring of twice the length.
struct DoubleRing<Half: UnitRing>: UnitRing {
  private var low: Half
  private var high: Half

  init(span: Int) {
    low = Half(span: span)
    high = low
  }

  private init(_ low: Half, _ high: Half) { (self.low, self.high) = (low, high) }

  var length: Int { low.length * 2 }

  private func isHigh(_ unit: Int) -> Bool { unit & low.length != 0 }

  func contains(_ unit: Int) -> Bool { isHigh(unit) ? high.contains(unit) : low.contains(unit) }
  mutating func insert(_ unit: Int) { if isHigh(unit) { high.insert(unit) } else { low.insert(unit) } }
  mutating func remove(_ unit: Int) { if isHigh(unit) { high.remove(unit) } else { low.remove(unit) } }
  func isDisjoint(with other: Self) -> Bool { low.isDisjoint(with: other.low) && high.isDisjoint(with: other.high) }
  func union(_ other: Self) -> Self { Self(low.union(other.low), high.union(other.high)) }
  func intersection(_ other: Self) -> Self { Self(low.intersection(other.low), high.intersection(other.high)) }

  func symmetricDifference(_ other: Self) -> Self {
    Self(low.symmetricDifference(other.low), high.symmetricDifference(other.high))
  }

  mutating func popBit() -> Int? {
    if let bit = low.popBit() { return bit }
    return high.popBit().map { $0 + low.length }
  }

  var hash: UInt64 { (low.hash ^ high.hash &>> 7).hash }
}

/// A ring of any length.
struct WideRing: UnitRing {
  /// The bits, in a number of words that is a power of 2.
  private var words: [UInt64]

  init(span: Int) {
    var count = 1
    while count * 64 < span { count *= 2 }
    words = [UInt64](repeating: 0, count: count)
  }

  var length: Int { words.count * 64 }

  private func word(_ unit: Int) -> Int { unit >> 6 & (words.count - 1) }

  func contains(_ unit: Int) -> Bool { words[word(unit)].contains(unit) }
  mutating func insert(_ unit: Int) { words[word(unit)].insert(unit) }
  mutating func remove(_ unit: Int) { words[word(unit)].remove(unit) }

  func isDisjoint(with other: WideRing) -> Bool {
    for word in words.indices where words[word] & other.words[word] != 0 { return false }
    return true
  }

  func union(_ other: WideRing) -> WideRing {
    var union = self
    for word in words.indices { union.words[word] |= other.words[word] }
    return union
  }

  func intersection(_ other: WideRing) -> WideRing {
    var intersection = self
    for word in words.indices { intersection.words[word] &= other.words[word] }
    return intersection
  }

  func symmetricDifference(_ other: WideRing) -> WideRing {
    var difference = self
    for word in words.indices { difference.words[word] ^= other.words[word] }
    return difference
  }

  mutating func popBit() -> Int? {
    for word in words.indices {
      if let bit = words[word].popBit() { return word * 64 + bit }
    }
    return nil
  }

  var hash: UInt64 { words.reduce(0) { ($0 ^ $1).hash } }
}
