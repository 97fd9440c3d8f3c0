import Testing

@testable import Agreement

/// Gamma against its definition written out.
@Suite struct GammaLawTests {
  static let samplers: [Gamma.Sampler] = [.shuffle(.mean), .shuffle(.half), .statistical]

  static func tallies(
    _ study: UnitizingStudy, _ measure: Dissimilarity, _ sampler: Gamma.Sampler, samples: Int = 4, seed: UInt64 = 1,
    isSoft: Bool = false, precision: Double? = nil
  ) throws -> Tallies<GammaTally> {
    var drawing = GammaTally.Drawing()
    (drawing.sampler, drawing.samples, drawing.seed) = (sampler, samples, seed)
    (drawing.isSoft, drawing.precision) = (isSoft, precision)
    return try GammaTally.tallies(of: study, by: measure, labels: 3, drawing)
  }

  @Test(arguments: samplers, [false, true])
  func `gamma hangs on each document's units, the seed and the settings alone`(
    sampler: Gamma.Sampler, isSoft: Bool
  ) throws {
    for number in 0..<8 {
      var random = SeededGenerator(seed: UInt64(number))
      let study = ContinuumLawTests.study(&random, length: 45, absent: 0.2) {
        ContinuumLawTests.layers(&$0, 3, units: 0...4, length: 30)
      }
      let measure = ContinuumLawTests.dissimilarity(&random)
      func tallies(_ study: UnitizingStudy, samples: Int = 4, seed: UInt64 = 1) throws -> Tallies<GammaTally> {
        try Self.tallies(study, measure, sampler, samples: samples, seed: seed, isSoft: isSoft)
      }
      let found = try tallies(study)
      var (shuffled, turned) = (UnitizingStudy(annotators: 3), UnitizingStudy(annotators: 3))
      for continuum in study.continua.shuffled(using: &random) {
        shuffled.append(continuum)
        let units = continuum.units.reversed().map { $0.map { Array($0.reversed()) } }
        turned.append(UnitizingStudy.Continuum(length: continuum.length, units: units))
      }
      #expect(try tallies(shuffled).total == found.total, "\(number)")
      for place in study.continua.indices {
        let alone = try tallies(study.document(place))
        #expect(try alone.total == found[place] && alone[0] == found[place], "\(number)")
      }
      // What is observed hangs neither on who is named first nor on the seed.
      #expect(try tallies(turned).total.ratio(.overall, of: 0) == found.total.ratio(.overall, of: 0), "\(number)")
      let counts = found.total.counts
      let (more, other) = (try tallies(study, samples: 6).total.counts, try tallies(study, seed: 2).total.counts)
      #expect(more.starts(with: counts) && counts[..<11] == other[..<11], "\(number)")
      #expect((counts == other) == (found.total.units == 0), "\(number)")
      try Self.hold(found.total, study, measure, isSoft, "\(number)")
    }
  }

  /// Holds gammas to the best alignments written out.
  static func hold(
    _ tally: GammaTally, _ study: UnitizingStudy, _ measure: Dissimilarity, _ isSoft: Bool, _ name: Comment
  ) throws {
    var (cost, mean) = (0.0, 0.0)
    // By label, and for all.
    var (apart, weights) = ([0.0, 0, 0, 0], [0.0, 0, 0, 0])
    for layers in study.continua.map({ $0.units.compactMap { $0 } }) where layers.count > 1 {
      let best = try BestAlignment(layers, by: measure, isSoft: isSoft)
      cost += best.cost
      mean += Double(layers.joined().count) / Double(layers.count)
      for unitary in best.unitary {
        let units = unitary.units.enumerated().compactMap { annotator, unit in unit.map { layers[annotator][$0] } }
        for (index, one) in units.enumerated() {
          for other in units[..<index] {
            let (place, label) = ContinuumLawTests.apart(one, other, measure)
            let weight = max(0, 1 - place) / Double(units.count - 1)
            for kind in Set([one.label, other.label, 3]) {
              apart[kind] += weight * label
              weights[kind] += weight
            }
          }
        }
      }
    }
    let kinds: [Gamma.Kind] = [.label(0), .label(1), .label(2), .categories, .overall]
    for (kind, (above, below)) in zip(kinds, zip(apart + [cost], weights + [mean])) {
      let drawn = (1...tally.samples).compactMap { tally.ratio(kind, of: $0) }
      let expected = drawn.reduce(0, +) / Double(drawn.count) * measure.deltaEmpty
      if below > 0, expected > 0 {
        let found = try Gamma(kind).coefficient(of: tally)
        #expect(abs((found.observed ?? -1) - above / below) < 1e-12, name)
        #expect(above > 0 ? abs(found.value - (1 - above / below / expected)) < 1e-12 : found.value == 1, name)
      } else {
        let isAligned = below > 0 && !drawn.isEmpty
        let reason: Undefined = mean == 0 ? .noSpans : isAligned ? .oneCategory : .noAlignedUnits
        #expect(throws: reason, name) { try Gamma(kind).coefficient(of: tally) }
      }
    }
  }

  @Test(arguments: samplers) func `gamma of annotators who agree is 1, undefined where nobody marks anything`(
    sampler: Gamma.Sampler
  ) throws {
    for seed in 0..<10 {
      var random = SeededGenerator(seed: UInt64(seed))
      let study = ContinuumLawTests.study(&random, length: 30, absent: 0) {
        let layers = ContinuumLawTests.layers(&$0, 1, units: seed == 0 ? 0...0 : 1...4, length: 20)
        return layers + layers + layers
      }
      let tally = try Self.tallies(study, Dissimilarity(), sampler).total
      try Self.hold(tally, study, Dissimilarity(), false, "\(seed)")
      guard seed > 0 else { continue }
      #expect(try Gamma(.overall).coefficient(of: tally).value == 1)
    }
  }

  @Test(arguments: samplers) func `gamma is as precise as asked for, and the same for any cost of an empty unit`(
    sampler: Gamma.Sampler
  ) throws {
    for seed in 0..<4 {
      var random = SeededGenerator(seed: UInt64(seed))
      let study = ContinuumLawTests.study(&random, length: 60, absent: 0) {
        ContinuumLawTests.layers(&$0, 2, units: 2...4, length: 50)
      }
      func gamma(_ deltaEmpty: Double, _ precision: Double? = nil) throws -> Coefficient {
        let measure = Dissimilarity(alpha: 2, beta: 0.7, deltaEmpty: deltaEmpty)
        let tallies = try Self.tallies(study, measure, sampler, samples: 5, precision: precision)
        return try Gamma(.overall).coefficient(of: tallies.total)
      }
      func error(_ gamma: Coefficient) -> Double { 1.96 * (gamma.sampling?.standardError ?? 1) / (gamma.expected ?? 0) }
      let (found, precise) = (try gamma(1), try gamma(1, 0.05))
      #expect(error(precise) < 0.05 + 1e-12 && found.sampling?.samples == 5, "\(seed)")
      let drawn = try Self.tallies(study, Dissimilarity(), sampler, samples: 5, precision: 0.1).total
      let all = try Self.tallies(study, Dissimilarity(), sampler, samples: drawn.samples).total
      #expect(drawn.counts == all.counts, "\(seed)")
      #expect((precise.sampling?.samples ?? 0 > 5) == (error(found) > 0.05), "\(seed)")
      for deltaEmpty in [0.3, 0.5, 7] {
        let other = try gamma(deltaEmpty)
        #expect(abs(other.value - found.value) < 1e-9, "\(seed)")
        #expect(abs((other.expected ?? 0) / deltaEmpty - (found.expected ?? 0)) < 1e-9, "\(seed)")
      }
    }
  }

  @Test func `a search that is stopped says between which values gamma is`() throws {
    var random = SeededGenerator(seed: 4)
    let layers = ContinuumLawTests.layers(&random, 5, units: 9...9, length: 120, longest: 12)
    var study = UnitizingStudy(annotators: 5)
    study.append(UnitizingStudy.Continuum(length: 120, units: layers))
    func tally(_ limit: SearchLimit) throws -> GammaTally {
      var drawing = GammaTally.Drawing()
      (drawing.samples, drawing.limit) = (3, limit)
      return try GammaTally.tallies(of: study, by: Dissimilarity(), labels: 3, drawing).total
    }
    let exact = try Gamma(.overall).coefficient(of: tally(SearchLimit()))
    #expect(exact.proved == nil)
    for gap in [0.5, 0.05, 0.01] {
      let found = try Gamma(.overall).coefficient(of: tally(SearchLimit(gap: gap)))
      let proved = found.proved ?? found.value...found.value
      #expect(proved.contains(exact.value) && proved.contains(found.value), "\(gap)")
      #expect(try found == Gamma(.overall).coefficient(of: tally(SearchLimit(gap: gap))), "\(gap)")
    }
    // Stopped at once: there is an alignment, and something is proved of it, but nothing of its labels.
    let stopped = try tally(SearchLimit(deadline: .now))
    let found = try Gamma(.overall).coefficient(of: stopped)
    #expect(try #require(found.proved).contains(exact.value))
    #expect(throws: Undefined.notProved) { try Gamma(.categories).coefficient(of: stopped) }
  }

  @Test(arguments: [false, true]) func `what is proved of an alignment is never more than the best costs`(
    isSoft: Bool
  ) throws {
    for seed in 0..<40 {
      var random = SeededGenerator(seed: UInt64(seed))
      let layers = ContinuumLawTests.layers(&random, 3 + seed % 3, units: 2...7, length: 60, longest: 12)
      let best = try BestAlignment(layers, isSoft: isSoft).cost
      for limit in [SearchLimit(gap: 0.1), SearchLimit(gap: 0.001), SearchLimit(deadline: .now)] {
        let found = try BestAlignment(layers, isSoft: isSoft, limit: limit)
        #expect(found.provedCost <= best + 1e-9 && found.cost >= best - 1e-9, "\(seed)")
        // A search that is stopped leaves no unit out, and none is in two unitary alignments.
        for (annotator, layer) in layers.enumerated() where !isSoft {
          #expect(found.unitary.compactMap { $0.units[annotator] }.sorted() == Array(layer.indices), "\(seed)")
        }
        if limit.deadline == nil { #expect(found.cost - found.provedCost <= limit.gap * found.cost + 1e-9, "\(seed)") }
      }
      // Stopped anywhere on the way, with candidates listed by their prices.
      let places = layers.map { $0.map(Dissimilarity.Place.init) }
      var candidates = UnitaryCandidates(places, Dissimilarity())
      let alone = candidates.pairs * UnitaryCandidates.scale
      func gain(_ chosen: SetPacking.Sets) -> Int {
        chosen.gains.reduce(0, +) - (isSoft ? (chosen.members.count - Set(chosen.members).count) * alone : 0)
      }
      let shared = isSoft ? alone : nil
      let most = gain(candidates.best(shared: shared, listingUpTo: 0).chosen)
      for microseconds in [100, 400, 1_600, 6_400] {
        let limit = SearchLimit(deadline: .now + .microseconds(microseconds))
        let found = candidates.best(shared: shared, listingUpTo: 0, until: limit)
        #expect(gain(found.chosen) <= most && gain(found.chosen) + found.open >= most, "\(seed)")
      }
    }
  }
}
