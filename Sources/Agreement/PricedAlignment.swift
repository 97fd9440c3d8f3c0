/// The best choice among the candidates of a continuum.
extension UnitaryCandidates {
  /// The best choice of candidates, proved.
  ///
  /// - Parameters:
  ///   - shared: the cost of a unit alone if units may be in several candidates; nil if they may not.
  ///   - most: the number of annotators up to which all candidates are listed; beyond it there are too many.
  mutating func best(shared: Int?, listingUpTo most: Int = 5) -> SetPacking.Choice {
    let isAll = annotators <= most || !listNeeded(shared: shared)
    if isAll { list() }
    return SetPacking.best(
      units: units.count, members: members, starts: starts, gains: gains, most: isAll ? self.most : mostEver,
      shared: shared)
  }

  /// The most that each unit adds to any candidate, listed or not.
  private var mostEver: [Int] { [Int](repeating: (pairs + annotators - 1) * Self.scale, count: units.count) }

  /// The number of rounds after which all candidates are listed because prices have not settled.
  private static let mostRounds = 1000

  /// Lists the candidates that a best choice may contain, without listing all.
  ///
  /// The relaxation over the candidates so far gives prices; candidates that gain more than their units' prices are
  /// added until there are none. The prices then bound every choice. Their distance from the best choice so far is the
  /// greatest loss of a candidate in a better one.
  ///
  /// - Returns: whether prices have settled; if not, nothing is listed.
  private mutating func listNeeded(shared: Int?) -> Bool {
    var relaxation = PackingRelaxation(units: units.count, shared: shared.map { Double($0) / Double(Self.scale) })
    var prices = [Int](repeating: pairs * Self.scale * 3 / 4, count: units.count)
    // The tolerance for rounding in the relaxation.
    let slack = Self.scale >> 18
    var known = 0
    var isComplete = false
    for _ in 0..<Self.mostRounds where !isComplete {
      list(Demand(prices: prices, margin: -slack, most: 100))
      isComplete = gains.count == known
      for candidate in known..<gains.count {
        relaxation.add(units(of: candidate), gain: Double(gains[candidate]) / Double(Self.scale))
      }
      known = gains.count
      if isComplete { break }
      relaxation.solve()
      prices = relaxation.prices.map { min(max(0, Int(($0 * Double(Self.scale)).rounded(.up))), shared ?? .max) }
    }
    guard isComplete else {
      clear()
      return false
    }
    prices = prices.map { min($0 + slack, shared ?? .max) }
    let bound = prices.reduce(0, +)
    // The best choice among candidates that the relaxation chooses at least in part.
    let partly = relaxation.choice
    var chosen: [Int] = []
    for candidate in 0..<known where partly[candidate] > 1e-6 { chosen.append(candidate) }
    let best = SetPacking.best(
      units: units.count, members: chosen.flatMap { units(of: $0) },
      starts: chosen.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32(units(of: $1).count)) },
      gains: chosen.map { gains[$0] }, most: mostEver, shared: shared)
    clear()
    list(Demand(prices: prices, margin: bound - best.gain + 1))
    return true
  }
}
