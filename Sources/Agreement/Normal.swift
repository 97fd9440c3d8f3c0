/// The standard normal distribution by additions, multiplications and divisions alone: the same digits on every machine.
enum Normal {
  /// Φ(x), by the series φ(x)·(x + x³/3 + x⁵/(3·5) + …), which converges everywhere.
  ///
  /// Source: Marsaglia, “Evaluating the normal distribution”, *Journal of Statistical Software* 11 (2004).
  static func distribution(_ x: Double) -> Double {
    if x < -8 { return 0 }
    if x > 8 { return 1 }
    var (sum, term, odd) = (x, x, 1.0)
    while sum + term != sum || odd < 3 {
      odd += 2
      term *= x * x / odd
      sum += term
      if term == 0 { break }
    }
    return 0.5 + sum * density(x)
  }

  /// The x with Φ(x) = p, for 0 < p < 1, by bisection.
  static func quantile(_ p: Double) -> Double {
    var (low, high) = (-8.0, 8.0)
    while true {
      let middle = (low + high) / 2
      if middle == low || middle == high { return middle }
      if distribution(middle) < p { low = middle } else { high = middle }
    }
  }

  /// φ(x) = exp(−x²/2)/√2π.
  private static func density(_ x: Double) -> Double { Elementary.exp(-x * x / 2) / 2.506_628_274_631_000_5 }
}
