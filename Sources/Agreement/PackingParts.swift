/// The best choice of a ``SetPacking`` where all sets are listed.
extension SetPacking {
  /// The number of partial choices that are kept for each unit where all sets are tried.
  private static let width = 256

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
    for part in Parts(sets, units: units) {
      // Of three units that may not be shared, no two sets of two or more are disjoint.
      if shared == nil, part.units.count < 4, part.sets.allSatisfy({ sets[Int($0)].count > 1 }) {
        let set = part.sets.max { (sets.gains[Int($0)], $1) < (sets.gains[Int($1)], $0) } ?? 0
        proved.bound += sets.gains[Int(set)]
        proved.choice.gain += sets.gains[Int(set)]
        proved.choice.sets.append(set)
        continue
      }
      let inside = part.packed(sets)
      let packing = SetPacking(
        inside, prices: [Int](repeating: 0, count: part.units.count), losses: inside.gains.map { -$0 },
        most: part.units.map { most[Int($0)] }, shared: shared)
      var best = search.best(packing, below: .max, width: width).choice ?? Choice()
      var bound = best.gain
      if !search.isExact {
        let found = PackingProof.best(packing, alone: alone * part.units.count, until: end)
        (best, bound) = (found.choice, found.bound)
      }
      proved.bound += bound
      proved.choice.gain += best.gain
      for set in best.sets { proved.choice.sets.append(part.sets[part.sets.startIndex + Int(set)]) }
    }
    return proved
  }

  /// Units with the sets that share them, directly or through others.
  private struct Part {
    /// The units, ascending.
    let units: ArraySlice<Int32>
    /// The numbers of the sets, in the order of their first units.
    let sets: ArraySlice<Int32>
    /// The place of each unit among those of its part.
    let places: [Int32]

    /// The sets, whose members are places in ``units``.
    func packed(_ all: Sets) -> Sets {
      var packed = Sets()
      for set in sets { packed.append(all[Int(set)].lazy.map { places[Int($0)] }, gain: all.gains[Int(set)]) }
      return packed
    }
  }

  /// All parts that have a set, in the order of their first units.
  private struct Parts: Sequence {
    private var parts: [Part] = []

    init(_ sets: Sets, units: Int) {
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
      // The number of each unit's part.
      var (numbers, count) = ([Int32](repeating: -1, count: units), 0)
      for unit in 0..<units {
        let root = root(Int32(truncatingIfNeeded: unit))
        if numbers[root] < 0 {
          numbers[root] = Int32(truncatingIfNeeded: count)
          count += 1
        }
        numbers[unit] = numbers[root]
      }
      let (unitsAt, unitsOfParts) = Self.grouped(numbers, count)
      var places = [Int32](repeating: 0, count: units)
      for (place, unit) in unitsOfParts.enumerated() {
        places[Int(unit)] = Int32(truncatingIfNeeded: place) - unitsAt[Int(numbers[Int(unit)])]
      }
      let order = SetPacking.inOrder(sets, units: units)
      let (setsAt, setsInOrder) = Self.grouped(
        order.map { numbers[Int(sets.members[Int(sets.starts[Int($0)])])] }, count)
      let setsOfParts = setsInOrder.map { order[Int($0)] }
      for part in 0..<count where setsAt[part] < setsAt[part + 1] {
        parts.append(
          Part(
            units: unitsOfParts[Int(unitsAt[part])..<Int(unitsAt[part + 1])],
            sets: setsOfParts[Int(setsAt[part])..<Int(setsAt[part + 1])], places: places))
      }
    }

    /// The places of each group, in order, one group after the other, and where each begins.
    private static func grouped(_ groups: [Int32], _ count: Int) -> (begins: [Int32], places: [Int32]) {
      var begins = [Int32](repeating: 0, count: count + 1)
      for group in groups { begins[Int(group) + 1] += 1 }
      for group in 0..<count { begins[group + 1] += begins[group] }
      var (next, places) = (begins, [Int32](repeating: 0, count: groups.count))
      for (place, group) in groups.enumerated() {
        places[Int(next[Int(group)])] = Int32(truncatingIfNeeded: place)
        next[Int(group)] += 1
      }
      return (begins, places)
    }

    func makeIterator() -> IndexingIterator<[Part]> { parts.makeIterator() }
  }
}
