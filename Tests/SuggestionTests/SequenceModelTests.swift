import Testing

@testable import Suggestion

@Suite struct SequenceModelTests {
  typealias Tag = SequenceModel.Tag

  /// A small generator of its own, so that a seed means the same everywhere.
  struct Seeded {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  private static func isAllowed(_ tags: [Tag]) -> Bool {
    tags.indices.allSatisfy { tags[$0].follows($0 > 0 ? tags[$0 - 1] : nil) }
  }

  @Test func `the tags found are the best of all that there are`() {
    var seeded = Seeded(state: 11)
    for _ in 0..<300 {
      let trust = (0..<6).flatMap { feature in
        Tag.allCases.map { (feature: feature, tag: $0, weight: Double(seeded.next(2001) - 1000) / 250) }
      }
      let model = SequenceModel(features: 6, trusting: trust)
      let words = (0..<(1 + seeded.next(5))).map { _ in (0..<(1 + seeded.next(3))).map { _ in seeded.next(6) } }
      func score(_ tags: [Tag]) -> Double {
        zip(words, tags).reduce(0) { sum, pair in
          sum
            + pair.0.reduce(0) { total, feature in
              total + (trust.first { $0.feature == feature && $0.tag == pair.1 }?.weight ?? 0)
            }
        }
      }
      var all: [[Tag]] = [[]]
      for _ in words { all = all.flatMap { start in Tag.allCases.map { start + [$0] } } }
      let best = all.filter(Self.isAllowed).map(score).max() ?? 0
      let found = model.tags(of: words)
      #expect(Self.isAllowed(found) && abs(score(found) - best) < 1e-9)
    }
  }

  @Test func `what examples show is learned, by words and by what came before`() {
    // A span begins at 0, goes on over 1 and ends before 2; 1 alone is outside.
    let stretches = [
      (words: [[2], [0], [1], [1], [2]], tags: [Tag.outside, .begins, .goesOn, .goesOn, .outside]),
      (words: [[1], [1], [2], [0], [2]], tags: [.outside, .outside, .outside, .begins, .outside]),
      (words: [[0], [1], [2], [1], [2]], tags: [.begins, .goesOn, .outside, .outside, .outside]),
    ]
    var model = SequenceModel(features: 3, trusting: [])
    let examples = Array(repeating: stretches, count: 20).joined()
    model.learn(from: examples.map { SequenceModel.Stretch(features: $0.words, tags: $0.tags) })
    for stretch in stretches { #expect(model.tags(of: stretch.words) == stretch.tags) }
    #expect(model.tags(of: [[1], [0], [1]]) == [.outside, .begins, .goesOn])
    #expect(model.tags(of: []) == [])
  }

  @Test func `without examples it stays with what it trusted`() {
    var model = SequenceModel(
      features: 2, trusting: [(feature: 0, tag: .begins, weight: 3), (feature: 1, tag: .outside, weight: 3)])
    model.learn(from: [])
    #expect(model.tags(of: [[0], [1], [0]]) == [.begins, .outside, .begins])
  }
}
