/// The forward and backward sums of a field over one sequence, scaled at each word.
struct FieldSums {
  /// Words of the sequence.
  private(set) var count = 0
  let tags: FieldTags
  /// `words × tags` in blocks: the exponential weights of the features, and the sums.
  private(set) var local: [SIMD8<Float>] = []
  private(set) var forward: [SIMD8<Float>] = []
  private(set) var backward: [SIMD8<Float>] = []
  private(set) var scales: [Float] = []
  /// A tag counts for e⁻²⁵ of the likeliest at least.
  private static let least = SIMD8<Float>(repeating: -25)
  private let begins: [SIMD8<Float>]
  private let ends: [SIMD8<Float>]

  init(_ tags: FieldTags) {
    self.tags = tags
    func mask(_ isAllowed: (Int) -> Bool) -> [SIMD8<Float>] {
      (0..<tags.blocks).map { block in
        var values = SIMD8<Float>.zero
        for lane in 0..<8 where 8 * block + lane < tags.count && isAllowed(8 * block + lane) { values[lane] = 1 }
        return values
      }
    }
    begins = mask(FieldTags.canBegin)
    ends = mask(FieldTags.canEnd)
  }

  /// - Parameters:
  ///   - rows: the rows of weights of all words, laid end to end.
  ///   - starts: where each word's rows begin.
  ///   - first: where the sequence begins in *starts* and *contexts*, in words.
  ///   - moves: as ``RandomField/exponentialMoves()`` gives them.
  mutating func compute(
    _ rows: [Int32], _ starts: [Int], _ contexts: [UInt8], first: Int, count: Int, weights: [SIMD8<Float>],
    moves: [SIMD8<Float>]
  ) {
    self.count = count
    let blocks = tags.blocks
    if local.count < count * blocks {
      local = [SIMD8<Float>](repeating: .zero, count: count * blocks)
      forward = local
      backward = local
      scales = [Float](repeating: 0, count: count)
    }
    for word in 0..<count { addLocal(word, rows[starts[first + word]..<starts[first + word + 1]], weights) }
    for word in 0..<count {
      var total: Float = 0
      let table = Int(contexts[first + word]) * tags.count * blocks
      for block in 0..<blocks {
        var sum = SIMD8<Float>.zero
        if word == 0 {
          sum = begins[block]
        } else {
          for from in 0..<tags.count {
            let before: Float = forward[(word - 1) * blocks + from / 8][from % 8]
            sum += moves[table + from * blocks + block] * before
          }
        }
        sum *= local[word * blocks + block]
        forward[word * blocks + block] = sum
        total += sum.sum()
      }
      let scale = max(total, 1e-30)
      scales[word] = scale
      for block in 0..<blocks { forward[word * blocks + block] /= scale }
    }
    var total: Float = 0
    for block in 0..<blocks { total += (forward[(count - 1) * blocks + block] * ends[block]).sum() }
    let inverse = 1 / max(total, 1e-12)
    for block in 0..<blocks { backward[(count - 1) * blocks + block] = ends[block] * inverse }
    var next = [SIMD8<Float>](repeating: .zero, count: blocks)
    for word in (0..<(count - 1)).reversed() {
      let table = Int(contexts[first + word + 1]) * tags.count * blocks
      for block in 0..<blocks {
        let place = (word + 1) * blocks + block
        next[block] = local[place] * backward[place] / scales[word + 1]
      }
      for from in 0..<tags.count {
        var sum: Float = 0
        for block in 0..<blocks { sum += (moves[table + from * blocks + block] * next[block]).sum() }
        backward[word * blocks + from / 8][from % 8] = sum
      }
    }
  }

  @inline(__always)
  private mutating func addLocal(_ word: Int, _ rows: ArraySlice<Int32>, _ weights: [SIMD8<Float>]) {
    let blocks = tags.blocks
    var top: Float = 0
    for block in 0..<blocks {
      var sum = SIMD8<Float>.zero
      for row in rows { sum += weights[Int(row) * blocks + block] }
      local[word * blocks + block] = sum
      top = block == 0 ? sum.max() : max(top, sum.max())
    }
    // Where the likeliest tag cannot stand, the others must not vanish.
    for block in 0..<blocks {
      let score = (local[word * blocks + block] - top).clamped(lowerBound: Self.least, upperBound: .zero)
      local[word * blocks + block] = Exponential.of(score)
    }
  }

  /// The probability of each tag of a word, a block of them.
  func probabilities(_ word: Int, _ block: Int) -> SIMD8<Float> {
    forward[word * tags.blocks + block] * backward[word * tags.blocks + block]
  }

  /// The probability of each move into a word from one tag, a block of them.
  func moves(_ word: Int, from: Int, _ block: Int, _ moves: [SIMD8<Float>], _ context: Int) -> SIMD8<Float> {
    let blocks = tags.blocks
    let place = word * blocks + block
    let before: Float = forward[(word - 1) * blocks + from / 8][from % 8] / scales[word]
    let into = moves[(context * tags.count + from) * blocks + block] * local[place] * backward[place]
    return into * before
  }
}
