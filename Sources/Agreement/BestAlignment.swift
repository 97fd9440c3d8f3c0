/// The units of several annotators on one continuum, aligned with the least disorder there is.
///
/// A unitary alignment takes one unit, or none (∅), from each of *n* annotators; an alignment is a set of them with each unit
/// in exactly one. A unitary alignment costs the mean dissimilarity of its pairs, and with x̄ the mean number of units of an
/// annotator
///
///     δ(T) = Σ_{pairs} d(u, v) / (n(n − 1)/2),   disorder = Σ_T δ(T) / x̄
///
/// A pair with one empty side, or two, costs Δ∅, so that a unit alone costs Δ∅ whatever the number of annotators. In a soft
/// alignment a unit may be in several unitary alignments.
///
/// The alignment is exact, see <doc:GammaDerived> for the proof that comes with it. Costs are counted in 2⁻⁴⁰ of Δ∅, so that the
/// sum has no order. Of several best alignments one is taken.
///
/// Source: Mathet, Widlöcher and Métivier, “The unified and holistic method gamma (γ) for inter-annotator agreement
/// measure and alignment”, *Computational Linguistics* 41(3) (2015), pages 437–479; soft alignments are of the program
/// pygamma-agreement.
///
/// - Complexity: linear in units where few of them overlap; exponential in how many do in the worst case.
public struct BestAlignment: Sendable {
  /// Units of different annotators that are taken for one, or a unit alone.
  public struct Unitary: Equatable, Sendable {
    /// For each annotator the index of a unit; nil for ∅.
    public let units: [Int?]
    /// δ.
    public let cost: Double
  }

  /// By the middle of the first unit of each.
  public let unitary: [Unitary]
  /// Σ δ.
  public let cost: Double
  /// Of all annotators.
  public let units: Int
  public let annotators: Int

  /// Cost by the mean number of units of an annotator; nil where nobody has any.
  public var disorder: Double? { units == 0 ? nil : cost * Double(annotators) / Double(units) }

  /// Aligns the units of annotators.
  ///
  /// - Parameters:
  ///   - layers: each annotator's units; two annotators at least.
  ///   - dissimilarity: how far two units are apart.
  ///   - isSoft: whether a unit may be in several unitary alignments.
  public init(
    _ layers: [[UnitizingStudy.Unit]], by dissimilarity: Dissimilarity = Dissimilarity(), isSoft: Bool = false
  ) {
    self.init(places: layers.map { $0.map(Dissimilarity.Place.init) }, by: dissimilarity, isSoft: isSoft)
  }

  init(places layers: [[Dissimilarity.Place]], by dissimilarity: Dissimilarity, isSoft: Bool) {
    precondition(layers.count > 1)
    var candidates = UnitaryCandidates(layers, dissimilarity)
    let alone = candidates.pairs * UnitaryCandidates.scale
    let choice = candidates.best(shared: isSoft ? alone : nil)
    annotators = layers.count
    units = candidates.units.count
    var found: [(first: Int32, unitary: Unitary)] = []
    var isAligned = [Bool](repeating: false, count: units)
    let share = dissimilarity.deltaEmpty / Double(alone)
    func add(_ members: ArraySlice<Int32>, _ counted: Int) {
      var row = [Int?](repeating: nil, count: layers.count)
      for unit in members {
        isAligned[Int(unit)] = true
        row[candidates.units[Int(unit)].annotator] = candidates.units[Int(unit)].index
      }
      found.append((members[members.startIndex], Unitary(units: row, cost: Double(counted) * share)))
    }
    var saved = 0.0
    for set in choice.sets {
      let members = candidates.units(of: Int(set))
      saved += Double(candidates.gains[Int(set)] - members.count * alone)
      add(members, members.count * alone - candidates.gains[Int(set)])
    }
    let lonely = isAligned.indices.filter { !isAligned[$0] }
    for unit in lonely { add([Int32(truncatingIfNeeded: unit)], alone) }
    cost = (Double(lonely.count) * Double(alone) - saved) * share
    unitary = found.sorted { ($0.first, $0.unitary.cost) < ($1.first, $1.unitary.cost) }.map(\.unitary)
  }
}
