import Glibc

/// A linear-chain conditional random field over words: the probability of their tags, from features of each word and
/// from the tag before.
///
/// Source: Lafferty, McCallum and Pereira, *Conditional Random Fields* (ICML 2001). Learned by maximising the logarithm
/// of the probability of the tags, less half the squared distance from where learning began times ``tether``: what few
/// examples say nothing of stays as it was.
struct SequenceModel: Sendable {
  /// What a word is to the spans of a label.
  enum Tag: Int, CaseIterable {
    case outside, begins
    /// Begins a further fragment of the span before.
    case resumes
    case goesOn

    /// Whether it can stand after another, or first where there is none.
    func follows(_ before: Tag?) -> Bool { self != .goesOn || before != nil && before != .outside }
  }

  /// Words with their features and, where they are known, their tags.
  struct Stretch {
    let features: [[Int]]
    let tags: [Tag]
  }

  private static let count = Tag.allCases.count
  /// How strongly weights are held to where they began: the inverse of the variance of a normal prior.
  private static let tether = 1.0
  private static let rounds = 40

  /// One row of tags for each feature.
  var weights: [Double]
  /// From tag to tag.
  var transitions: [Double]

  /// A model that has learned nothing yet.
  ///
  /// - Parameter trust: features that speak for a tag from the beginning, with how much they count.
  init(features: Int, trusting trust: [(feature: Int, tag: Tag, weight: Double)]) {
    weights = [Double](repeating: 0, count: Self.count * features)
    transitions = [Double](repeating: 0, count: Self.count * Self.count)
    for (feature, tag, weight) in trust { weights[Self.count * feature + tag.rawValue] = weight }
  }

  // MARK: learning

  /// Learns from stretches of words.
  ///
  /// Each weight takes a step of its own, which grows while its slope keeps its sign and shrinks when that turns
  /// (Riedmiller and Braun, *RPROP*, 1993): no line search, and the same digits on every machine.
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

  /// Rows of tags that each stretch needs, kept from one to the next.
  struct Scratch {
    var local: [Double] = []
    var forward: [Double] = []
    var backward: [Double] = []
    var scales: [Double] = []
  }

  /// Adds what was observed less what the model expects, by the forward and backward sums, scaled at each word.
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

  /// How much each tag is drawn to the one after it; nothing where it cannot stand there.
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

  /// The most probable tags, by dynamic programming (Viterbi); of equals the first in the order of ``Tag``.
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
