/// Sums of distances over all pairs of values, in less time than there are pairs.
extension Distance {
  /// Σ n_c n_k δ²_ck over ordered pairs of categories, with the use n_c of each.
  func expected(_ margins: [Int], _ numbers: CategoryNumbers) -> Double {
    if isOrdinal { return Self.spread(Self.twiceMidranks(margins).map { Double($0) / 2 }, margins) }
    switch scale {
    case .interval(let values): return Self.spread(values, margins)
    case .ratio(let values): return Self.ratios(values, margins)
    case nil:
      var sum = 0.0
      for first in margins.indices where margins[first] > 0 {
        for second in 0..<first {
          sum += squared(numbers[first], numbers[second]) * Double(margins[first]) * Double(margins[second])
        }
      }
      return 2 * sum
    }
  }

  /// Twice the mean rank of each category among all values: δ of ranks is the difference of mean ranks.
  static func twiceMidranks(_ margins: [Int]) -> [Int] {
    var below = 0
    return margins.map { count in
      below += count
      return 2 * below - count
    }
  }

  /// Σ n_c n_k (v_c − v_k)² over ordered pairs, which is 2n Σ n_c (v_c − v̄)².
  private static func spread(_ values: [Double], _ margins: [Int]) -> Double {
    let used = margins.indices.filter { margins[$0] > 0 }
    let n = used.reduce(0.0) { $0 + Double(margins[$1]) }
    // From a value in their midst, so that large values lose no digits.
    let origin = used.isEmpty ? 0 : values[used[used.count / 2]]
    let mean = used.reduce(0.0) { $0 + Double(margins[$1]) * (values[$1] - origin) } / n
    let squares = used.reduce(0.0) { sum, category in
      let apart = values[category] - origin - mean
      return sum + Double(margins[category]) * apart * apart
    }
    return 2 * n * squares
  }

  // MARK: ratios

  /// The values of a binade, 2^exponent to twice that, as weights of nodes in it.
  private struct Binade {
    let exponent: Int
    var weights = [Double](repeating: 0, count: Nodes.count)
  }

  /// Σ n_c n_k ((v_c − v_k) / (v_c + v_k))² over ordered pairs.
  ///
  /// δ² = 1 − 4 v_c v_k / (v_c + v_k)². Within a binade that is so smooth that values in it stand for a few nodes
  /// (Chebyshev interpolation), and far binades differ by 1. The error is that of rounding.
  private static func ratios(_ values: [Double], _ margins: [Int]) -> Double {
    let used = margins.indices.filter { margins[$0] > 0 }
    // A scale of ratios has no negative values; those with some are summed pair by pair.
    guard used.allSatisfy({ values[$0] >= 0 && values[$0].isFinite }) else {
      let pairwise = Distance { ratio(values).squared($0, $1) }
      return pairwise.expected(margins, CategoryNumbers(plain: margins.count, names: []))
    }
    let zeros = used.reduce(0.0) { $0 + (values[$1] == 0 ? Double(margins[$1]) : 0) }
    var n = 0.0
    var binades: [Binade] = []
    let nodes = Nodes()
    for category in used.filter({ values[$0] > 0 }).sorted(by: { values[$0] < values[$1] }) {
      let (exponent, count) = (Int(values[category].exponent), Double(margins[category]))
      if binades.last?.exponent != exponent { binades.append(Binade(exponent: exponent)) }
      n += count
      for (node, share) in nodes.shares(values[category].significand).enumerated() {
        binades[binades.count - 1].weights[node] += share * count
      }
    }
    var alike = 0.0
    for (index, one) in binades.enumerated() {
      for other in binades[index...] {
        if other.exponent - one.exponent > 64 { break }
        let scale = Double(sign: .plus, exponent: other.exponent - one.exponent, significand: 1)
        var sum = 0.0
        for (first, weight) in one.weights.enumerated() {
          for (second, otherWeight) in other.weights.enumerated() {
            let (a, b) = (nodes.places[first], nodes.places[second] * scale)
            sum += weight * otherWeight * 4 * a * b / ((a + b) * (a + b))
          }
        }
        alike += other.exponent == one.exponent ? sum : 2 * sum
      }
    }
    return n * n - alike + 2 * zeros * n
  }

  /// Chebyshev nodes from 1 to 2.
  private struct Nodes {
    /// The error of interpolation falls by more than five with each.
    static let count = 24
    let places: [Double]
    /// Barycentric weights.
    private let weights: [Double]

    init() {
      let places = (0..<Self.count).map { node in
        1.5 + 0.5 * Self.cosine(Double(2 * node + 1) * .pi / Double(2 * Self.count))
      }
      weights = places.indices.map { node in
        places.indices.reduce(1.0) { $1 == node ? $0 : $0 / (4 * (places[node] - places[$1])) }
      }
      self.places = places
    }

    /// cos x, by its series.
    private static func cosine(_ x: Double) -> Double {
      var (sum, term, n) = (1.0, 1.0, 0.0)
      while sum + term != sum || n < 2 {
        term *= -x * x / ((n + 1) * (n + 2))
        sum += term
        n += 2
      }
      return sum
    }

    /// What each node counts for a value.
    func shares(_ value: Double) -> [Double] {
      if let node = places.firstIndex(of: value) { return places.indices.map { $0 == node ? 1 : 0 } }
      let shares = places.indices.map { weights[$0] / (value - places[$0]) }
      let sum = shares.reduce(0, +)
      return shares.map { $0 / sum }
    }
  }
}
