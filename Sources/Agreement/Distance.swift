/// The squared distance of two categories, δ² of Krippendorff's alpha.
public struct Distance: Sendable {
  /// Whether all different categories are equally distant.
  let isNominal: Bool
  /// Whether the distance depends on the use of the categories between two others.
  let isOrdinal: Bool
  /// δ² of two categories.
  let squared: @Sendable (Int, Int) -> Double
  /// The value of each category, if δ² follows from values.
  let scale: Scale?
  /// The number of categories that have a value or a set; nil if the distance takes any.
  let values: Int?

  /// A scale on which categories have values.
  enum Scale {
    case interval([Double])
    case ratio([Double])
  }

  /// Creates a distance from a function.
  ///
  /// - Parameter squared: δ² ≥ 0 of two categories, by their numbers; zero for equal categories, symmetric.
  public init(squared: @escaping @Sendable (Int, Int) -> Double) {
    self.init(isNominal: false, isOrdinal: false, squared: squared)
  }

  private init(
    isNominal: Bool, isOrdinal: Bool, scale: Scale? = nil, values: Int? = nil,
    squared: @escaping @Sendable (Int, Int) -> Double
  ) {
    self.isNominal = isNominal
    self.isOrdinal = isOrdinal
    self.scale = scale
    self.values = values
    self.squared = squared
  }

  /// The distance of categories without order: 0 if equal, 1 if different.
  public static let nominal = Distance(isNominal: true, isOrdinal: false) { $0 == $1 ? 0 : 1 }

  /// The distance of ranks, in the order of their numbers: δ_ck = Σ_{g=c..k} n_g − (n_c + n_k)/2.
  public static let ordinal = Distance(isNominal: false, isOrdinal: true) { _, _ in 0 }

  /// The distance of numbers: δ_ck = v_c − v_k, with the value of each category of the study.
  public static func interval(_ values: [Double]) -> Distance {
    Distance(isNominal: false, isOrdinal: false, scale: .interval(values), values: values.count) {
      (values[$0] - values[$1]) * (values[$0] - values[$1])
    }
  }

  /// The distance of numbers on a ratio scale: δ_ck = (v_c − v_k) / (v_c + v_k), with the value of each category; 0 if
  /// both values are 0.
  public static func ratio(_ values: [Double]) -> Distance {
    Distance(isNominal: false, isOrdinal: false, scale: .ratio(values), values: values.count) { first, second in
      let sum = values[first] + values[second]
      let share = sum == 0 ? 0 : (values[first] - values[second]) / sum
      return share * share
    }
  }

  /// The distance of sets of labels: δ² = 1 − |A ∩ B| / |A ∪ B|; 0 if both sets are empty.
  ///
  /// - Parameter sets: the labels of each category, as bits.
  public static func jaccard(_ sets: [UInt64]) -> Distance {
    Distance(isNominal: false, isOrdinal: false, values: sets.count) { 1 - similarity(sets[$0], sets[$1]) }
  }

  /// The MASI distance of sets of labels: δ² = 1 − J · M.
  ///
  /// J is as in ``jaccard(_:)``; M is 1 for equal sets, 2/3 if one contains the other, 1/3 if they overlap, and 0 if
  /// they are disjoint.
  ///
  /// Source: Passonneau, “Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation”, *LREC*
  /// (2006).
  ///
  /// - Parameter sets: the labels of each category, as bits.
  public static func masi(_ sets: [UInt64]) -> Distance {
    Distance(isNominal: false, isOrdinal: false, values: sets.count) { first, second in
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
