import Agreement
import Testing

/// Annotators' error rates by the method of Dawid and Skene.
@Suite struct DawidSkeneTests {
  struct Suite: Decodable {
    struct Result: Decodable {
      let marginals: [Double]
      let errorRates: [[[Double]]]
      let posteriors: [[Double]]
    }
    struct Step: Decodable {
      let count: Int
      let marginals: [Double]
      let errorRates: [[[Double]]]
      let posteriors: [[Double]]
    }
    /// Patient, observer and response, each counted from 1; observer 1 responded three times.
    let rows: [[Int]]
    let published: Result
    let iterations: [Step]

    var responses: [[[Int]]] {
      var responses = [[[Int]]](repeating: [[Int]](repeating: [], count: 5), count: 45)
      for row in rows { responses[row[0] - 1][row[1] - 1].append(row[2] - 1) }
      return responses
    }
  }

  static func load() throws -> Suite {
    try #require(Golden.load(Suite.self, prefix: "suite_dawid_skene.").first)
  }

  private static func greatest(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
  }

  @Test func `the anaesthetists of 1979 come out as published, to two decimals`() throws {
    let suite = try Self.load()
    let found = try DawidSkene(responses: suite.responses, categories: 4)
    #expect(Self.greatest(found.prevalence, suite.published.marginals) < 0.0051)
    #expect(
      Self.greatest(
        found.errorRates.flatMap { $0.flatMap { $0 } }, suite.published.errorRates.flatMap { $0.flatMap { $0 } })
        < 0.0051)
    #expect(Self.greatest(found.posteriors.flatMap { $0 }, suite.published.posteriors.flatMap { $0 }) < 0.0051)
  }

  @Test func `each iteration is that of another program, to nine decimals`() throws {
    let suite = try Self.load()
    for step in suite.iterations {
      let found = try DawidSkene(responses: suite.responses, categories: 4, iterations: step.count, tolerance: 0)
      #expect(Self.greatest(found.prevalence, step.marginals) < 1e-9, "\(step.count)")
      #expect(
        Self.greatest(found.errorRates.flatMap { $0.flatMap { $0 } }, step.errorRates.flatMap { $0.flatMap { $0 } })
          < 1e-9, "\(step.count)")
      #expect(Self.greatest(found.posteriors.flatMap { $0 }, step.posteriors.flatMap { $0 }) < 1e-9, "\(step.count)")
    }
  }

  @Test func `no digit depends on the order of items, doubled items change nothing, annotators keep their rates`()
    throws
  {
    for seed in 0..<30 {
      var random = SeededGenerator(seed: UInt64(seed), stream: 79)
      let items = (0..<20).map { _ in
        let truth = Int.random(in: 0...2, using: &random)
        return (0..<3).map { _ -> Int? in
          switch Int.random(in: 0...9, using: &random) {
          case 0: nil
          case 1...2: Int.random(in: 0...2, using: &random)
          default: truth
          }
        }
      }
      let found = try DawidSkene(items: items, categories: 3, iterations: 50)
      let shuffled = items.indices.shuffled(using: &random)
      let other = try DawidSkene(items: shuffled.map { items[$0] }, categories: 3, iterations: 50)
      #expect(other.errorRates == found.errorRates && other.posteriors == shuffled.map { found.posteriors[$0] })
      let doubled = try DawidSkene(items: items + items, categories: 3, iterations: 50)
      #expect(Self.greatest(doubled.prevalence, found.prevalence) < 1e-9)
      let turned = try DawidSkene(items: items.map { $0.reversed() }, categories: 3, iterations: 50)
      #expect(
        Self.greatest(
          turned.errorRates.reversed().flatMap { $0.flatMap { $0 } }, found.errorRates.flatMap { $0.flatMap { $0 } })
          < 1e-6)
      for row in found.posteriors { #expect(abs(row.reduce(0, +) - 1) < 1e-12) }
    }
  }

  @Test func `perfect annotators have no errors, and what cannot be estimated is refused`() throws {
    let found = try DawidSkene(items: [[0, 0, 0], [1, 1, 1], [nil, 1, 1], [nil, nil, nil]], categories: 2)
    #expect(found.labels == [0, 1, 1, 1] && (0..<3).allSatisfy { found.competence(of: $0) == 1 })
    #expect(found.posteriors[3] == found.prevalence)
    #expect(throws: Undefined.noPairableItems) { try DawidSkene(items: [[nil]], categories: 2) }
    #expect(throws: Undefined.invalid(.noSuchCategory)) { try DawidSkene(items: [[2]], categories: 2) }
    #expect(throws: Undefined.invalid(.noSuchCategory)) { try DawidSkene(items: [[-1]], categories: 2) }
    #expect(throws: Undefined.invalid(.annotatorsMissing)) { try DawidSkene(items: [[0], [0, 1]], categories: 2) }
    #expect(throws: Undefined.invalid(.settingOutOfRange)) { try DawidSkene(items: [[0]], categories: .max) }
    #expect(throws: Undefined.invalid(.settingOutOfRange)) {
      try DawidSkene(items: [[0]], categories: 2, iterations: 0)
    }
  }
}
