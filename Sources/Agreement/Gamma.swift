/// Gamma and its kin: how well the best-aligned units of annotators agree, in place and label at once, beyond chance.
///
/// The units of each document are aligned with the least disorder there is, see ``BestAlignment``; chance is what the same
/// does to continua drawn at random, see ``GammaTally``. Costs and numbers of units are added up over documents, observed and
/// drawn alike; nothing is aligned across a border. With x̄ the mean number of units of an annotator
///
///     γ = 1 − Dₒ/Dₑ,   Dₒ = Σ cost / Σ x̄,   Dₑ = the mean of the same over samples
///
/// Of the best alignment, over pairs (u, v) of units in a unitary alignment of k units,
///
///     w = max(0, 1 − α d_pos(u, v)) / (k − 1),   D = Σ w c(u, v) Δ∅ / Σ w
///     γ_cat = 1 − Dₒ/Dₑ of D,   γ_k = the same over pairs in which a unit has the label k
///
/// Undefined where nobody has marked anything, for γ_cat and γ_k where no such pair is aligned, and where Dₑ is 0 and Dₒ is
/// not. Where several alignments are best, γ_cat and γ_k are those of one of them.
///
/// Source: Mathet, Widlöcher and Métivier, “The unified and holistic method gamma (γ) for inter-annotator agreement
/// measure and alignment”, *Computational Linguistics* 41(3) (2015), pages 437–479; Mathet, “The agreement measure γcat”,
/// *Computational Linguistics* 43(3) (2017), pages 661–681.
public struct Gamma: Sendable {
  public enum Kind: Equatable, Sendable {
    /// γ.
    case overall
    /// γ_cat.
    case categories
    /// γ_k of the label k, by its number.
    case label(Int)
  }

  /// How continua are drawn.
  public enum Sampler: Equatable, Sendable {
    /// How far the places are apart at which annotators' continua are cut.
    public enum PivotDistance: Equatable, Sendable {
      /// The mean length of a unit, as the paper has it.
      case mean
      /// Half of it, as pygamma-agreement has it, with its way to keep the distance.
      case half
    }

    /// Annotators drawn with replacement, their units shifted along the text: the sampler of the paper, section 5.2.
    case shuffle(PivotDistance)
    /// Numbers, gaps and lengths of units drawn from normal distributions with the moments of the annotators', labels as
    /// often as they are: the sampler that pygamma-agreement takes where none is named.
    case statistical
  }

  private let kind: Kind

  public init(_ kind: Kind) { self.kind = kind }

  /// The value that follows from a sum of contributions.
  ///
  /// - Throws: ``Undefined`` where there is none.
  public func coefficient(of tally: GammaTally) throws(Undefined) -> Coefficient {
    guard tally.units > 0 else { throw .noSpans }
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
      sampling: Coefficient.Sampling(samples: drawn.count, standardError: error.map { $0 * scale }))
  }

  /// The value, or why there is none.
  @Sendable public func result(of tally: GammaTally) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: tally)) } catch { return .failure(error) }
  }
}
