import Glibc
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

  @Test func `the slopes of learning are those of the probability, by finite differences`() {
    var seeded = Seeded(state: 5)
    func weight() -> Double { Double(seeded.next(2001) - 1000) / 500 }
    let tagged: [[Tag]] = [[.begins, .goesOn, .outside, .begins], [.outside], [.begins, .resumes, .goesOn]]
    for tags in tagged {
      let words = tags.map { _ in Array(Set((0..<3).map { _ in seeded.next(4) })).sorted() }
      var model = SequenceModel(
        features: 4,
        trusting: (0..<4).flatMap { feature in Tag.allCases.map { (feature: feature, tag: $0, weight: weight()) } })
      for index in model.transitions.indices { model.transitions[index] = weight() }
      /// The logarithm of the probability of the tags, over all that there are.
      func logarithm(_ model: SequenceModel) -> Double {
        func score(_ tags: [Tag]) -> Double {
          let local = zip(words, tags).reduce(0) { sum, pair in
            pair.0.reduce(sum) { $0 + model.weights[Tag.allCases.count * $1 + pair.1.rawValue] }
          }
          return zip(tags, tags.dropFirst()).reduce(local) { sum, pair in
            sum + model.transitions[Tag.allCases.count * pair.0.rawValue + pair.1.rawValue]
          }
        }
        var all: [[Tag]] = [[]]
        for _ in words { all = all.flatMap { start in Tag.allCases.map { start + [$0] } } }
        return score(tags) - log(all.filter(Self.isAllowed).reduce(0) { $0 + exp(score($1)) })
      }
      var slopes = [Double](repeating: 0, count: model.weights.count + model.transitions.count)
      var scratch = SequenceModel.Scratch()
      model.addSlopes(of: SequenceModel.Stretch(features: words, tags: tags), to: &slopes, &scratch)
      let step = 1e-5
      for index in slopes.indices {
        func moved(_ by: Double) -> SequenceModel {
          var moved = model
          if index < model.weights.count {
            moved.weights[index] += by
          } else {
            moved.transitions[index - model.weights.count] += by
          }
          return moved
        }
        let difference = (logarithm(moved(step)) - logarithm(moved(-step))) / (2 * step)
        #expect(abs(slopes[index] - difference) < 1e-7, "\(index): \(slopes[index]), \(difference)")
      }
      #expect(slopes.contains { abs($0) > 0.01 })
    }
  }
}
