import Agreement
import Testing

/// Weighted coefficients of any number of annotators.
@Suite struct WeightedTests {
  struct Suite: Decodable {
    struct Case: Decodable {
      struct Parts: Decodable {
        let value, pa, pe: Double
        let se, p: Double?
      }
      let name: String
      let values: [Int]
      let weights: String
      let items: [[Int?]]
      let expected: [String: Parts]
    }
    let cases: [Case]
  }

  static func study(_ items: [[Int?]], _ values: [Int]) -> CodingStudy {
    var study = CodingStudy(annotators: items[0].count)
    for item in items { study.append(item.map { $0.flatMap(values.firstIndex) }) }
    return study
  }

  static func weights(_ name: String, _ values: [Int]) -> AgreementWeights? {
    switch name {
    case "identity": .identity(categories: values.count)
    case "linear": .linear(values.map(Double.init))
    case "quadratic": .quadratic(values.map(Double.init))
    case "ordinal": .ordinal(categories: values.count)
    default: nil
    }
  }

  @Test func `AC2 and weighted Fleiss, Conger and Brennan-Prediger are irrCAC's, 672 values`() throws {
    let chances: [String: WeightedCoefficient.Chance] = [
      "ac2": .ac2, "fleiss": .fleiss, "conger": .conger, "bp": .brennanPrediger,
    ]
    var held = 0
    for one in try #require(Golden.load(Suite.self, prefix: "suite_weighted.").first).cases {
      let weights = try #require(Self.weights(one.weights, one.values))
      let study = Self.study(one.items, one.values)
      for (name, expected) in one.expected where name != "alpha" {
        let found = try WeightedCoefficient(try #require(chances[name]), weights: weights).coefficient(of: study)
        #expect(abs(found.value - expected.value) < 1e-9, "\(one.name) \(one.weights) \(name)")
        #expect(abs((found.observed ?? .nan) - expected.pa) < 1e-9, "\(one.name) \(one.weights) \(name)")
        #expect(abs((found.expected ?? .nan) - expected.pe) < 1e-9, "\(one.name) \(one.weights) \(name)")
        held += 3
      }
    }
    #expect(held == 672)
  }

  @Test func `standard errors and p of the five coefficients are irrCAC's, 520 values`() throws {
    let chances: [String: WeightedCoefficient.Chance] = [
      "ac2": .ac2, "fleiss": .fleiss, "conger": .conger, "bp": .brennanPrediger,
    ]
    var held = 0
    for one in try #require(Golden.load(Suite.self, prefix: "suite_weighted.").first).cases {
      let weights = try #require(Self.weights(one.weights, one.values))
      let study = Self.study(one.items, one.values)
      for (name, expected) in one.expected {
        let found =
          if let chance = chances[name] {
            try WeightedCoefficient(chance, weights: weights).significance(of: study)
          } else {
            try KrippendorffAlpha(Distance { 1 - weights.weight($0, $1) }).significance(of: study)
          }
        guard let se = expected.se, let p = expected.p else {
          #expect(found == nil, "\(one.name) \(one.weights) \(name)")
          continue
        }
        #expect(abs((found?.standardError ?? .nan) - se) < 1e-9, "\(one.name) \(one.weights) \(name)")
        #expect(abs((found?.p ?? .nan) / p - 1) < 1e-9, "\(one.name) \(one.weights) \(name)")
        held += 2
      }
    }
    #expect(held == 520)
  }

  @Test
  func `without weights they are AC1, Fleiss', Hubert's and Bennett's; annotators and doubled items change nothing`()
    throws
  {
    for seed in 0..<200 {
      var random = SeededGenerator(seed: UInt64(seed), stream: 5)
      let (annotators, categories) = (Int.random(in: 2...4, using: &random), Int.random(in: 2...4, using: &random))
      let items = (0..<12).map { _ in
        (0..<annotators).map { _ -> Int? in
          Int.random(in: 0...5, using: &random) == 0 ? nil : Int.random(in: 0..<categories, using: &random)
        }
      }
      let study = Self.study(items, Array(0..<categories))
      let mirrored = Self.study(items.map { $0.reversed() }, Array(0..<categories))
      let doubled = Self.study(items + items, Array(0..<categories))
      func value(_ measure: some Measure<CodingStudy>, _ study: CodingStudy) -> Double? {
        try? measure.coefficient(of: study).value
      }
      let plain: [(WeightedCoefficient.Chance, Double?)] = [
        (.ac2, value(GwetAC1(categories: categories), study)), (.fleiss, value(FleissKappa(), study)),
        (.conger, value(HubertKappa(), study)), (.brennanPrediger, value(BennettS(categories: categories), study)),
      ]
      for (chance, expected) in plain {
        let identity = WeightedCoefficient(chance, weights: .identity(categories: categories))
        let found = value(identity, study)
        #expect(found == expected || abs((found ?? .nan) - (expected ?? .nan)) < 1e-12, "\(seed) \(chance)")
        let ordinal = WeightedCoefficient(chance, weights: .ordinal(categories: categories))
        #expect(value(ordinal, study) == value(ordinal, mirrored), "\(seed) \(chance)")
        #expect(abs((value(ordinal, study) ?? 0) - (value(ordinal, doubled) ?? 0)) < 1e-12, "\(seed) \(chance)")
      }
    }
    #expect(AgreementWeights.ordinal(categories: .max).categories == 1024)
    #expect(AgreementWeights.ordinal(categories: .min).categories == 0)
    let study = Self.study([[0, 3], [1, 1]], [0, 1, 2, 3])
    #expect(throws: Undefined.invalid(.noSuchCategory)) {
      try WeightedCoefficient(.ac2, weights: .ordinal(categories: 3)).coefficient(of: study)
    }
  }
}
