/// The adjusted Rand index: whether two annotators put the same items together, whatever they call the groups, corrected
/// for chance.
///
/// With n_kl the items in group k of the first and l of the second, a_k and b_l the margins, n all items, and C(m) =
/// m(m − 1)/2,
///
///     ARI = (Σ C(n_kl) − E) / ((Σ C(a_k) + Σ C(b_l))/2 − E),   E = Σ C(a_k) Σ C(b_l) / C(n)
///
/// Source: Hubert and Arabie, “Comparing partitions”, *Journal of Classification* 2 (1985), pages 193–218.
///
/// Undefined with fewer than two items, or if both put all items into one group, or each into its own.
public struct AdjustedRandIndex: Measure {
  /// Creates the measure.
  public init() {}

  /// The tallies of each document of a study of two annotators, whose categories are the groups.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<ContingencyTally> {
    try ContingencyTally.tallies(of: study)
  }

  public func coefficient(of tally: ContingencyTally) throws(Undefined) -> Coefficient {
    let table = try tally.table()
    let items = table.items
    guard items > 1 else { throw .noPairableItems }
    func pairs(_ counts: some Sequence<Int>) -> Double {
      counts.reduce(Int128(0)) { $0 + Int128($1) * Int128($1 - 1) / 2 }.nearest
    }
    let (together, inFirst, inSecond) = (
      pairs(table.cells.lazy.map(\.count)), pairs(table.firsts.lazy.map(\.count)),
      pairs(table.seconds.lazy.map(\.count))
    )
    let expected = inFirst * inSecond / pairs([items])
    let greatest = (inFirst + inSecond) / 2
    guard greatest != expected else { throw .oneCategory }
    return Coefficient(value: (together - expected) / (greatest - expected), items: items)
  }
}

/// B³: how much of each item's group one annotator has in common with the other's, in the mean over items.
///
/// With n_kl, a_k, b_l and n as for ``AdjustedRandIndex``,
///
///     P = Σ n_kl² / b_l / n,   R = Σ n_kl² / a_k / n,   F1 = 2PR/(P + R)
///
/// The first annotator is the reference. It is not corrected for chance.
///
/// Source: Bagga and Baldwin, “Entity-based cross-document coreferencing using the vector space model”, *COLING-ACL*
/// (1998), pages 79–85.
///
/// Undefined if no item has a group of both.
public struct BCubed: Measure {
  private let kind: SpanScore.Kind

  /// Creates a score.
  public init(_ kind: SpanScore.Kind) { self.kind = kind }

  /// The tallies of each document of a study of two annotators, whose categories are the groups.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<ContingencyTally> {
    try ContingencyTally.tallies(of: study)
  }

  public func coefficient(of tally: ContingencyTally) throws(Undefined) -> Coefficient {
    let table = try tally.table()
    let items = table.items
    // Σ n_kl² over each group of either annotator.
    var squaresOfFirst = [Int128](repeating: 0, count: table.firsts.count)
    var squaresOfSecond = [Int128](repeating: 0, count: table.seconds.count)
    for cell in table.cells {
      let square = Int128(cell.count) * Int128(cell.count)
      squaresOfFirst[cell.first] += square
      squaresOfSecond[cell.second] += square
    }
    let precision = Self.mean(squaresOfSecond, table.seconds) / Double(items)
    let recall = Self.mean(squaresOfFirst, table.firsts) / Double(items)
    let value =
      switch kind {
      case .precision: precision
      case .recall: recall
      case .f1: 2 * precision * recall / (precision + recall)
      }
    return Coefficient(value: value, items: items)
  }
  /// Σ squares / count over groups, in ascending order, so that no digit depends on the names of the groups.
  private static func mean(_ squares: [Int128], _ groups: [(category: Int, count: Int)]) -> Double {
    zip(squares, groups).map { $0.nearest / Double(max(1, $1.count)) }.sorted().reduce(0, +)
  }
}
