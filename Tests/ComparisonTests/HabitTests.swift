import Testing

@testable import Comparison

/// What annotators do again and again.
@Suite struct HabitTests {
  @Test func `the tail of a binomial is the sum of its terms`() {
    for trials in 0...12 {
      for successes in 0...13 {
        for share in [0.1, 0.3, 0.5, 0.9] {
          var expected = 0.0
          for outcomes in 0..<(1 << trials) where outcomes.nonzeroBitCount >= successes {
            var term = 1.0
            for trial in 0..<trials { term *= outcomes >> trial & 1 == 1 ? share : 1 - share }
            expected += term
          }
          #expect(abs(Binomial.tail(successes, of: trials, at: share) - expected) < 1e-12)
        }
      }
    }
    #expect(Binomial.tail(60_000, of: 100_000, at: 0.5) < 1e-300)
    #expect(abs(Binomial.tail(50_000, of: 100_000, at: 0.5) - 0.5013) < 1e-3)
  }
}
