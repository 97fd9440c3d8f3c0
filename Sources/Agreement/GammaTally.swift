import Synchronization

/// The costs of the best alignments of a document, as observed and in each random sample.
///
/// Costs (in Δ∅), mean numbers of units and weights are kept in units of 2⁻⁶⁰, each as three counts: the whole and twice
/// thirty bits. So sums do not depend on the order and lose nothing.
public struct GammaTally: Tally {
  public var counts: [Int]
  /// The number of samples.
  public let samples: Int
  let deltaEmpty: Double
  private let labels: Int

  /// Creates the tally of no document.
  package init(labels: Int, samples: Int, deltaEmpty: Double) {
    self.labels = labels
    self.samples = samples
    self.deltaEmpty = deltaEmpty
    counts = [Int](repeating: 0, count: Self.width(labels, samples: samples))
  }

  /// The number of counts.
  package static func width(_ labels: Int, samples: Int) -> Int { labels + (samples + 1) * width(labels) }

  /// The number of counts of an alignment: cost and x̄, then disagreement and weight of all pairs, then of those with each label, then
  /// the cost that is proved.
  private static func width(_ labels: Int) -> Int { 3 * (5 + 2 * labels) }

  /// The bits of each sum beyond the point while a document is counted.
  private static let bits = 80

  /// The three counts of a sum.
  private static func counts(_ sum: Int128) -> [Int] {
    let part = Int128(1) << 30 - 1
    return [sum >> bits, sum >> (bits - 30) & part, sum >> (bits - 60) & part].map { Int(truncatingIfNeeded: $0) }
  }

  /// The sum that three counts stand for.
  private func sum(at place: Int) -> Double {
    guard place + 2 < counts.count else { return 0 }
    return Double(counts[place]) + Double(counts[place + 1]) * 0x1p-30 + Double(counts[place + 2]) * 0x1p-60
  }

  /// The number of units of all annotators.
  public var units: Int { counts.prefix(labels).reduce(0, &+) }

  /// The number of units with a label.
  public func units(_ label: Int) -> Int { 0..<min(labels, counts.count) ~= label ? counts[label] : 0 }

  /// - Throws: ``InvalidInput`` unless it has the counts of a study, and a kind's label.
  func check(_ kind: Gamma.Kind) throws(Undefined) {
    try check(Self.width(labels, samples: samples))
    if case .label(let label) = kind, !(0..<labels ~= label) { throw .invalid(.noSuchCategory) }
  }

  /// The disorder in Δ∅, or the disagreement of labels, Dₒ of ``Gamma``; nil if the denominator is 0.
  ///
  /// - Parameters:
  ///   - kind: the coefficient whose disorder it is.
  ///   - sample: the number of the sample from 1, or 0 for the observed alignment.
  public func ratio(_ kind: Gamma.Kind, of sample: Int) -> Double? {
    guard 0...samples ~= sample else { return nil }
    let offset: Int
    switch kind {
    case .overall: offset = 0
    case .categories: offset = 2
    case .label(let label):
      guard 0..<labels ~= label else { return nil }
      offset = 4 + 2 * label
    }
    let start = labels + sample * Self.width(labels) + 3 * offset
    let divisor = sum(at: start + 3)
    return divisor > 0 ? sum(at: start) / divisor : nil
  }

  /// Whether all alignments are proved best.
  var isProved: Bool { (0...samples).allSatisfy { provedRatio(of: $0) == ratio(.overall, of: $0) } }

  /// The disorder that no alignment is below; that of the alignment, if it is proved best. Nil if there are no units.
  func provedRatio(of sample: Int) -> Double? {
    let start = labels + sample * Self.width(labels)
    let divisor = sum(at: start + 3)
    return divisor > 0 ? sum(at: start + 3 * (4 + 2 * labels)) / divisor : nil
  }

  /// The counts of one alignment.
  static func counts(
    _ layers: [[Dissimilarity.Place]], _ dissimilarity: Dissimilarity, _ drawing: Drawing, labels: Int
  ) -> [Int] {
    let alignment = BestAlignment(places: layers, by: dissimilarity, isSoft: drawing.isSoft, limit: drawing.limit)
    var sums = [Int128](repeating: 0, count: 5 + 2 * labels)
    let pairs = Int128(layers.count * (layers.count - 1) / 2)
    sums[0] = alignment.sum << (bits - 70) / pairs
    sums[4 + 2 * labels] = alignment.provedSum << (bits - 70) / pairs
    sums[1] = Int128(alignment.units) << bits / Int128(alignment.annotators)
    let scale = drawing.weight == .position ? 1 : dissimilarity.alpha
    for unitary in alignment.unitary {
      let places = unitary.units.enumerated().compactMap { annotator, unit in unit.map { layers[annotator][$0] } }
      for first in places.indices {
        for second in first + 1..<places.count {
          let (one, other) = (places[first], places[second])
          let place = scale * dissimilarity.deltaEmpty * one.positional(other)
          let weight = max(0, 1 - place) / Double(places.count - 1)
          let disagreement = Int128(weight * dissimilarity.categorical(one.label, other.label) * 0x1p80)
          func add(_ place: Int) {
            sums[place] += disagreement
            sums[place + 1] += Int128(weight * 0x1p80)
          }
          add(2)
          add(4 + 2 * one.label)
          if other.label != one.label { add(4 + 2 * other.label) }
        }
      }
    }
    return sums.flatMap(counts)
  }

  /// The settings of the random samples.
  public struct Drawing: Sendable {
    /// The way to draw continua.
    public var sampler = Gamma.Sampler.shuffle(.mean)
    /// The number of samples of each document; the size of the first batch if a precision is set.
    public var samples = 30
    /// The relative error of the expected disorder that 95 of 100 estimates stay below; nil for a fixed number of
    /// samples.
    public var precision: Double?
    /// The seed of the draws.
    public var seed: UInt64 = 1
    /// Whether a unit may be in several unitary alignments.
    public var isSoft = false
    /// What the place of a pair counts for in γ_cat and γ_k.
    public var weight = Gamma.Weight.position
    /// When to stop before an alignment is proved best.
    public var limit = SearchLimit()
    /// Called from any thread with the number of alignments found and the number wanted so far.
    public var progress: (@Sendable (_ found: Int, _ wanted: Int) -> Void)?

    /// Creates the default settings: 30 samples by shuffling, seed 1.
    public init() {}

    /// - Throws: ``InvalidInput/settingOutOfRange``.
    func check() throws(Undefined) {
      try limit.check()
      guard 1...mostSamples ~= samples, precision.map({ $0 > 0 }) ?? true else { throw .invalid(.settingOutOfRange) }
    }
  }

  /// The greatest number of samples of a document that a precision may lead to.
  public static let mostSamples = 100_000

  /// The tallies of each document of a study.
  ///
  /// For a precision p, samples are drawn until there are (1.96 · σ/μ / p)² of them or ``mostSamples``, with the mean μ
  /// and the standard deviation σ of the disorders drawn so far.
  ///
  /// - Parameters:
  ///   - study: units of any number of annotators; one who did not annotate a document takes no part in it.
  ///   - dissimilarity: the cost of a pair of units.
  ///   - labels: the number of labels; units have labels below it.
  ///   - drawing: the settings of the samples.
  /// - Throws: what is wrong with the study or a setting.
  public static func tallies(
    of study: UnitizingStudy, by dissimilarity: Dissimilarity, labels: Int, _ drawing: Drawing = Drawing()
  ) throws(Undefined) -> Tallies<GammaTally> {
    try study.check()
    try study.check(labels: labels)
    try dissimilarity.check(labels: study.continua.reduce(0) { max($0, $1.marked.count) })
    try drawing.check()
    let width = Double(labels) + Double(drawing.samples + 1) * Double(width(labels))
    guard width * Double(study.continua.count) <= Double(InvalidInput.mostCounts),
      study.continua.allSatisfy({ UnitaryCandidates.canBeSummed($0.units.compactMap { $0?.count }) })
    else { throw .invalid(.tooLarge) }
    let documents = study.continua.map { continuum -> (layers: [[Dissimilarity.Place]], sampler: ContinuumSampler)? in
      let layers = continuum.units.compactMap { $0?.map(Dissimilarity.Place.init) }
      guard layers.count > 1, layers.contains(where: { !$0.isEmpty }) else { return nil }
      return (layers, ContinuumSampler(layers, length: continuum.length, drawing.sampler, seed: drawing.seed))
    }
    let marked = documents.indices.filter { documents[$0] != nil }
    // Documents × the observed alignment and each sample.
    var rows = [[[Int]]](repeating: [], count: documents.count)
    var (drawn, wanted) = (0, drawing.samples)
    let aligned = Atomic(0)
    let running = Atomic(0)
    while true {
      // The observed alignment is sample 0.
      let numbers = drawn == 0 ? 0...wanted : drawn + 1...wanted
      let found = Mutex([[Int]](repeating: [], count: marked.count * numbers.count))
      let all = marked.count * (wanted + 1)
      let begun = Atomic(0)
      // What is observed counts more than a sample, so it comes first.
      inParallel(marked.count * numbers.count) { index in
        let (number, place) = (numbers.lowerBound + index / marked.count, index % marked.count)
        guard let document = documents[marked[place]] else { return }
        let left = marked.count * numbers.count - begun.wrappingAdd(1, ordering: .relaxed).oldValue
        var drawing = drawing
        drawing.limit = drawing.limit.share(of: left, running: running.wrappingAdd(1, ordering: .relaxed).newValue)
        let counts = counts(
          number == 0 ? document.layers : document.sampler.sample(number), dissimilarity, drawing, labels: labels)
        running.wrappingSubtract(1, ordering: .relaxed)
        found.withLock { $0[place * numbers.count + number - numbers.lowerBound] = counts }
        let aligned = aligned.wrappingAdd(1, ordering: .relaxed).newValue
        drawing.progress?(aligned, all)
      }
      let counted = found.withLock { $0 }
      for (place, document) in marked.enumerated() {
        rows[document] += counted[place * numbers.count..<(place + 1) * numbers.count]
      }
      drawn = wanted
      let zero = GammaTally(labels: labels, samples: drawn, deltaEmpty: dissimilarity.deltaEmpty)
      let tallies = try Tallies(
        zero,
        rows.enumerated().map { document, rows in
          var tally = zero
          guard !rows.isEmpty else { return tally }
          tally.counts = [Int](repeating: 0, count: labels) + rows.joined()
          for (label, count) in study.continua[document].marked.enumerated() { tally.counts[label] = count }
          return tally
        })
      guard let precision = drawing.precision, let needed = samplesNeeded(tallies.total, precision), needed > drawn
      else {
        return tallies
      }
      wanted = needed
    }
  }

  private static func samplesNeeded(_ tally: GammaTally, _ precision: Double) -> Int? {
    let drawn = (1...tally.samples).compactMap { tally.ratio(.overall, of: $0) }
    guard drawn.count > 1 else { return nil }
    let mean = drawn.reduce(0, +) / Double(drawn.count)
    let squares = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variation = (squares / Double(drawn.count - 1)).squareRoot() / mean
    let needed = (1.96 * variation / precision) * (1.96 * variation / precision)
    return needed.isFinite ? Int(min(needed.rounded(.up), Double(mostSamples))) : nil
  }
}
