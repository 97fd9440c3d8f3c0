/// How many documents it takes until an interval is as narrow as wished, estimated from a pilot.
///
/// Samples of a size are drawn with replacement from the pilot's documents, and the values of many such samples lie as
/// those of many corpora of that size would. The size is mended until the middle *confidence* of them is as wide as wished.
/// All sizes draw the same documents first, so that a greater one does not differ by luck.
///
/// Source: the bootstrap for planning, as in Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 25.
///
/// Limitation: a pilot of few documents knows little about those to come, and nothing about rare labels that it lacks.
public struct SampleSize: Sendable {
  /// The greatest size that is looked for.
  public static let mostDocuments = 100_000

  /// The wished width of the interval.
  public let width: Double
  /// The confidence level of the interval, such as 0.95.
  public let confidence: Double
  /// The number of samples of each size.
  public let samples: Int
  /// The seed of the draws.
  public let seed: UInt64

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - width: the wished width of the interval, above 0.
  ///   - confidence: its confidence level, between 0 and 1.
  ///   - samples: the number of samples of each size, from 10 to 100,000.
  ///   - seed: the seed of the draws.
  public init(width: Double, confidence: Double = 0.95, samples: Int = 400, seed: UInt64 = 1) {
    self.width = width
    self.confidence = confidence
    self.samples = samples
    self.seed = seed
  }

  /// The number of documents for a measure; nil for more than ``mostDocuments``.
  ///
  /// - Throws: ``Interval/Absence`` if the pilot has no interval.
  public func documents<M: Measure>(
    of measure: M, in tallies: Tallies<M.Evidence>
  ) throws(Interval.Absence) -> Int? {
    try documents(of: Estimands(tallies, [measure.result]))[0].get()
  }

  /// The number of documents for each of several measures of the same documents; nil for more than ``mostDocuments``.
  public func documents(of estimands: Estimands) -> [Result<Int?, Interval.Absence>] {
    estimands.values(estimands.total).enumerated().map { place, value in
      guard width > 0, confidence > 0, confidence < 1, 10...100_000 ~= samples else {
        return .failure(.noValue(.invalid(.settingOutOfRange)))
      }
      if case .failure(let reason) = value { return .failure(.noValue(reason)) }
      guard estimands.documents > 1 else { return .failure(.oneDocument) }
      do throws(Interval.Absence) { return .success(try documents(of: estimands, at: place)) } catch {
        return .failure(error)
      }
    }
  }

  private func documents(of estimands: Estimands, at place: Int) throws(Interval.Absence) -> Int? {
    var size = estimands.documents
    // Widths shrink with about the square root of the size, so that a few steps lead there.
    for _ in 0..<6 {
      let share = try width(of: estimands, at: place, size) / width
      let next = (Double(size) * share * share).rounded(.up)
      guard next <= Double(Self.mostDocuments) else { return nil }
      let isNear = abs(next - Double(size)) <= 0.01 * Double(size)
      size = max(2, Int(next))
      if isNear { break }
    }
    return size
  }

  /// How wide the middle of the values is of samples of a size.
  private func width(of estimands: Estimands, at place: Int, _ size: Int) throws(Interval.Absence) -> Double {
    var values: [Double] = []
    for sample in 0..<samples {
      var generator = SeededGenerator(seed: seed, stream: sample)
      var times = [Int](repeating: 0, count: estimands.documents)
      for _ in 0..<size { times[generator.index(below: estimands.documents)] += 1 }
      if case .success(let value) = estimands.values(estimands.sum(times))[place] { values.append(value) }
    }
    guard values.count * 2 > samples else { throw .mostlyUndefined(resamples: samples - values.count) }
    values.sort()
    let tail = (1 - confidence) / 2
    return Interval.quantile(1 - tail, of: values) - Interval.quantile(tail, of: values)
  }
}
