/// How far two categories are apart: δ² of Krippendorff's alpha.
public struct Distance: Sendable {
  /// Whether all different categories are equally far apart.
  let isNominal: Bool
  /// Whether the distance depends on how often the categories between two others are used.
  let isOrdinal: Bool
  /// δ² of two categories by their numbers.
  let squared: @Sendable (Int, Int) -> Double

  /// Any distance.
  ///
  /// - Parameter squared: δ² ≥ 0; zero for equal categories, symmetric.
  public init(squared: @escaping @Sendable (Int, Int) -> Double) {
    self.init(isNominal: false, isOrdinal: false, squared: squared)
  }

  private init(isNominal: Bool, isOrdinal: Bool, squared: @escaping @Sendable (Int, Int) -> Double) {
    self.isNominal = isNominal
    self.isOrdinal = isOrdinal
    self.squared = squared
  }

  /// 0 for equal categories, 1 for different ones.
  public static let nominal = Distance(isNominal: true, isOrdinal: false) { $0 == $1 ? 0 : 1 }

  /// Categories are ranks in the order of their numbers: δ_ck = Σ_{g=c..k} n_g − (n_c + n_k)/2.
  public static let ordinal = Distance(isNominal: false, isOrdinal: true) { _, _ in 0 }

  /// δ_ck = v_c − v_k, with the value of each category that a study has.
  public static func interval(_ values: [Double]) -> Distance {
    Distance { (values[$0] - values[$1]) * (values[$0] - values[$1]) }
  }

  /// δ_ck = (v_c − v_k) / (v_c + v_k), with the value of each category; 0 where both are 0.
  public static func ratio(_ values: [Double]) -> Distance {
    Distance { first, second in
      let sum = values[first] + values[second]
      let share = sum == 0 ? 0 : (values[first] - values[second]) / sum
      return share * share
    }
  }

  /// δ² = 1 − |A ∩ B| / |A ∪ B| of the sets of labels that the categories stand for; 0 where both are empty.
  ///
  /// - Parameter sets: the labels of each category, as bits.
  public static func jaccard(_ sets: [UInt64]) -> Distance {
    Distance { 1 - similarity(sets[$0], sets[$1]) }
  }

  /// δ² = 1 − J · M: J as in ``jaccard(_:)``, M 1 for equal sets, 2/3 where one contains the other, 1/3 where they
  /// overlap, 0 where they have nothing in common.
  ///
  /// Source: Passonneau, “Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation”, *LREC*
  /// (2006).
  ///
  /// - Parameter sets: the labels of each category, as bits.
  public static func masi(_ sets: [UInt64]) -> Distance {
    Distance { first, second in
      let (a, b) = (sets[first], sets[second])
      let common = a & b
      let monotonicity: Double = a == b ? 1 : common == a || common == b ? 2.0 / 3 : common != 0 ? 1.0 / 3 : 0
      return 1 - similarity(a, b) * monotonicity
    }
  }

  private static func similarity(_ a: UInt64, _ b: UInt64) -> Double {
    a == b ? 1 : Double((a & b).nonzeroBitCount) / Double((a | b).nonzeroBitCount)
  }
}
