/// The best choice of a ``SetPacking``, proved for a window of units after the other.
///
/// Smoothed prices bound every choice. A good choice is found with the sets that lose little, and where it loses
/// nothing it is best. Where it loses something, the units concerned form a window. What every choice must lose there
/// is found by searching the window alone, as if all units outside were free; if the choice loses no more, it is best
/// there. If the search finds less, either the choice improves, or the window grows by the units that it would have to
/// share with its neighbourhood. Losses of windows that no set joins add up to a bound of all choices.
final class PackingProof {
  private let problem: PricedPacking.Problem
  private let end: SearchLimit
  private var priced: PricedPacking
  private var isChosen: [Bool] = []
  /// The number of chosen sets of each unit.
  private var covers: [Int32] = []
  private var windows: [Window?] = []
  /// The window of each unit; -1 for none.
  private var windowOfUnit: [Int32]
  private var search = PackingSearch()
  // Scratch: the place of each unit in the window that is searched, and whether a set was seen.
  private var places: [Int32]
  private var isSeen: [Bool] = []

  private struct Window {
    /// Ascending.
    var units: [Int32]
    /// What every choice loses here.
    var loss: Int
    /// Whether the search of it was complete.
    var isExact: Bool
    /// The width of its last search.
    var width: Int
    /// Whether every choice loses as much here by the shares that its window counts, as windows are now.
    var isSeparate = false
  }

  /// The best choice among the sets of a packing, which has all sets that there are.
  ///
  /// - Parameter alone: the cost of all units alone.
  static func best(
    _ packing: SetPacking, alone: Int = 0, until end: SearchLimit = SearchLimit()
  ) -> SetPacking.Proved {
    let all = packing.sets
    var size = 1
    var highest = 1
    for set in all.indices {
      size = max(size, all[set].count)
      highest = max(highest, all.gains[set] / all[set].count)
    }
    let proof = PackingProof(
      PricedPacking.Problem(
        most: packing.most, shared: packing.shared, size: size, price: max(1, highest * 3 / 4),
        alone: alone, safe: { packing.mostPrices },
        list: { prices, margin, _ in
          var near = SetPacking.Sets()
          for set in all.indices {
            let loss = all[set].reduce(-all.gains[set]) { $0 + prices[Int($1)] }
            if loss < margin { near.append(all[set], gain: all.gains[set]) }
          }
          return (near, true)
        },
        greatest: { prices in
          var greatest = SetPacking.Sets()
          for unit in prices.indices {
            let sets = Int(packing.begins[unit])..<Int(packing.begins[unit + 1])
            let surpluses = sets.map { all[$0].reduce(all.gains[$0]) { $0 - prices[Int($1)] } }
            guard let most = surpluses.indices.max(by: { surpluses[$0] < surpluses[$1] }), surpluses[most] > 0 else {
              continue
            }
            greatest.append(all[sets.lowerBound + most], gain: all.gains[sets.lowerBound + most])
          }
          return (greatest, true)
        }), units: packing.units, until: end)
    let proved = proof.prove()
    return SetPacking.Proved(choice: proof.numbered(proved.choice, in: packing), bound: proved.bound)
  }

  /// The proof of a problem's best choice, whose numbers are those of ``sets``.
  init(_ problem: PricedPacking.Problem, units: Int, until end: SearchLimit) {
    self.problem = problem
    self.end = end
    priced = PricedPacking(problem, units: units, until: end)
    windowOfUnit = [Int32](repeating: -1, count: units)
    places = windowOfUnit
    isSeen = [Bool](repeating: false, count: priced.packing.losses.count)
  }

  private var packing: SetPacking { priced.packing }

  /// The sets that a choice numbers.
  var sets: SetPacking.Sets { packing.sets }

  /// The same choice, numbered as in another packing that has all sets.
  private func numbered(_ choice: SetPacking.Choice, in other: SetPacking) -> SetPacking.Choice {
    SetPacking.Choice(
      gain: choice.gain,
      sets: choice.sets.compactMap { other.number(of: packing.sets[Int($0)], gain: packing.sets.gains[Int($0)]) })
  }

  // MARK: the proof

  func prove() -> SetPacking.Proved {
    choose()
    var width = PackingSearch.firstWidth
    while true {
      let lost = (0..<packing.units).reduce(chosenSets.reduce(0) { $0 + packing.losses[$1] }) { $0 + loss(ofUnit: $1) }
      let least = end.isOver ? independentLoss : windows.reduce(0) { $0 + ($1?.loss ?? 0) }
      let bound = priced.isComplete ? packing.prices.reduce(0, +) - least : priced.bound
      let gain = packing.prices.reduce(0, +) - lost
      let isNear = Double(bound - gain) <= end.gap * Double(problem.alone - gain)
      if bound == gain || isNear || end.isOver {
        let sets = chosenSets.map { Int32(truncatingIfNeeded: $0) }
        return SetPacking.Proved(choice: SetPacking.Choice(gain: gain, sets: sets), bound: bound)
      }
      close(width: width)
      width *= 8
    }
  }

  private var chosenSets: [Int] { isChosen.indices.filter { isChosen[$0] } }

  /// Finds a good choice among the sets that lose least.
  private func choose() {
    var (near, numbers): (SetPacking.Sets, [Int32]) = (SetPacking.Sets(), [])
    var losses: [Int] = []
    for set in packing.sets.indices where packing.losses[set] < priced.margin / 8 || !priced.isComplete {
      near.append(packing.sets[set], gain: packing.sets.gains[set])
      losses.append(packing.losses[set])
      numbers.append(Int32(truncatingIfNeeded: set))
    }
    let few = SetPacking(near, prices: packing.prices, losses: losses, most: problem.most, shared: problem.shared)
    isChosen = [Bool](repeating: false, count: packing.losses.count)
    covers = [Int32](repeating: 0, count: packing.units)
    for set in search.best(few, below: .max, width: 16).choice?.sets ?? [] {
      change(Int(numbers[Int(set)]), to: true)
    }
  }

  private func change(_ set: Int, to isChosen: Bool) {
    self.isChosen[set] = isChosen
    for unit in packing.sets[set] { covers[Int(unit)] += isChosen ? 1 : -1 }
  }

  /// What the choice loses with a unit itself.
  private func loss(ofUnit unit: Int) -> Int {
    switch covers[unit] {
    case 0: packing.prices[unit]
    case 1: 0
    default: (Int(covers[unit]) - 1) * ((problem.shared ?? 0) - packing.prices[unit])
    }
  }

  /// Proves the choice in windows around all that it loses, or improves it.
  private func close(width: Int) {
    for (number, window) in windows.enumerated() {
      if let window, !window.isExact, window.width < width { reopen(number) }
    }
    while !end.isOver {
      if let units = lossy() ?? joined(width: width) { close(units, width: width) } else { return }
    }
  }

  private func reopen(_ number: Int) {
    guard let window = windows[number] else { return }
    for unit in window.units { windowOfUnit[Int(unit)] = -1 }
    windows[number] = nil
  }

  /// The units of something that loses outside all windows.
  private func lossy() -> [Int32]? {
    for unit in 0..<packing.units where windowOfUnit[unit] < 0 {
      if loss(ofUnit: unit) > 0 { return [Int32(truncatingIfNeeded: unit)] }
      for set in packing.sets(of: unit) where isChosen[Int(set)] && packing.losses[Int(set)] > 0 {
        let units = packing.sets[Int(set)]
        if units.allSatisfy({ windowOfUnit[Int($0)] < 0 }) { return Array(units) }
      }
    }
    return nil
  }

  /// The units of windows whose losses cannot be added up because of sets that join them.
  ///
  /// Each window counts a share of the loss of a set that reaches into others. If every choice still loses as much in
  /// each, the windows' losses add up.
  private func joined(width: Int) -> [Int32]? {
    let most = windows.compactMap { $0?.loss }.sorted(by: >).prefix(problem.size).reduce(0, +)
    if most > priced.margin { widen(to: most / 2 * 3) }
    for number in windows.indices {
      guard let window = windows[number], window.loss > 0, !window.isSeparate else { continue }
      windows[number]?.isSeparate = true
      let sets = sets(touching: window.units)
      let shares = sets.map { share(of: Int($0), in: number) }
      guard zip(sets, shares).contains(where: { $1 < packing.losses[Int($0)] }) else { continue }
      let found = searched(window.units, sets, losing: shares, below: window.loss, width: width)
      guard found.bound < window.loss else { continue }
      let joining = found.choice?.sets ?? sets
      return window.units
        + joining.filter { share(of: Int($0), in: number) < packing.losses[Int($0)] }.flatMap { packing.sets[Int($0)] }
    }
    return nil
  }

  /// What a window counts of a set's loss, in proportion to the losses of the windows that the set reaches into.
  private func share(of set: Int, in window: Int) -> Int {
    let (loss, here) = (packing.losses[set], windows[window]?.loss ?? 0)
    if packing.sets[set].allSatisfy({ windowOfUnit[Int($0)] < 0 || windowOfUnit[Int($0)] == window }) { return loss }
    let sum = reached(by: set).reduce(0) { $0 + (windows[$1]?.loss ?? 0) }
    return sum == here ? loss : sum.dividingFullWidth(loss.multipliedFullWidth(by: here)).quotient
  }

  /// The windows that a set reaches into.
  private func reached(by set: Int) -> [Int] {
    var numbers: [Int] = []
    for unit in packing.sets[set] {
      let number = Int(windowOfUnit[Int(unit)])
      if number >= 0, !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  /// What every choice loses at least: the losses of windows that no set joins.
  private var independentLoss: Int {
    var counted = [Bool](repeating: false, count: windows.count)
    var loss = 0
    let order = windows.indices.sorted { (windows[$1]?.loss ?? 0, $0) < (windows[$0]?.loss ?? 0, $1) }
    for number in order {
      guard let window = windows[number] else { continue }
      let isJoined = window.units.contains { unit in
        packing.sets(of: Int(unit)).contains { set in
          packing.losses[Int(set)] < window.loss + problem.size * (windows[order[0]]?.loss ?? 0)
            && reached(by: Int(set)).contains { counted[$0] }
        }
      }
      if isJoined { continue }
      counted[number] = true
      loss += window.loss
    }
    // A choice with a set that was not listed loses the margin.
    return min(loss, priced.margin)
  }

  /// Proves the choice in a window around some units, or improves it there.
  private func close(_ seed: [Int32], width: Int) {
    var units = Set(seed)
    while true {
      absorb(into: &units)
      let window = units.sorted()
      let sets = sets(touching: window)
      var here = window.reduce(0) { $0 + loss(ofUnit: Int($1)) }
      for set in sets where isChosen[Int(set)] { here += packing.losses[Int(set)] }
      if here == 0 { return }
      let margin = priced.margin
      let found = searched(window, sets, below: min(here, margin), width: width)
      guard let choice = found.choice else {
        if found.bound == margin, margin < here, widen(to: here) { continue }
        return keep(Window(units: window, loss: found.bound, isExact: found.bound == here, width: width))
      }
      let (isBetter, around) = exchange(window, sets, for: choice)
      if isBetter { continue }
      let count = units.count
      units.formUnion(around)
      if units.count == count {
        return keep(Window(units: window, loss: found.bound, isExact: false, width: width))
      }
    }
  }

  /// Takes over the units of all windows that have some of these.
  private func absorb(into units: inout Set<Int32>) {
    for unit in units where windowOfUnit[Int(unit)] >= 0 {
      let number = Int(windowOfUnit[Int(unit)])
      units.formUnion(windows[number]?.units ?? [])
      reopen(number)
    }
  }

  private func keep(_ window: Window) {
    for unit in window.units { windowOfUnit[Int(unit)] = Int32(truncatingIfNeeded: windows.count) }
    windows.append(window)
    // Others now count less of the sets that reach in here.
    for set in sets(touching: window.units) {
      for unit in packing.sets[Int(set)] where windowOfUnit[Int(unit)] >= 0 {
        windows[Int(windowOfUnit[Int(unit)])]?.isSeparate = false
      }
    }
  }

  private func sets(touching window: [Int32]) -> [Int32] {
    var sets: [Int32] = []
    for unit in window {
      for set in packing.sets(of: Int(unit)) where !isSeen[Int(set)] {
        isSeen[Int(set)] = true
        sets.append(set)
      }
    }
    for set in sets { isSeen[Int(set)] = false }
    return sets
  }

  /// The best choice in a window, by the sets' numbers in the packing.
  private func searched(
    _ window: [Int32], _ sets: [Int32], losing losses: [Int]? = nil, below limit: Int, width: Int
  ) -> PackingSearch.Found {
    // A set that loses a share may lose all of it without one of its units. So no state stands for another by leaving
    // out a unit.
    let most = window.map { losses == nil ? problem.most[Int($0)] : .max / 2 }
    let losses = losses ?? sets.map { packing.losses[Int($0)] }
    for (place, unit) in window.enumerated() { places[Int(unit)] = Int32(truncatingIfNeeded: place) }
    var inside = SetPacking.Sets()
    var kept: [Int] = []
    for (index, set) in sets.enumerated() where losses[index] < limit {
      for unit in packing.sets[Int(set)] where places[Int(unit)] >= 0 { inside.members.append(places[Int(unit)]) }
      inside.starts.append(Int32(truncatingIfNeeded: inside.members.count))
      inside.gains.append(packing.sets.gains[Int(set)])
      kept.append(index)
    }
    for unit in window { places[Int(unit)] = -1 }
    let order = SetPacking.inOrder(inside, units: window.count)
    var sorted = SetPacking.Sets()
    for set in order { sorted.append(inside[Int(set)], gain: inside.gains[Int(set)]) }
    let part = SetPacking(
      sorted, prices: window.map { packing.prices[Int($0)] },
      losses: order.map { losses[kept[Int($0)]] }, most: most, shared: problem.shared)
    var found = search.best(part, below: limit, width: width, until: end)
    if let choice = found.choice {
      let sets = choice.sets.map { sets[kept[Int(order[Int($0)])]] }
      found.choice = SetPacking.Choice(gain: choice.gain, sets: sets)
    }
    return found
  }

  /// Replaces the chosen sets of a window if that loses less altogether.
  ///
  /// - Returns: whether it does; if not, also the units around the window that stand in the way.
  private func exchange(
    _ window: [Int32], _ sets: [Int32], for choice: SetPacking.Choice
  ) -> (isBetter: Bool, around: Set<Int32>) {
    var out = Set(sets.filter { isChosen[Int($0)] })
    var affected = Set(window)
    for set in out { affected.formUnion(packing.sets[Int(set)]) }
    for set in choice.sets { affected.formUnion(packing.sets[Int(set)]) }
    if problem.shared == nil {
      // What the new sets take away from others, and from each other.
      var taken: Set<Int32> = []
      for set in choice.sets {
        for unit in packing.sets[Int(set)] {
          if !taken.insert(unit).inserted { return (false, affected) }
          for other in packing.sets(of: Int(unit)) where isChosen[Int(other)] && out.insert(other).inserted {
            affected.formUnion(packing.sets[Int(other)])
          }
        }
      }
    }
    func loss() -> Int { affected.reduce(0) { $0 + self.loss(ofUnit: Int($1)) } }
    let before = loss() + out.reduce(0) { $0 + packing.losses[Int($1)] }
    for set in out { change(Int(set), to: false) }
    for set in choice.sets { change(Int(set), to: true) }
    if loss() + choice.sets.reduce(0, { $0 + packing.losses[Int($1)] }) < before {
      for unit in affected where windowOfUnit[Int(unit)] >= 0 { reopen(Int(windowOfUnit[Int(unit)])) }
      return (true, [])
    }
    for set in choice.sets { change(Int(set), to: false) }
    for set in out { change(Int(set), to: true) }
    return (false, affected)
  }

  /// Lists more sets; returns whether there was time for it.
  @discardableResult
  private func widen(to margin: Int) -> Bool {
    let before = packing
    guard priced.widen(to: margin, until: end) else { return false }
    let chosen = chosenSets
    isChosen = [Bool](repeating: false, count: packing.losses.count)
    isSeen = isChosen
    for number in windows.indices { windows[number]?.isSeparate = false }
    for set in chosen {
      if let number = packing.number(of: before.sets[set], gain: before.sets.gains[set]) {
        isChosen[Int(number)] = true
      }
    }
    return true
  }
}
