/// The binomial distribution by additions, multiplications and divisions alone: the same digits on every machine.
enum Binomial {
  /// The probability of at least so many successes.
  ///
  /// The terms are summed outwards from the greatest, which stands for 1, so that none overflows.
  ///
  /// - Parameters:
  ///   - successes: at least this many.
  ///   - trials: of this many.
  ///   - share: the probability of each success, between 0 and 1.
  static func tail(_ successes: Int, of trials: Int, at share: Double) -> Double {
    if successes <= 0 { return 1 }
    if successes > trials || share <= 0 { return 0 }
    if share >= 1 { return 1 }
    let odds = share / (1 - share)
    let mode = min(trials, Int(Double(trials + 1) * share))
    var (all, tail) = (0.0, 0.0)
    func add(_ count: Int, _ term: Double) {
      all += term
      if count >= successes { tail += term }
    }
    add(mode, 1)
    var term = 1.0
    for count in stride(from: mode + 1, through: trials, by: 1) {
      term *= odds * Double(trials - count + 1) / Double(count)
      if term == 0 { break }
      add(count, term)
    }
    term = 1
    for count in stride(from: mode - 1, through: 0, by: -1) {
      term *= Double(count + 1) / (odds * Double(trials - count))
      if term == 0 { break }
      add(count, term)
    }
    return tail / all
  }
}
