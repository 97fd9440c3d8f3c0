/// A confidence interval, with its method.
public struct Interval: Equatable, Sendable {
  /// The method by which bounds follow from resamples.
  public enum Method: String, Sendable {
    /// Bias-corrected and accelerated.
    case bca
    /// Quantiles of the resamples' values.
    case percentile
  }

  /// The reason that there is no interval.
  public enum Absence: Error, Equatable, Sendable {
    /// The value itself does not exist.
    case noValue(Undefined)
    /// The measure is not a function of a sum over documents.
    case noSum
    /// There are fewer than two documents to resample.
    case oneDocument
    /// More than half of the resamples have no value.
    case mostlyUndefined(resamples: Int)
  }

  /// The lower bound.
  public let low: Double
  /// The upper bound.
  public let high: Double
  /// The method of the bounds.
  public let method: Method
  /// The number of resamples without a value, which are left out.
  public let undefinedResamples: Int

  /// The interval of a value from those of its resamples and of the samples with one document left out.
  ///
  /// BCa, as Efron has it: with z₀ = Φ⁻¹(share of resamples below the value, ties half) and the acceleration a from the
  /// jackknife, the bounds are the quantiles Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))). Where it does not exist (all resamples on one
  /// side, no spread, a jackknife value missing, or a correction through infinity) the percentile interval stands in.
  ///
  /// Source: Efron, “Better bootstrap confidence intervals”, *Journal of the American Statistical Association* 82 (1987),
  /// pages 171–185.
  init(
    of value: Double, resamples: [Double?], jackknife: () -> [Double?], confidence: Double
  ) throws(Absence) {
    let sorted = resamples.compactMap { $0 }.sorted()
    undefinedResamples = resamples.count - sorted.count
    guard sorted.count * 2 > resamples.count else { throw .mostlyUndefined(resamples: undefinedResamples) }
    let tail = (1 - confidence) / 2
    let ranked = sorted.count { $0 < value } + sorted.count { $0 <= value }
    var levels: (low: Double, high: Double)?
    if ranked > 0, ranked < 2 * sorted.count, let acceleration = Self.acceleration(jackknife()) {
      levels = Self.levels(tail, bias: Normal.quantile(Double(ranked) / Double(2 * sorted.count)), acceleration)
    }
    low = Self.quantile(levels?.low ?? tail, of: sorted)
    high = Self.quantile(levels?.high ?? 1 - tail, of: sorted)
    method = levels == nil ? .percentile : .bca
  }

  /// The percentile interval of the values of resamples; those without one are nil.
  package init(percentilesOf resamples: [Double?], confidence: Double) throws(Absence) {
    // Without a jackknife there is no acceleration, and so no BCa.
    try self.init(of: .nan, resamples: resamples, jackknife: { [nil] }, confidence: confidence)
  }

  /// The quantiles that BCa takes; nil where its correction goes through infinity.
  private static func levels(_ tail: Double, bias: Double, _ acceleration: Double) -> (low: Double, high: Double)? {
    let ends = [Normal.quantile(tail), Normal.quantile(1 - tail)].map { z in
      (from: bias + z, divisor: 1 - acceleration * (bias + z))
    }
    guard ends.allSatisfy({ $0.divisor > 0 }) else { return nil }
    let levels = ends.map { Normal.distribution(bias + $0.from / $0.divisor) }
    return (levels[0], levels[1])
  }

  /// a = Σ(θ̄ − θᵢ)³ / 6(Σ(θ̄ − θᵢ)²)^(3/2).
  private static func acceleration(_ values: [Double?]) -> Double? {
    let defined = values.compactMap { $0 }
    guard defined.count == values.count else { return nil }
    let mean = defined.reduce(0, +) / Double(defined.count)
    let squares = defined.reduce(0) { $0 + (mean - $1) * (mean - $1) }
    let cubes = defined.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
    let spread = squares * squares.squareRoot()
    return spread > 0 ? cubes / (6 * spread) : nil
  }

  /// The quantile of sorted values, between two of them in proportion: type 7 of Hyndman and Fan (1996).
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = min(max(Int(place), 0), sorted.count - 1)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
