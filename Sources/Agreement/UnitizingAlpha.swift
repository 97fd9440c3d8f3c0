/// Krippendorff's alphas for unitizing: agreement on how the continuum is cut and on the value of its parts.
///
/// Each annotator's continuum is a partition into units, each with a label, and gaps φ. With ℓ_ck the length over which
/// two annotators have the values c and k (see ``UnitizingTally/coincidence(_:_:)``), ℓ_c· and ℓ·· its sums, L(S) the
/// length of a unit, R_c = Σ L(S)² over the units of c, and R_φ the length of the gaps,
///
///     ε_ck = (ℓ_c· ℓ_·k − [c = k] R_c) / (ℓ·· − ΣR/ℓ··)
///     ᵤα  = 1 − Σ_{c≠k} ℓ_ck / Σ_{c≠k} ε_ck
///     |ᵤα = the same, with all labels taken as one: units against gaps
///     cᵤα = the same over ℓ_ck of labels alone, with the length of units that is pairable (ℓ*, R*, ε*) for R and ε
///     (k)ᵤα = 1 − ((ℓ*_k· − ℓ*_kk)/ℓ*_k·) / ((ε*_k· − ε*_kk)/ε*_k·)
///
/// Coincidences and corrections add up over documents, so that no unit and no gap crosses a border. An annotator who
/// did not annotate a document is missing there. A document without units adds its length.
///
/// Only the hull of a unit counts; ``UnitizingStudy/partition`` makes units of fragments.
///
/// Undefined if units of one annotator overlap, if there are no units, if everything compared has one value, or if so
/// little is pairable that the correction takes all of it.
///
/// Source: Krippendorff, Mathet, Bouvry and Widlöcher, “On the reliability of unitizing textual continua: Further
/// developments”, *Quality & Quantity* 50 (2016), pages 2347–2364.
public struct UnitizingAlpha: Measure {
  /// A coefficient of the family.
  public enum Kind: Equatable, Sendable {
    /// ᵤα: place and label at once.
    case overall
    /// |ᵤα: units against gaps.
    case binary
    /// cᵤα: the labels of what two annotators both marked.
    case coding
    /// (k)ᵤα: one label, by its number, in what two annotators both marked.
    case value(Int)
  }

  /// The part of a unit that is pairable with more than two annotators; for two, both are the same.
  public enum Pairable: String, CaseIterable, Sendable {
    /// R*_c = Σ_j L(S ∩ units of j)² / (m − 1), over each other annotator j.
    case pairwise
    /// R*_c = L(S ∩ units of any other)².
    case union
  }

  private let kind: Kind
  private let pairable: Pairable
  private let labels: Int

  /// Creates a coefficient.
  ///
  /// - Parameters:
  ///   - kind: the coefficient of the family.
  ///   - labels: the number of labels; units have labels below it.
  ///   - pairable: the part of a unit that is pairable.
  public init(_ kind: Kind, labels: Int, pairable: Pairable = .pairwise) {
    self.kind = kind
    self.labels = labels
    self.pairable = pairable
  }

  public func tallies(of study: UnitizingStudy) throws(Undefined) -> Tallies<UnitizingTally> {
    try UnitizingTally.tallies(of: study, labels: labels)
  }

  public func coefficient(of tally: UnitizingTally) throws(Undefined) -> Coefficient {
    try tally.check()
    guard tally.labels == labels else { throw .invalid(.differentTallies) }
    if case .value(let label) = kind, !(0..<labels ~= label) { throw .invalid(.noSuchCategory) }
    guard tally.overlapping == 0 else { throw .overlappingUnits }
    guard tally.units > 0 else { throw .noSpans }
    switch kind {
    case .overall: return try overall(tally)
    case .binary: return try binary(tally)
    case .coding: return try coding(tally)
    case .value(let label): return try value(label, tally)
    }
  }

  private func overall(_ tally: UnitizingTally) throws(Undefined) -> Coefficient {
    let squares = (0..<labels).map { Double(tally.squares($0)) }
    return try coefficient(tally, Block(labels + 1, tally.coincidence) { $1 < tally.labels ? squares[$1] : $0 })
  }

  private func binary(_ tally: UnitizingTally) throws(Undefined) -> Coefficient {
    let squares = (0..<labels).reduce(0.0) { $0 + Double(tally.squares($1)) }
    func sum(_ first: Range<Int>, _ second: Range<Int>) -> Double {
      first.reduce(0) { sum, one in second.reduce(sum) { $0 + tally.coincidence(one, $1) } }
    }
    let parts = [0..<labels, labels..<labels + 1]
    return try coefficient(tally, Block(2, { sum(parts[$0], parts[$1]) }) { $1 == 0 ? squares : $0 })
  }

  private func pairable(_ tally: UnitizingTally) -> Block {
    Block(labels, tally.coincidence) { tally.pairableSquares($1, pairable) }
  }

  private func coding(_ tally: UnitizingTally) throws(Undefined) -> Coefficient {
    try coefficient(tally, pairable(tally))
  }

  private func value(_ label: Int, _ tally: UnitizingTally) throws(Undefined) -> Coefficient {
    let block = pairable(tally)
    guard block.total > 0, block.sums[label] > 0 else { throw .noPairableItems }
    guard block.divisor > 0 else { throw .tooLittlePairable }
    let chance = (0..<labels).reduce(0) { $0 + block.expected(label, $1) }
    let expected = (chance - block.expected(label, label)) / chance
    guard chance > 0, expected > 0 else { throw .oneCategory }
    let observed = (block.sums[label] - block.coincidences[label][label]) / block.sums[label]
    return Coefficient(
      value: 1 - observed / expected, items: tally.units(label), observed: observed, expected: expected)
  }

  private func coefficient(_ tally: UnitizingTally, _ block: Block) throws(Undefined) -> Coefficient {
    guard block.total > 0 else { throw .noPairableItems }
    guard block.divisor > 0 else { throw block.sums.count { $0 > 0 } > 1 ? .tooLittlePairable : .oneCategory }
    let apart = block.sums.indices.map { first in
      block.sums.indices.reduce((observed: 0.0, expected: 0.0)) { sum, second in
        first == second
          ? sum : (sum.observed + block.coincidences[first][second], sum.expected + block.expected(first, second))
      }
    }
    let observed = apart.reduce(0) { $0 + $1.observed } / block.total
    let expected = apart.reduce(0) { $0 + $1.expected } / block.total
    guard expected > 0 else { throw .oneCategory }
    return Coefficient(value: 1 - observed / expected, items: tally.units, observed: observed, expected: expected)
  }

  /// Coincidences of values, with what chance would make of them.
  private struct Block {
    /// ℓ_ck.
    let coincidences: [[Double]]
    /// ℓ_c·.
    let sums: [Double]
    /// ℓ··.
    let total: Double
    /// ℓ·· − ΣR/ℓ··.
    let divisor: Double
    private let squares: [Double]

    /// - Parameter squares: R of a value, by its ℓ_c· and its number.
    init(_ values: Int, _ coincidence: (Int, Int) -> Double, _ squares: (Double, Int) -> Double) {
      let coincidences = (0..<values).map { first in (0..<values).map { coincidence(first, $0) } }
      self.coincidences = coincidences
      sums = coincidences.map { $0.reduce(0, +) }
      total = sums.reduce(0, +)
      self.squares = sums.enumerated().map { squares($1, $0) }
      divisor = total - self.squares.reduce(0, +) / total
    }

    /// ε_ck.
    func expected(_ first: Int, _ second: Int) -> Double {
      (sums[first] * sums[second] - (first == second ? squares[first] : 0)) / divisor
    }
  }
}
