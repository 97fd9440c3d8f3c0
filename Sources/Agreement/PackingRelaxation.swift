/// The linear relaxation of a set packing to which sets can be added: a fraction for each set and a price for each
/// unit.
///
///     maximise Σ gain_T x_T,  with Σ_{T ∋ unit} x_T ≤ 1 for each unit (or more, at a cost), x ≥ 0
///
/// It is solved by the simplex method with an explicit inverse of the basis; right-hand sides are perturbed to avoid
/// stalling. The result is only a proposal: prices are rounded to integers and checked against every set.
struct PackingRelaxation {
  private let units: Int
  /// The cost of covering a unit once more; nil if that is not allowed.
  private let shared: Double?
  /// The inverse of the basis, units × units, row by row.
  private var inverse: [Double]
  /// The set in the basis for each row; -1 - unit for a unit left alone, -1 - units - unit for one covered once more.
  private var basis: [Int]
  private var values: [Double]
  private(set) var prices: [Double]
  private var columns: [(units: [Int32], gain: Double)] = []

  init(units: Int, shared: Double?) {
    self.units = units
    self.shared = shared
    inverse = [Double](repeating: 0, count: units * units)
    for unit in 0..<units { inverse[unit * units + unit] = 1 }
    basis = (0..<units).map { -1 - $0 }
    prices = [Double](repeating: 0, count: units)
    var generator = SeededGenerator(seed: 1)
    values = (0..<units).map { _ in 1 + 1e-7 * generator.share() }
  }

  mutating func add(_ set: ArraySlice<Int32>, gain: Double) { columns.append((Array(set), gain)) }

  /// The fraction of each set.
  var choice: [Double] {
    var choice = [Double](repeating: 0, count: columns.count)
    for (row, set) in basis.enumerated() where set >= 0 { choice[set] = values[row] }
    return choice
  }

  /// Iterates until no set gains more than its units' prices, or for this many steps.
  mutating func solve(steps: Int = 20_000) {
    let tolerance = 1e-9 * (columns.lazy.map(\.gain).max() ?? 1)
    var direction = [Double](repeating: 0, count: units)
    for _ in 0..<steps {
      guard let (entering, surplus) = entering(above: tolerance) else { return }
      for row in 0..<units { direction[row] = self.direction(row, entering) }
      var (leaving, least) = (-1, Double.infinity)
      for row in 0..<units where direction[row] > 1e-9 {
        let ratio = max(0, values[row]) / direction[row]
        if ratio < least { (leaving, least) = (row, ratio) }
      }
      guard leaving >= 0 else { return }
      pivot(leaving, entering, direction, surplus, step: least)
    }
  }

  private func entering(above tolerance: Double) -> (column: Int, surplus: Double)? {
    var (best, most) = (Int.min, tolerance)
    for (index, column) in columns.enumerated() {
      var surplus = column.gain
      for unit in column.units { surplus -= prices[Int(unit)] }
      if surplus > most { (best, most) = (index, surplus) }
    }
    for unit in 0..<units {
      if -prices[unit] > most { (best, most) = (-1 - unit, -prices[unit]) }
      if let shared, prices[unit] - shared > most { (best, most) = (-1 - units - unit, prices[unit] - shared) }
    }
    return best == Int.min ? nil : (best, most)
  }

  /// A row of the inverse times a column.
  private func direction(_ row: Int, _ column: Int) -> Double {
    if column >= 0 {
      var sum = 0.0
      for unit in columns[column].units { sum += inverse[row * units + Int(unit)] }
      return sum
    }
    let unit = -1 - column
    return unit < units ? inverse[row * units + unit] : -inverse[row * units + unit - units]
  }

  private mutating func pivot(_ leaving: Int, _ entering: Int, _ direction: [Double], _ surplus: Double, step: Double) {
    let pivot = 1 / direction[leaving]
    for column in 0..<units { inverse[leaving * units + column] *= pivot }
    let row = Array(inverse[leaving * units..<(leaving + 1) * units])
    let used = row.indices.filter { row[$0] != 0 }
    for other in 0..<units where other != leaving && direction[other] != 0 {
      let factor = direction[other]
      for column in used { inverse[other * units + column] -= factor * row[column] }
      values[other] -= factor * step
    }
    values[leaving] = step
    basis[leaving] = entering
    for column in used { prices[column] += surplus * row[column] }
  }
}
