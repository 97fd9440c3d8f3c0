/// The value of a measure with what it was computed from.
public struct Coefficient: Equatable, Sendable {
  public let value: Double
  /// What the value rests on: pairable items for measures of items, spans of both annotators for measures of spans;
  /// summed over pairs in a mean over pairs.
  public let items: Int
  /// Agreement or disagreement observed, by the measure's own definition; nil where it is not corrected for chance.
  public let observed: Double?
  /// The same as expected by chance.
  public let expected: Double?
  /// How chance was drawn; nil where it is computed.
  public let sampling: Sampling?

  /// Chance as the mean of samples.
  public struct Sampling: Equatable, Sendable {
    public let samples: Int
    /// Of what is expected; nil for one sample.
    public let standardError: Double?
  }

  public init(
    value: Double, items: Int, observed: Double? = nil, expected: Double? = nil, sampling: Sampling? = nil
  ) {
    self.sampling = sampling
    self.value = value
    self.items = items
    self.observed = observed
    self.expected = expected
  }

  /// (Aₒ − Aₑ) / (1 − Aₑ), which kappa, pi, S and AC1 have in common.
  ///
  /// - Throws: ``Undefined/oneCategory`` where Aₑ is 1.
  init(observed: Double, expected: Double, items: Int) throws(Undefined) {
    guard expected < 1 else { throw .oneCategory }
    self.init(value: (observed - expected) / (1 - expected), items: items, observed: observed, expected: expected)
  }
}
