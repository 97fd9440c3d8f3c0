/// Specific agreement: how likely a second annotator also chooses a category, where one has chosen it.
///
/// With n_uk of the m_u values of item u in category k,
///
///     p_s(k) = Σ_u n_uk(n_uk − 1) / Σ_u n_uk(m_u − 1)
///
/// Not corrected for chance. With two annotators and k against all else it is positive agreement, which is F1. The
/// chance-corrected agreement on one category is any coefficient of ``CodingStudy/collapsed(to:)``.
///
/// Source: Cicchetti and Feinstein, “High agreement but low kappa: II. Resolving the paradoxes”, *Journal of Clinical
/// Epidemiology* 43 (1990), pages 551–558; for many annotators Uebersax, “A design-independent method for measuring the
/// reliability of psychiatric diagnosis”, *Journal of Psychiatric Research* 17 (1982), pages 335–342.
///
/// Undefined where no pairable item has the category.
public struct SpecificAgreement: Measure {
  /// Ordered pairs of values whose first is the category: all, and those whose second is too; with the pairable items.
  public struct Evidence: Tally {
    public var counts = [0, 0, 0]
  }

  private let category: Int

  /// - Precondition: a category counted from 0.
  public init(category: Int) {
    precondition(category >= 0)
    self.category = category
  }

  public func tallies(of study: CodingStudy) -> Tallies<Evidence> {
    study.tallies(Evidence()) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 1 else { return }
      let chosen = row.count { Int($0) == category }
      add(0, 1)
      add(1, chosen * (values - 1))
      add(2, chosen * (chosen - 1))
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    guard tally.counts[0] > 0 else { throw .noPairableItems }
    guard tally.counts[1] > 0 else { throw .noCategories }
    return Coefficient(value: Double(tally.counts[2]) / Double(tally.counts[1]), items: tally.counts[0])
  }
}
