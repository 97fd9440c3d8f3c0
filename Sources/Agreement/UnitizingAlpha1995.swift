/// Krippendorff's α_U of 1995, for comparison with older papers and with programs that still compute it.
///
/// For each label c, every annotator's continuum is cut into units of c and gaps between them. Two annotators' units
/// that intersect differ by δ² = (b − b′)² + (e − e′)², and a unit that lies in a gap by its squared length; other
/// segments do not differ. With m annotators, L the length of the continuum and N_c the units of c of all annotators,
///
///     Dₒ_c = 2 Σ_{i<j} Σ δ² / (m(m − 1)L²)
///     Dₑ_c = (2/L) Σ_g [(N_c − 1)/3 · (2ℓ_g³ − 3ℓ_g² + ℓ_g) + ℓ_g² Σ_{ℓ_h ≥ ℓ_g} (ℓ_h − ℓ_g + 1)]
///            / (mL(mL − 1) − Σ_g ℓ_g(ℓ_g − 1))
///     α_U  = 1 − Σ_c Dₒ_c / Σ_c Dₑ_c
///
/// over units g and gaps h of c. Units and gaps of all documents are pooled, gaps end with their document, and L is the
/// sum of lengths. Only the hull of a unit counts.
///
/// Limitation: the expectation is not a sum over documents, so there is no bootstrap.
///
/// Undefined if units of one label and annotator overlap, if there are no units, or if documents have different
/// annotators.
///
/// Source: Krippendorff, “On the reliability of unitizing continuous data”, *Sociological Methodology* 25 (1995), pages
/// 47–76, in the corrected form of *Content Analysis*, second edition (2004), section 11.6.
public struct UnitizingAlpha1995: Sendable {
  private let labels: [Int]

  /// Creates the coefficient for some labels.
  ///
  /// - Parameter labels: the numbers of the labels that count.
  public init(labels: [Int]) { self.labels = labels }

  /// The value over all documents of a study.
  ///
  /// - Throws: ``Undefined`` if there is none.
  /// - Complexity: O(*u* log *u*) in units.
  public func coefficient(of study: UnitizingStudy) throws(Undefined) -> Coefficient {
    try study.check()
    let continua = study.continua.filter { $0.units.count { $0 != nil } > 1 }
    guard let first = continua.first else { throw .fewerThanTwoAnnotators }
    let present = first.units.map { $0 != nil }
    guard continua.allSatisfy({ $0.units.map { $0 != nil } == present }) else { throw .differentAnnotators }
    let annotators = present.count { $0 }
    var (observed, expected) = (0.0, 0.0)
    for label in labels {
      let pool = try Pool(continua, label)
      observed += pool.observed(annotators)
      expected += pool.expected(annotators)
    }
    let items = continua.reduce(0) { $0 + $1.marked.reduce(0, +) }
    guard items > 0 else { throw .noSpans }
    guard expected > 0 else { throw .oneCategory }
    return Coefficient(value: 1 - observed / expected, items: items, observed: observed, expected: expected)
  }

  /// The value over all documents, or the reason that there is none.
  public func result(of study: UnitizingStudy) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: study)) } catch { return .failure(error) }
  }

  /// One label's units and gaps in all documents.
  private struct Pool {
    /// The lengths of the units.
    var units: [Int] = []
    var gaps: [Int] = []
    /// L.
    var length = 0
    /// Σ δ².
    var difference = 0.0

    init(_ continua: [UnitizingStudy.Continuum], _ label: Int) throws(Undefined) {
      for continuum in continua {
        length += continuum.length
        var layers: [[Range<Int>]] = []
        for units in continuum.units.compactMap({ $0 }) {
          let hulls = units.filter { $0.label == label }.map(\.hull).sorted { $0.lowerBound < $1.lowerBound }
          guard zip(hulls, hulls.dropFirst()).allSatisfy({ $0.upperBound <= $1.lowerBound }) else {
            throw .overlappingUnits
          }
          add(hulls, continuum.length)
          layers.append(hulls)
        }
        for first in layers.indices {
          for second in layers.indices where second > first { add(layers[first], layers[second]) }
        }
      }
    }

    /// Adds one annotator's units with the gaps between them.
    private mutating func add(_ hulls: [Range<Int>], _ length: Int) {
      var end = 0
      for hull in hulls {
        units.append(hull.count)
        if hull.lowerBound > end { gaps.append(hull.lowerBound - end) }
        end = hull.upperBound
      }
      if length > end { gaps.append(length - end) }
    }

    /// Adds the differences of two annotators' segments.
    private mutating func add(_ ours: [Range<Int>], _ theirs: [Range<Int>]) {
      var (first, second) = (0, 0)
      var (isMet, isMetToo) = (
        [Bool](repeating: false, count: ours.count), [Bool](repeating: false, count: theirs.count)
      )
      while first < ours.count, second < theirs.count {
        let (a, b) = (ours[first], theirs[second])
        if a.overlaps(b) {
          (isMet[first], isMetToo[second]) = (true, true)
          let (start, end) = (Double(a.lowerBound - b.lowerBound), Double(a.upperBound - b.upperBound))
          difference += start * start + end * end
        }
        if a.upperBound < b.upperBound { first += 1 } else { second += 1 }
      }
      for (hull, isMet) in zip(ours + theirs, isMet + isMetToo) where !isMet {
        difference += Double(hull.count) * Double(hull.count)
      }
    }

    /// Dₒ_c.
    func observed(_ annotators: Int) -> Double {
      2 * difference / (Double(annotators * (annotators - 1)) * Double(length) * Double(length))
    }

    /// Dₑ_c.
    func expected(_ annotators: Int) -> Double {
      let (units, gaps) = (units.sorted(by: >), gaps.sorted(by: >))
      var sum = 0.0
      // The number of gaps that are long enough, and their total length.
      var (count, lengths) = (0, 0)
      for unit in units {
        while count < gaps.count, gaps[count] >= unit {
          lengths += gaps[count]
          count += 1
        }
        let size = Double(unit)
        sum += Double(units.count - 1) / 3 * (2 * size * size * size - 3 * size * size + size)
        sum += size * size * Double(lengths - count * (unit - 1))
      }
      let all = Double(annotators * length)
      let within = units.reduce(0.0) { $0 + Double($1) * Double($1 - 1) }
      return 2 * sum / Double(length) / (all * (all - 1) - within)
    }
  }
}
