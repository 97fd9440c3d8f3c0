/// The search of a part of a ``SetPacking`` from its first unit to its last.
///
/// What matters of a way up to a unit is which units behind it are taken already; of all ways that have taken the same, the
/// one with the least loss goes on, unless its loss reaches the gap or another way is sure to end with less.
struct PackingSearch {
  /// Whether the last search left nothing out.
  private(set) var isExact = true

  /// A way up to a unit.
  private struct State {
    var loss: Int
    /// The last step taken; -1 for none.
    var step: Int32
  }

  /// A set that was chosen after another step.
  private struct Step {
    let before: Int32
    let set: Int32
  }

  /// States with the units that each has taken. A set reaches over few units, so that a ring of bits holds them all: unit
  /// u stands at bit u modulo the ring's length.
  private struct Layer {
    var states: [State] = []
    /// States × words.
    var taken: [UInt64] = []

    mutating func clear() {
      states.removeAll(keepingCapacity: true)
      taken.removeAll(keepingCapacity: true)
    }
  }

  private var words = 1
  private var steps: [Step] = []
  private var layer = Layer()
  private var next = Layer()
  private var table = Table()
  private var set: [UInt64] = []

  /// Finds a choice with a loss below the gap, the least there is unless more ways than the width had to be followed; nil
  /// where there is none.
  mutating func best(_ packing: SetPacking, below gap: Int, width: Int) -> SetPacking.Choice? {
    isExact = true
    words = 1
    while words * 64 < packing.span { words *= 2 }
    set = [UInt64](repeating: 0, count: words)
    steps.removeAll(keepingCapacity: true)
    layer.clear()
    layer.states.append(State(loss: 0, step: -1))
    layer.taken += set
    for unit in 0..<packing.units {
      step(over: unit, packing, below: gap)
      swap(&layer, &next)
      if layer.states.isEmpty { return nil }
      dominate(packing, from: unit + 1)
      if layer.states.count > width { narrow(to: width) }
    }
    guard let best = layer.states.min(by: { $0.loss < $1.loss }) else { return nil }
    var choice = SetPacking.Choice(gain: packing.prices.reduce(0, +) - best.loss)
    var step = best.step
    while step >= 0 {
      choice.sets.append(steps[Int(step)].set)
      step = steps[Int(step)].before
    }
    return choice
  }

  private func word(_ unit: Int) -> Int { unit >> 6 & (words - 1) }

  /// All that may be done with a unit, in every state.
  private mutating func step(over unit: Int, _ packing: SetPacking, below gap: Int) {
    next.clear()
    table.clear()
    let (word, bit) = (word(unit), UInt64(1) << UInt64(unit & 63))
    for (index, state) in layer.states.enumerated() where layer.taken[index * words + word] & bit != 0 {
      layer.taken[index * words + word] &= ~bit
      reach(index, state.loss, state.step, nil)
      // Marks the state as gone on.
      layer.states[index].loss = .max
    }
    for (index, state) in layer.states.enumerated() where state.loss < .max {
      if state.loss + packing.prices[unit] < gap { reach(index, state.loss + packing.prices[unit], state.step, nil) }
    }
    for number in packing.sets(of: unit) {
      let (units, loss) = (packing.units(of: Int(number)), packing.losses[Int(number)])
      guard packing.shared != nil || Int(units[units.startIndex]) == unit else { continue }
      for word in set.indices { set[word] = 0 }
      var paidTwice = 0
      for other in units.lazy.map(Int.init) where other != unit {
        if other < unit {
          paidTwice += (packing.shared ?? 0) - packing.prices[other]
        } else {
          set[self.word(other)] |= 1 << UInt64(other & 63)
        }
      }
      for (index, state) in layer.states.enumerated() where state.loss < .max {
        var total = state.loss + loss + paidTwice
        var isFree = true
        for word in set.indices where layer.taken[index * words + word] & set[word] != 0 {
          isFree = false
          guard let shared = packing.shared else { break }
          for other in units.lazy.map(Int.init) where other > unit && self.word(other) == word {
            if layer.taken[index * words + word] >> UInt64(other & 63) & 1 == 1 {
              total += shared - packing.prices[other]
            }
          }
        }
        if isFree || packing.shared != nil, total < gap { reach(index, total, state.step, number) }
      }
    }
  }

  /// Goes on from a state, with the units of a set taken as well.
  private mutating func reach(_ index: Int, _ loss: Int, _ step: Int32, _ chosen: Int32?) {
    let start = next.taken.count
    for word in 0..<words {
      next.taken.append(layer.taken[index * words + word] | (chosen == nil ? 0 : set[word]))
    }
    let place = table.place(of: start, in: next.taken, words: words)
    if place < next.states.count {
      next.taken.removeLast(words)
      guard loss < next.states[place].loss else { return }
    } else {
      next.states.append(State(loss: loss, step: step))
    }
    var step = step
    if let chosen {
      steps.append(Step(before: step, set: chosen))
      step = Int32(truncatingIfNeeded: steps.count - 1)
    }
    next.states[place] = State(loss: loss, step: step)
  }

  /// Leaves out states from which nothing is reached that is not reached with less loss from the best one.
  ///
  /// What follows on a state may follow on the best one, with the units alone that only the state has taken, and with sets
  /// less the units that only the best one has taken, each of which adds no more to a set than the packing's most.
  private mutating func dominate(_ packing: SetPacking, from first: Int) {
    guard layer.states.count > 1 else { return }
    var best = 0
    for index in layer.states.indices where layer.states[index].loss < layer.states[best].loss { best = index }
    let ring = words * 64
    var kept = 0
    for index in layer.states.indices {
      var allowed = layer.states[index].loss - layer.states[best].loss
      for word in 0..<words where index != best {
        var different = layer.taken[index * words + word] ^ layer.taken[best * words + word]
        while different != 0, allowed >= 0 {
          let bit = different.trailingZeroBitCount
          different &= different - 1
          let price = packing.prices[first + (word * 64 + bit - first) & (ring - 1)]
          let isOwn = layer.taken[index * words + word] >> UInt64(bit) & 1 == 1
          allowed -= isOwn ? price : max(0, packing.most - price)
        }
      }
      if index == best || allowed < 0 {
        move(index, to: kept)
        if index == best { best = kept }
        kept += 1
      }
    }
    layer.states.removeLast(layer.states.count - kept)
    layer.taken.removeLast(layer.taken.count - kept * words)
  }

  private mutating func move(_ index: Int, to place: Int) {
    guard place < index else { return }
    layer.states[place] = layer.states[index]
    for word in 0..<words { layer.taken[place * words + word] = layer.taken[index * words + word] }
  }

  /// Goes on with the best states alone.
  private mutating func narrow(to width: Int) {
    isExact = false
    let order = layer.states.indices.sorted { (layer.states[$0].loss, $0) < (layer.states[$1].loss, $1) }.prefix(width)
      .sorted()
    for (place, index) in order.enumerated() { move(index, to: place) }
    layer.states.removeLast(layer.states.count - width)
    layer.taken.removeLast(layer.taken.count - width * words)
  }

  /// The place of each state by what it has taken: a hash table with open addresses.
  private struct Table {
    private var places = [Int32](repeating: -1, count: 64)
    private var used: [Int] = []

    mutating func clear() {
      for slot in used { places[slot] = -1 }
      used.removeAll(keepingCapacity: true)
    }

    /// The place of the state that has taken the same as the one whose words begin at a place, which is the last one.
    mutating func place(of start: Int, in taken: [UInt64], words: Int) -> Int {
      if used.count * 2 >= places.count { grow(taken, words) }
      let slot = slot(of: start, in: taken, words)
      if places[slot] < 0 {
        places[slot] = Int32(truncatingIfNeeded: start / words)
        used.append(slot)
      }
      return Int(places[slot])
    }

    private func slot(of start: Int, in taken: [UInt64], _ words: Int) -> Int {
      var hash: UInt64 = 0
      for word in start..<start + words { hash = (hash ^ taken[word]) &* 0x9E37_79B9_7F4A_7C15 }
      var slot = Int(truncatingIfNeeded: hash >> UInt64((places.count - 1).leadingZeroBitCount))
      while places[slot] >= 0 {
        let other = Int(places[slot]) * words
        if (0..<words).allSatisfy({ taken[other + $0] == taken[start + $0] }) { break }
        slot = (slot + 1) & (places.count - 1)
      }
      return slot
    }

    private mutating func grow(_ taken: [UInt64], _ words: Int) {
      let old = used.map { places[$0] }
      places = [Int32](repeating: -1, count: places.count * 2)
      used.removeAll(keepingCapacity: true)
      for place in old {
        let slot = slot(of: Int(place) * words, in: taken, words)
        places[slot] = place
        used.append(slot)
      }
    }
  }
}
