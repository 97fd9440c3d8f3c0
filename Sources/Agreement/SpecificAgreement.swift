/// Specific agreement: the probability that one annotator chooses a category, given that another has chosen it.
///
/// With n_uk of the m_u values of item u in category k,
///
///     p_s(k) = Σ_u n_uk(n_uk − 1) / Σ_u n_uk(m_u − 1)
///
/// It is not corrected for chance. With two annotators and k against all else it is positive agreement, which equals
/// F1. For chance-corrected agreement on one category, use any coefficient of ``CodingStudy/collapsed(to:)``.
///
/// Source: Cicchetti and Feinstein, “High agreement but low kappa: II. Resolving the paradoxes”, *Journal of Clinical
/// Epidemiology* 43 (1990), pages 551–558; for many annotators Uebersax, “A design-independent method for measuring the
/// reliability of psychiatric diagnosis”, *Journal of Psychiatric Research* 17 (1982), pages 335–342.
///
/// Where a value is a set of labels, the sums also run over the labels: the micro-average over labels.
///
/// Undefined if no pairable item has the category, or any label.
public struct SpecificAgreement: Measure {
  /// Counts of pairable items, of ordered pairs of values whose first is the category, and of those whose second is too.
  public struct Evidence: Tally {
    public var counts = [0, 0, 0]

    /// The number of items with values of two annotators.
    public var pairableItems: Int { counts.first ?? 0 }
  }

  private enum Chosen: Sendable {
    case category(Int)
    case labels([UInt64])
  }

  private let chosen: Chosen

  /// Creates the measure for one category, by its number.
  public init(category: Int) { chosen = .category(category) }

  /// Creates the measure for all labels together, of values that are sets of labels.
  ///
  /// - Parameter sets: the labels of each category, counted from 0, as bits; see ``Distance/jaccard(_:)``.
  public init(labels sets: [UInt64]) { chosen = .labels(sets) }

  /// The counts of each document.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/noSuchCategory`` for a category without a set.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<Evidence> {
    /// Whether a value, by its index, is chosen: one bit for the category, or for each label.
    let bits: [UInt64]
    switch chosen {
    case .category(let category):
      let index = study.numbers.index(of: category)
      bits = (0..<study.numbers.count).map { $0 == index ? 1 : 0 }
    case .labels(let sets):
      guard study.numbers.count <= sets.count else { throw .invalid(.noSuchCategory) }
      bits = sets
    }
    let labels = (0..<UInt64.bitWidth).map { UInt64(1) << UInt64($0) }.filter { bit in bits.contains { $0 & bit != 0 } }
    return try study.tallies(width: 3, { Evidence() }) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 1 else { return }
      add(0, 1)
      for label in labels {
        let chosen = row.count { $0 >= 0 && bits[Int($0)] & label != 0 }
        add(1, chosen * (values - 1))
        add(2, chosen * (chosen - 1))
      }
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(3)
    guard tally.counts[0] > 0 else { throw .noPairableItems }
    guard tally.counts[1] > 0 else { throw .noCategories }
    return Coefficient(value: Double(tally.counts[2]) / Double(tally.counts[1]), items: tally.counts[0])
  }
}
