/// The best choice among the candidates of a continuum.
extension UnitaryCandidates {
  /// The best choice of candidates, proved.
  ///
  /// All candidates are listed if there are few; if there are many, those that prices ask for.
  ///
  /// - Parameters:
  ///   - shared: the cost of a unit alone if units may be in several candidates; nil if they may not.
  ///   - limit: the number of candidates for each unit up to which all are listed.
  mutating func best(shared: Int?, listingUpTo limit: Int = 24) -> SetPacking.Sets {
    var chosen = SetPacking.Sets()
    if list(atMost: limit * units.count) {
      for set in SetPacking.best(sets, units: units.count, most: most, shared: shared).sets {
        chosen.append(sets[Int(set)], gain: sets.gains[Int(set)])
      }
      return chosen
    }
    // The most that a unit can add to any candidate.
    let most = (pairs + annotators - 1) * Self.scale
    var lister = self
    let proof = PackingProof(
      PackingProof.Problem(
        most: [Int](repeating: most, count: units.count), shared: shared, size: annotators,
        price: pairs * Self.scale * 3 / 4, alone: units.count * pairs * Self.scale,
        list: { prices, margin, limit in
          lister.list(Demand(prices: prices, margin: margin, most: limit))
          return lister.sets
        }), units: units.count, until: .never)
    let choice = proof.prove().choice
    for set in choice.sets { chosen.append(proof.sets[Int(set)], gain: proof.sets.gains[Int(set)]) }
    return chosen
  }
}
