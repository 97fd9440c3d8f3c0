import Glibc

/// A linear-chain conditional random field over words: the probability of their tags, given features of each word and
/// the previous tag.
///
/// Source: Lafferty, McCallum and Pereira, *Conditional Random Fields* (ICML 2001). Learning maximises the log
/// probability of the tags minus half the squared distance from the initial weights times ``tether``, so that weights
/// without evidence stay as they are.
struct SequenceModel: Sendable {
  /// The role of a word in the spans of a label.
  enum Tag: Int, CaseIterable {
    case outside, begins
    /// Begins another fragment of the span before.
    case resumes
    case goesOn

    /// Whether this tag can follow another one, or come first for nil.
    func follows(_ before: Tag?) -> Bool { self != .goesOn || before != nil && before != .outside }
  }

  /// Words with their features and, if known, their tags.
  struct Stretch {
    let features: [[Int]]
    let tags: [Tag]
  }

  private static let count = Tag.allCases.count
  /// How strongly weights are tied to their initial values: the inverse variance of a normal prior.
  private static let tether = 1.0
  private static let rounds = 40

  /// The weights, with a row of tags for each feature.
  var weights: [Double]
  /// The weights from tag to tag.
  var transitions: [Double]

  /// An untrained model.
  ///
  /// - Parameter trust: features that favour a tag from the start, with their weights.
  init(features: Int, trusting trust: [(feature: Int, tag: Tag, weight: Double)]) {
    weights = [Double](repeating: 0, count: Self.count * features)
    transitions = [Double](repeating: 0, count: Self.count * Self.count)
    for (feature, tag, weight) in trust { weights[Self.count * feature + tag.rawValue] = weight }
  }

  // MARK: learning

  /// Learns from tagged stretches of words.
  ///
  /// Each weight has its own step, which grows while its slope keeps its sign and shrinks when the sign turns
  /// (Riedmiller and Braun, *RPROP*, 1993); without a line search, the digits are the same on every machine.
  ///
  /// - Complexity: O(*words* · *features of a word*) for each round.
  mutating func learn(from stretches: [Stretch]) {
    let start = weights
    var steps = [Double](repeating: 0.1, count: weights.count + transitions.count)
    var last = [Double](repeating: 0, count: steps.count)
    var scratch = Scratch()
    for _ in 0..<Self.rounds {
      var slopes = [Double](repeating: 0, count: steps.count)
      for stretch in stretches where !stretch.features.isEmpty { addSlopes(of: stretch, to: &slopes, &scratch) }
      for index in slopes.indices {
        let value = index < weights.count ? weights[index] - start[index] : transitions[index - weights.count]
        var slope = slopes[index] - Self.tether * value
        if slope * last[index] > 0 {
          steps[index] = min(steps[index] * 1.2, 1)
        } else if slope * last[index] < 0 {
          steps[index] = max(steps[index] * 0.5, 1e-6)
          slope = 0
        }
        last[index] = slope
        let step = slope > 0 ? steps[index] : slope < 0 ? -steps[index] : 0
        if index < weights.count { weights[index] += step } else { transitions[index - weights.count] += step }
      }
    }
  }

  /// Buffers with a row of tags per word, kept from stretch to stretch.
  struct Scratch {
    var local: [Double] = []
    var forward: [Double] = []
    var backward: [Double] = []
    var scales: [Double] = []
  }

  /// Adds the observed counts minus those the model expects, by forward and backward sums, scaled at each word.
  func addSlopes(of stretch: Stretch, to slopes: inout [Double], _ scratch: inout Scratch) {
    let count = Self.count
    let length = stretch.features.count
    let size = count * length
    for path in [\Scratch.local, \.forward, \.backward] where scratch[keyPath: path].count < size {
      scratch[keyPath: path] = [Double](repeating: 0, count: size)
    }
    if scratch.scales.count < length { scratch.scales = [Double](repeating: 0, count: length) }
    let moves = self.moves
    for (place, features) in stretch.features.enumerated() {
      let row = scores(features)
      let top = row.max() ?? 0
      for tag in 0..<count { scratch.local[count * place + tag] = exp(row[tag] - top) }
    }
    for place in 0..<length {
      var total = 0.0
      for tag in 0..<count {
        var sum = 0.0
        if place == 0 {
          sum = Tag(rawValue: tag)?.follows(nil) == true ? 1 : 0
        } else {
          for before in 0..<count { sum += scratch.forward[count * (place - 1) + before] * moves[count * before + tag] }
        }
        let value = sum * scratch.local[count * place + tag]
        scratch.forward[count * place + tag] = value
        total += value
      }
      scratch.scales[place] = total
      for tag in 0..<count { scratch.forward[count * place + tag] /= total }
    }
    for tag in 0..<count { scratch.backward[count * (length - 1) + tag] = 1 }
    for place in (0..<(length - 1)).reversed() {
      for before in 0..<count {
        var sum = 0.0
        for tag in 0..<count {
          let next = count * (place + 1) + tag
          sum += moves[count * before + tag] * scratch.local[next] * scratch.backward[next]
        }
        scratch.backward[count * place + before] = sum / scratch.scales[place + 1]
      }
    }
    for place in 0..<length {
      let gold = stretch.tags[place].rawValue
      for tag in 0..<count {
        let here = count * place + tag
        let slope = (gold == tag ? 1 : 0) - scratch.forward[here] * scratch.backward[here]
        if abs(slope) > 1e-9 { for feature in stretch.features[place] { slopes[count * feature + tag] += slope } }
        guard place > 0 else { continue }
        let into = scratch.local[here] * scratch.backward[here] / scratch.scales[place]
        for before in 0..<count where moves[count * before + tag] > 0 {
          let expected = scratch.forward[count * (place - 1) + before] * moves[count * before + tag] * into
          let isObserved = gold == tag && stretch.tags[place - 1].rawValue == before
          slopes[weights.count + count * before + tag] += (isObserved ? 1 : 0) - expected
        }
      }
    }
  }

  /// The exponential weight from each tag to the next; 0 where the next cannot follow.
  private var moves: [Double] {
    Tag.allCases.flatMap { before in
      Tag.allCases.map { tag in
        tag.follows(before) ? exp(transitions[Self.count * before.rawValue + tag.rawValue]) : 0
      }
    }
  }

  private func scores(_ features: [Int]) -> [Double] {
    var scores = [Double](repeating: 0, count: Self.count)
    for feature in features {
      for tag in 0..<Self.count { scores[tag] += weights[Self.count * feature + tag] }
    }
    return scores
  }

  // MARK: tagging

  /// The most probable tags, by dynamic programming (Viterbi); among equals, the first in the order of ``Tag``.
  func tags(of words: [[Int]]) -> [Tag] {
    guard !words.isEmpty else { return [] }
    var running: [Double] = []
    var back: [[Int]] = []
    for (place, features) in words.enumerated() {
      let local = scores(features)
      var next = [Double](repeating: -.infinity, count: Self.count)
      var from = [Int](repeating: 0, count: Self.count)
      for tag in Tag.allCases {
        if place == 0 {
          if tag.follows(nil) { next[tag.rawValue] = local[tag.rawValue] }
          continue
        }
        for before in Tag.allCases where tag.follows(before) {
          let move = transitions[Self.count * before.rawValue + tag.rawValue]
          let score = running[before.rawValue] + move + local[tag.rawValue]
          if score > next[tag.rawValue] { (next[tag.rawValue], from[tag.rawValue]) = (score, before.rawValue) }
        }
      }
      running = next
      back.append(from)
    }
    var best = 0
    for tag in 1..<Self.count where running[tag] > running[best] { best = tag }
    var tags = [Tag](repeating: .outside, count: words.count)
    for place in words.indices.reversed() {
      tags[place] = Tag(rawValue: best) ?? .outside
      best = back[place][best]
    }
    return tags
  }
}
