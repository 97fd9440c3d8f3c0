/// Hubert's kappa (also Davies and Fleiss', Conger's): agreement of any number of annotators, corrected for chance by
/// each one's own use of the categories.
///
/// With p_ik the share of category k among all values of annotator i,
///
///     κ = (P̄ − Aₑ) / (1 − Aₑ),   Aₑ = mean over pairs i < j of Σ_k p_ik p_jk
///
/// and P̄ as in ``ObservedAgreement``. With two annotators and no missing value it is Cohen's kappa. An annotator
/// without any value does not count.
///
/// Source: Hubert, “Kappa revisited”, *Psychological Bulletin* 84 (1977), pages 289–297; Davies and Fleiss, “Measuring
/// agreement for multinomial data”, *Biometrics* 38 (1982), pages 1047–1051; missing values as for Conger's in Gwet,
/// *Handbook of Inter-Rater Reliability*.
///
/// Undefined if no item has two values, or all annotators use the same single category.
public struct HubertKappa: Measure {
  /// The agreeing pairs of values, and each annotator's use of the categories.
  public struct Evidence: Tally {
    public var counts: [Int]
    fileprivate let annotators: Int
    fileprivate let categories: Int

    fileprivate static func width(_ annotators: Int, _ categories: Int) -> Int {
      max(0, 2 * (annotators - 1)) + annotators * categories
    }

    /// The number of items with this many values, and of ordered agreeing pairs among them.
    fileprivate func items(_ values: Int) -> (all: Int, agreeing: Int) {
      (counts[2 * (values - 2)], counts[2 * (values - 2) + 1])
    }

    fileprivate func use(_ annotator: Int, _ category: Int) -> Int {
      counts[2 * (annotators - 1) + annotator * categories + category]
    }

    /// The number of items with at least two values.
    public var pairableItems: Int {
      guard annotators > 1, counts.count == Self.width(annotators, categories) else { return 0 }
      return (2...annotators).reduce(0) { $0 &+ items($1).all }
    }
  }

  /// Creates the measure.
  public init() {}

  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<Evidence> {
    let (annotators, categories) = (study.annotators, study.categories)
    let width = Evidence.width(annotators, categories)
    let zero = {
      Evidence(counts: [Int](repeating: 0, count: width), annotators: annotators, categories: categories)
    }
    return try study.tallies(width: width, zero) { row, add in
      let values = row.count { $0 >= 0 }
      var agreeing = 0
      for (annotator, value) in row.enumerated() where value >= 0 {
        add(2 * (annotators - 1) + annotator * categories + Int(value), 1)
        for other in row.dropFirst(annotator + 1) where other == value { agreeing += 2 }
      }
      guard values > 1 else { return }
      add(2 * (values - 2), 1)
      add(2 * (values - 2) + 1, agreeing)
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(Evidence.width(tally.annotators, tally.categories))
    guard tally.annotators > 1 else { throw .fewerThanTwoAnnotators }
    let items = tally.pairableItems
    guard items > 0 else { throw .noPairableItems }
    let categories = tally.categories
    let observed =
      (2...tally.annotators).reduce(0.0) { $0 + Double(tally.items($1).agreeing) / Double($1 * ($1 - 1)) }
      / Double(items)
    let uses = (0..<tally.annotators).map { annotator in (0..<categories).map { tally.use(annotator, $0) } }
      .filter { $0.contains { $0 > 0 } }
    let totals = uses.map { $0.reduce(0, +) }
    guard (0..<categories).count(where: { category in uses.contains { $0[category] > 0 } }) > 1 else {
      throw .oneCategory
    }
    var products: [Double] = []
    for first in uses.indices {
      for second in uses.indices where second > first {
        let common = zip(uses[first], uses[second]).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
        products.append(common.nearest / (Double(totals[first]) * Double(totals[second])))
      }
    }
    // In ascending order, so that no digit depends on the order of annotators.
    let expected = products.sorted().reduce(0, +) / Double(products.count)
    return try Coefficient(observed: observed, expected: expected, items: items)
  }
}
