/// Gamma, γ_cat and γ_k: agreement of best-aligned units in place and label, corrected for chance.
///
/// The units of each document are aligned with the least disorder (``BestAlignment``), and so are those of random
/// continua (``GammaTally``). Costs and numbers of units are added up over documents; nothing is aligned across a
/// border. With x̄ the mean number of units of an annotator,
///
///     γ = 1 − Dₒ/Dₑ,   Dₒ = Σ cost / Σ x̄,   Dₑ = the mean of Dₒ over samples
///
/// For the labels, over pairs (u, v) of units in a unitary alignment of k units,
///
///     w = max(0, 1 − d_pos(u, v)) / (k − 1),   D = Σ w c(u, v) Δ∅ / Σ w
///     γ_cat = 1 − Dₒ/Dₑ of D,   γ_k: only pairs in which a unit has the label k
///
/// Where a limit stopped the search for an alignment, γ has the bounds that are proved
/// (``Coefficient/proved``), and γ_cat and γ_k are undefined.
///
/// Undefined if there are no units; for γ_cat and γ_k, if no such pair is aligned; and if Dₑ is 0 and Dₒ is not. If
/// several alignments are best, γ_cat and γ_k are those of one of them.
///
/// Source: Mathet, Widlöcher and Métivier, “The unified and holistic method gamma (γ) for inter-annotator agreement
/// measure and alignment”, *Computational Linguistics* 41(3) (2015), pages 437–479; Mathet, “The agreement measure
/// γcat”, *Computational Linguistics* 43(3) (2017), pages 661–681.
public struct Gamma: Sendable {
  /// A coefficient of the family.
  public enum Kind: Equatable, Sendable {
    /// γ: place and label at once.
    case overall
    /// γ_cat: the labels of aligned units.
    case categories
    /// γ_k: one label of aligned units, by its number.
    case label(Int)
  }

  /// A way to draw the random continua that stand for chance.
  public enum Sampler: Equatable, Sendable {
    /// The least distance between the places at which annotators' continua are cut.
    public enum PivotDistance: Equatable, Sendable {
      /// The mean length of a unit, as in the paper.
      case mean
      /// Half the mean length of a unit, as in pygamma-agreement, and kept apart in its way.
      case half
    }

    /// Annotators are drawn with replacement and their units shifted along the text: the sampler of the paper, section
    /// 5.2.
    case shuffle(PivotDistance)
    /// Numbers, gaps and lengths of units are drawn from normal distributions with the annotators' moments, labels by
    /// their frequency: the default sampler of pygamma-agreement.
    case statistical
  }

  /// The weight of an aligned pair in γ_cat and γ_k, by its places.
  public enum Weight: Equatable, Sendable {
    /// 1 − d_pos, as printed in Mathet 2017.
    case position
    /// 1 − α d_pos, as in pygamma-agreement and the Gamma Software; the same if α is 1.
    case scaledPosition
  }

  private let kind: Kind

  /// Creates the coefficient of a kind.
  public init(_ kind: Kind) { self.kind = kind }

  /// The value for a sum of tallies.
  ///
  /// - Throws: ``Undefined`` if there is none.
  public func coefficient(of tally: GammaTally) throws(Undefined) -> Coefficient {
    try tally.check(kind)
    guard tally.units > 0 else { throw .noSpans }
    // Of alignments that may not be the best, labels say nothing.
    guard kind == .overall || tally.isProved else { throw .notProved }
    guard let observed = tally.ratio(kind, of: 0) else { throw .noAlignedUnits }
    let drawn = (1...tally.samples).compactMap { tally.ratio(kind, of: $0) }
    guard !drawn.isEmpty else { throw .noAlignedUnits }
    let mean = drawn.reduce(0, +) / Double(drawn.count)
    guard mean > 0 else { throw .oneCategory }
    let scale = tally.deltaEmpty
    let squares = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = drawn.count > 1 ? (squares / Double(drawn.count - 1) / Double(drawn.count)).squareRoot() : nil
    let items = if case .label(let label) = kind { tally.units(label) } else { tally.units }
    return Coefficient(
      value: 1 - observed / mean, items: items, observed: observed * scale, expected: mean * scale,
      sampling: Coefficient.Sampling(samples: drawn.count, standardError: error.map { $0 * scale }),
      proved: proved(tally, observed, mean))
  }

  /// Between which values γ is proved to be; nil if all alignments are proved best.
  private func proved(_ tally: GammaTally, _ observed: Double, _ expected: Double) -> ClosedRange<Double>? {
    if tally.isProved { return nil }
    let drawn = (1...tally.samples).compactMap { tally.provedRatio(of: $0) }
    let least = (observed: tally.provedRatio(of: 0) ?? 0, expected: drawn.reduce(0, +) / Double(drawn.count))
    let low = least.expected > 0 ? 1 - observed / least.expected : -.infinity
    return low...1 - least.observed / expected
  }

  /// The value for a sum of tallies, or the reason that there is none.
  @Sendable public func result(of tally: GammaTally) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: tally)) } catch { return .failure(error) }
  }
}
