/// Learns the weights of a field from tagged sequences.
///
/// Stochastic steps by AdaGrad, sequence by sequence (Duchi, Hazan and Singer, *JMLR* 12, 2011), with weight decay, and the
/// mean of the weights over the later rounds. The order of the sequences in each round comes from a fixed seed, so that
/// equal examples give equal weights.
struct FieldLearning {
  /// Sequences of words, laid end to end.
  struct Examples {
    /// `words × templates` keys of features; 0 for none.
    var keys: [UInt32] = []
    var contexts: [UInt8] = []
    var tags: [UInt8] = []
    /// The first word of each sequence, and the number of words last.
    var starts: [Int] = [0]

    var count: Int { starts.count - 1 }

    mutating func add(_ features: FieldFeatures, _ tags: [UInt8]) {
      guard features.count > 0 else { return }
      keys += features.keys
      contexts += features.contexts
      self.tags += tags
      starts.append(starts[starts.count - 1] + features.count)
    }
  }

  private static let step: Float = 0.07
  /// What the squared slopes of weights and of moves begin with.
  private static let (first, firstOfMoves): (Float, Float) = (0.1, 1)
  /// The decay of all weights in a round.
  private static let decay: Float = 0.5
  /// Slopes smaller than this change nothing.
  private static let least: Float = 1e-3

  /// The number of rounds for a number of words: the fewer words, the more rounds.
  private static func rounds(_ words: Int) -> Int {
    words < 6000 ? 30 : words < 120_000 ? 15 : 8
  }

  /// How often a feature must be seen to have a weight.
  private static func leastCount(_ words: Int) -> Int {
    words > 300_000 ? 4 : words > 100_000 ? 3 : words > 20_000 ? 2 : 1
  }

  private let examples: Examples
  /// The rows of weights of each word, and where each word's begin.
  private let rows: [Int32]
  private let starts: [Int]
  private var field: RandomField
  /// The sums of squared slopes, as the weights and moves.
  private var squares: [SIMD8<Float>]
  private var squaresOfMoves: [Float]
  /// The step at which a row of weights was decayed last.
  private var decayed: [Int32]
  private var sums: FieldSums

  /// - Complexity: O(*words* · *templates* · *tags* + *words* · *tags*²) for each round.
  /// - Parameter isTrial: whether fewer rounds will do.
  static func field(of examples: Examples, tags: FieldTags, isTrial: Bool) -> RandomField {
    var learning = FieldLearning(examples, tags)
    let rounds = rounds(examples.contexts.count)
    return learning.learned(rounds: isTrial ? min(rounds, 8) : rounds)
  }

  private init(_ examples: Examples, _ tags: FieldTags) {
    var examples = examples
    let counts = Self.counts(examples.keys, atLeast: Self.leastCount(examples.contexts.count))
    let kept = FeatureRows(counts.map(\.key))
    field = RandomField(tags: tags, rows: kept)
    field.counts = counts.map(\.count)
    (rows, starts) = kept.rows(examples.keys)
    examples.keys = []
    self.examples = examples
    squares = [SIMD8<Float>](repeating: SIMD8(repeating: Self.first), count: field.weights.count)
    squaresOfMoves = [Float](repeating: Self.firstOfMoves, count: field.moves.count)
    decayed = [Int32](repeating: 0, count: kept.count)
    sums = FieldSums(tags)
  }

  /// The keys that occur often enough, in ascending order, and how often.
  private static func counts(_ keys: [UInt32], atLeast least: Int) -> [(key: UInt32, count: Int32)] {
    // A small table tells most of the rare ones, so that only the others are counted one by one.
    var seen = [UInt8](repeating: 0, count: 1 << 24)
    for key in keys where key != 0 {
      let place = Int(key & 0xFF_FFFF)
      if seen[place] < 255 { seen[place] += 1 }
    }
    var counts: [UInt32: Int32] = [:]
    for key in keys where key != 0 && seen[Int(key & 0xFF_FFFF)] >= least { counts[key, default: 0] += 1 }
    return counts.filter { $0.value >= least }.map { ($0.key, $0.value) }.sorted { $0.key < $1.key }
  }

  private mutating func learned(rounds: Int) -> RandomField {
    var generator = Order(state: 1)
    let tags = field.tags
    var sumOfWeights = [SIMD8<Float>](repeating: .zero, count: field.weights.count)
    var sumOfMoves = [Float](repeating: 0, count: field.moves.count)
    var summed: Float = 0
    let factor = 1 - Self.decay / Float(max(1, examples.count))
    var powers: [Float] = [1]
    for _ in 0..<examples.count { powers.append(powers[powers.count - 1] * factor) }
    for round in 0..<rounds {
      for place in decayed.indices { decayed[place] = 0 }
      for (step, sequence) in generator.shuffled(examples.count).enumerated() {
        take(sequence, step: step + 1, powers)
      }
      for row in decayed.indices {
        let power = powers[examples.count - Int(decayed[row])]
        for block in 0..<tags.blocks { field.weights[row * tags.blocks + block] *= power }
      }
      if round >= rounds / 3 {
        summed += 1
        for place in sumOfWeights.indices { sumOfWeights[place] += field.weights[place] }
        for place in sumOfMoves.indices { sumOfMoves[place] += field.moves[place] }
      }
    }
    if summed > 0 {
      field.weights = sumOfWeights.map { $0 / summed }
      field.moves = sumOfMoves.map { $0 / summed }
    }
    return field
  }

  /// One step along the slope of a sequence's log probability.
  private mutating func take(_ sequence: Int, step: Int, _ powers: [Float]) {
    let (first, end) = (examples.starts[sequence], examples.starts[sequence + 1])
    let tags = field.tags
    Self.decay(&field.weights, &decayed, rows[starts[first]..<starts[end]], step, powers, tags.blocks)
    let moves = field.exponentialMoves()
    sums.compute(
      rows, starts, examples.contexts, first: first, count: end - first, weights: field.weights, moves: moves)
    takeMoves(first, end, moves)
    takeWeights(first, end)
  }

  /// Brings the decay of the weights that a sequence uses up to date.
  private static func decay(
    _ weights: inout [SIMD8<Float>], _ decayed: inout [Int32], _ rows: ArraySlice<Int32>, _ step: Int,
    _ powers: [Float],
    _ blocks: Int
  ) {
    var weights = weights.mutableSpan
    var decayed = decayed.mutableSpan
    for row in rows {
      let row = Int(row)
      let last = Int(decayed[row])
      guard last < step - 1 else { continue }
      for block in 0..<blocks { weights[row * blocks + block] *= powers[step - 1 - last] }
      decayed[row] = Int32(step - 1)
    }
  }

  private mutating func takeWeights(_ first: Int, _ end: Int) {
    let blocks = field.tags.blocks
    for word in 0..<(end - first) {
      let gold = Int(examples.tags[first + word])
      let rows = rows[starts[first + word]..<starts[first + word + 1]]
      for block in 0..<blocks {
        var slope = SIMD8<Float>.zero - sums.probabilities(word, block)
        if gold / 8 == block { slope[gold % 8] += 1 }
        let isSmall = (slope .< Self.least) .& (slope .> -Self.least)
        if all(isSmall) { continue }
        slope.replace(with: 0, where: isSmall)
        Self.add(slope, to: &field.weights, &squares, rows, block, blocks)
      }
    }
  }

  /// One step of the weights of a word's features, each along its slope by its own step.
  private static func add(
    _ slope: SIMD8<Float>, to weights: inout [SIMD8<Float>], _ squares: inout [SIMD8<Float>], _ rows: ArraySlice<Int32>,
    _ block: Int, _ blocks: Int
  ) {
    var weights = weights.mutableSpan
    var squares = squares.mutableSpan
    let square = slope * slope
    let change = slope * step
    for row in rows {
      let place = Int(row) * blocks + block
      let sum = squares[place] + square
      squares[place] = sum
      weights[place] += change / sum.squareRoot()
    }
  }

  private mutating func takeMoves(_ first: Int, _ end: Int, _ moves: [SIMD8<Float>]) {
    let tags = field.tags
    var slopes = [SIMD8<Float>](repeating: .zero, count: moves.count)
    for word in 1..<max(1, end - first) {
      let context = Int(examples.contexts[first + word])
      for from in 0..<tags.count {
        let row = (context * tags.count + from) * tags.blocks
        for block in 0..<tags.blocks { slopes[row + block] -= sums.moves(word, from: from, block, moves, context) }
      }
      let (from, to) = (Int(examples.tags[first + word - 1]), Int(examples.tags[first + word]))
      slopes[(context * tags.count + from) * tags.blocks + to / 8][to % 8] += 1
    }
    for place in field.moves.indices {
      let slope = slopes[place / 8][place % 8]
      if abs(slope) < Self.least { continue }
      squaresOfMoves[place] += slope * slope
      field.moves[place] += Self.step * slope / squaresOfMoves[place].squareRoot()
    }
  }

  /// A fixed order of sequences: SplitMix64 and the shuffle of Fisher and Yates.
  private struct Order {
    var state: UInt64

    mutating func shuffled(_ count: Int) -> [Int] {
      var order = Array(0..<count)
      for place in stride(from: count - 1, to: 0, by: -1) {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        order.swapAt(place, Int(z % UInt64(place + 1)))
      }
      return order
    }
  }
}
