/// Functions that the mathematics here needs, by additions, multiplications and divisions alone: the same digits on every
/// machine.
enum Elementary {
  static let pi = 3.141_592_653_589_793_1
  private static let ln2 = 0.693_147_180_559_945_3

  /// eˣ: the exponential of x/32, or of less for great x, by its series, squared as often as it was halved.
  static func exp(_ x: Double) -> Double {
    if x < -745 { return 0 }
    if x > 710 { return .infinity }
    var (part, halvings) = (x / 32, 5)
    while abs(part) > 1 {
      part /= 2
      halvings += 1
    }
    var (sum, term, n) = (1.0, 1.0, 1.0)
    while sum + term != sum || n < 2 {
      term *= part / n
      sum += term
      n += 1
      if term == 0 { break }
    }
    for _ in 0..<halvings { sum *= sum }
    return sum
  }

  /// ln x for x > 0, by the series of the inverse hyperbolic tangent of the significand.
  static func log(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x }
    var (significand, exponent) = (x.significand, Double(x.exponent))
    if significand > 1.414_213_562_373_095_1 {
      significand /= 2
      exponent += 1
    }
    let ratio = (significand - 1) / (significand + 1)
    var (sum, power, odd) = (ratio, ratio, 1.0)
    while true {
      power *= ratio * ratio
      odd += 2
      let next = sum + power / odd
      if next == sum { break }
      sum = next
    }
    return 2 * sum + exponent * ln2
  }

  /// ψ(x) for x > 0: the recurrence ψ(x) = ψ(x + 1) − 1/x up to 12, then the asymptotic series.
  static func digamma(_ x: Double) -> Double {
    var (x, below) = (x, 0.0)
    while x < 12 {
      below += 1 / x
      x += 1
    }
    let square = 1 / (x * x)
    // B₂ₙ/2n, for n from 1.
    let terms = [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12]
    var (series, power) = (0.0, square)
    for term in terms {
      series += term * power
      power *= square
    }
    return log(x) - 0.5 / x - series - below
  }
}
