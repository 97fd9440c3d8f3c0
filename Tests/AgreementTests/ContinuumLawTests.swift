import Testing

@testable import Agreement

/// Best alignments against all that there are.
@Suite struct ContinuumLawTests {
  typealias Unit = UnitizingStudy.Unit

  /// Units of annotators: new ones, and 3 of so many that are another's or their own once more, moved, or nested in them.
  static func layers(
    _ random: inout SeededGenerator, _ annotators: Int, units: ClosedRange<Int>, length: Int, longest: Int = 9,
    of variety: Int = 5
  ) -> [[Unit]] {
    var all: [Unit] = []
    return (0..<annotators).map { _ in
      (0..<Int.random(in: units, using: &random)).map { _ in
        let start = Int.random(in: 0..<length, using: &random)
        let label = Int.random(in: 0...2, using: &random)
        var unit = Unit(start..<start + Int.random(in: 1...longest, using: &random), label: label)
        if let old = all.randomElement(using: &random) {
          let (start, end, shift) = (old.hull.lowerBound, old.hull.upperBound, Int.random(in: 0...3, using: &random))
          switch Int.random(in: 0..<variety, using: &random) {
          case 0: unit = old
          case 1: unit = Unit(start + shift..<end + 3, label: old.label)
          case 2: unit = Unit(start..<max(start + 1, end - shift), label: label)
          default: break
          }
        }
        all.append(unit)
        return unit
      }
    }
  }

  static func dissimilarity(_ random: inout SeededGenerator) -> Dissimilarity {
    let matrix = [[0, 0.3, 1], [0.3, 0, 0.5], [1, 0.5, 0]]
    let categorical: [Dissimilarity.Categorical] = [.nominal, .ordinal(count: 3), .matrix(matrix)]
    return Dissimilarity(
      alpha: [0.5, 1, 3][random.index(below: 3)], beta: [0, 1, 2][random.index(below: 3)],
      deltaEmpty: [0.5, 1, 2][random.index(below: 3)], categorical: categorical[random.index(below: 3)])
  }

  /// Up to four documents, some of which some annotators have not annotated.
  static func study(
    _ random: inout SeededGenerator, length: Int, absent: Double, _ layers: (inout SeededGenerator) -> [[Unit]]
  ) -> UnitizingStudy {
    let documents = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      layers(&random).map { Double.random(in: 0..<1, using: &random) < absent ? nil : $0 }
    }
    var study = UnitizingStudy(annotators: documents[0].count)
    for units in documents { study.append(UnitizingStudy.Continuum(length: length, units: units)) }
    return study
  }

  // MARK: alignments

  /// d_pos and d_cat of two units.
  static func apart(_ one: Unit, _ other: Unit, _ measure: Dissimilarity) -> (place: Double, label: Double) {
    let (a, b) = (one.hull, other.hull)
    let shift = Double(abs(a.lowerBound - b.lowerBound) + abs(a.upperBound - b.upperBound)) / Double(a.count + b.count)
    let label: Double =
      switch measure.categorical {
      case .nominal: one.label == other.label ? 0 : 1
      case .ordinal(let count): Double(abs(one.label - other.label)) / Double(count - 1)
      case .matrix(let rows): rows[one.label][other.label]
      }
    return (shift * shift * measure.deltaEmpty, label * measure.deltaEmpty)
  }

  /// δ of a unit, or none, of each annotator.
  static func cost(_ units: [Unit?], _ measure: Dissimilarity) -> Double {
    var (sum, pairs) = (0.0, 0.0)
    for (index, one) in units.enumerated() {
      for other in units[..<index] {
        pairs += 1
        let apart = one.flatMap { one in other.map { Self.apart(one, $0, measure) } }
        sum += apart.map { measure.alpha * $0.place + measure.beta * $0.label } ?? measure.deltaEmpty
      }
    }
    return sum / pairs
  }

  /// The least cost of sets that have all units among them, each just once or, where they may be shared, at least once:
  /// every set that the first unit left may be in is tried.
  static func least(_ units: Int, _ sets: [(members: Int, cost: Double)], isShared: Bool) -> Double {
    var (masks, costs) = ([[Int]](repeating: [], count: units), [[Double]](repeating: [], count: units))
    for set in sets {
      for unit in 0..<units where isShared ? set.members >> unit & 1 == 1 : unit == set.members.trailingZeroBitCount {
        masks[unit].append(set.members)
        costs[unit].append(set.cost)
      }
    }
    var known = [Double](repeating: -1, count: 1 << units)
    func least(_ rest: Int) -> Double {
      if rest == 0 || known[rest] >= 0 { return max(0, known[rest]) }
      let unit = rest.trailingZeroBitCount
      var (best, place) = (Double.infinity, 0)
      while place < masks[unit].count {
        let members = masks[unit][place]
        if isShared || members & ~rest == 0 { best = min(best, costs[unit][place] + least(rest & ~members)) }
        place += 1
      }
      known[rest] = best
      return best
    }
    return least(1 << units - 1)
  }

  /// Holds the best alignments to all that there are.
  static func hold(_ layers: [[Unit]], _ measure: Dissimilarity, _ name: Comment) throws {
    var sets: [(members: Int, units: [Unit?])] = [(0, [])]
    var first = 0
    for layer in layers {
      sets = sets.flatMap { set in
        [(set.members, set.units + [nil])]
          + layer.enumerated().map { (set.members | 1 << (first + $0.offset), set.units + [$0.element]) }
      }
      first += layer.count
    }
    let costs = sets.dropFirst().map { (members: $0.members, cost: cost($0.units, measure)) }
    for isSoft in [false, true] {
      #expect(try abs(best(layers, measure, isSoft, name) - least(first, costs, isShared: isSoft)) < 1e-9, name)
    }
  }

  /// The cost of a best alignment, held to what its parts cost and to having all units.
  static func best(_ layers: [[Unit]], _ measure: Dissimilarity, _ isSoft: Bool, _ name: Comment) throws -> Double {
    let found = try BestAlignment(layers, by: measure, isSoft: isSoft)
    var uses = layers.map { [Int](repeating: 0, count: $0.count) }
    var (sum, isRight) = (0.0, true)
    for unitary in found.unitary {
      for (annotator, unit) in unitary.units.enumerated() { if let unit { uses[annotator][unit] += 1 } }
      let units = unitary.units.enumerated().map { annotator, unit in unit.map { layers[annotator][$0] } }
      let cost = cost(units, measure)
      isRight = isRight && units.contains { $0 != nil } && abs(unitary.cost - cost) < 1e-9
      sum += cost
    }
    #expect(isRight && abs(sum - found.cost) < 1e-9, name)
    #expect(uses.joined().allSatisfy { isSoft ? $0 > 0 : $0 == 1 }, name)
    return found.cost
  }

  @Test(arguments: 2...4) func `the best alignment is the best of all and adds up to its cost`(annotators: Int) throws {
    for seed in 0..<1000 {
      var random = SeededGenerator(seed: UInt64(seed), stream: annotators)
      let length = Int.random(in: 3...40, using: &random)
      let layers = Self.layers(&random, annotators, units: 0...(annotators < 4 ? 4 : 3), length: length)
      try Self.hold(layers, Self.dissimilarity(&random), "\(annotators) annotators, seed \(seed)")
    }
  }

  @Test func `a long unit holds two short ones together that are far apart`() throws {
    let layers = [0..<10, 21..<31, 0..<31].map { [Unit($0, label: 0)] }
    try Self.hold(layers, Dissimilarity(), "")
    #expect(try BestAlignment(layers).unitary.count == 1)
  }

  @Test(arguments: [(2, 10), (3, 6), (4, 4), (5, 3)])
  func `the best alignment of a tangle is the best of all`(annotators: Int, units: Int) throws {
    for seed in 0..<2 {
      var random = SeededGenerator(seed: UInt64(seed), stream: annotators)
      let layers = Self.layers(&random, annotators, units: units...units, length: 12, longest: 12)
      try Self.hold(layers, Self.dissimilarity(&random), "\(annotators) annotators, seed \(seed)")
    }
  }

  /// Holds the cost of a best alignment to that of the same units in another order, from the other end, and twice.
  static func holdTurned(_ layers: [[Unit]], _ measure: Dissimilarity, _ isSoft: Bool, isTwice: Bool, _ name: Comment)
    throws
  {
    var random = SeededGenerator(seed: 0)
    func moved(_ place: (Range<Int>) -> Range<Int>) -> [[Unit]] {
      layers.map { $0.map { Unit(place($0.hull), label: $0.label) } }
    }
    func cost(_ layers: [[Unit]]) throws -> Double { try best(layers, measure, isSoft, name) }
    let found = try cost(layers)
    #expect(try cost(layers.shuffled(using: &random).map { $0.shuffled(using: &random) }) == found, name)
    #expect(try cost(moved { 1000 - $0.upperBound..<1000 - $0.lowerBound }) == found, name)
    guard isTwice else { return }
    let apart = moved { $0.lowerBound + 1_000_000..<$0.upperBound + 1_000_000 }
    #expect(try cost(zip(layers, apart).map { $0 + $1 }) == 2 * found, name)
  }

  @Test(arguments: [(3, 20, 1.0), (4, 12, 3), (5, 10, 3)], [false, true])
  func `order, direction and company change no digit of a cost`(_ size: (Int, Int, Double), isSoft: Bool) throws {
    var random = SeededGenerator(seed: 0, stream: size.0)
    let layers = Self.layers(&random, size.0, units: 10...size.1, length: 150, longest: 12, of: 9)
    try Self.holdTurned(layers, Dissimilarity(alpha: size.2), isSoft, isTwice: true, "\(size)")
  }

  @Test(arguments: [2, 3, 4, 5, 6], [false, true])
  func `listing what a best choice needs finds what listing all finds`(annotators: Int, isSoft: Bool) {
    for seed in 0..<12 {
      var random = SeededGenerator(seed: UInt64(seed), stream: annotators)
      let layers = Self.layers(&random, annotators, units: 0...(24 / annotators), length: 60, longest: 15)
      let places = layers.map { $0.map(Dissimilarity.Place.init) }
      let measure = Self.dissimilarity(&random)
      var (all, needed) = (UnitaryCandidates(places, measure), UnitaryCandidates(places, measure))
      let shared = isSoft ? all.pairs * UnitaryCandidates.scale : nil
      func gain(_ chosen: SetPacking.Sets) -> Int {
        // A unit in several candidates is paid for again.
        let again = chosen.members.count - Set(chosen.members).count
        return chosen.gains.reduce(0, +) - again * (shared ?? 0)
      }
      #expect(
        gain(all.best(shared: shared, listingUpTo: 10_000).chosen)
          == gain(needed.best(shared: shared, listingUpTo: 0).chosen),
        "seed \(seed)")
    }
  }

  @Test(arguments: [2, 3], [false, true]) func `units may reach over hundreds of others`(
    annotators: Int, isSoft: Bool
  ) throws {
    var random = SeededGenerator(seed: 5)
    let long = Self.layers(&random, annotators, units: 2...2, length: 9, longest: 900).map { layer in
      layer.map { Unit($0.hull.lowerBound..<$0.hull.upperBound + 900, label: $0.label) }
    }
    let short = Self.layers(&random, annotators, units: 80...80, length: 900, of: 9)
    let layers = zip(long, short).map { $0 + $1 }
    let measure = Dissimilarity(alpha: annotators == 2 ? 1 : 3)
    var candidates = UnitaryCandidates(layers.map { $0.map(Dissimilarity.Place.init) }, measure)
    candidates.list()
    let sets = candidates.sets
    #expect(sets.indices.contains { (sets[$0].last ?? 0) - (sets[$0].first ?? 0) > 64 })
    try Self.holdTurned(layers, measure, isSoft, isTwice: false, "\(annotators) annotators")
    if annotators > 2 { return }
    // Of two annotators the pairs are a matching; where units may be shared, each costs no more than with the nearest, and
    // a pair is worth what it saves beyond that.
    let nearest = [layers, layers.reversed()].map { sides in
      sides[0].map { unit in isSoft ? sides[1].map { Self.cost([unit, $0], measure) }.reduce(1, min) : 1 }
    }
    var matching = LinearAssignment(columns: layers[1].count)
    for (row, one) in layers[0].enumerated() {
      let gains = layers[1].enumerated().map { column, other in
        nearest[0][row] + nearest[1][column] - Self.cost([one, other], measure)
      }
      matching.insert(
        gains.indices.filter { gains[$0] > 0 }.map { ($0, LinearAssignment.Gain(credit: Int(gains[$0] * 0x1p40))) })
    }
    let saved = matching.pairs.reduce(0.0) { $0 + Double($1?.gain.credit ?? 0) } / 0x1p40
    let cost = try BestAlignment(layers, by: measure, isSoft: isSoft).cost
    #expect(abs(cost - (nearest.joined().reduce(0, +) - saved)) < 1e-9)
  }

  @Test func `sets that leave no unit over are found among many that gain as much`() {
    for seed in 0..<20 {
      var random = SeededGenerator(seed: UInt64(seed))
      let order = (0..<Int32(24)).shuffled(using: &random)
      var sets = stride(from: 0, to: 24, by: 3).map { order[$0..<$0 + 3].sorted() }
      for _ in 0..<40 { sets.append(order.shuffled(using: &random).prefix(3).sorted()) }
      sets.shuffle(using: &random)
      let gain = 3 << 38
      var all = SetPacking.Sets()
      for set in sets { all.append(set, gain: gain) }
      let found = SetPacking.best(all, units: 24, most: [Int](repeating: gain, count: 24)).choice
      #expect(found.gain == 8 * gain, "\(seed)")
      #expect(Set(found.sets.flatMap { sets[Int($0)] }).count == 24, "\(seed)")
    }
  }

  /// The gain of the choice that is proved window by window.
  private func proved(_ sets: SetPacking.Sets, _ most: [Int], _ shared: Int?) -> Int {
    var ordered = SetPacking.Sets()
    for set in SetPacking.inOrder(sets, units: most.count) {
      ordered.append(sets[Int(set)], gain: sets.gains[Int(set)])
    }
    let prices = [Int](repeating: 0, count: most.count)
    let proved = PackingProof.best(SetPacking(ordered, prices: prices, most: most, shared: shared))
    #expect(proved.bound == proved.choice.gain)
    return proved.choice.gain
  }

  @Test(arguments: [false, true]) func `sets are packed as well as by the best of all subsets`(isShared: Bool) {
    for seed in 0..<3000 {
      var random = SeededGenerator(seed: UInt64(seed))
      let isWide = seed % 100 == 0
      let units = isWide ? 16 : Int.random(in: 1...10, using: &random)
      // What a unit costs alone; with small numbers there are many ties.
      let alone = [4, 1 << 42][seed % 2]
      let sets = (0..<(isWide ? 60 : Int.random(in: 0...12, using: &random))).map { _ in
        let members = (0..<units).shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random)).sorted()
        return (members: members, gain: Int.random(in: 1...members.count * alone, using: &random))
      }
      let masks = sets.map { $0.members.reduce(0) { $0 | 1 << $1 } }
      var all = SetPacking.Sets()
      for set in sets { all.append(set.members.map(Int32.init), gain: set.gain) }
      let most = [Int](repeating: sets.map(\.gain).max() ?? 0, count: units)
      // Most are proved in the first search, of everything; the other way is held to the same.
      let found = SetPacking.best(all, units: units, most: most, shared: isShared ? alone : nil).choice
      if seed % 5 == 0 { #expect(proved(all, most, isShared ? alone : nil) == found.gain, "\(seed)") }
      func best(from first: Int, _ taken: Int) -> Int {
        if first == sets.count { return 0 }
        let (without, twice) = (best(from: first + 1, taken), masks[first] & taken)
        if !isShared, twice != 0 { return without }
        let gain = sets[first].gain - twice.nonzeroBitCount * alone
        return max(without, gain + best(from: first + 1, taken | masks[first]))
      }
      func bestOfMany() -> Int {
        let costs = zip(masks, sets).map { (members: $0, cost: Double($1.members.count * alone - $1.gain)) }
        let lonely = (0..<units).map { (members: 1 << $0, cost: Double(alone)) }
        return units * alone - Int(Self.least(units, lonely + costs, isShared: isShared))
      }
      #expect(found.gain == (isWide ? bestOfMany() : best(from: 0, 0)), "\(seed)")
      var (gain, taken) = (0, 0)
      for set in found.sets.map(Int.init) {
        let twice = (masks[set] & taken).nonzeroBitCount
        #expect(isShared || twice == 0, "\(seed)")
        gain += sets[set].gain - twice * alone
        taken |= masks[set]
      }
      #expect(gain == found.gain, "\(seed)")
    }
  }
}
