/// How far two categories agree, from 0 to 1; 1 for equal ones.
///
/// Source: Gwet, *Handbook of Inter-Rater Reliability*, 4th edition (2014), chapter 3.
public struct AgreementWeights: Sendable {
  /// Categories × categories.
  let weights: [[Double]]

  /// The number of categories, of which some may not be used.
  public var categories: Int { weights.count }

  /// The weight of two categories, by their numbers; 0 for what is no category.
  public func weight(_ first: Int, _ second: Int) -> Double {
    weights.indices.contains(first) && weights.indices.contains(second) ? weights[first][second] : 0
  }

  /// The number of categories that there may be.
  private static func count(_ categories: Int) -> Int { max(0, min(categories, 1 << 10)) }

  private init(_ categories: Int, _ weight: (Int, Int) -> Double) {
    let categories = Self.count(categories)
    weights = (0..<categories).map { first in
      (0..<categories).map { second in first == second ? 1 : min(1, max(0, weight(first, second))) }
    }
  }

  /// No weight for any disagreement: the coefficients are the unweighted ones.
  ///
  /// - Parameter categories: their number, at most 1,024.
  public static func identity(categories: Int) -> AgreementWeights { AgreementWeights(categories) { _, _ in 0 } }

  /// 1 − |x_k − x_l| / (greatest x − least x).
  ///
  /// - Parameter values: what the categories stand for, ascending; at most 1,024.
  public static func linear(_ values: [Double]) -> AgreementWeights {
    AgreementWeights(values.count) { 1 - share($0, $1, values) }
  }

  /// 1 − ((x_k − x_l) / (greatest x − least x))².
  ///
  /// - Parameter values: what the categories stand for, ascending; at most 1,024.
  public static func quadratic(_ values: [Double]) -> AgreementWeights {
    AgreementWeights(values.count) { first, second in
      let share = share(first, second, values)
      return 1 - share * share
    }
  }

  /// 1 − C(|k − l| + 1, 2) / C(q, 2), for q categories of which only the order counts.
  ///
  /// - Parameter categories: their number, at most 1,024.
  public static func ordinal(categories: Int) -> AgreementWeights {
    func pairs(_ number: Int) -> Double { Double(number * (number - 1) / 2) }
    let count = count(categories)
    return AgreementWeights(count) { 1 - pairs(abs($0 - $1) + 1) / pairs(count) }
  }

  private static func share(_ first: Int, _ second: Int, _ values: [Double]) -> Double {
    guard let least = values.min(), let greatest = values.max(), greatest > least else { return 1 }
    return abs(values[first] - values[second]) / (greatest - least)
  }
}
