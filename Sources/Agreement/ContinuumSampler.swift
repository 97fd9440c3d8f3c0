/// A source of random continua that look like those of the annotators.
///
/// Draws follow from the seed, the number of the sample and the units alone, not from the order or number of documents.
struct ContinuumSampler: Sendable {
  private let layers: [[Dissimilarity.Place]]
  private let length: Double
  private let kind: Gamma.Sampler
  private let seed: UInt64
  private let statistics: Statistics

  /// Creates a sampler.
  ///
  /// - Precondition: some annotator has a unit.
  init(_ layers: [[Dissimilarity.Place]], length: Int, _ kind: Gamma.Sampler, seed: UInt64) {
    self.layers = layers
    self.length = Double(length)
    self.kind = kind
    var fingerprint = SeededGenerator(seed: seed)
    func add(_ number: Int) {
      fingerprint = SeededGenerator(seed: fingerprint.next() ^ UInt64(truncatingIfNeeded: number))
    }
    add(length)
    for layer in layers {
      add(layer.count)
      for place in layer {
        add(Int(place.start))
        add(Int(place.end))
        add(place.label)
      }
    }
    self.seed = fingerprint.next()
    statistics = Statistics(layers)
  }

  /// The sample with this number, in which some annotator has a unit.
  func sample(_ number: Int) -> [[Dissimilarity.Place]] {
    var generator = SeededGenerator(seed: seed, stream: number)
    while true {
      let sample =
        switch kind {
        case .shuffle(let distance): shuffled(distance, &generator)
        case .statistical: statistics.sample(&generator)
        }
      if sample.contains(where: { !$0.isEmpty }) { return sample }
    }
  }

  // MARK: shuffling

  /// The units of a random annotator for each annotator, shifted along the continuum as along a ring.
  private func shuffled(
    _ distance: Gamma.Sampler.PivotDistance, _ generator: inout SeededGenerator
  ) -> [[Dissimilarity.Place]] {
    // The stretches of the text in which the next pivot may lie.
    var free = [(start: 0.0, end: length)]
    return layers.indices.map { _ in
      let source = layers[generator.index(below: layers.count)]
      let pivot = pivot(&generator, free)
      free = free.flatMap { stretch in
        distance == .mean
          ? Self.rest(of: stretch, pivot, statistics.meanLength)
          : Self.restAsElsewhere(of: stretch, pivot, statistics.meanLength / 2)
      }
      return source.map { place in
        let moved = place.start + pivot
        let start = moved < length ? moved : moved - length
        return Dissimilarity.Place(start: start, end: start + place.length, label: place.label)
      }
    }
  }

  /// A random place in one of the free stretches; anywhere if there is none.
  private func pivot(_ generator: inout SeededGenerator, _ free: [(start: Double, end: Double)]) -> Double {
    var drawn = generator.share() * free.reduce(0) { $0 + $1.end - $1.start }
    for stretch in free {
      if drawn < stretch.end - stretch.start { return (stretch.start + drawn).rounded(.down) }
      drawn -= stretch.end - stretch.start
    }
    return generator.share() * length
  }

  /// The parts of a stretch outside the neighbourhood of a pivot.
  private static func rest(
    of stretch: (start: Double, end: Double), _ pivot: Double, _ distance: Double
  ) -> [(start: Double, end: Double)] {
    let left = (start: stretch.start, end: min(stretch.end, pivot - distance))
    let right = (start: max(stretch.start, pivot + distance), end: stretch.end)
    return [left, right].filter { $0.start < $0.end }
  }

  /// The parts of a stretch as pygamma-agreement 0.5.9 computes them, for equal samples.
  ///
  /// A stretch beside the neighbourhood grows up to it there, over the neighbourhoods of earlier pivots.
  private static func restAsElsewhere(
    of stretch: (start: Double, end: Double), _ pivot: Double, _ distance: Double
  ) -> [(start: Double, end: Double)] {
    var rest: [(start: Double, end: Double)] = []
    if stretch.start < pivot - distance { rest.append((stretch.start, pivot - distance)) }
    if stretch.end > pivot + distance { rest.append((pivot + distance, stretch.end)) }
    return rest
  }

  // MARK: statistics

  /// Means and standard deviations of the annotators' units.
  private struct Statistics: Sendable {
    let meanLength: Double
    private let units: (mean: Double, deviation: Double)
    private let gaps: (mean: Double, deviation: Double)
    private let lengths: (mean: Double, deviation: Double)
    /// The label of each unit.
    private let labels: [Int]
    private let annotators: Int

    init(_ layers: [[Dissimilarity.Place]]) {
      annotators = layers.count
      units = Self.moments(layers.map { Double($0.count) })
      let all = layers.flatMap { $0 }
      lengths = Self.moments(all.map(\.length))
      meanLength = lengths.mean
      labels = all.map(\.label)
      // As in pygamma-agreement: one empty gap, and the distance to each annotator's first unit.
      var gaps = [0.0]
      for layer in layers {
        let sorted = layer.sorted { ($0.start, $0.end, $0.label) < ($1.start, $1.end, $1.label) }
        if let first = sorted.first, first.start > 0 { gaps.append(first.start) }
        gaps += zip(sorted, sorted.dropFirst()).map { $1.start - $0.end }
      }
      self.gaps = Self.moments(gaps)
    }

    private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / Double(values.count)).squareRoot())
    }

    private static func normal(
      _ moments: (mean: Double, deviation: Double), _ generator: inout SeededGenerator
    ) -> Double {
      moments.mean + moments.deviation * Normal.quantile(generator.share())
    }

    func sample(_ generator: inout SeededGenerator) -> [[Dissimilarity.Place]] {
      var isEmpty = true
      return (0..<annotators).map { _ in
        var count = Int(abs(Self.normal(units, &generator)))
        if isEmpty { count = max(1, count) }
        isEmpty = false
        var at = 0.0
        return (0..<count).map { _ in
          let start = at + Self.normal(gaps, &generator)
          var length = abs(Self.normal(lengths, &generator))
          while length < 1e-6 { length = abs(Self.normal(lengths, &generator)) }
          at = start + length
          return Dissimilarity.Place(start: start, end: at, label: labels[generator.index(below: labels.count)])
        }
      }
    }
  }
}
