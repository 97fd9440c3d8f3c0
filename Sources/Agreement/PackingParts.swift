/// The best choice of a ``SetPacking`` where all sets are listed.
extension SetPacking {
  /// The number of partial choices that are kept for each unit where all sets are tried.
  private static let width = 64

  /// The best choice among all sets that there are.
  ///
  /// Sets that share units, directly or through others, form a part, and each part is chosen by itself.
  ///
  /// - Parameters:
  ///   - units: the number of units.
  ///   - most: the most that each unit adds to the gain of a set.
  ///   - shared: the cost of a unit alone if units may be in several sets; nil if they may not.
  ///   - alone: the cost of a unit alone.
  static func best(
    _ sets: Sets, units: Int, most: [Int], shared: Int? = nil, alone: Int = 0, until end: SearchLimit = SearchLimit()
  ) -> Proved {
    var proved = Proved(choice: Choice(), bound: 0)
    var search = PackingSearch()
    for part in parts(sets, units: units) {
      let packing = SetPacking(
        part.sets, prices: [Int](repeating: 0, count: part.units.count), losses: part.sets.gains.map { -$0 },
        most: part.units.map { most[Int($0)] }, shared: shared)
      var best = search.best(packing, below: .max, width: width).choice ?? Choice()
      var bound = best.gain
      if !search.isExact {
        let found = PackingProof.best(packing, alone: alone * part.units.count, until: end)
        (best, bound) = (found.choice, found.bound)
      }
      proved.bound += bound
      proved.choice.gain += best.gain
      for set in best.sets { proved.choice.sets.append(part.numbers[Int(set)]) }
    }
    return proved
  }

  /// Sets that share units, directly or through others.
  private struct Part {
    /// The units, ascending.
    var units: [Int32] = []
    /// The sets, whose members are places in ``units``, in the order of their first units.
    var sets = Sets()
    /// The number of each set outside.
    var numbers: [Int32] = []
  }

  private static func parts(_ sets: Sets, units: Int) -> [Part] {
    var roots = (0..<Int32(truncatingIfNeeded: units)).map { $0 }
    func root(_ unit: Int32) -> Int {
      var unit = unit
      while roots[Int(unit)] != unit {
        roots[Int(unit)] = roots[Int(roots[Int(unit)])]
        unit = roots[Int(unit)]
      }
      return Int(unit)
    }
    for set in sets.indices {
      let first = root(sets.members[Int(sets.starts[set])])
      for unit in sets[set].dropFirst() { roots[root(unit)] = Int32(truncatingIfNeeded: first) }
    }
    var parts: [Part] = []
    var partOfRoot = [Int32](repeating: -1, count: units)
    var places = partOfRoot
    for unit in 0..<units {
      let root = root(Int32(truncatingIfNeeded: unit))
      if partOfRoot[root] < 0 {
        partOfRoot[root] = Int32(truncatingIfNeeded: parts.count)
        parts.append(Part())
      }
      let part = Int(partOfRoot[root])
      places[unit] = Int32(truncatingIfNeeded: parts[part].units.count)
      parts[part].units.append(Int32(truncatingIfNeeded: unit))
    }
    for set in inOrder(sets, units: units) {
      let part = Int(partOfRoot[root(sets.members[Int(sets.starts[Int(set)])])])
      parts[part].sets.append(sets[Int(set)].lazy.map { places[Int($0)] }, gain: sets.gains[Int(set)])
      parts[part].numbers.append(set)
    }
    return parts.filter { !$0.numbers.isEmpty }
  }
}
