/// The search for the best choice in a ``SetPacking``, from its first unit to its last.
struct PackingSearch {
  /// What a search came to.
  struct Found {
    /// The choice with the least loss below the limit; nil if none was found.
    var choice: SetPacking.Choice?
    /// The least loss that a choice may have; the limit if there is none below it.
    var bound: Int
  }

  /// The number of states that a first search keeps for each unit, and that any search may keep when time is up.
  static let firstWidth = 1024

  /// Whether the last search was complete.
  private(set) var isExact = true

  private var narrow = RingSearch<UInt64>()
  private var wide = RingSearch<DoubleRing<DoubleRing<UInt64>>>()
  private var wider = RingSearch<DoubleRing<DoubleRing<DoubleRing<DoubleRing<UInt64>>>>>()
  private var widest = RingSearch<WideRing>()

  /// Finds the choice with the least loss below the limit.
  ///
  /// It is not exact if more states than the width had to be kept, or if time was up; see ``isExact``.
  mutating func best(
    _ packing: SetPacking, below limit: Int, width: Int, until end: SearchLimit = SearchLimit()
  ) -> Found {
    func found<Ring>(_ search: inout RingSearch<Ring>, span: Int) -> Found {
      let found = search.best(packing, span: span, below: limit, width: width, until: end)
      isExact = search.isExact
      return found
    }
    let span = packing.span
    return switch span {
    case ...64: found(&narrow, span: span)
    case ...256: found(&wide, span: span)
    case ...1024: found(&wider, span: span)
    default: found(&widest, span: span)
    }
  }
}

/// A dynamic program over the units in order.
///
/// A state is the set of later units that are already taken. Of all states with the same set, the one with the least
/// loss is kept, unless its loss reaches the limit or another state is sure to end with less.
private struct RingSearch<Ring: UnitRing> {
  private(set) var isExact = true
  /// The least loss of a state that was given up.
  private var given = Int.max

  /// A partial choice up to a unit.
  private struct State {
    /// The later units that are taken.
    var taken: Ring
    var loss: Int
    /// The last step; -1 for none.
    var step: Int32
  }

  /// A chosen set and the step before it.
  private struct Step {
    let before: Int32
    let set: Int32
  }

  private var steps: [Step] = []
  private var layer: [State] = []
  private var next: [State] = []
  /// A hash table with open addressing, from the units taken to a state; the upper bits hold the number of the table's
  /// use.
  private var slots = [UInt64](repeating: 0, count: 64)
  private var use: UInt64 = 0

  mutating func best(
    _ packing: SetPacking, span: Int, below limit: Int, width: Int, until end: SearchLimit
  ) -> PackingSearch.Found {
    isExact = true
    given = .max
    steps.removeAll(keepingCapacity: true)
    layer.removeAll(keepingCapacity: true)
    let none = Ring(span: span)
    layer.append(State(taken: none, loss: 0, step: -1))
    for unit in 0..<packing.units {
      step(over: unit, packing, none, below: limit)
      swap(&layer, &next)
      if layer.isEmpty { return PackingSearch.Found(choice: nil, bound: min(limit, given)) }
      if layer.count > 1 { dominate(packing, from: unit + 1) }
      let kept = layer.count > PackingSearch.firstWidth && end.isOver ? 1 : width
      if layer.count > kept { narrow(to: kept) }
    }
    // After the last unit, no later unit is taken.
    var choice = SetPacking.Choice(gain: packing.prices.reduce(0, +) - layer[0].loss)
    var step = layer[0].step
    while step >= 0 {
      choice.sets.append(steps[Int(step)].set)
      step = steps[Int(step)].before
    }
    return PackingSearch.Found(choice: choice, bound: min(layer[0].loss, given))
  }

  /// Extends every state by all that may be done with a unit.
  private mutating func step(over unit: Int, _ packing: SetPacking, _ none: Ring, below limit: Int) {
    next.removeAll(keepingCapacity: true)
    use += 1 << 32
    let price = packing.prices[unit]
    var free = 0
    for index in 0..<layer.count {
      var state = layer[index]
      if state.taken.contains(unit) {
        state.taken.remove(unit)
        reach(state, nil)
      } else {
        layer[free] = state
        free += 1
        state.loss += price
        if state.loss < limit { reach(state, nil) }
      }
    }
    cut(to: free)
    if let shared = packing.shared {
      for place in Int(packing.offsets[unit])..<Int(packing.offsets[unit + 1]) {
        choose(Int(packing.setsOfUnits[place]), sharedFor: shared, at: unit, packing, none, below: limit)
      }
    } else {
      for set in Int(packing.begins[unit])..<Int(packing.begins[unit + 1]) { choose(set, packing, none, below: limit) }
    }
  }

  /// Chooses a set in every state that has taken none of its units.
  private mutating func choose(_ set: Int, _ packing: SetPacking, _ none: Ring, below limit: Int) {
    var others = none
    for place in Int(packing.sets.starts[set]) + 1..<Int(packing.sets.starts[set + 1]) {
      others.insert(Int(packing.sets.members[place]))
    }
    let loss = packing.losses[set]
    for index in 0..<layer.count {
      let state = layer[index]
      guard state.taken.isDisjoint(with: others), state.loss + loss < limit else { continue }
      reach(
        State(taken: state.taken.union(others), loss: state.loss + loss, step: state.step),
        Int32(truncatingIfNeeded: set))
    }
  }

  /// Chooses a set in every state; units already taken are paid for again.
  private mutating func choose(
    _ set: Int, sharedFor shared: Int, at unit: Int, _ packing: SetPacking, _ none: Ring, below limit: Int
  ) {
    var (others, loss) = (none, packing.losses[set])
    for place in Int(packing.sets.starts[set])..<Int(packing.sets.starts[set + 1]) {
      let other = Int(packing.sets.members[place])
      if other < unit {
        loss += shared - packing.prices[other]
      } else if other > unit {
        others.insert(other)
      }
    }
    for index in 0..<layer.count {
      let state = layer[index]
      var total = state.loss + loss
      var twice = state.taken.intersection(others)
      while let other = twice.popUnit(from: unit) { total += shared - packing.prices[other] }
      guard total < limit else { continue }
      reach(
        State(taken: state.taken.union(others), loss: total, step: state.step), Int32(truncatingIfNeeded: set))
    }
  }

  /// Adds a state, or replaces one that has taken the same units with more loss.
  @inline(__always)
  private mutating func reach(_ state: State, _ chosen: Int32?) {
    if next.count * 2 >= slots.count { grow() }
    let slot = slot(of: state.taken)
    let place = slots[slot] >= use ? Int(slots[slot] - use) : next.count
    if place < next.count, next[place].loss <= state.loss { return }
    var state = state
    if let chosen {
      steps.append(Step(before: state.step, set: chosen))
      state.step = Int32(truncatingIfNeeded: steps.count - 1)
    }
    if place < next.count {
      next[place] = state
    } else {
      slots[slot] = use + UInt64(truncatingIfNeeded: place)
      next.append(state)
    }
  }

  @inline(__always)
  private func slot(of taken: Ring) -> Int {
    var slot = Int(truncatingIfNeeded: taken.hash >> UInt64((slots.count - 1).leadingZeroBitCount))
    while slots[slot] >= use, next[Int(slots[slot] - use)].taken != taken { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    for place in next.indices { slots[slot(of: next[place].taken)] = use + UInt64(truncatingIfNeeded: place) }
  }

  /// Removes states that can reach nothing that another reaches with less loss.
  private mutating func dominate(_ packing: SetPacking, from first: Int) {
    var best = 0
    for index in 1..<layer.count where layer[index].loss < layer[best].loss { best = index }
    layer.swapAt(0, best)
    // Among many states, the first few are no better candidates than any.
    let most = layer.count <= 64 ? 8 : 1
    var kept = 1
    for index in 1..<layer.count {
      let state = layer[index]
      let rivals = min(kept, most)
      var rival = 0
      while rival < rivals, !isDominated(state, by: layer[rival], packing, from: first) { rival += 1 }
      if rival == rivals {
        layer[kept] = state
        kept += 1
      }
    }
    cut(to: kept)
  }

  /// Whether a state can be replaced by another in every continuation.
  ///
  /// The other leaves alone the units that only this state has taken, and drops from later sets the units that only the
  /// other has taken, each of which adds at most its greatest contribution.
  private func isDominated(_ state: State, by other: State, _ packing: SetPacking, from first: Int) -> Bool {
    var allowed = state.loss - other.loss
    var different = state.taken.symmetricDifference(other.taken)
    while allowed >= 0, let unit = different.popUnit(from: first) {
      let price = packing.prices[unit]
      allowed -= state.taken.contains(unit) ? price : max(0, packing.most[unit] - price)
    }
    return allowed >= 0
  }

  /// Removes the last states one by one, since there are mostly few.
  private mutating func cut(to count: Int) { while layer.count > count { layer.removeLast() } }

  /// Keeps the best states only.
  private mutating func narrow(to width: Int) {
    isExact = false
    let order = layer.indices.sorted { (layer[$0].loss, $0) < (layer[$1].loss, $1) }.prefix(width).sorted()
    var kept = 0
    for index in layer.indices {
      if kept < order.count, order[kept] == index {
        layer[kept] = layer[index]
        kept += 1
      } else {
        given = min(given, layer[index].loss)
      }
    }
    cut(to: width)
  }
}
