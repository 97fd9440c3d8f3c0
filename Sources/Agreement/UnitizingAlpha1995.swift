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
/// Limitation: the expectation needs the lengths of all units and gaps, which is no fixed number of counts; so there is
/// no bootstrap.
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
    return try coefficient(of: study.continua.map { SegmentLengths($0, labels: labels) })
  }

  /// The value over documents of which the lengths of segments are known.
  ///
  /// - Throws: ``Undefined`` if there is none.
  package func coefficient(of documents: [SegmentLengths]) throws(Undefined) -> Coefficient {
    let documents = documents.filter { $0.annotators.count > 1 }
    guard let first = documents.first else { throw .fewerThanTwoAnnotators }
    guard documents.allSatisfy({ $0.annotators == first.annotators }) else { throw .differentAnnotators }
    let annotators = first.annotators.count
    let length = documents.reduce(0) { $0 + $1.length }
    var (observed, expected, items) = (0.0, 0.0, 0)
    for label in labels {
      var pool = SegmentLengths.OfLabel()
      for document in documents { pool.add(document.ofLabels[label] ?? SegmentLengths.OfLabel()) }
      if pool.isOverlapping { throw .overlappingUnits }
      if pool.isTooLarge { throw .invalid(.tooLarge) }
      items += pool.marked
      observed += Self.observed(pool, annotators, length)
      expected += Self.expected(pool, annotators, length)
    }
    guard items > 0 else { throw .noSpans }
    guard expected > 0 else { throw .oneCategory }
    return Coefficient(value: 1 - observed / expected, items: items, observed: observed, expected: expected)
  }

  /// The value over all documents, or the reason that there is none.
  public func result(of study: UnitizingStudy) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: study)) } catch { return .failure(error) }
  }

  /// The value over documents of which the lengths of segments are known, or the reason that there is none.
  package func result(of documents: [SegmentLengths]) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: documents)) } catch { return .failure(error) }
  }

  /// Dₒ_c.
  private static func observed(_ pool: SegmentLengths.OfLabel, _ annotators: Int, _ length: Int) -> Double {
    2 * Double(pool.difference) / (Double(annotators * (annotators - 1)) * Double(length) * Double(length))
  }

  /// Dₑ_c.
  private static func expected(_ pool: SegmentLengths.OfLabel, _ annotators: Int, _ length: Int) -> Double {
    let units = pool.units.sorted { $0.key > $1.key }
    let gaps = pool.gaps.sorted { $0.key > $1.key }
    let all = units.reduce(0) { $0 + $1.value }
    var (sum, within) = (0.0, 0.0)
    // The number of gaps that are long enough, and their total length.
    var (next, count, lengths) = (0, 0, 0.0)
    for (unit, times) in units {
      while next < gaps.count, gaps[next].key >= unit {
        lengths += Double(gaps[next].key) * Double(gaps[next].value)
        count += gaps[next].value
        next += 1
      }
      let (size, times) = (Double(unit), Double(times))
      sum += times * Double(all - 1) / 3 * (2 * size * size * size - 3 * size * size + size)
      sum += times * size * size * (lengths - Double(count) * (size - 1))
      within += times * size * (size - 1)
    }
    let whole = Double(annotators) * Double(length)
    return 2 * sum / Double(length) / (whole * (whole - 1) - within)
  }
}
