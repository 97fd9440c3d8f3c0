/// A stretch of words that a field finds likely to be a span.
struct LikelySpan: Equatable {
  /// The label, by its place in the field's tags.
  let label: Int
  let words: Range<Int>
  /// The probability that exactly these words are a span of the label, given the field.
  let probability: Double
}

extension RandomField {
  /// All stretches of a paragraph's words that are a span with at least a given probability.
  ///
  /// The probability sums all ways to tag the rest, by forward and backward sums.
  ///
  /// - Complexity: O(*words* · *templates* · *tags* + *words* · *tags*²).
  func spans(in features: FieldFeatures, atLeast least: Float, moves: [SIMD8<Float>], _ sums: inout FieldSums)
    -> [LikelySpan]
  {
    guard features.count > 0 else { return [] }
    let (rows, starts) = rows.rows(features.keys)
    sums.compute(
      rows, starts, features.contexts, first: 0, count: features.count, weights: weights, moves: moves)
    let blocks = tags.blocks
    func value(_ path: [SIMD8<Float>], _ word: Int, _ tag: Int) -> Float { path[word * blocks + tag / 8][tag % 8] }
    func move(_ word: Int, _ from: Int, _ to: Int) -> Float {
      moves[(Int(features.contexts[word]) * tags.count + from) * blocks + to / 8][to % 8]
    }
    var found: [LikelySpan] = []
    for label in tags.labels.indices {
      let (begins, inside) = (FieldTags.begins(label), FieldTags.inside(label))
      let (ends, single) = (FieldTags.ends(label), FieldTags.single(label))
      for start in 0..<features.count {
        let alone = value(sums.forward, start, single) * value(sums.backward, start, single)
        if alone >= least {
          found.append(LikelySpan(label: label, words: start..<(start + 1), probability: Double(alone)))
        }
        var open = value(sums.forward, start, begins)
        if open * value(sums.backward, start, begins) < least { continue }
        var previous = begins
        for word in (start + 1)..<max(start + 1, features.count) {
          let scale = open / sums.scales[word]
          let closed =
            scale * move(word, previous, ends) * value(sums.local, word, ends) * value(sums.backward, word, ends)
          if closed >= least {
            found.append(LikelySpan(label: label, words: start..<(word + 1), probability: Double(closed)))
          }
          open = scale * move(word, previous, inside) * value(sums.local, word, inside)
          previous = inside
          if open * value(sums.backward, word, inside) < least / 2 { break }
        }
      }
    }
    return found
  }
}

extension [LikelySpan] {
  /// Those that do not overlap and whose probabilities exceed the thresholds of their labels by most, taken together:
  /// weighted interval scheduling.
  ///
  /// - Parameter thresholds: one for each label.
  /// - Complexity: O(*n* log *n*).
  func best(over thresholds: [Double]) -> [LikelySpan] {
    let candidates = filter { $0.probability > thresholds[$0.label] }
      .sorted {
        ($0.words.upperBound, $0.words.lowerBound, $0.label) < ($1.words.upperBound, $1.words.lowerBound, $1.label)
      }
    var best = [0.0]
    var earlier: [Int] = []
    var isTaken: [Bool] = []
    for (place, span) in candidates.enumerated() {
      var (low, high) = (0, place)
      while low < high {
        let middle = (low + high) / 2
        if candidates[middle].words.upperBound <= span.words.lowerBound { low = middle + 1 } else { high = middle }
      }
      earlier.append(low)
      let value = best[low] + span.probability - thresholds[span.label]
      isTaken.append(value > best[place])
      best.append(Swift.max(value, best[place]))
    }
    var taken: [LikelySpan] = []
    var place = candidates.count
    while place > 0 {
      if isTaken[place - 1] {
        taken.append(candidates[place - 1])
        place = earlier[place - 1]
      } else {
        place -= 1
      }
    }
    return taken.reversed()
  }
}
