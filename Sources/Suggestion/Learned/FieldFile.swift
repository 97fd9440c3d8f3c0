extension RandomField {
  /// The field with only so many features: those that weigh most, by the greatest weight and the root of how often they
  /// occur.
  func pruned(to most: Int) -> RandomField {
    guard rows.count > most else { return self }
    let blocks = tags.blocks
    let greatest = (0..<rows.count).map { row -> Float in
      var found: Float = 0
      for block in 0..<blocks { found = max(found, weights[row * blocks + block].greatest) }
      return row < counts.count ? found * Float(counts[row]).squareRoot() : found
    }
    let kept = (0..<rows.count).sorted { a, b in greatest[a] != greatest[b] ? greatest[a] > greatest[b] : a < b }
      .prefix(most).sorted()
    var field = RandomField(tags: tags, rows: FeatureRows(kept.map { rows.keys[$0] }))
    field.weights = kept.flatMap { row in (0..<blocks).map { weights[row * blocks + $0] } }
    field.moves = moves
    return field
  }

  /// Appends the moves as they are, and each feature's hash, scale and weights in steps of a 127th of the greatest.
  func append(to bytes: inout [UInt8]) {
    for move in moves { bytes.append(littleEndian: move.bitPattern) }
    for (row, key) in rows.keys.enumerated() {
      let weights = (0..<tags.count).map { tag -> Float in self.weights[row * tags.blocks + tag / 8][tag % 8] }
      let greatest = weights.reduce(0) { Swift.max($0, abs($1)) }
      // The upper half of a number's bits, rounded up.
      let scale = UInt16(truncatingIfNeeded: (greatest.bitPattern &+ 0xFFFF) >> 16)
      let step = Float(bitPattern: UInt32(scale) << 16) / 127
      bytes.append(littleEndian: key)
      bytes.append(UInt8(truncatingIfNeeded: scale))
      bytes.append(UInt8(truncatingIfNeeded: scale >> 8))
      for weight in weights {
        let steps: Float = step > 0 ? max(-127, min(127, (weight / step).rounded())) : 0
        bytes.append(UInt8(bitPattern: Int8(steps)))
      }
    }
  }

  /// No weight in a file is as great as this.
  private static let greatest: Float = 1e4

  /// Reads what ``append(to:)`` has written; nil if the bytes do not suffice, or are no such field.
  init?(_ reader: inout BytesReader, tags: FieldTags, features: Int) {
    guard let moves = reader.numbers(FieldFeatures.contextCount * tags.count * tags.stride),
      moves.allSatisfy({ abs($0) < Self.greatest }), reader.left >= features * (6 + tags.count)
    else { return nil }
    var keys: [UInt32] = []
    var weights: [SIMD8<Float>] = []
    keys.reserveCapacity(features)
    weights.reserveCapacity(features * tags.blocks)
    for _ in 0..<features {
      guard let key = reader.integer(), key > keys.last ?? 0, let low = reader.byte(), let high = reader.byte() else {
        return nil
      }
      let step = Float(bitPattern: (UInt32(high) << 8 | UInt32(low)) << 16) / 127
      guard step.isFinite, step >= 0, step < Self.greatest else { return nil }
      keys.append(key)
      var row = [SIMD8<Float>](repeating: .zero, count: tags.blocks)
      for tag in 0..<tags.count {
        guard let byte = reader.byte() else { return nil }
        row[tag / 8][tag % 8] = Float(Int8(bitPattern: byte)) * step
      }
      weights += row
    }
    self.init(tags: tags, rows: FeatureRows(keys))
    self.weights = weights
    self.moves = moves
  }
}

extension SIMD8<Float> {
  fileprivate var greatest: Float { Swift.max(self.max(), -self.min()) }
}

extension [UInt8] {
  mutating func append(littleEndian value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
}

/// Reads numbers from bytes, little-endian; nil at the end.
struct BytesReader {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    at = start
    self.end = end
  }

  var left: Int { end - at }
  var isAtEnd: Bool { at == end }

  mutating func byte() -> UInt8? {
    guard at < end else { return nil }
    defer { at += 1 }
    return bytes[at]
  }

  mutating func integer() -> UInt32? {
    guard left >= 4 else { return nil }
    defer { at += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
  }

  /// Finite numbers.
  mutating func numbers(_ count: Int) -> [Float]? {
    guard left >= 4 * count else { return nil }
    var found: [Float] = []
    found.reserveCapacity(count)
    for _ in 0..<count {
      guard let bits = integer() else { return nil }
      let value = Float(bitPattern: bits)
      guard value.isFinite else { return nil }
      found.append(value)
    }
    return found
  }
}
