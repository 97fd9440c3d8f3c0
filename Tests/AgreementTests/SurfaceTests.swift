import Testing

@testable import Agreement

/// Every public way into the library, with values that their types allow and no one means: what comes back is a value or
/// an ``Undefined``, and the process goes on.
@Suite struct SurfaceTests {
  typealias Unit = UnitizingStudy.Unit

  /// Draws values that are often wrong.
  struct Mischief {
    var random: SeededGenerator
    /// Whether studies are spared, so that measures have something to measure.
    let isMild: Bool

    init(_ seed: Int, stream: Int) {
      random = SeededGenerator(seed: UInt64(seed), stream: stream)
      isMild = seed % 2 == 0
    }

    /// For studies.
    mutating func place() -> Int { isMild ? Int.random(in: 0...2, using: &random) : integer() }

    /// A number of categories: a few, or too many or too few to be one, but not so many that they take long.
    mutating func extent() -> Int {
      let extent = place()
      return 64..<1 << 32 ~= extent ? 70 : extent
    }

    /// Whether to do a study some wrong.
    mutating func harm() -> Bool { !isMild && flip() }

    mutating func flip() -> Bool { Bool.random(using: &random) }

    /// Mostly small.
    mutating func integer() -> Int {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        [.min, -1 << 40, -1, 64, 65_536, 1 << 31, 1 << 32, 1 << 40, 1 << 53, .max].randomElement(using: &random) ?? 0
      default: Int.random(in: -1...4, using: &random)
      }
    }

    mutating func number() -> Double {
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        [.nan, .infinity, -.infinity, -1, -0.0, .leastNonzeroMagnitude, 1e-300, 1e300, .greatestFiniteMagnitude]
          .randomElement(using: &random) ?? 0
      default: Double.random(in: 0...2, using: &random)
      }
    }

    mutating func list<Value>(_ most: Int = 4, _ make: (inout Mischief) -> Value) -> [Value] {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in make(&self) }
    }

    /// A range of up to 40, or an odd one.
    mutating func range() -> Range<Int> {
      if !isMild, Int.random(in: 0..<6, using: &random) == 0 {
        let (one, other) = (integer(), integer())
        return min(one, other)..<max(one, other)
      }
      let start = Int.random(in: 0..<40, using: &random)
      return start..<start + Int.random(in: isMild ? 1...9 : 0...9, using: &random)
    }

    mutating func unit() -> Unit {
      let isOdd = !isMild && Int.random(in: 0..<6, using: &random) == 0
      let label = isOdd ? integer() : Int.random(in: 0...1, using: &random)
      return isMild || flip() ? Unit(range(), label: label) : Unit(fragments: list(3) { $0.range() }, label: label)
    }

    /// How many annotators: mostly the same.
    mutating func annotators() -> Int { !isMild && Int.random(in: 0..<8, using: &random) == 0 ? integer() : 2 }

    mutating func criterion() -> SpanCriterion {
      let minimum = number()
      return [.strict, .boundary, .partial, .type, .overlap(minimum: minimum)].randomElement(using: &random) ?? .strict
    }

    mutating func limit() -> SearchLimit { SearchLimit(gap: flip() ? 0 : number(), deadline: flip() ? nil : .now) }
  }

  /// Runs a body; it may throw ``Undefined`` or ``Interval/Absence`` and nothing else.
  static func tried(_ body: () throws -> Void) {
    do { try body() } catch { #expect(error is Undefined || error is Interval.Absence, "\(error)") }
  }

  /// Everything that may be done with a measure of a study.
  static func use<M: Measure>(
    _ measure: M, of study: M.Study, _ mischief: inout Mischief, _ look: (M.Evidence) -> Void = { _ in }
  ) {
    let (one, odd, resamples) = (mischief.integer(), mischief.list { $0.integer() }, mischief.integer())
    let (confidence, permutations) = (mischief.number(), min(mischief.integer(), 50))
    tried { _ = try measure.coefficient(of: study) }
    guard let tallies = try? measure.tallies(of: study) else { return }
    look(tallies.total)
    tried { look(try tallies[one]) }
    tried { _ = try tallies.total(without: one) }
    tried { _ = try measure.coefficient(of: tallies.total(without: 0)) }
    // Counts that no study adds up to.
    for counts in [odd, tallies.total.counts.map { _ in one }, tallies.total.counts.map { $0 &- 3 }] {
      var tampered = tallies.total
      tampered.counts = counts
      look(tampered)
      tried { _ = try measure.coefficient(of: tampered) }
      tried { _ = try Tallies(tallies.total, [tampered, tallies.total, tampered]) }
    }
    let bootstrap = Bootstrap(resamples: min(resamples, 40), confidence: confidence)
    tried { _ = try bootstrap.interval(of: measure, in: study) }
    let estimands = Estimands(tallies, [measure.result])
    _ = bootstrap.intervals(of: [estimands, estimands])
    if let fewer = try? Tallies(tallies.total, []) { _ = bootstrap.intervals(of: [estimands, Estimands(fewer, [])]) }
    let test = PermutationTest(permutations: permutations)
    tried { _ = try test.paired(measure, tallies, tallies) }
    tried { _ = try test.unpaired(measure, tallies, tallies) }
  }

  /// The same for a measure of two annotators, alone and over pairs.
  static func usePairs<M: Measure>(
    _ measure: M, of study: M.Study, _ mischief: inout Mischief, _ look: @escaping (M.Evidence) -> Void = { _ in }
  ) where M.Study: PairedStudy, M.Evidence: PairTally {
    let (one, other, reference) = (mischief.integer(), mischief.integer(), mischief.integer())
    use(measure, of: study, &mischief) { tally in
      _ = tally.isApart
      look(tally)
    }
    use(measure, of: study.pair(one, other), &mischief)
    use(MeanOverPairs(measure), of: study, &mischief) { tally in tried { _ = try tally.pair(one) } }
    use(MeanOverPairs(measure, reference: reference), of: study, &mischief)
  }

  /// The same of a measure whose counts add up over pairs.
  static func usePooled<M: Measure>(
    _ measure: M, of study: M.Study, _ mischief: inout Mischief
  ) where M.Study: PairedStudy, M.Evidence: PoolableTally {
    let reference = mischief.integer()
    use(PooledOverPairs(measure), of: study, &mischief)
    use(PooledOverPairs(measure, reference: reference), of: study, &mischief)
  }

  @Test(arguments: 0..<40) func `no table of items brings the process down`(part: Int) {
    for seed in part * 25..<part * 25 + 25 {
      var mischief = Mischief(seed, stream: 0)
      var study = CodingStudy(annotators: mischief.annotators(), categories: mischief.flip() ? 0 : mischief.extent())
      for _ in 0..<4 {
        if mischief.flip() { study.beginDocument() }
        let row: CodingStudy.Row = (0..<2).map { _ in mischief.flip() ? mischief.place() : mischief.flip() ? 1 : nil }
        study.append(
          mischief.harm() ? mischief.list { $0.integer() } : row, count: mischief.flip() ? 1 : mischief.place())
      }
      if mischief.harm() {
        let columns = mischief.list(3) { mischief in
          (0..<(mischief.flip() ? 3 : 2)).map { _ in UInt8(truncatingIfNeeded: mischief.integer()) }
        }
        study = CodingStudy(columns: columns, documents: mischief.flip() ? nil : mischief.list { $0.integer() })
      }
      let (category, name) = (mischief.integer(), mischief.integer())
      switch mischief.isMild ? 9 : mischief.integer() {
      case 0: study = study.choosing(mischief.list { $0.integer() })
      case 1: study = study.documents(mischief.list { $0.integer() })
      case 2: study = study.collapsed(to: category)
      case 3: study = study.renamed { $0 == 1 ? 0 : name }
      default: break
      }
      _ = (
        study.items, study.pairableItems, study.categories, study.distinctRows, study.rowsOfDocuments, study == study
      )
      func look(_ tally: PooledTally) {
        _ = (tally.items(name), tally.agreeing(name), tally.values(name, of: category), tally.pairableItems)
        Self.tried { _ = try tally.shares() }
        Self.tried { _ = try tally.itemMean() }
      }
      Self.use(ObservedAgreement(), of: study, &mischief, look)
      Self.use(FleissKappa(), of: study, &mischief, look)
      Self.use(BennettS(categories: category), of: study, &mischief)
      Self.use(GwetAC1(categories: category), of: study, &mischief)
      Self.use(HubertKappa(), of: study, &mischief) { _ = $0.pairableItems }
      Self.use(SpecificAgreement(category: category), of: study, &mischief)
      func look(_ tally: MarginTally) {
        _ = (tally.items, tally.agreeing, tally.margin(name, category), tally.agreeing(on: category), tally.categories)
        Self.tried { _ = try tally.margins() }
      }
      Self.usePairs(CohenKappa(), of: study, &mischief, look)
      Self.usePairs(ScottPi(), of: study, &mischief, look)
      Self.usePairs(WeightedKappa.linear, of: study, &mischief)
      Self.usePairs(WeightedKappa.quadratic, of: study, &mischief)
      let (weight, values) = (mischief.number(), mischief.list(70) { $0.number() })
      Self.usePairs(WeightedKappa { _, _ in weight }, of: study, &mischief)
      let sets = values.map(\.bitPattern)
      Self.usePairs(AdjustedRandIndex(), of: study, &mischief) { _ = $0.items }
      Self.usePairs(BCubed([.precision, .recall, .f1][abs(name % 3)]), of: study, &mischief)
      Self.use(SpecificAgreement(labels: sets), of: study, &mischief) { _ = $0.pairableItems }
      let categories = category % 8
      let weights = [
        AgreementWeights.identity(categories: categories), .ordinal(categories: categories),
        .linear(Array(values.prefix(6))), .quadratic(Array(values.prefix(6))),
      ][abs(name % 4)]
      _ = weights.weight(category, name)
      let chance = WeightedCoefficient.Chance.allCases[abs(category % 4)]
      Self.use(WeightedCoefficient(chance, weights: weights), of: study, &mischief) { _ = $0.pairableItems }
      for distance in [
        .nominal, .ordinal, .interval(values), .ratio(values), .jaccard(sets), .masi(sets),
        Distance { _, _ in weight },
      ] { Self.use(KrippendorffAlpha(distance), of: study, &mischief) { _ = $0.pairableItems } }
    }
  }

  @Test(arguments: 0..<20) func `no units bring the process down`(part: Int) {
    for seed in part * 20..<part * 20 + 20 {
      var mischief = Mischief(seed, stream: 1)
      var study = UnitizingStudy(annotators: mischief.annotators())
      for _ in 0..<3 {
        var layers: [[Unit]?] = (0..<2).map { _ in mischief.list { $0.unit() } }
        if mischief.flip() { layers[1] = nil }
        if mischief.harm() { layers.append(nil) }
        let continuum = UnitizingStudy.Continuum(length: mischief.harm() ? mischief.integer() : 60, units: layers)
        _ = continuum.choosing(mischief.list { $0.integer() })
        study.append(continuum)
        let (first, second) = (mischief.list { $0.unit() }, mischief.list { $0.unit() })
        for unit in first {
          _ = (unit.fragments, unit.length, unit.hasSameFragments(as: unit))
          for other in second { _ = unit.intersection(other) }
        }
        Self.align(first, second, &mischief)
      }
      switch mischief.isMild ? 0 : mischief.integer() {
      case 0: study = study.partition
      case 1: study = study.document(mischief.integer())
      case 2: study = study.choosing(labels: Set(mischief.list { $0.integer() }))
      default: break
      }
      let labels = mischief.flip() ? 2 : mischief.extent()
      let label = mischief.integer()
      for kind in [UnitizingAlpha.Kind.overall, .binary, .coding, .value(label)] {
        for form in UnitizingAlpha.Pairable.allCases {
          Self.use(UnitizingAlpha(kind, labels: labels, pairable: form), of: study, &mischief) { tally in
            _ = (tally.units, tally.units(label), tally.length, tally.overlapping, tally.squares(label))
            _ = (tally.coincidence(label, labels), tally.pairableSquares(label, form))
            Self.tried { _ = try UnitizingAlpha(kind, labels: 1).coefficient(of: tally) }
          }
        }
      }
      Self.tried { _ = try UnitizingTally(labels: label, annotators: labels) }
      let some = mischief.list { $0.integer() }
      Self.tried { _ = try UnitizingAlpha1995(labels: some).coefficient(of: study) }
      for kind in [SpanScore.Kind.precision, .recall, .f1] {
        let pairing: SpanScore.Pairing = mischief.flip() ? .best : .nervaluate
        let score = SpanScore(kind, by: mischief.criterion(), pairing: pairing)
        Self.usePairs(score, of: study, &mischief) { _ = ($0.missing, $0.spurious) }
        Self.usePooled(score, of: study, &mischief)
        Self.use(MacroSpanScore(score, labels: labels), of: study, &mischief)
      }
      Self.align(study, labels, label, &mischief)
    }
  }

  private static func align(_ first: [Unit], _ second: [Unit], _ mischief: inout Mischief) {
    let (criterion, limit, isSoft) = (mischief.criterion(), mischief.limit(), mischief.flip())
    let alignment = Alignment(first, second, by: criterion)
    _ = alignment.pairs
    tried { _ = try SpanScore(.f1, by: criterion).tally(first, second) }
    let ends = mischief.list { mischief in
      RelationStudy.Relation(type: mischief.integer(), from: mischief.integer(), to: mischief.flip() ? nil : 0)
    }
    let values = mischief.list { mischief in mischief.list { $0.flip() ? nil : $0.integer() } }
    let attributes = mischief.list { $0.integer() }
    let permitted = Set(
      mischief.list { RelationAlpha.Permission(type: $0.integer(), from: $0.integer(), to: $0.integer()) })
    let layers = [first, second].map { RelationStudy.Layer(units: $0, relations: ends) }
    let (f1, alpha) = (
      RelationF1(by: criterion, type: mischief.integer()), RelationAlpha(by: criterion, permitted: permitted)
    )
    tried { _ = try f1.tally(layers[0], layers[1], Alignment(second, first, by: criterion)) }
    tried { _ = try alpha.tally(layers[0], layers[1], alignment) }
    var (relations, attributed) = (
      RelationStudy(annotators: mischief.annotators()), AttributeStudy(annotators: mischief.annotators())
    )
    relations.append(mischief.isMild || mischief.flip() ? layers : [layers[0], nil])
    usePairs(f1, of: relations, &mischief) { _ = $0.relations }
    usePooled(f1, of: relations, &mischief)
    usePairs(alpha, of: relations, &mischief) { _ = $0.items }
    let rows = [first, second].map {
      AttributeStudy.Layer(units: $0, values: mischief.flip() ? values : $0.map { _ in [1] })
    }
    let agreement = AttributeAgreement(attributes: attributes, by: criterion)
    tried { _ = try agreement.tally(rows[0], rows[1], alignment) }
    attributed.append(mischief.isMild || mischief.flip() ? rows : mischief.list(3) { $0.flip() ? nil : rows[0] })
    usePairs(agreement, of: attributed, &mischief) { _ = $0.items }
    usePooled(agreement, of: attributed, &mischief)
    let measure = dissimilarity(&mischief)
    tried {
      let best = try BestAlignment([first, second, first], by: measure, isSoft: isSoft, limit: limit)
      _ = (best.disorder, best.provedCost)
    }
    tried { _ = try BestAlignment(mischief.list(2) { $0.list { $0.unit() } }, isSoft: isSoft) }
  }

  private static func dissimilarity(_ mischief: inout Mischief) -> Dissimilarity {
    let (count, rows) = (mischief.integer(), mischief.list { $0.list { $0.number() } })
    let categorical: Dissimilarity.Categorical =
      mischief.flip() ? .nominal : mischief.flip() ? .ordinal(count: count) : .matrix(rows)
    if mischief.flip() { return Dissimilarity(categorical: categorical) }
    return Dissimilarity(
      alpha: mischief.number(), beta: mischief.number(), deltaEmpty: mischief.number(), categorical: categorical)
  }

  private static func align(_ study: UnitizingStudy, _ labels: Int, _ label: Int, _ mischief: inout Mischief) {
    var drawing = GammaTally.Drawing()
    drawing.samples = mischief.flip() ? 2 : min(mischief.integer(), 8)
    drawing.precision = mischief.flip() ? nil : max(0.5, mischief.number())
    drawing.limit = mischief.limit()
    drawing.isSoft = mischief.flip()
    drawing.sampler = mischief.flip() ? .statistical : .shuffle(mischief.flip() ? .mean : .half)
    let (measure, settings) = (dissimilarity(&mischief), drawing)
    tried {
      let tallies = try GammaTally.tallies(of: study, by: measure, labels: labels, settings)
      for kind in [Gamma.Kind.overall, .categories, .label(label)] {
        _ = tallies.total.ratio(kind, of: label)
        tried { _ = try Gamma(kind).coefficient(of: tallies.total) }
        for counts in [[], tallies.total.counts.map { _ in label }] {
          var tampered = tallies.total
          tampered.counts = counts
          _ = (tampered.units, tampered.units(label), tampered.ratio(kind, of: 0))
          tried { _ = try Gamma(kind).coefficient(of: tampered) }
        }
      }
    }
  }

  @Test func `no segmentation brings the process down`() {
    for seed in 0..<2000 {
      var mischief = Mischief(seed, stream: 2)
      let first = SegmentedSequence(masses: mischief.list { $0.integer() })
      let second = mischief.flip() ? first : SegmentedSequence(masses: mischief.list { $0.integer() })
      let window = mischief.flip() ? nil : mischief.integer()
      let near = mischief.integer()
      _ = (first.length, first.window, first.boundaries)
      Self.tried { _ = try SegmentedSequence.pk(first, reference: second, window: window) }
      Self.tried { _ = try SegmentedSequence.windowDiff(first, reference: second, window: window) }
      Self.tried { _ = try SegmentedSequence.boundarySimilarity(first, second, near: near) }
    }
  }
}
