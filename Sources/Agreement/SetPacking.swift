/// The problem of choosing disjoint sets of units with the greatest total gain, or, if units may be shared, of paying
/// least for all units.
///
/// Each unit gets a price such that no set gains more than its units' prices together. The sum of prices bounds every
/// choice, and a choice that reaches it is proved best. Prices are updated along the text, back and forth, until they
/// meet a choice. If they do not, only sets whose loss (prices minus gain) is below the gap can be in a better choice.
/// The rest falls into parts that are solved in the same way, until a part is searched from its first unit to its last.
///
/// All numbers are integers, so the proof has no tolerance.
struct SetPacking {
  /// The units of all sets, concatenated; those of each set in ascending order.
  let members: [Int32]
  /// The start of each set's units, and the end of the last.
  let starts: [Int32]
  let gains: [Int]
  let units: Int
  /// The cost of a unit alone if units may be in several sets; nil if they may not.
  let shared: Int?

  /// The most that each unit adds to the gain of a set.
  let most: [Int]
  private(set) var prices: [Int]
  /// The loss of each set: its units' prices minus its gain.
  private(set) var losses: [Int]
  /// The start of the sets whose first unit is each unit, and the end of the last; sets are in that order.
  private(set) var begins: [Int32] = []
  /// The start of each unit's list of sets, and the end of the last.
  private(set) var offsets: [Int32] = []
  private(set) var setsOfUnits: [Int32] = []

  private var tight: [Int] = []

  struct Choice {
    var gain = 0
    /// The chosen sets, by number.
    var sets: [Int32] = []
  }

  /// The best choice.
  ///
  /// - Parameters:
  ///   - members: the units of all sets, concatenated; those of each set in ascending order.
  ///   - starts: the start of each set's units, and the end of the last.
  ///   - most: the most that each unit adds to the gain of a set.
  ///   - shared: the cost of a unit alone if units may be in several sets; nil if they may not.
  static func best(
    units: Int, members: [Int32], starts: [Int32], gains: [Int], most: [Int], shared: Int? = nil
  ) -> Choice {
    let packing = SetPacking(
      members: members, starts: starts, gains: gains, most: most, shared: shared,
      prices: [Int](repeating: 0, count: units), losses: gains.map { -$0 })
    var search = PackingSearch()
    return packing.best(ofPartsOf: (0..<Int32(truncatingIfNeeded: gains.count)).map { $0 }, &search)
  }

  private init(
    members: [Int32], starts: [Int32], gains: [Int], most: [Int], shared: Int?, prices: [Int], losses: [Int]
  ) {
    units = prices.count
    self.members = members
    self.starts = starts
    self.gains = gains
    self.most = most
    self.shared = shared
    self.prices = prices
    self.losses = losses
  }

  func units(of set: Int) -> ArraySlice<Int32> { members[Int(starts[set])..<Int(starts[set + 1])] }

  /// The greatest distance from the first to the last unit of a set in a part.
  func span(of part: Range<Int>) -> Int {
    var span: Int32 = 0
    for set in Int(begins[part.lowerBound])..<Int(begins[part.upperBound]) {
      span = max(span, members[Int(starts[set + 1]) - 1] - members[Int(starts[set])])
    }
    return Int(span) + 1
  }

  private func sets(of unit: Int) -> ArraySlice<Int32> { setsOfUnits[Int(offsets[unit])..<Int(offsets[unit + 1])] }

  // MARK: parts

  /// The best choices of all parts, together; parts share no units.
  private func best(ofPartsOf kept: [Int32], _ search: inout PackingSearch) -> Choice {
    let (row, numbers, ends) = sideBySide(kept)
    var choice = Choice()
    var begin = 0
    for end in ends {
      let part = begin..<end
      begin = end
      guard var best = search.best(row, part, below: Int.max, width: Self.width) else { continue }
      if !search.isExact { best = row.best(of: part, best, &search) }
      choice.gain += best.gain
      for set in best.sets { choice.sets.append(numbers[Int(set)]) }
    }
    return choice
  }

  /// The parts of some sets, renumbered one after the other, with the number of each set here and the end of each
  /// part's units.
  private func sideBySide(_ kept: [Int32]) -> (row: SetPacking, numbers: [Int32], ends: [Int]) {
    let (places, ends) = parts(of: kept)
    var (most, prices) = (self.most, self.prices)
    for unit in 0..<units {
      most[Int(places[unit])] = self.most[unit]
      prices[Int(places[unit])] = self.prices[unit]
    }
    // Sets by their first unit.
    func first(_ set: Int32) -> Int { Int(places[Int(self.members[Int(self.starts[Int(set)])])]) }
    var begins = [Int32](repeating: 0, count: units + 1)
    for set in kept { begins[first(set) + 1] += 1 }
    for unit in 0..<units { begins[unit + 1] += begins[unit] }
    var next = begins
    var numbers = kept
    for set in kept {
      let unit = first(set)
      numbers[Int(next[unit])] = set
      next[unit] += 1
    }
    var (members, starts): ([Int32], [Int32]) = ([], [0])
    members.reserveCapacity(self.members.count)
    starts.reserveCapacity(numbers.count + 1)
    for set in numbers {
      for place in Int(self.starts[Int(set)])..<Int(self.starts[Int(set) + 1]) {
        members.append(places[Int(self.members[place])])
      }
      starts.append(Int32(truncatingIfNeeded: members.count))
    }
    var row = SetPacking(
      members: members, starts: starts, gains: numbers.map { gains[Int($0)] }, most: most, shared: shared,
      prices: prices, losses: numbers.map { losses[Int($0)] })
    row.begins = begins
    if shared != nil { row.index() }
    return (row, numbers, ends)
  }

  /// The new position of each unit, and the end of each part; parts are in the order of their first units, and so are
  /// the units of each.
  private func parts(of kept: [Int32]) -> (places: [Int32], ends: [Int]) {
    var roots = (0..<Int32(truncatingIfNeeded: units)).map { $0 }
    func root(_ unit: Int32) -> Int {
      var unit = unit
      while roots[Int(unit)] != unit {
        roots[Int(unit)] = roots[Int(roots[Int(unit)])]
        unit = roots[Int(unit)]
      }
      return Int(unit)
    }
    for set in kept {
      let start = Int(starts[Int(set)])
      let first = root(members[start])
      for place in start + 1..<Int(starts[Int(set) + 1]) {
        roots[root(members[place])] = Int32(truncatingIfNeeded: first)
      }
    }
    var partOfRoot = [Int32](repeating: -1, count: units)
    var ends: [Int] = []
    var places = roots
    for unit in 0..<units {
      let root = root(Int32(truncatingIfNeeded: unit))
      if partOfRoot[root] < 0 {
        partOfRoot[root] = Int32(truncatingIfNeeded: ends.count)
        ends.append(0)
      }
      places[unit] = partOfRoot[root]
      ends[Int(partOfRoot[root])] += 1
    }
    var sum = 0
    for part in ends.indices { (ends[part], sum) = (sum, sum + ends[part]) }
    for unit in 0..<units {
      let part = Int(places[unit])
      places[unit] = Int32(truncatingIfNeeded: ends[part])
      ends[part] += 1
    }
    return (places, ends)
  }

  /// The best choice in a part, given a good one.
  private func best(of part: Range<Int>, _ known: Choice, _ search: inout PackingSearch) -> Choice {
    let sets = Int(begins[part.lowerBound])..<Int(begins[part.upperBound])
    let (first, start) = (Int32(truncatingIfNeeded: part.lowerBound), starts[sets.lowerBound])
    var packing = SetPacking(
      members: members[Int(start)..<Int(starts[sets.upperBound])].map { $0 - first },
      starts: starts[sets.lowerBound...sets.upperBound].map { $0 - start }, gains: Array(gains[sets]),
      most: Array(most[part]), shared: shared, prices: Array(prices[part]), losses: Array(losses[sets]))
    packing.begins = begins[part.lowerBound...part.upperBound].map { $0 - begins[part.lowerBound] }
    packing.index()
    let number = Int32(truncatingIfNeeded: sets.lowerBound)
    var best = packing.best(Choice(gain: known.gain, sets: known.sets.map { $0 - number }), &search)
    for place in best.sets.indices { best.sets[place] += number }
    return best
  }

  /// The best choice in a part with all units, given a good one.
  private mutating func best(_ known: Choice, _ search: inout PackingSearch) -> Choice {
    var best = known
    spread()
    if let found = search.best(self, 0..<units, below: Int.max, width: Self.width), found.gain > best.gain {
      best = found
    }
    var gap = Int.max
    var tight = (prices, losses)
    for _ in 0..<8 {
      settle(best)
      cover()
      let here = prices.reduce(0, +) - best.gain
      if here < gap { (gap, tight) = (here, (prices, losses)) }
      if gap == 0 { return best }
      if losses.count(where: { $0 < here }) * 2 < losses.count { break }
      let found = search.best(self, 0..<units, below: here, width: Self.width)
      if search.isExact { return found ?? best }
      guard let found, found.gain > best.gain else { break }
      gap -= found.gain - best.gain
      best = found
    }
    if losses.count(where: { $0 < gap }) * 2 >= losses.count {
      relax()
      if let found = search.best(self, 0..<units, below: Int.max, width: Self.width), found.gain > best.gain {
        gap -= found.gain - best.gain
        best = found
      }
      let here = prices.reduce(0, +) - best.gain
      if here < gap { (gap, tight) = (here, (prices, losses)) }
    }
    (prices, losses) = tight
    if gap == 0 { return best }
    let kept = (0..<Int32(truncatingIfNeeded: gains.count)).filter { losses[Int($0)] < gap }
    if kept.count < gains.count {
      let better = self.best(ofPartsOf: kept, &search)
      return better.gain > best.gain ? better : best
    }
    return search.best(self, 0..<units, below: gap, width: .max) ?? best
  }

  private static let width = 64

  /// Takes the prices of the linear relaxation, if cheaper methods did not come near enough.
  private mutating func relax() {
    let scale = Double(UnitaryCandidates.scale)
    var relaxation = PackingRelaxation(units: units, shared: shared.map { Double($0) / scale })
    for set in gains.indices { relaxation.add(units(of: set), gain: Double(gains[set]) / scale) }
    relaxation.solve()
    for unit in 0..<units { set(max(0, Int((relaxation.prices[unit] * scale).rounded(.up))), unit) }
    cover()
  }

  /// Moves prices between the least that sets need and the most that units bear.
  private mutating func spread() {
    var slack = (shared ?? UnitaryCandidates.scale * 4) / 4
    for _ in 0..<4 {
      for unit in 0..<units { reprice(unit, slack) }
      for unit in (0..<units).reversed() { reprice(unit, slack) }
      slack = slack / 8 * 7
    }
  }

  /// Lists the sets of each unit.
  private mutating func index() {
    offsets = [Int32](repeating: 0, count: units + 1)
    for unit in members { offsets[Int(unit) + 1] += 1 }
    for unit in 0..<units { offsets[unit + 1] += offsets[unit] }
    var next = offsets
    setsOfUnits = [Int32](repeating: 0, count: members.count)
    for set in gains.indices {
      for unit in units(of: set) {
        setsOfUnits[Int(next[Int(unit)])] = Int32(truncatingIfNeeded: set)
        next[Int(unit)] += 1
      }
    }
  }

  // MARK: prices

  /// Sets the price of a unit so that the greatest excess of its sets equals the slack.
  private mutating func reprice(_ unit: Int, _ slack: Int) {
    var least = Int.max
    for set in sets(of: unit) { least = min(least, losses[Int(set)]) }
    guard least < Int.max else { return set(0, unit) }
    tight.removeAll(keepingCapacity: true)
    for set in sets(of: unit) where losses[Int(set)] - least < slack { tight.append(prices[unit] - losses[Int(set)]) }
    tight.sort(by: >)
    var (sum, price) = (0, 0)
    for (index, value) in tight.enumerated() {
      sum += value
      price = (sum - slack) / (index + 1)
      if index + 1 < tight.count, price >= tight[index + 1] { break }
    }
    set(max(0, price), unit)
  }

  private mutating func set(_ price: Int, _ unit: Int) {
    let price = min(price, shared ?? price)
    let change = price - prices[unit]
    guard change != 0 else { return }
    prices[unit] = price
    for set in sets(of: unit) { losses[Int(set)] += change }
  }

  /// Moves prices within the sets of a choice until no other set gains more than its prices, as far as possible.
  private mutating func settle(_ choice: Choice) {
    var values = prices.map(Double.init)
    // The chosen set of each unit; -1 for a unit alone, and for one in several sets, whose price is the cost alone.
    var owner = [Int32](repeating: -1, count: units)
    var isShared = [Bool](repeating: false, count: units)
    for chosen in choice.sets {
      for unit in units(of: Int(chosen)) {
        isShared[Int(unit)] = isShared[Int(unit)] || owner[Int(unit)] >= 0
        owner[Int(unit)] = chosen
      }
    }
    for unit in 0..<units where isShared[unit] || owner[unit] < 0 {
      owner[unit] = -1
      values[unit] = isShared[unit] ? Double(shared ?? 0) : 0
    }
    for chosen in choice.sets {
      let own = units(of: Int(chosen)).filter { owner[Int($0)] == chosen }
      let sum = units(of: Int(chosen)).reduce(0) { $0 + values[Int($1)] }
      for unit in own { values[Int(unit)] += (Double(gains[Int(chosen)]) - sum) / Double(own.count) }
    }
    for _ in 0..<200 {
      var isSettled = true
      for set in gains.indices {
        let group = units(of: set)
        var lack = Double(gains[set])
        for unit in group { lack -= values[Int(unit)] }
        if lack > 1 {
          raise(group, by: lack, owner, &values)
          isSettled = false
        }
      }
      for unit in values.indices where values[unit] < -1 {
        raise([Int32(truncatingIfNeeded: unit)], by: -values[unit], owner, &values)
        isSettled = false
      }
      if isSettled { break }
    }
    for unit in 0..<units { set(max(0, Int(values[unit].rounded(.up))), unit) }
  }

  /// Raises the prices of a group of units at the cost of the units chosen with them; overshooting by half converges
  /// sooner.
  private func raise(_ group: ArraySlice<Int32>, by lack: Double, _ owner: [Int32], _ values: inout [Double]) {
    // The net gain of the group if the price of each of its units rises by 1.
    var effect = 0.0
    for unit in group where owner[Int(unit)] >= 0 {
      let size = units(of: Int(owner[Int(unit)])).count { owner[Int($0)] == owner[Int(unit)] }
      let inside = group.count { owner[Int($0)] == owner[Int(unit)] }
      effect += Double(size - inside) / Double(size)
    }
    guard effect > 0 else { return }
    let step = 1.5 * lack / effect
    for unit in group where owner[Int(unit)] >= 0 {
      let own = units(of: Int(owner[Int(unit)])).filter { owner[Int($0)] == owner[Int(unit)] }
      values[Int(unit)] += step
      for other in own { values[Int(other)] -= step / Double(own.count) }
    }
  }

  /// Raises prices until no set gains more than they.
  private mutating func cover() {
    for unit in 0..<units {
      var least = Int.max
      for set in sets(of: unit) { least = min(least, losses[Int(set)]) }
      set(least == Int.max ? 0 : max(0, prices[unit] - least), unit)
    }
    guard shared != nil else { return }
    for index in gains.indices where losses[index] < 0 {
      for unit in units(of: index) where losses[index] < 0 { set(prices[Int(unit)] - losses[index], Int(unit)) }
    }
  }
}
