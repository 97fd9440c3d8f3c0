/// What each finder is worth for a label: the share of candidates that are right, given what the finders say of them.
///
/// A logistic regression, tied to where it began where examples are few.
struct Worth: Sendable, Equatable {
  /// The values of a candidate, and whether it was right.
  typealias Example = (values: [Double], isRight: Bool)

  /// By value of ``Candidate/values(quoted:words:rivals:support:)``.
  var weights: [Double]
  /// A candidate is proposed if it is right with a greater probability.
  var threshold: Double

  func probability(_ values: [Double]) -> Double {
    Logarithm.logistic(zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Whether a candidate is to be proposed.
  func isEnough(_ values: [Double]) -> Bool { probability(values) > threshold }

  /// The worth without examples: the lexicon's proposals as sure as they say, a model's by its probability.
  static let start = Worth(
    weights: [
      -3, 2.6, 2, 0.9, 2, 0.9, -0.6, -0.6, -0.6, 0.8, 0, 0, 0, 0.4, -0.5, 0, 0, 0, 0, 0, 0, 0, -0.5, -1.5, 1, 0,
    ],
    threshold: 0.35)

  /// The worth where the own model has become a kept one.
  var asKept: Worth {
    var weights = weights
    for (own, kept) in [(4, 2), (5, 3), (7, 6)] {
      (weights[own], weights[kept]) = (Self.start.weights[own], weights[own])
    }
    weights[8] = Self.start.weights[8]
    return Worth(weights: weights, threshold: threshold)
  }

  /// How strongly weights are tied to the start: the inverse variance of a normal prior.
  private static let tie = 2.5

  /// Learns from candidates with what is right of them.
  ///
  /// - Returns: the worth with the threshold that gives the best F1 on the examples.
  /// - Parameter wanted: the spans that should have been proposed, found or not.
  func learned(from examples: [Example], wanted: Int) -> Worth {
    guard !examples.isEmpty else { return self }
    // Newton's method on the log likelihood with a normal prior; a step that does not raise it is halved.
    var worth = self
    var height = worth.height(examples, from: weights)
    for _ in 0..<30 {
      var step = worth.step(examples, from: weights)
      var isHigher = false
      for _ in 0..<20 where !isHigher {
        let next = Worth(weights: zip(worth.weights, step).map { $0 + $1 }, threshold: threshold)
        let nextHeight = next.height(examples, from: weights)
        isHigher = nextHeight > height
        if isHigher { (worth, height) = (next, nextHeight) } else { step = step.map { $0 / 2 } }
      }
      if !isHigher || (step.map(abs).max() ?? 0) < 1e-6 { break }
    }
    worth.threshold = worth.bestThreshold(examples, wanted)
    return worth
  }

  /// The log likelihood of examples, less what the distance from the start costs.
  private func height(_ examples: [Example], from start: [Double]) -> Double {
    let tied = zip(weights, start).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return examples.reduce(-Self.tie / 2 * tied) { sum, example in
      let p = probability(example.values)
      return sum + Logarithm.of(max(1e-12, example.isRight ? p : 1 - p))
    }
  }

  /// The step to where a parabola through the slope and curvature here is highest.
  private func step(_ examples: [Example], from start: [Double]) -> [Double] {
    let n = weights.count
    var slope = zip(weights, start).map { -Self.tie * ($0 - $1) }
    var curve = [Double](repeating: 0, count: n * n)
    for index in 0..<n { curve[index * n + index] = Self.tie }
    for (values, isRight) in examples {
      let p = probability(values)
      let weight = max(1e-6, p * (1 - p))
      let places = values.indices.filter { values[$0] != 0 }
      for i in places {
        slope[i] += ((isRight ? 1 : 0) - p) * values[i]
        let part = weight * values[i]
        for j in places { curve[i * n + j] += part * values[j] }
      }
    }
    return Self.solved((0..<n).map { Array(curve[($0 * n)..<(($0 + 1) * n)]) }, slope)
  }

  /// The threshold with the best F1; one farther from the threshold that was there must be better by more, the fewer spans
  /// are wanted.
  private func bestThreshold(_ examples: [Example], _ wanted: Int) -> Double {
    let scored = examples.map { (probability: probability($0.values), isRight: $0.isRight) }
    var best = (f1: -1.0, threshold: threshold)
    for step in 3...12 {
      let threshold = Double(step) * 0.05
      let shown = scored.filter { $0.probability > threshold }
      let right = Double(shown.count(where: \.isRight))
      let f1 =
        2 * right / Double(max(1, shown.count + wanted)) - abs(threshold - self.threshold) * 2 / Double(wanted + 10)
      if f1 > best.f1 + 1e-9 { best = (f1, threshold) }
    }
    return best.threshold
  }

  /// The solution of a symmetric, positive system of equations, by Gauss's elimination.
  private static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var (a, b) = (matrix, right)
    let n = b.count
    for pivot in 0..<n {
      let inverse = 1 / a[pivot][pivot]
      for row in (pivot + 1)..<max(pivot + 1, n) {
        let factor = a[row][pivot] * inverse
        if factor == 0 { continue }
        for column in pivot..<n { a[row][column] -= factor * a[pivot][column] }
        b[row] -= factor * b[pivot]
      }
    }
    for row in (0..<n).reversed() {
      for column in (row + 1)..<max(row + 1, n) { b[row] -= a[row][column] * b[column] }
      b[row] /= a[row][row]
    }
    return b
  }
}
