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

    mutating func removeLast() {
      gains.removeLast()
      starts.removeLast()
      members.removeLast(members.count - Int(starts[starts.count - 1]))
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

  /// A choice and what is proved of it.
  struct Proved {
    var choice: Choice
    /// A gain that no choice exceeds.
    var bound: Int
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

  /// The greatest gain of a set of each unit: prices that are high enough for all sets.
  ///
  /// Where units may be shared, none is above the cost of a unit alone; a set of such units gains no more than they cost.
  var mostPrices: [Int] {
    (0..<units).map { unit in
      min(sets(of: unit).reduce(0) { max($0, sets.gains[Int($1)]) }, shared ?? .max)
    }
  }

  /// The number of a set by its units and gain; nil if it is not there.
  func number(of units: ArraySlice<Int32>, gain: Int) -> Int32? {
    guard let first = units.first else { return nil }
    let range = Int(begins[Int(first)])..<Int(begins[Int(first) + 1])
    let place = range.first { sets.gains[$0] == gain && sets[$0].elementsEqual(units) }
    return place.map { Int32(truncatingIfNeeded: $0) }
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
