/// Agreement of any number of annotators, corrected for chance, with some disagreements worse than others.
///
/// With w_kl the weights, P̄ the mean over pairable items of the mean weight of two values of different annotators, π_k
/// the mean over items of category k's share in the item, and p_ik that of k among the values of annotator i,
///
///     κ = (P̄ − Aₑ) / (1 − Aₑ)
///
/// where Aₑ is, by ``Chance``,
///
///     AC2:              Σ w_kl / (q(q − 1)) · Σ π_k(1 − π_k)
///     Fleiss:           Σ w_kl π_k π_l
///     Conger:           the mean over pairs i < j of Σ w_kl p_ik p_jl
///     Brennan–Prediger: Σ w_kl / q²
///
/// With ``AgreementWeights/identity(categories:)`` these are ``GwetAC1``, ``FleissKappa``, ``HubertKappa`` and ``BennettS``;
/// with two annotators and no missing value, Conger's is Cohen's weighted kappa.
///
/// Source: Gwet, *Handbook of Inter-Rater Reliability*, 4th edition (2014), chapters 2 to 5, as in his R package irrCAC.
///
/// Undefined if no item has two values, or chance alone would give full agreement.
public struct WeightedCoefficient: Measure {
  /// How chance is estimated.
  public enum Chance: Sendable, CaseIterable { case ac2, fleiss, conger, brennanPrediger }

  /// The pairs of values of items with as many values, the categories' values in these, and each annotator's values.
  public struct Evidence: Tally {
    public var counts: [Int]
    fileprivate let annotators: Int
    fileprivate let categories: Int

    fileprivate static func width(_ annotators: Int, _ categories: Int) -> Int {
      annotators * (1 + categories * categories + 2 * categories)
    }

    fileprivate static func zero(_ annotators: Int, _ categories: Int) -> Evidence {
      Evidence(
        counts: [Int](repeating: 0, count: width(annotators, categories)), annotators: annotators,
        categories: categories)
    }

    /// The place of the number of items with this many values, from 1.
    fileprivate func items(_ values: Int) -> Int { values - 1 }

    /// The place of the ordered pairs of two categories in items with this many values.
    fileprivate func pairs(_ values: Int, _ first: Int, _ second: Int) -> Int {
      annotators + ((values - 1) * categories + first) * categories + second
    }

    /// The place of the values of a category in items with this many values.
    fileprivate func values(_ values: Int, _ category: Int) -> Int {
      annotators * (1 + categories * categories) + (values - 1) * categories + category
    }

    /// The place of an annotator's values of a category.
    fileprivate func use(_ annotator: Int, _ category: Int) -> Int {
      annotators * (1 + categories * categories + categories) + annotator * categories + category
    }

    /// The number of items with at least two values.
    public var pairableItems: Int {
      guard annotators > 1, counts.count == Self.width(annotators, categories) else { return 0 }
      return (2...annotators).reduce(0) { $0 &+ counts[items($1)] }
    }
  }

  let chance: Chance
  let weights: AgreementWeights

  /// Creates the measure.
  ///
  /// - Parameters:
  ///   - chance: how chance is estimated.
  ///   - weights: of as many categories as are declared; a study has no others.
  public init(_ chance: Chance, weights: AgreementWeights) {
    self.chance = chance
    self.weights = weights
  }

  /// The counts of each document.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/noSuchCategory`` for a category without weights.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<Evidence> {
    let (annotators, categories) = (study.annotators, weights.categories)
    guard study.categories <= categories else { throw .invalid(.noSuchCategory) }
    let zero = Evidence.zero(annotators, categories)
    return try study.tallies(width: zero.counts.count, { zero }) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 0 else { return }
      add(zero.items(values), 1)
      for (annotator, value) in row.enumerated() where value >= 0 {
        add(zero.values(values, Int(value)), 1)
        add(zero.use(annotator, Int(value)), 1)
        for (other, second) in row.enumerated() where other != annotator && second >= 0 {
          add(zero.pairs(values, Int(value), Int(second)), 1)
        }
      }
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(Evidence.width(tally.annotators, tally.categories))
    guard tally.categories == weights.categories else { throw .invalid(.noSuchCategory) }
    guard tally.annotators > 1 else { throw .fewerThanTwoAnnotators }
    guard weights.categories > 1 else { throw .fewerThanTwoCategories }
    let items = tally.pairableItems
    guard items > 0 else { throw .noPairableItems }
    var observed = 0.0
    for values in 2...tally.annotators {
      observed += sum { tally.counts[tally.pairs(values, $0, $1)] } / Double(values * (values - 1))
    }
    return try Coefficient(observed: observed / Double(items), expected: expected(tally), items: items)
  }

  /// Σ w_kl over all categories, times a count of each two.
  private func sum(_ count: (Int, Int) -> Int) -> Double {
    weights.weights.indices.reduce(0.0) { sum, first in
      weights.weights.indices.reduce(sum) { $0 + weights.weights[first][$1] * Double(count(first, $1)) }
    }
  }

  private func expected(_ tally: Evidence) -> Double {
    let count = Double(weights.categories)
    switch chance {
    case .brennanPrediger: return sum { _, _ in 1 } / (count * count)
    case .ac2:
      let spread = shares(tally).reduce(0.0) { $0 + $1 * (1 - $1) }
      return sum { _, _ in 1 } / (count * (count - 1)) * spread
    case .fleiss:
      let shares = shares(tally)
      return weighted(shares, shares)
    case .conger:
      let uses = (0..<tally.annotators).map { annotator in
        weights.weights.indices.map { Double(tally.counts[tally.use(annotator, $0)]) }
      }.filter { $0.contains { $0 > 0 } }.map { use in
        let all = use.reduce(0, +)
        return use.map { $0 / all }
      }
      var products: [Double] = []
      for first in uses.indices {
        for second in uses.indices where second > first { products.append(weighted(uses[first], uses[second])) }
      }
      // In ascending order, so that no digit depends on the order of annotators.
      return products.sorted().reduce(0, +) / Double(products.count)
    }
  }

  /// Σ w_kl p_k q_l; the two terms of a pair of categories are added before others, so that the order of *p* and *q* does
  /// not matter.
  private func weighted(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for one in first.indices {
      sum += first[one] * second[one]
      for other in first.indices where other > one {
        sum += weights.weights[one][other] * (first[one] * second[other] + first[other] * second[one])
      }
    }
    return sum
  }

  /// The mean over items of each category's share in the item.
  private func shares(_ tally: Evidence) -> [Double] {
    let coded = (1...tally.annotators).reduce(0) { $0 + tally.counts[tally.items($1)] }
    return weights.weights.indices.map { category in
      (1...tally.annotators).reduce(0.0) { sum, values in
        sum + Double(tally.counts[tally.values(values, category)]) / Double(values)
      } / Double(coded)
    }
  }
}
