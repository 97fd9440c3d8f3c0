/// How far two units are apart, in place and in label: what gamma aligns units by.
///
/// With s, e and ℓ a unit's start, end and length, and c(u, v) from 0 to 1 how different two labels are,
///
///     d(u, v) = α · ((|s_u − s_v| + |e_u − e_v|) / (ℓ_u + ℓ_v))² · Δ∅ + β · c(u, v) · Δ∅,   d(u, ∅) = Δ∅
///
/// A unit is taken by its hull.
///
/// Source: Mathet, Widlöcher and Métivier, “The unified and holistic method gamma (γ) for inter-annotator agreement
/// measure and alignment”, *Computational Linguistics* 41(3) (2015), pages 437–479, section 4.
public struct Dissimilarity: Equatable, Sendable {
  /// How different two labels are, from 0 to 1.
  public enum Categorical: Equatable, Sendable {
    /// 1 wherever labels differ.
    case nominal
    /// |i − j| / (*count* − 1): labels are grades, in the order of their numbers.
    case ordinal(count: Int)
    /// Labels × labels; symmetric, zero for equal labels.
    case matrix([[Double]])

    /// How different two labels are.
    func callAsFunction(_ first: Int, _ second: Int) -> Double {
      if first == second { return 0 }
      switch self {
      case .nominal: return 1
      case .ordinal(let count): return Double(abs(first - second)) / Double(count - 1)
      case .matrix(let rows): return rows[first][second]
      }
    }
  }

  /// The weight of places.
  public let alpha: Double
  /// The weight of labels.
  public let beta: Double
  /// Δ∅, what it costs to leave a unit without a partner; it scales disorders and changes no gamma.
  public let deltaEmpty: Double
  public let categorical: Categorical

  /// - Parameters:
  ///   - alpha: the weight of places.
  ///   - beta: the weight of labels.
  ///   - deltaEmpty: Δ∅, what it costs to leave a unit without a partner.
  ///   - categorical: how different two labels are.
  /// - Precondition: α and Δ∅ above 0, β of 0 or more, all finite; a matrix that is square and symmetric with values from 0
  ///   to 1 and a diagonal of 0.
  public init(
    alpha: Double = 1, beta: Double = 1, deltaEmpty: Double = 1, categorical: Categorical = .nominal
  ) {
    precondition(alpha > 0 && beta >= 0 && deltaEmpty > 0)
    precondition(alpha.isFinite && beta.isFinite && deltaEmpty.isFinite)
    if case .matrix(let rows) = categorical {
      precondition(
        rows.indices.allSatisfy { row in
          rows[row].count == rows.count && rows[row][row] == 0
            && rows.indices.allSatisfy { (0...1).contains(rows[row][$0]) && rows[row][$0] == rows[$0][row] }
        })
    }
    self.alpha = alpha
    self.beta = beta
    self.deltaEmpty = deltaEmpty
    self.categorical = categorical
  }

  /// A unit as gamma sees it; chance puts units between the characters, too.
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

    /// The dissimilarity of places alone, with α and Δ∅ of 1.
    func positional(_ other: Place) -> Double {
      let shift = (abs(start - other.start) + abs(end - other.end)) / (length + other.length)
      return shift * shift
    }
  }

  /// d(u, v) / Δ∅.
  func relative(_ first: Place, _ second: Place) -> Double {
    alpha * first.positional(second) + beta * categorical(first.label, second.label)
  }
}
