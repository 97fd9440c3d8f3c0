import Glibc
import Testing

@testable import Suggestion

@Suite struct RandomFieldTests {
  /// A small generator of its own, so that a seed means the same everywhere.
  struct Seeded {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    mutating func weight() -> Float { Float(next(2001) - 1000) / 500 }
  }

  /// Six features of one template, and a field with weights at random.
  private static func field(_ seeded: inout Seeded, labels: [String]) -> RandomField {
    let tags = FieldTags(labels: labels)
    var field = RandomField(tags: tags, rows: FeatureRows([1, 2, 3, 4, 5, 6]))
    for place in field.weights.indices {
      for lane in 0..<8 where 8 * (place % tags.blocks) + lane < tags.count {
        field.weights[place][lane] = seeded.weight()
      }
    }
    for place in field.moves.indices where place % tags.stride < tags.count { field.moves[place] = seeded.weight() }
    return field
  }

  @Test func `probabilities of tags are those of all sequences that there are`() {
    var seeded = Seeded(state: 7)
    for round in 0..<60 {
      let labels = round % 3 == 0 ? ["a", "b"] : ["a"]
      let field = Self.field(&seeded, labels: labels)
      let count = 1 + seeded.next(4)
      let features = (0..<count).map { _ in (0..<(1 + seeded.next(3))).map { _ in seeded.next(6) } }
      let contexts = (0..<count).map { _ in UInt8(seeded.next(5)) }
      var sequences: [[Int]] = [[]]
      for place in 0..<count {
        sequences = sequences.flatMap { start in
          (0..<field.tags.count).filter { tag in
            start.last.map { FieldTags.follows(tag, $0) } ?? FieldTags.canBegin(tag)
          }.map { start + [$0] }
        }
        if place == count - 1 { sequences = sequences.filter { FieldTags.canEnd($0[count - 1]) } }
      }
      let weights = sequences.map { tags in
        var score = 0.0
        for (place, tag) in tags.enumerated() {
          for feature in features[place] {
            score += Double(field.weights[feature * field.tags.blocks + tag / 8][tag % 8])
          }
          if place > 0 {
            let row = (Int(contexts[place]) * field.tags.count + tags[place - 1]) * field.tags.stride
            score += Double(field.moves[row + tag])
          }
        }
        return exp(score)
      }
      let total = weights.reduce(0, +)
      var sums = FieldSums(field.tags)
      var starts = [0]
      for found in features { starts.append(starts[starts.count - 1] + found.count) }
      sums.compute(
        features.joined().map { Int32($0) }, starts, contexts, first: 0, count: count, weights: field.weights,
        moves: field.exponentialMoves())
      for place in 0..<count {
        for tag in 0..<field.tags.count {
          let wanted = zip(sequences, weights).reduce(0) { $0 + ($1.0[place] == tag ? $1.1 : 0) } / total
          let found = Double(sums.probabilities(place, tag / 8)[tag % 8])
          #expect(abs(found - wanted) < 1e-4, "\(found), \(wanted)")
        }
      }
    }
  }

  @Test func `tags begin, go on and end as BIES says, and the shorter of two that overlap stays`() {
    let tags = FieldTags(labels: ["a", "b"])
    #expect(tags.count == 9 && tags.stride == 16)
    #expect(tags.tags([(0, 1..<4), (1, 5..<6)], count: 7) == [0, 1, 2, 3, 0, 8, 0])
    #expect(tags.tags([(0, 0..<4), (1, 1..<3)], count: 4) == [0, 5, 7, 0])
    for from in 0..<9 { #expect((0..<9).contains { FieldTags.follows($0, from) }) }
    #expect(!FieldTags.canEnd(1) && !FieldTags.canBegin(2) && !FieldTags.follows(0, 1) && !FieldTags.follows(6, 1))
  }

  @Test func `those spans are taken whose probabilities exceed their thresholds by most, taken together`() {
    func span(_ words: Range<Int>, _ probability: Double) -> LikelySpan {
      LikelySpan(label: 0, words: words, probability: probability)
    }
    let all = [span(0..<4, 0.7), span(0..<2, 0.6), span(2..<4, 0.55), span(5..<6, 0.2)]
    #expect(all.best(over: [0.3]) == [all[1], all[2]])
    #expect(all.best(over: [0.5]) == [all[0]])
    #expect(all.best(over: [0.1]).last == all[3])
  }

  @Test func `exponentials and logarithms are those of the C library, to their precision`() {
    for step in -3000...3000 {
      let x = Float(step) / 50
      let found = Exponential.of(SIMD8(repeating: x))[3]
      #expect(abs(Double(found) / exp(Double(x)) - 1) < 1e-6)
    }
    #expect(Exponential.of(SIMD8(repeating: -200))[0] == 0)
    for step in 1...2000 {
      let x = Double(step) / 400
      #expect(abs(Logarithm.of(x) - log(x)) < 1e-13)
      #expect(abs(Logarithm.logistic(x) - 1 / (1 + exp(-x))) < 1e-12)
    }
  }

  @Test func `what a finder is worth is where the likelihood is highest`() {
    // One of four without the flag was right, three of four with it: logits of −ln 3 and ln 3, but for the prior.
    var values = [Double](repeating: 0, count: Candidate.count)
    values[0] = 1
    var flagged = values
    flagged[1] = 1
    let examples = (0..<20_000).map {
      (values: $0 % 2 == 0 ? values : flagged, isRight: $0 % 8 < 2 ? $0 % 2 == 0 : $0 % 2 == 1)
    }
    let worth = Worth(weights: [Double](repeating: 0, count: Candidate.count), threshold: 0.35)
      .learned(from: examples, wanted: 10_000)
    #expect(abs(worth.probability(values) - 0.25) < 0.002)
    #expect(abs(worth.probability(flagged) - 0.75) < 0.002)
  }
}
