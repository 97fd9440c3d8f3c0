/// A ``SetPacking`` with prices that bound every choice, and all sets that lose little by them.
struct PricedPacking {
  /// The problem: its units, and a way to list the sets that lose less than a margin.
  struct Problem {
    let most: [Int]
    let shared: Int?
    /// The greatest number of units in a set.
    let size: Int
    /// The price of a unit to begin with, of the size of the final ones.
    let price: Int
    /// The cost of all units alone.
    let alone: Int
    /// Prices that are high enough for all sets, listed or not, and none above the cost of a shared unit.
    let safe: () -> [Int]
    /// Lists the sets with a loss below the margin; with a limit, at most so many that have the same first unit. The list
    /// is whole unless there are more, or time was up.
    let list: (_ prices: [Int], _ margin: Int, _ limit: Int) -> (sets: SetPacking.Sets, isWhole: Bool)
    /// Lists, for each first unit, the set that gains most beyond its units' prices, if it gains more than those.
    let greatest: (_ prices: [Int]) -> (sets: SetPacking.Sets, isWhole: Bool)
  }

  private let problem: Problem
  private(set) var packing: SetPacking
  /// All sets that lose less are in the packing.
  private(set) var margin: Int
  /// Whether there was time to list them; if not, any set may be missing, and prices may be too low for it.
  private(set) var isComplete = true
  /// The sum of prices that are high enough for all sets, listed or not: no choice gains more.
  private(set) var bound: Int

  init(_ problem: Problem, units: Int, until end: SearchLimit) {
    self.problem = problem
    let price = Double(problem.price)
    var prices = SmoothedPrices(units: units, price: price, most: problem.shared.map(Double.init) ?? .infinity)
    var slack = price / 2
    bound = .max
    packing = SetPacking(SetPacking.Sets(), prices: [], most: [], shared: nil)
    margin = max(problem.price / 5, 4 * problem.size)
    // Far too many sets would be near prices that do not cover nearly all.
    for round in 1...Self.mostRounds where !end.isOver {
      let (more, isWhole) = problem.list(prices.integers, -max(1, Int(slack / 1000)), Self.setsOfUnit)
      if end.deadline != nil, round.isMultiple(of: 3) || isWhole { lower(to: prices.integers) }
      if slack <= price / 40, more.gains.count <= units / 50 { break }
      prices.add(more)
      prices.settle(slack: slack, sweeps: slack > price / 20 ? 20 : 200, until: end)
      if slack > price / 40 { slack *= 0.7 }
    }
    refine(&prices, slack, until: end)
  }

  private static let mostRounds = 10_000
  private static let mostReturns = 60
  private static let setsOfUnit = 40

  /// Lists all sets below the margin and moves prices on among them.
  private mutating func refine(_ smoothed: inout SmoothedPrices, _ slack: Double, until end: SearchLimit) {
    var slack = slack
    while !end.isOver {
      let before = smoothed.integers
      let (near, isWhole) = problem.list(before, margin, .max)
      guard isWhole else { break }
      smoothed.replace(near)
      while slack > Double(problem.price) / 5000 {
        slack *= 0.7
        smoothed.settle(slack: slack, sweeps: 500, until: end)
      }
      // Sets that were forgotten may have come into reach again.
      var returns = 0
      while returns < Self.mostReturns, smoothed.add(near, below: -slack / 1000) {
        smoothed.settle(slack: slack, sweeps: 500, until: end)
        returns += 1
      }
      var prices = smoothed.integers
      // What is left is rounding.
      raise(&prices, for: near)
      let fall = zip(before, prices).reduce(0) { max($0, $1.0 - $1.1) } * problem.size
      guard fall < margin / 2 else {
        margin += margin / 2
        continue
      }
      margin -= fall
      take(near, prices)
      bound = min(bound, prices.reduce(0, +))
      return
    }
    // Not all sets have been listed, and prices that are high enough for those that have may be too low for others.
    isComplete = false
    margin = .max
    bound = min(bound, problem.safe().reduce(0, +))
    var prices = smoothed.integers
    raise(&prices, for: smoothed.sets)
    take(smoothed.sets, prices)
  }

  /// Lowers the bound to what prices come to when each unit's is raised by what the sets that it is the first of gain
  /// beyond them.
  ///
  /// Of the sets of a choice each has another first unit, unless units are shared.
  private mutating func lower(to prices: [Int]) {
    guard problem.shared == nil else { return }
    let (greatest, isWhole) = problem.greatest(prices)
    guard isWhole else { return }
    let more = greatest.indices.reduce(0) { sum, set in
      greatest[set].reduce(sum + greatest.gains[set]) { $0 - prices[Int($1)] }
    }
    bound = min(bound, prices.reduce(0, +) + more)
  }

  /// Raises prices until no set gains more.
  private func raise(_ prices: inout [Int], for sets: SetPacking.Sets) {
    for set in sets.indices {
      let loss = sets[set].reduce(-sets.gains[set]) { $0 + prices[Int($1)] }
      if loss < 0 { raise(&prices, sets[set], by: -loss) }
    }
  }

  /// Raises prices in a set; where units may be shared, none above the cost of a unit alone.
  private func raise(_ prices: inout [Int], _ set: ArraySlice<Int32>, by lack: Int) {
    var lack = lack
    for unit in set where lack > 0 {
      let more = min(lack, (problem.shared ?? .max) - prices[Int(unit)])
      prices[Int(unit)] += more
      lack -= more
    }
  }

  private mutating func take(_ near: SetPacking.Sets, _ prices: [Int]) {
    var kept = SetPacking.Sets()
    for set in SetPacking.inOrder(near, units: prices.count) {
      let units = near[Int(set)]
      let loss = units.reduce(-near.gains[Int(set)]) { $0 + prices[Int($1)] }
      if loss < margin { kept.append(units, gain: near.gains[Int(set)]) }
    }
    packing = SetPacking(kept, prices: prices, most: problem.most, shared: problem.shared)
  }

  /// Lists more sets; returns whether there was time for it.
  mutating func widen(to margin: Int, until end: SearchLimit) -> Bool {
    let (near, isWhole) = problem.list(packing.prices, margin, .max)
    if !isWhole { return false }
    self.margin = margin
    take(near, packing.prices)
    return true
  }
}
