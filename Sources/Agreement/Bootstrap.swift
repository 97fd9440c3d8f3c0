import Synchronization

/// Confidence intervals from documents resampled with replacement.
///
/// Documents are resampled because they were sampled; items and characters of one document depend on each other and are
/// never resampled alone. A resample adds up the tallies of its documents and reads no item again. The draws follow
/// from the seed and the number of documents alone: the same digits on any machine and any number of cores, and the
/// same resamples for every measure.
///
/// Source: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993).
public struct Bootstrap: Sendable {
  /// The number of resamples that one thread draws at a time.
  private static let batch = 16
  /// The number of documents that one thread leaves out in turn.
  private static let slice = 256
  /// The number of documents whose tallies are assumed to fit the cache.
  private static let cached = 4096

  /// The greatest number of resamples.
  public static let mostResamples = 1_000_000

  /// The number of resamples.
  public let resamples: Int
  /// The confidence level, such as 0.95.
  public let confidence: Double
  /// The seed of the draws.
  public let seed: UInt64

  /// Creates a bootstrap.
  ///
  /// - Parameters:
  ///   - resamples: the number of resamples, from 1 to ``mostResamples``.
  ///   - confidence: the confidence level, between 0 and 1.
  ///   - seed: the seed of the draws.
  public init(resamples: Int = 1000, confidence: Double = 0.95, seed: UInt64 = 1) {
    self.resamples = resamples
    self.confidence = confidence
    self.seed = seed
  }

  /// The confidence interval of a measure of a study.
  ///
  /// - Throws: ``Interval/Absence`` if there is none.
  public func interval<M: Measure>(of measure: M, in study: M.Study) throws(Interval.Absence) -> Interval {
    let tallies: Tallies<M.Evidence>
    do throws(Undefined) { tallies = try measure.tallies(of: study) } catch { throw .noValue(error) }
    return try interval(of: measure, in: tallies)
  }

  /// The confidence interval of a measure, computed from the tallies of documents.
  ///
  /// - Throws: ``Interval/Absence`` if there is none.
  public func interval<M: Measure>(
    of measure: M, in tallies: Tallies<M.Evidence>
  ) throws(Interval.Absence) -> Interval {
    try intervals(of: [Estimands(tallies, [measure.result])])[0][0].get()
  }

  /// The confidence intervals of many measures of the same documents, from the same resamples.
  ///
  /// There are none if the tallies are of different documents, or a setting is out of its range.
  ///
  /// - Complexity: O(*resamples* · *documents* · *counts*), whatever the number of items.
  public func intervals(of estimands: [Estimands]) -> [[Result<Interval, Interval.Absence>]] {
    guard let documents = estimands.first?.documents else { return [] }
    let isInRange = 1...Self.mostResamples ~= resamples && confidence > 0 && confidence < 1
    guard isInRange, estimands.allSatisfy({ $0.documents == documents }) else {
      let fault = InvalidInput.self
      let reason = isInRange ? fault.differentTallies : fault.settingOutOfRange
      return estimands.map { $0.values($0.total).map { _ in .failure(.noValue(.invalid(reason))) } }
    }
    guard documents > 1 else {
      return estimands.map { estimands in
        estimands.values(estimands.total).map { .failure($0.absence ?? .oneDocument) }
      }
    }
    let whole = estimands.map { $0.values($0.total) }
    let batches = (resamples + Self.batch - 1) / Self.batch
    let shared = SharedColumns(of: estimands.map(\.matrix), documents: documents)
    let drawn = Mutex([[[Double]]](repeating: [], count: batches))
    inParallel(batches) { batch in
      let numbers = batch * Self.batch..<min((batch + 1) * Self.batch, resamples)
      let resamples = numbers.map { draw($0, documents) }
      let sums = shared.sums(resamples)
      let values = estimands.enumerated().map { place, estimands in
        let narrow = sums.compactMap { shared.sums(of: place, in: $0) }
        let own = narrow.isEmpty ? estimands.matrix.sums(resamples) : narrow
        return own.flatMap { Self.numbers(estimands.values($0)) }
      }
      drawn.withLock { $0[batch] = values }
    }
    // Batches × estimands × (resamples · values).
    let batchValues = drawn.withLock { $0 }
    let found = Mutex([[Result<Interval, Interval.Absence>]](repeating: [], count: estimands.count))
    inParallel(estimands.count) { place in
      let intervals = intervals(of: estimands[place], whole[place], batchValues.flatMap { $0[place] })
      found.withLock { $0[place] = intervals }
    }
    return found.withLock { $0 }
  }

  /// The values as numbers; not a number where there is none.
  private static func numbers(_ values: [Result<Double, Undefined>]) -> [Double] {
    values.map { if case .success(let value) = $0 { value } else { .nan } }
  }

  /// The documents of a resample.
  private func draw(_ number: Int, _ documents: Int) -> [Int32] {
    var generator = SeededGenerator(seed: seed, stream: number)
    var chosen = [Int32](repeating: 0, count: documents)
    for place in chosen.indices { chosen[place] = Int32(truncatingIfNeeded: generator.index(below: documents)) }
    // Sums do not depend on the order, and sorted documents are read from memory in sequence.
    return documents > Self.cached ? Self.sorted(chosen) : chosen
  }

  /// The numbers in ascending order, by counting; each is below their count.
  private static func sorted(_ numbers: [Int32]) -> [Int32] {
    var times = [Int32](repeating: 0, count: numbers.count)
    for number in numbers { times[Int(number)] &+= 1 }
    var sorted: [Int32] = []
    sorted.reserveCapacity(numbers.count)
    for number in numbers.indices {
      for _ in 0..<times[number] { sorted.append(Int32(truncatingIfNeeded: number)) }
    }
    return sorted
  }

  /// - Parameters:
  ///   - whole: the values of all documents.
  ///   - resampled: resamples × values.
  private func intervals(
    of estimands: Estimands, _ whole: [Result<Double, Undefined>], _ resampled: [Double]
  ) -> [Result<Interval, Interval.Absence>] {
    // Leaving out each document in turn serves all measures of the same tallies.
    lazy var jackknife = Self.jackknife(estimands)
    func values(_ place: Int, of all: [Double]) -> [Double?] {
      stride(from: place, to: all.count, by: whole.count).map { all[$0].isNaN ? nil : all[$0] }
    }
    return whole.enumerated().map { place, value in
      switch value {
      case .failure(let reason): return .failure(.noValue(reason))
      case .success(let value):
        do throws(Interval.Absence) {
          return .success(
            try Interval(
              of: value, resamples: values(place, of: resampled), jackknife: { values(place, of: jackknife) },
              confidence: confidence))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  /// The values without each document in turn: documents × values.
  private static func jackknife(_ estimands: Estimands) -> [Double] {
    let slices = (estimands.documents + slice - 1) / slice
    let found = Mutex([[Double]](repeating: [], count: slices))
    inParallel(slices) { place in
      let documents = place * slice..<min((place + 1) * slice, estimands.documents)
      let values = documents.flatMap { numbers(estimands.values(estimands.total(without: $0))) }
      found.withLock { $0[place] = values }
    }
    return found.withLock { Array($0.joined()) }
  }
}

extension Result where Failure == Undefined {
  fileprivate var absence: Interval.Absence? { if case .failure(let reason) = self { .noValue(reason) } else { nil } }
}
