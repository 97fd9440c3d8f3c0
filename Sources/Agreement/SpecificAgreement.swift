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
/// Undefined if no pairable item has the category.
public struct SpecificAgreement: Measure {
  /// Counts of ordered pairs of values whose first is the category, of those whose second is too, and of pairable
  /// items.
  public struct Evidence: Tally {
    public var counts = [0, 0, 0]
  }

  private let category: Int

  /// Creates the measure for one category, by its number.
  public init(category: Int) { self.category = category }

  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<Evidence> {
    let index = study.numbers.index(of: category)
    return try study.tallies(width: 3, { Evidence() }) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 1 else { return }
      let chosen = row.count { Int($0) == index }
      add(0, 1)
      add(1, chosen * (values - 1))
      add(2, chosen * (chosen - 1))
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(3)
    guard tally.counts[0] > 0 else { throw .noPairableItems }
    guard tally.counts[1] > 0 else { throw .noCategories }
    return Coefficient(value: Double(tally.counts[2]) / Double(tally.counts[1]), items: tally.counts[0])
  }
}
