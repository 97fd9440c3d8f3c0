/// The value of a measure, with the counts and parts that it was computed from.
public struct Coefficient: Equatable, Sendable {
  /// The value; 1 is perfect agreement for measures of agreement.
  public let value: Double
  /// The number of items that the value rests on.
  ///
  /// Pairable items for measures of items, spans of both annotators for measures of spans; the sum over pairs for a
  /// mean over pairs.
  public let items: Int
  /// The observed agreement or disagreement, as the measure defines it; nil if the measure is not corrected for chance.
  public let observed: Double?
  /// The agreement or disagreement expected by chance, as the measure defines it; nil if it is not corrected for
  /// chance.
  public let expected: Double?
  /// The samples from which chance was estimated; nil if chance was computed.
  public let sampling: Sampling?
  /// The pairs of annotators that a mean over pairs rests on; nil for what is no such mean.
  public let pairs: Pairs?
  /// Between which values the true one is proved to be, if a limit stopped the computation; nil if ``value`` is it.
  public let proved: ClosedRange<Double>?

  /// An expectation estimated as the mean of random samples.
  public struct Sampling: Equatable, Sendable {
    /// The number of samples.
    public let samples: Int
    /// The standard error of the expectation; nil for one sample.
    public let standardError: Double?
  }

  /// The pairs of annotators of a mean over pairs.
  public struct Pairs: Equatable, Sendable {
    /// The number of pairs with a value, over which the mean is taken.
    public let defined: Int
    /// The number of pairs that have something in common but no value.
    public let undefined: Int

    /// Creates the numbers of pairs.
    public init(defined: Int, undefined: Int) {
      self.defined = defined
      self.undefined = undefined
    }
  }

  /// Creates a coefficient; a part that does not exist is nil.
  public init(
    value: Double, items: Int, observed: Double? = nil, expected: Double? = nil, sampling: Sampling? = nil,
    pairs: Pairs? = nil, proved: ClosedRange<Double>? = nil
  ) {
    self.pairs = pairs
    self.sampling = sampling
    self.proved = proved
    self.value = value
    self.items = items
    self.observed = observed
    self.expected = expected
  }

  /// Computes (Aₒ − Aₑ) / (1 − Aₑ), the form of kappa, pi, S and AC1.
  ///
  /// - Parameters:
  ///   - observed: Aₒ, the observed agreement, from 0 to 1.
  ///   - expected: Aₑ, the agreement that chance would give.
  ///   - items: the number of items that the value rests on.
  /// - Throws: ``Undefined/oneCategory`` if Aₑ is 1.
  public init(observed: Double, expected: Double, items: Int) throws(Undefined) {
    guard expected < 1 else { throw .oneCategory }
    self.init(value: (observed - expected) / (1 - expected), items: items, observed: observed, expected: expected)
  }
}
