import Testing

@testable import Pages

@Suite struct DecimalsTests {
  @Test(arguments: [
    (0, 3, "0.000"), (0.5, 3, "0.500"), (-0.0004, 3, "0.000"), (-0.0006, 3, "-0.001"), (0.9996, 3, "1.000"),
    (12.345, 1, "12.3"), (1.5, 0, "2"), (-7, 2, "-7.00"), (0.05, 2, "0.05"),
  ]) func `a number has as many places as are asked for, and zero no sign`(value: Double, places: Int, text: String) {
    #expect(Decimals.rounded(value, places: places) == text)
  }

  @Test func `a whole number has no point`() {
    #expect([3, 0.25, -2, 1e6].map(Decimals.plain) == ["3", "0.25", "-2", "1000000.0"])
  }

  @Test(arguments: [
    (0, "0 s"), (59, "59 s"), (60, "1 min"), (89, "1 min"), (90, "2 min"), (3569, "59 min"), (3570, "1 h 0 min"),
    (7500, "2 h 5 min"),
  ]) func `times are told in the two units that matter`(seconds: Int, text: String) {
    #expect(Decimals.duration(seconds) == text)
  }
}
