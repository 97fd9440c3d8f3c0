/// The alignment of several annotators' units on one continuum with the least disorder.
///
/// A unitary alignment takes one unit, or none (∅), from each of *n* annotators; an alignment is a set of them with
/// each unit in exactly one. A unitary alignment costs the mean dissimilarity of its pairs. With x̄ the mean number of
/// units of an annotator,
///
///     δ(T) = Σ_{pairs} d(u, v) / (n(n − 1)/2),   disorder = Σ_T δ(T) / x̄
///
/// A pair with one or two empty sides costs Δ∅, so a unit alone costs Δ∅ whatever the number of annotators. In a soft
/// alignment a unit may be in several unitary alignments.
///
/// The alignment is exact; <doc:GammaDerived> gives the proof that comes with it. It is sought with costs in units of
/// 2⁻⁴⁰ Δ∅, and its cost is then summed in units of 2⁻⁷⁰ Δ∅, so that no digit depends on the order. If several
/// alignments are best, it is one of them.
///
/// Source: Mathet, Widlöcher and Métivier, “The unified and holistic method gamma (γ) for inter-annotator agreement
/// measure and alignment”, *Computational Linguistics* 41(3) (2015), pages 437–479; soft alignments as in the program
/// pygamma-agreement.
///
/// - Complexity: linear in units if few overlap; exponential in the number that do in the worst case.
public struct BestAlignment: Sendable {
  /// A unitary alignment: units of different annotators that stand for one, or a unit alone.
  public struct Unitary: Equatable, Sendable {
    /// The index of each annotator's unit; nil for ∅.
    public let units: [Int?]
    /// The cost δ.
    public let cost: Double
  }

  /// The unitary alignments, sorted by the middle of the first unit of each.
  public let unitary: [Unitary]
  /// The cost of the alignment, Σ δ.
  public let cost: Double
  /// What is proved: no alignment costs less. It is ``cost`` unless a limit stopped the search.
  public let provedCost: Double
  /// The number of units of all annotators.
  public let units: Int
  /// The number of annotators.
  public let annotators: Int
  /// The cost times n(n − 1)/2, in units of 2⁻⁷⁰ Δ∅.
  let sum: Int128
  /// What is proved of it.
  let provedSum: Int128

  /// The disorder: the cost divided by the mean number of units of an annotator; nil if there are no units.
  public var disorder: Double? { units == 0 ? nil : cost * Double(annotators) / Double(units) }

  /// Finds the best alignment.
  ///
  /// - Parameters:
  ///   - layers: the units of each annotator; at least two annotators.
  ///   - dissimilarity: the cost of a pair of units.
  ///   - isSoft: whether a unit may be in several unitary alignments.
  ///   - limit: when to stop before the alignment is proved best.
  /// - Throws: ``Undefined/fewerThanTwoAnnotators``; what is wrong with a unit, the dissimilarity or the limit.
  public init(
    _ layers: [[UnitizingStudy.Unit]], by dissimilarity: Dissimilarity = Dissimilarity(), isSoft: Bool = false,
    limit: SearchLimit = SearchLimit()
  ) throws(Undefined) {
    guard layers.count > 1 else { throw .fewerThanTwoAnnotators }
    guard layers.joined().allSatisfy(\.isWellFormed) else { throw .invalid(.malformedUnit) }
    try dissimilarity.check(labels: layers.joined().reduce(0) { max($0, $1.label + 1) })
    try limit.check()
    guard UnitaryCandidates.canBeSummed(layers.map(\.count)) else { throw .invalid(.tooLarge) }
    self.init(places: layers.map { $0.map(Dissimilarity.Place.init) }, by: dissimilarity, isSoft: isSoft, limit: limit)
  }

  /// - Parameter layers: the units of at least two annotators.
  init(
    places layers: [[Dissimilarity.Place]], by dissimilarity: Dissimilarity, isSoft: Bool,
    limit: SearchLimit = SearchLimit()
  ) {
    var candidates = UnitaryCandidates(layers, dissimilarity)
    let alone = candidates.pairs * UnitaryCandidates.scale
    let best = candidates.best(shared: isSoft ? alone : nil, until: limit)
    let chosen = best.chosen
    annotators = layers.count
    units = candidates.units.count
    var found: [(first: Int32, unitary: Unitary)] = []
    var isAligned = [Bool](repeating: false, count: units)
    let share = dissimilarity.deltaEmpty / Double(candidates.pairs) * 0x1p-70
    var total: Int128 = 0
    func add(_ members: ArraySlice<Int32>) {
      var row = [Int?](repeating: nil, count: layers.count)
      var sum = Int128(candidates.pairs - members.count * (members.count - 1) / 2) << 70
      for (place, unit) in members.enumerated() {
        let one = candidates.units[Int(unit)]
        isAligned[Int(unit)] = true
        row[one.annotator] = one.index
        for other in members.prefix(place) {
          sum += Int128(dissimilarity.relative(one.place, candidates.units[Int(other)].place) * 0x1p70)
        }
      }
      total += sum
      found.append((members[members.startIndex], Unitary(units: row, cost: Double(sum) * share)))
    }
    for set in chosen.indices { add(chosen[set]) }
    for unit in isAligned.indices where !isAligned[unit] { add([Int32(truncatingIfNeeded: unit)]) }
    cost = Double(total) * share
    sum = total
    provedSum = max(0, total - Int128(best.open) << 30)
    provedCost = Double(provedSum) * share
    unitary = found.sorted { ($0.first, $0.unitary.cost) < ($1.first, $1.unitary.cost) }.map(\.unitary)
  }
}
