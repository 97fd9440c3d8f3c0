/// Hubert's kappa, also Davies and Fleiss' or Conger's: agreement of any number of annotators, corrected for chance by
/// each one's own use of the categories.
///
/// With p_ik the share of category k among all values of annotator i,
///
///     κ = (P̄ − Aₑ) / (1 − Aₑ),   Aₑ = mean over pairs i < j of Σ_k p_ik p_jk
///
/// and P̄ as in ``ObservedAgreement``. With two annotators and no value missing it is Cohen's kappa. An annotator without
/// any value does not count.
///
/// Source: Hubert, “Kappa revisited”, *Psychological Bulletin* 84 (1977), pages 289–297; Davies and Fleiss, “Measuring
/// agreement for multinomial data”, *Biometrics* 38 (1982), pages 1047–1051; with missing values as Gwet has Conger's,
/// *Handbook of Inter-Rater Reliability*.
///
/// Undefined where no item has two values, or where all use one category only.
public struct HubertKappa: Measure {
  /// What annotators have in common and each one's own use of the categories.
  public struct Evidence: Tally {
    public var counts: [Int] {
      get { pooled.counts + uses }
      set {
        pooled.counts = Array(newValue.prefix(pooled.counts.count))
        uses = Array(newValue.dropFirst(pooled.counts.count))
      }
    }
    /// Items with two values or more.
    public var pairableItems: Int { pooled.pairableItems }
    fileprivate var pooled: PooledTally
    /// Annotators × categories.
    fileprivate var uses: [Int]
  }

  public init() {}

  public func tallies(of study: CodingStudy) -> Tallies<Evidence> {
    let categories = study.categories
    let pooled = PooledTally.tallies(of: study)
    var zero = Evidence(
      pooled: pooled.total, uses: [Int](repeating: 0, count: study.annotators * categories))
    zero.pooled.counts = [Int](repeating: 0, count: zero.pooled.counts.count)
    let start = zero.pooled.counts.count
    let uses = study.tallies(zero) { row, add in
      for (annotator, value) in row.enumerated() where value >= 0 {
        add(start + annotator * categories + Int(value), 1)
      }
    }
    return Tallies(
      zero,
      (0..<study.documentCount).map { document in
        var tally = uses[document]
        tally.pooled = pooled[document]
        return tally
      })
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    let observed = try tally.pooled.itemMean()
    let categories = tally.pooled.categories
    let uses = (0..<tally.pooled.annotators).map { annotator in
      Array(tally.uses[annotator * categories..<(annotator + 1) * categories])
    }.filter { $0.contains { $0 > 0 } }
    let totals = uses.map { $0.reduce(0, +) }
    guard (0..<categories).count(where: { category in uses.contains { $0[category] > 0 } }) > 1 else {
      throw .oneCategory
    }
    var products: [Double] = []
    for first in uses.indices {
      for second in uses.indices where second > first {
        let common = zip(uses[first], uses[second]).reduce(0) { $0 + $1.0 * $1.1 }
        products.append(Double(common) / (Double(totals[first]) * Double(totals[second])))
      }
    }
    // From small to large, so that the annotators' order changes no digit.
    let expected = products.sorted().reduce(0, +) / Double(products.count)
    return try Coefficient(observed: observed, expected: expected, items: tally.pooled.pairableItems)
  }
}
