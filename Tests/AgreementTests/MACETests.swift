import Agreement
import Testing

/// Annotators' competence by the method of MACE.
@Suite struct MACETests {
  struct Suite: Decodable {
    struct Start: Decodable { let spamming, strategies: [[Double]] }
    struct Run: Decodable {
      let method, starts: String
      let iterations: Int
      let logLikelihood: Double
      let spamming, strategies, posteriors: [[Double]]
    }
    struct Set: Decodable {
      let name: String
      let categories: Int
      let items: [[Int?]]
      let starts: [String: [Start]]
      let runs: [Run]
    }
    let sets: [Set]
  }

  private static func greatest(_ a: [[Double]], _ b: [[Double]]) -> Double {
    let (a, b) = (a.flatMap { $0 }, b.flatMap { $0 })
    return a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
  }

  @Test func `from the same starts every number is crowd-kit's, by EM and by variational Bayes`() throws {
    var runs = 0
    for set in try #require(Golden.load(Suite.self, prefix: "suite_mace.").first).sets {
      for run in set.runs {
        let starts = try #require(set.starts[run.starts]).map {
          MACE.Start(spamming: $0.spamming, strategies: $0.strategies)
        }
        let found = try MACE(
          items: set.items, categories: set.categories,
          training: run.method == "em" ? .expectationMaximisation : .variationalBayes, iterations: run.iterations,
          starts: starts)
        let name = "\(set.name) \(run.method) \(run.iterations)"
        #expect(Self.greatest(found.spamming, run.spamming) < 1e-9, "\(name)")
        #expect(Self.greatest(found.strategies, run.strategies) < 1e-9, "\(name)")
        #expect(Self.greatest(found.posteriors, run.posteriors) < 1e-9, "\(name)")
        #expect(abs(found.logLikelihood - run.logLikelihood) < 1e-9, "\(name)")
        runs += 1
      }
    }
    #expect(runs == 20)
  }

  /// Annotators of whom the last guesses.
  private static func items(_ seed: Int, _ count: Int = 60) -> (items: [[Int?]], truth: [Int]) {
    var random = SeededGenerator(seed: UInt64(seed), stream: 13)
    var (items, truths): ([[Int?]], [Int]) = ([], [])
    for _ in 0..<count {
      let truth = Int.random(in: 0...2, using: &random)
      truths.append(truth)
      items.append(
        [0.9, 0.8, 0.7, 0].map { known in
          if Int.random(in: 0...9, using: &random) == 0 { return nil }
          return Double.random(in: 0..<1, using: &random) < known ? truth : Int.random(in: 0...2, using: &random)
        })
    }
    return (items, truths)
  }

  @Test func `whoever guesses is trusted least, and the labels are better than chance`() throws {
    for seed in 0..<10 {
      let (items, truth) = Self.items(seed, 200)
      let found = try MACE(items: items, categories: 3)
      let competences = (0..<4).map { found.competence(of: $0) }
      #expect(competences.min() == competences[3], "\(seed)")
      #expect(zip(found.labels, truth).count { $0 == $1 } > 170, "\(seed)")
    }
  }

  @Test func `no digit depends on the order of items, and the same seed gives the same digits`() throws {
    for seed in 0..<20 {
      let (items, _) = Self.items(seed)
      var random = SeededGenerator(seed: UInt64(seed), stream: 17)
      let order = items.indices.shuffled(using: &random)
      let found = try MACE(items: items, categories: 3)
      let other = try MACE(items: order.map { items[$0] }, categories: 3)
      #expect(other.spamming == found.spamming && other.posteriors == order.map { found.posteriors[$0] })
      let counted = try MACE(items: items, counts: items.map { _ in 2 }, categories: 3)
      let doubled = try MACE(items: items + items, categories: 3)
      #expect(counted.spamming == doubled.spamming)
      for row in found.posteriors { #expect(abs(row.reduce(0, +) - 1) < 1e-12) }
    }
  }

  @Test func `hundreds of annotators of one item leave numbers, and what cannot be estimated is refused`() throws {
    let crowd = try MACE(items: [[Int?]](repeating: [Int?](repeating: 1, count: 900), count: 2), categories: 2)
    #expect(crowd.labels == [1, 1] && crowd.posteriors.joined().allSatisfy(\.isFinite))
    #expect(throws: Undefined.noPairableItems) { try MACE(items: [[nil, nil]], categories: 2) }
    #expect(throws: Undefined.invalid(.noSuchCategory)) { try MACE(items: [[2]], categories: 2) }
    #expect(throws: Undefined.invalid(.annotatorsMissing)) { try MACE(items: [[0], [0, 1]], categories: 2) }
    #expect(throws: Undefined.invalid(.settingOutOfRange)) { try MACE(items: [[0]], categories: 2, iterations: -1) }
    #expect(throws: Undefined.invalid(.settingOutOfRange)) { try MACE(items: [[0]], categories: 2, restarts: 0) }
    #expect(throws: Undefined.invalid(.settingOutOfRange)) {
      try MACE(items: [[0]], categories: 2, starts: [MACE.Start(spamming: [[0, 1]], strategies: [[1, 1]])])
    }
    #expect(throws: Undefined.invalid(.malformedItems)) { try MACE(items: [[0]], counts: [1, 2], categories: 2) }
  }
}
