/// Cohen's weighted kappa: agreement of two annotators, with some disagreements worse than others.
///
/// With p_ij the share of items that the first annotator puts into i and the second into j, and w_ij the weights of
/// disagreement,
///
///     κ_w = 1 − Σ w_ij p_ij / Σ w_ij p_i· p_·j
///
/// Source: Cohen, “Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit”,
/// *Psychological Bulletin* 70 (1968), pages 213–220.
///
/// Undefined if no item has both values, or no disagreement is expected.
public struct WeightedKappa: Measure {
  /// A table of categories × categories: the number of items that the first annotator put into i and the second into j.
  public struct Evidence: PairTally {
    public var counts: [Int]
    fileprivate let numbers: CategoryNumbers
    public var isApart: Bool { counts.allSatisfy { $0 == 0 } }
  }

  private let weight: @Sendable (Int, Int) -> Double

  /// Creates the measure with a function of weights.
  ///
  /// - Parameter weight: the weight of the first and the second annotator's categories; 0 for equal ones, never
  ///   negative.
  public init(weight: @escaping @Sendable (Int, Int) -> Double) { self.weight = weight }

  /// Weights |i − j|, with categories numbered along their scale.
  public static let linear = WeightedKappa { abs(Double($0) - Double($1)) }

  /// Weights (i − j)², with categories numbered along their scale.
  public static let quadratic = WeightedKappa { (Double($0) - Double($1)) * (Double($0) - Double($1)) }

  /// The tallies of each document of a study of two annotators.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<Evidence> {
    try study.checkPair()
    let numbers = study.numbers
    let categories = numbers.count
    guard categories <= InvalidInput.mostCategories else { throw .invalid(.tooLarge) }
    let zero = { Evidence(counts: [Int](repeating: 0, count: categories * categories), numbers: numbers) }
    return try study.tallies(width: categories * categories, zero) { row, add in
      guard let first = row.first, let second = row.last, first >= 0, second >= 0 else { return }
      add(Int(first) * categories + Int(second), 1)
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    let (numbers, categories) = (tally.numbers, 0..<tally.numbers.count)
    try tally.check(numbers.count * numbers.count)
    let items = tally.counts.reduce(0, +)
    guard items > 0 else { throw .noPairableItems }
    let table = categories.map { first in categories.map { tally.counts[first * numbers.count + $0] } }
    let firsts = table.map { $0.reduce(0, +) }
    let seconds = categories.map { second in table.reduce(0) { $0 + $1[second] } }
    var (observed, expected) = (0.0, 0.0)
    for first in categories {
      for second in categories {
        let weight = weight(numbers[first], numbers[second])
        observed += weight * Double(table[first][second])
        expected += weight * (Int128(firsts[first]) * Int128(seconds[second])).nearest
      }
    }
    guard expected > 0 else { throw .oneCategory }
    observed /= Double(items)
    expected /= Double(items) * Double(items)
    return Coefficient(value: 1 - observed / expected, items: items, observed: observed, expected: expected)
  }
}
