import Standoff

/// Decides whether two stretches of content, one after the other, are fragments of one span, as in *“It is late,” she said,
/// “and we are tired.”*
///
/// A logistic regression over what stands between them.
struct FragmentJoiner: Sendable, Equatable {
  /// The weights of hashed features.
  var weights: [Float]

  static let size = 1024

  /// What stands between two stretches, as hashed features.
  ///
  /// - Parameter others: the sources and cues of the paragraph.
  static func features(
    _ a: Range<Int>, _ b: Range<Int>, in paragraph: FieldParagraph, _ others: [LikelySpan]
  ) -> [Int] {
    let words = paragraph.words
    let gap = a.upperBound..<b.lowerBound
    let between = others.filter { gap.contains($0.words.lowerBound) }
    let covered = between.reduce(0) { $0 + $1.words.count }
    let (last, first) = (words[a.upperBound - 1], words[b.lowerBound])
    let beforeLast = a.count > 1 ? words[a.upperBound - 2].mark : 0
    let next = gap.isEmpty ? 0 : words[gap.lowerBound].mark
    let end = gap.isEmpty ? 0 : words[gap.upperBound - 1].mark
    let quoted = { (range: Range<Int>) in
      let count = range.count { words[$0].quotationStart >= 0 }
      return count == 0 ? 0 : count == range.count ? 2 : 1
    }
    let isSameQuotation = first.quotationStart >= 0 && first.quotationStart == last.quotationStart
    let values = [
      min(3, first.sentence - last.sentence), FieldFeatures.bucket(gap.count - covered),
      FieldFeatures.bucket(gap.count),
      Set(between.map(\.label)).sorted().reduce(1) { $0 * 7 + $1 }, last.mark * 20 + beforeLast, next, end,
      first.isCapitalised ? 1 : 0, first.mark, quoted(a) * 3 + quoted(b), isSameQuotation ? 1 : 0,
      gap.contains { words[$0].has(.conjunctions) } ? 1 : 0, min(3, between.count),
    ]
    var found = [0]
    func add(_ name: Int, _ value: Int, _ other: Int = 0) {
      var hash = FeatureHash(name)
      hash.add(value)
      hash.add(other)
      found.append(1 + Int(hash.key) % (size - 1))
    }
    for (i, value) in values.enumerated() {
      add(i, value)
      for j in values.indices where j > i { add(100 + i * values.count + j, value, values[j]) }
    }
    return found
  }

  func probability(_ features: [Int]) -> Double {
    let score = features.reduce(Float(0)) { $0 + weights[$1] }
    return Double(1 / (1 + Exponential.of(SIMD8(repeating: -score))[0]))
  }

  /// Learns from pairs of stretches, and whether each is of one span.
  static func learned(_ examples: [(features: [Int], isOne: Bool)]) -> FragmentJoiner {
    var joiner = FragmentJoiner(weights: [Float](repeating: 0, count: size))
    var squares = [Float](repeating: 0.1, count: size)
    for _ in 0..<20 {
      for (features, isOne) in examples {
        let slope = Float((isOne ? 1 : 0) - joiner.probability(features))
        for feature in features {
          let value = slope - 0.001 * joiner.weights[feature]
          squares[feature] += value * value
          joiner.weights[feature] += 0.1 * value / squares[feature].squareRoot()
        }
      }
    }
    return joiner
  }
}
