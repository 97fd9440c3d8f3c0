/// Prices of units near the least that bound every choice of sets (``SetPacking``), by smoothed coordinate descent.
///
/// Where many choices are nearly as good, the least prices are far from unique, and a corner of them asks for a great
/// many sets that were not yet listed. So prices minimise, for a slack that shrinks,
///
///     Σ prices + Σ_sets max(0, slack − loss)² / (2 slack)
///
/// one unit after the other, along the text and back. Prices then lie in the middle of what the sets allow, and no loss
/// is below 0.
struct SmoothedPrices {
  private(set) var prices: [Double]
  private(set) var sets = SetPacking.Sets()
  private var losses: [Double] = []
  private var offsets: [Int32] = []
  private var setsOfUnits: [Int32] = []
  /// The cost of a unit alone if units may be in several sets, which no price exceeds.
  private let most: Double
  private var wanted: [Double] = []

  /// - Parameters:
  ///   - price: the price of each unit to begin with.
  ///   - most: the greatest price.
  init(units: Int, price: Double, most: Double) {
    prices = [Double](repeating: min(price, most), count: units)
    self.most = most
  }

  /// The prices as integers, rounded up.
  var integers: [Int] { prices.map { Int($0.rounded(.up)) } }

  /// Adds the sets with a loss below a limit; returns whether there are any.
  @discardableResult
  mutating func add(_ more: SetPacking.Sets, below limit: Double = .infinity) -> Bool {
    let count = losses.count
    for set in more.indices {
      let loss = more[set].reduce(-Double(more.gains[set])) { $0 + prices[Int($1)] }
      guard loss < limit else { continue }
      sets.append(more[set], gain: more.gains[set])
      losses.append(loss)
    }
    return losses.count > count
  }

  /// Replaces the sets.
  mutating func replace(_ sets: SetPacking.Sets) {
    self.sets.removeAll()
    losses.removeAll(keepingCapacity: true)
    add(sets)
  }

  /// Moves prices towards the minimum for a slack, forgetting sets that are far from it.
  ///
  /// - Parameters:
  ///   - slack: the slack.
  ///   - sweeps: the greatest number of sweeps along the text and back.
  ///   - end: when to stop before that.
  mutating func settle(slack: Double, sweeps: Int, until end: SearchLimit) {
    forget(above: 4 * slack)
    (offsets, setsOfUnits) = SetPacking.index(sets, units: prices.count)
    let enough = slack / 1000 * Double(prices.count)
    for _ in 0..<sweeps where !end.isOver {
      var change = 0.0
      for unit in prices.indices { change += reprice(unit, slack) }
      for unit in prices.indices.reversed() { change += reprice(unit, slack) }
      if change < enough { return }
    }
  }

  private mutating func forget(above loss: Double) {
    var kept = SetPacking.Sets()
    for set in sets.indices where losses[set] < loss { kept.append(sets[set], gain: sets.gains[set]) }
    losses.removeAll { $0 >= loss }
    sets = kept
  }

  /// Sets the price of a unit to the minimum for the others' prices; returns the change.
  private mutating func reprice(_ unit: Int, _ slack: Double) -> Double {
    let range = Int(offsets[unit])..<Int(offsets[unit + 1])
    var least = Double.infinity
    for place in range { least = min(least, losses[Int(setsOfUnits[place])]) }
    var price = 0.0
    if least < .infinity {
      // The prices at which sets have no loss.
      wanted.removeAll(keepingCapacity: true)
      for place in range {
        let loss = losses[Int(setsOfUnits[place])]
        if loss - least < slack { wanted.append(prices[unit] - loss) }
      }
      if wanted.count > 1 { wanted.sort(by: >) }
      var sum = 0.0
      for (index, value) in wanted.enumerated() {
        sum += value
        price = (sum + slack * Double(index)) / Double(index + 1)
        if index + 1 < wanted.count, price >= wanted[index + 1] + slack { break }
      }
      price = min(max(0, price), most)
    }
    let change = price - prices[unit]
    guard abs(change) > slack * 1e-6 else { return 0 }
    prices[unit] = price
    for place in range { losses[Int(setsOfUnits[place])] += change }
    return abs(change)
  }
}
