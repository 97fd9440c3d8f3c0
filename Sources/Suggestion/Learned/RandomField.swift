/// A linear-chain conditional random field over the words of a paragraph: the probability of their tags, given features of
/// each word, and a table of moves from tag to tag for each context of a word.
///
/// Source: Lafferty, McCallum and Pereira, “Conditional random fields”, *ICML* (2001).
struct RandomField: Sendable {
  var tags: FieldTags
  /// The row of each feature's weights, by its key.
  var rows: FeatureRows
  /// How often each feature was seen while learning; empty where that is not known any more.
  var counts: [Int32] = []
  /// The weights, `features × tags`, a row in ``FieldTags/blocks`` blocks of eight.
  var weights: [SIMD8<Float>]
  /// The weights of moves, `contexts × tags × tags` with rows of ``FieldTags/stride``; those into tags that cannot follow
  /// do not count.
  var moves: [Float]

  init(tags: FieldTags, rows: FeatureRows) {
    self.tags = tags
    self.rows = rows
    weights = [SIMD8<Float>](repeating: .zero, count: rows.count * tags.blocks)
    moves = [Float](repeating: 0, count: FieldFeatures.contextCount * tags.count * tags.stride)
  }

  /// The exponential weights of moves, as ``moves``, 0 where a tag cannot follow.
  func exponentialMoves() -> [SIMD8<Float>] {
    var found = [SIMD8<Float>](repeating: .zero, count: moves.count / 8)
    for context in 0..<FieldFeatures.contextCount {
      for from in 0..<tags.count {
        let row = (context * tags.count + from) * tags.stride
        for block in 0..<tags.blocks {
          var values = SIMD8<Float>.zero
          var isMove = SIMD8<Float>.zero
          for lane in 0..<8 where 8 * block + lane < tags.count && FieldTags.follows(8 * block + lane, from) {
            values[lane] = moves[row + 8 * block + lane]
            isMove[lane] = 1
          }
          found[row / 8 + block] = Exponential.of(values) * isMove
        }
      }
    }
    return found
  }
}

/// The rows of features by their keys: those that are kept, in ascending order, and an index of buckets.
struct FeatureRows: Sendable {
  let keys: [UInt32]
  private var starts: [UInt32] = []
  private let shift: UInt32

  var count: Int { keys.count }

  /// - Parameter keys: in ascending order, each once.
  init(_ keys: [UInt32]) {
    self.keys = keys
    var bits: UInt32 = 1
    while bits < 24, 1 << bits < keys.count * 2 { bits += 1 }
    shift = 32 - bits
    starts = [UInt32](repeating: 0, count: (1 << Int(bits)) + 1)
    for key in keys { starts[Int(key >> shift) + 1] += 1 }
    for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
  }

  /// The row of a key; −1 for one that is not kept.
  @inline(__always)
  func row(_ key: UInt32) -> Int32 {
    let bucket = Int(key >> shift)
    var at = Int(starts[bucket])
    let end = Int(starts[bucket + 1])
    while at < end {
      if keys[at] == key { return Int32(at) }
      at += 1
    }
    return -1
  }

  /// The rows of each word's features that are kept, and where each word's begin.
  ///
  /// - Parameter keys: `words × templates`.
  func rows(_ keys: [UInt32]) -> (rows: [Int32], starts: [Int]) {
    var (rows, starts): ([Int32], [Int]) = ([], [0])
    rows.reserveCapacity(keys.count / 2)
    for (place, key) in keys.enumerated() {
      let row = key == 0 ? -1 : row(key)
      if row >= 0 { rows.append(row) }
      if (place + 1) % FieldFeatures.templates == 0 { starts.append(rows.count) }
    }
    return (rows, starts)
  }
}

/// Exponentials by additions and multiplications alone: the same digits on every machine.
enum Exponential {
  /// eˣ, exact to about seven digits; 0 below −87.
  @inline(__always)
  static func of(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let limited = x.clamped(lowerBound: SIMD8(repeating: -87), upperBound: SIMD8(repeating: 87))
    let n = (limited * 1.442_695_04).rounded(.toNearestOrEven)
    let r = limited - n * 0.693_359_375 + n * 2.121_944_4e-4
    var p = SIMD8<Float>(repeating: 1.987_569_1e-4)
    p = p * r + 1.398_199_9e-3
    p = p * r + 8.333_452e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 1.666_666_5e-1
    p = p * r + 0.5
    p = p * r * r + r + 1
    let bits = (SIMD8<Int32>(n) &+ 127) &<< 23
    var powers = SIMD8<Float>.zero
    for lane in 0..<8 { powers[lane] = Float(bitPattern: UInt32(bitPattern: bits[lane])) }
    return (p * powers).replacing(with: 0, where: x .< -87)
  }
}
