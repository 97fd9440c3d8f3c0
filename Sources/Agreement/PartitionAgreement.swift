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
    let (table, firsts, seconds) = try tally.margins()
    let items = firsts.reduce(0) { $0 + $1.count }
    guard items > 1 else { throw .noPairableItems }
    func pairs(_ counts: [Int]) -> Double {
      counts.reduce(Int128(0)) { $0 + Int128($1) * Int128($1 - 1) / 2 }.nearest
    }
    let (together, inFirst, inSecond) = (
      pairs(table.map(\.count)), pairs(firsts.map(\.count)), pairs(seconds.map(\.count))
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
    let (table, firsts, seconds) = try tally.margins()
    let items = firsts.reduce(0) { $0 + $1.count }
    let inFirst = Dictionary(firsts.map { ($0.category, $0.count) }) { first, _ in first }
    let inSecond = Dictionary(seconds.map { ($0.category, $0.count) }) { first, _ in first }
    var (precisions, recalls): ([Double], [Double]) = ([], [])
    for cell in table where cell.count > 0 {
      let square = Double(cell.count) * Double(cell.count)
      precisions.append(square / Double(inSecond[cell.second] ?? 1))
      recalls.append(square / Double(inFirst[cell.first] ?? 1))
    }
    // In ascending order, so that no digit depends on the names of the groups.
    let precision = precisions.sorted().reduce(0, +) / Double(items)
    let recall = recalls.sorted().reduce(0, +) / Double(items)
    let value =
      switch kind {
      case .precision: precision
      case .recall: recall
      case .f1: 2 * precision * recall / (precision + recall)
      }
    return Coefficient(value: value, items: items)
  }
}
