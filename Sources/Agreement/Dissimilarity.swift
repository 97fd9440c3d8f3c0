/// The cost of pairing two units, by place and by label, by which gamma aligns units.
///
/// With s, e and ℓ a unit's start, end and length, and c(u, v) from 0 to 1 the dissimilarity of two labels,
///
///     d(u, v) = α · ((|s_u − s_v| + |e_u − e_v|) / (ℓ_u + ℓ_v))² · Δ∅ + β · c(u, v) · Δ∅,   d(u, ∅) = Δ∅
///
/// Only the hull of a unit counts.
///
/// Source: Mathet, Widlöcher and Métivier, “The unified and holistic method gamma (γ) for inter-annotator agreement
/// measure and alignment”, *Computational Linguistics* 41(3) (2015), pages 437–479, section 4.
public struct Dissimilarity: Equatable, Sendable {
  /// The dissimilarity of two labels, from 0 to 1.
  public enum Categorical: Equatable, Sendable {
    /// 1 for different labels, 0 for equal ones.
    case nominal
    /// |i − j| / (*count* − 1): labels are grades, in the order of their numbers.
    case ordinal(count: Int)
    /// A table of labels × labels; symmetric, 0 for equal labels.
    case matrix([[Double]])

    /// The dissimilarity of two labels.
    func callAsFunction(_ first: Int, _ second: Int) -> Double {
      if first == second { return 0 }
      switch self {
      case .nominal: return 1
      case .ordinal(let count): return Double(abs(first - second)) / Double(count - 1)
      case .matrix(let rows): return rows[first][second]
      }
    }
  }

  /// α, the weight of places.
  public let alpha: Double
  /// β, the weight of labels.
  public let beta: Double
  /// Δ∅, the cost of leaving a unit without a partner; it scales disorders and changes no gamma.
  public let deltaEmpty: Double
  /// The dissimilarity of labels.
  public let categorical: Categorical

  /// Creates a dissimilarity.
  ///
  /// - Parameters:
  ///   - alpha: α, the weight of places.
  ///   - beta: β, the weight of labels.
  ///   - deltaEmpty: Δ∅, the cost of leaving a unit without a partner.
  ///   - categorical: the dissimilarity of labels.
  ///
  /// No measure takes it unless α > 0, Δ∅ > 0 and β ≥ 0, all finite, and a matrix is square and symmetric, with values
  /// from 0 to 1 and a diagonal of 0.
  public init(
    alpha: Double = 1, beta: Double = 1, deltaEmpty: Double = 1, categorical: Categorical = .nominal
  ) {
    self.alpha = alpha
    self.beta = beta
    self.deltaEmpty = deltaEmpty
    self.categorical = categorical
  }

  /// - Throws: ``InvalidInput/settingOutOfRange`` for weights or a table that cannot be,
  ///   ``InvalidInput/noSuchCategory`` if a label has no row or grade.
  func check(labels: Int) throws(Undefined) {
    let areWeights = alpha > 0 && beta >= 0 && deltaEmpty > 0 && (alpha + beta + deltaEmpty).isFinite
    guard areWeights else { throw .invalid(.settingOutOfRange) }
    switch categorical {
    case .nominal: return
    case .ordinal(let count):
      guard count > 1 else { throw .invalid(.settingOutOfRange) }
      guard labels <= count else { throw .invalid(.noSuchCategory) }
    case .matrix(let rows):
      let isSquare = rows.allSatisfy { $0.count == rows.count }
      let isTable =
        isSquare
        && rows.indices.allSatisfy { row in
          rows[row][row] == 0
            && rows.indices.allSatisfy { (0...1).contains(rows[row][$0]) && rows[row][$0] == rows[$0][row] }
        }
      guard isTable else { throw .invalid(.settingOutOfRange) }
      guard labels <= rows.count else { throw .invalid(.noSuchCategory) }
    }
  }

  /// A unit as gamma sees it, with fractional positions, since random units may lie between characters.
  struct Place: Equatable, Sendable {
    let start: Double
    let end: Double
    let label: Int

    var length: Double { end - start }

    init(start: Double, end: Double, label: Int) {
      self.start = start
      self.end = end
      self.label = label
    }

    init(_ unit: UnitizingStudy.Unit) {
      self.init(start: Double(unit.hull.lowerBound), end: Double(unit.hull.upperBound), label: unit.label)
    }

    /// The positional dissimilarity, with α and Δ∅ of 1.
    func positional(_ other: Place) -> Double {
      let shift = (abs(start - other.start) + abs(end - other.end)) / (length + other.length)
      return shift * shift
    }
  }

  /// The dissimilarity relative to Δ∅, d(u, v) / Δ∅.
  func relative(_ first: Place, _ second: Place) -> Double {
    alpha * first.positional(second) + beta * categorical(first.label, second.label)
  }
}
