/// The best choice among the candidates of a continuum.
extension UnitaryCandidates {
  /// The best choice of candidates, with what is proved of it.
  struct Best {
    var chosen = SetPacking.Sets()
    /// The saving that a better choice may have beyond this one's; 0 if it is proved best.
    var open = 0
  }

  /// The best choice of candidates.
  ///
  /// Two annotators' units are assigned to each other. With more annotators, all candidates are listed if there are few;
  /// if there are many, those that prices ask for.
  ///
  /// - Parameters:
  ///   - shared: the cost of a unit alone if units may be in several candidates; nil if they may not.
  ///   - most: the number of candidates for each unit up to which all are listed.
  ///   - end: when to stop before the choice is proved best.
  mutating func best(shared: Int?, listingUpTo most: Int = 24, until end: SearchLimit = SearchLimit()) -> Best {
    if annotators == 2 { return assigned(shared: shared) }
    let alone = pairs * Self.scale
    var best = Best()
    list(atMost: most * units.count)
    if isWhole {
      let proved = SetPacking.best(
        sets, units: units.count, most: self.most, shared: shared, alone: alone, until: end)
      for set in proved.choice.sets { best.chosen.append(sets[Int(set)], gain: sets.gains[Int(set)]) }
      best.open = proved.bound - proved.choice.gain
      return best.open > 0 ? bettered(best, proved.choice.gain) : best
    }
    // The most that a unit can add to any candidate.
    let each = (pairs + annotators - 1) * Self.scale
    var lister = self
    let proof = PackingProof(
      PricedPacking.Problem(
        most: [Int](repeating: each, count: units.count), shared: shared, size: annotators, price: alone / 4 * 3,
        alone: units.count * alone, safe: { lister.mostPrices.map { min($0, shared ?? .max) } },
        list: { prices, margin, limit in
          lister.list(Demand(prices: prices, margin: margin, most: limit, end: end))
          return (lister.sets, lister.isWhole)
        },
        greatest: { prices in
          // Where prices are far from the end, this may take longer than all else.
          lister.list(Demand(prices: prices, isOfGreatest: true, end: end.share(of: 8, running: 1)))
          return (lister.sets, lister.isWhole)
        }), units: units.count, until: end)
    let proved = proof.prove()
    for set in proved.choice.sets { best.chosen.append(proof.sets[Int(set)], gain: proof.sets.gains[Int(set)]) }
    best.open = proved.bound - proved.choice.gain
    return best.open > 0 ? bettered(best, proved.choice.gain) : best
  }

  /// A choice that was not proved best, or a better one.
  private func bettered(_ best: Best, _ gain: Int) -> Best {
    let ascended = ascended()
    let more = ascended.gains.reduce(0, +) - gain
    return more > 0 ? Best(chosen: ascended, open: best.open - more) : best
  }

  /// The best choice of pairs of two annotators' units, as an assignment.
  ///
  /// If units may be shared, each unit pays the least that it can: alone, or in its cheapest pair. An assignment of what
  /// pairs cost less than their units' least is then best, and the units that it leaves alone are free to share.
  private mutating func assigned(shared: Int?) -> Best {
    list()
    // What a pair saves over its units alone, or over the least that they pay.
    var least = [Int](repeating: shared ?? 0, count: units.count)
    if let shared {
      for set in sets.indices {
        for unit in sets[set] { least[Int(unit)] = min(least[Int(unit)], 2 * shared - sets.gains[set]) }
      }
    }
    // The sets of each unit of the first annotator, and what each saves by its column.
    var setsOfUnit = [[Int]](repeating: [], count: units.count)
    for set in sets.indices {
      guard let first = sets[set].first, let last = sets[set].last else { continue }
      setsOfUnit[Int(units[Int(first)].annotator == 0 ? first : last)].append(set)
    }
    func other(_ set: Int, _ unit: Int) -> Int { sets[set].reduce(-unit) { $0 + Int($1) } }
    var assignment = LinearAssignment(columns: units.count)
    let rows = units.indices.filter { !setsOfUnit[$0].isEmpty }
    for unit in rows {
      assignment.insert(
        setsOfUnit[unit].compactMap { set in
          let column = other(set, unit)
          let saved = sets.gains[set] - (shared.map { 2 * $0 } ?? 0) + least[unit] + least[column]
          return saved > 0 ? (column, LinearAssignment.Gain(common: saved)) : nil
        })
    }
    var best = Best()
    var isPaid = [Bool](repeating: false, count: units.count)
    func choose(_ set: Int) {
      best.chosen.append(sets[set], gain: sets.gains[set])
      for unit in sets[set] { isPaid[Int(unit)] = true }
    }
    for (unit, pair) in zip(rows, assignment.pairs) {
      guard let column = pair?.column, let set = setsOfUnit[unit].first(where: { other($0, unit) == column }) else {
        continue
      }
      choose(set)
    }
    guard let shared else { return best }
    for set in sets.indices {
      let cost = 2 * shared - sets.gains[set]
      let needs = sets[set].contains { !isPaid[Int($0)] && least[Int($0)] == cost && cost < shared }
      if needs { choose(set) }
    }
    return best
  }

  /// Prices that are high enough for all candidates.
  ///
  /// A candidate of k units gains (k − 1) C + Σ_pairs (1 − d) in Δ∅, with C = n(n − 1)/2. So a unit's price is C (k − 1)/k
  /// and half of what it has with the nearest units of k − 1 others, for the k for which that is most.
  private var mostPrices: [Int] {
    units.indices.map { unit in
      var nearest = [Int](repeating: .max, count: annotators)
      for other in units.indices where units[other].annotator != units[unit].annotator {
        let annotator = units[other].annotator
        nearest[annotator] = min(nearest[annotator], distance(unit, other))
      }
      var (most, shared) = (0, 0)
      for (others, distance) in nearest.filter({ $0 < .max }).sorted().enumerated() {
        shared += Self.scale - distance
        most = max(most, pairs * Self.scale * (others + 1) / (others + 2) + shared / 2 + 2)
      }
      return most
    }
  }
}
