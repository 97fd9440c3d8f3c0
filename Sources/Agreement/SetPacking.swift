/// The problem of choosing disjoint sets of units with the greatest total gain, or, if units may be shared, of paying
/// least for all units.
///
/// Each unit has a price such that no set gains more than its units' prices together: the sum of prices bounds every
/// choice. The loss of a set is its units' prices minus its gain, and what a choice falls short of the bound is the
/// losses of its sets, the prices of the units that it leaves alone and, where units may be shared, what those taken
/// again cost beyond their prices.
///
/// All numbers are integers, so a proof has no tolerance.
struct SetPacking {
  /// Sets of units with what each gains.
  struct Sets {
    /// The units of all sets, concatenated; those of each set in ascending order.
    var members: [Int32] = []
    /// The start of each set's units, and the end of the last.
    var starts: [Int32] = [0]
    var gains: [Int] = []

    var indices: Range<Int> { gains.indices }

    subscript(set: Int) -> ArraySlice<Int32> { members[Int(starts[set])..<Int(starts[set + 1])] }

    mutating func append(_ units: some Sequence<Int32>, gain: Int) {
      members.append(contentsOf: units)
      starts.append(Int32(truncatingIfNeeded: members.count))
      gains.append(gain)
    }

    mutating func removeAll() {
      members.removeAll(keepingCapacity: true)
      starts.removeLast(starts.count - 1)
      gains.removeAll(keepingCapacity: true)
    }
  }

  struct Choice {
    var gain = 0
    /// The chosen sets, by number.
    var sets: [Int32] = []
  }

  /// Sets in the order of their first units.
  let sets: Sets
  let prices: [Int]
  /// The loss of each set.
  let losses: [Int]
  /// The most that each unit adds to the gain of a set.
  let most: [Int]
  /// The cost of a unit alone if units may be in several sets; nil if they may not.
  let shared: Int?
  /// The start of the sets whose first unit is each unit, and the end of the last.
  let begins: [Int32]
  /// The start of each unit's list of sets, and the end of the last.
  let offsets: [Int32]
  let setsOfUnits: [Int32]

  var units: Int { prices.count }

  /// Creates a problem from sets in the order of their first units.
  ///
  /// - Parameter losses: the loss of each set; nil to compute them.
  init(_ sets: Sets, prices: [Int], losses: [Int]? = nil, most: [Int], shared: Int?) {
    self.sets = sets
    self.prices = prices
    self.most = most
    self.shared = shared
    self.losses = losses ?? sets.indices.map { set in sets[set].reduce(-sets.gains[set]) { $0 + prices[Int($1)] } }
    var begins = [Int32](repeating: 0, count: prices.count + 1)
    for set in sets.indices { begins[Int(sets.members[Int(sets.starts[set])]) + 1] += 1 }
    for unit in prices.indices { begins[unit + 1] += begins[unit] }
    self.begins = begins
    (offsets, setsOfUnits) = Self.index(sets, units: prices.count)
  }

  /// Lists the sets of each unit.
  static func index(_ sets: Sets, units: Int) -> (offsets: [Int32], setsOfUnits: [Int32]) {
    var offsets = [Int32](repeating: 0, count: units + 1)
    for unit in sets.members { offsets[Int(unit) + 1] += 1 }
    for unit in 0..<units { offsets[unit + 1] += offsets[unit] }
    var next = offsets
    var setsOfUnits = [Int32](repeating: 0, count: sets.members.count)
    for set in sets.indices {
      for unit in sets[set] {
        setsOfUnits[Int(next[Int(unit)])] = Int32(truncatingIfNeeded: set)
        next[Int(unit)] += 1
      }
    }
    return (offsets, setsOfUnits)
  }

  func sets(of unit: Int) -> ArraySlice<Int32> { setsOfUnits[Int(offsets[unit])..<Int(offsets[unit + 1])] }

  /// The greatest distance from the first to the last unit of a set, and one.
  var span: Int {
    var span: Int32 = 0
    for set in sets.indices {
      span = max(span, sets.members[Int(sets.starts[set + 1]) - 1] - sets.members[Int(sets.starts[set])])
    }
    return Int(span) + 1
  }

  // MARK: parts

  /// The number of partial choices that are kept for each unit where all sets are tried.
  static let width = 64

  /// The best choice among all sets that there are.
  ///
  /// Sets that share units, directly or through others, form a part, and each part is chosen by itself.
  ///
  /// - Parameters:
  ///   - units: the number of units.
  ///   - most: the most that each unit adds to the gain of a set.
  ///   - shared: the cost of a unit alone if units may be in several sets; nil if they may not.
  static func best(_ sets: Sets, units: Int, most: [Int], shared: Int? = nil) -> Choice {
    var choice = Choice()
    var search = PackingSearch()
    for part in parts(sets, units: units) {
      let packing = SetPacking(
        part.sets, prices: [Int](repeating: 0, count: part.units.count), losses: part.sets.gains.map { -$0 },
        most: part.units.map { most[Int($0)] }, shared: shared)
      var best = search.best(packing, below: .max, width: width).choice ?? Choice()
      if !search.isExact { best = PackingProof.best(packing).choice }
      choice.gain += best.gain
      for set in best.sets { choice.sets.append(part.numbers[Int(set)]) }
    }
    return choice
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

  /// The numbers of sets in the order of their first units.
  static func inOrder(_ sets: Sets, units: Int) -> [Int32] {
    var next = [Int32](repeating: 0, count: units + 1)
    for set in sets.indices { next[Int(sets.members[Int(sets.starts[set])]) + 1] += 1 }
    for unit in 0..<units { next[unit + 1] += next[unit] }
    var order = [Int32](repeating: 0, count: sets.gains.count)
    for set in sets.indices {
      let unit = Int(sets.members[Int(sets.starts[set])])
      order[Int(next[unit])] = Int32(truncatingIfNeeded: set)
      next[unit] += 1
    }
    return order
  }
}
