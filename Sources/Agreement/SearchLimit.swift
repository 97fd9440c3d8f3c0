/// When the search for a best alignment may stop before it is proved best.
///
/// What it has then is an alignment and a bound that no alignment costs less than. With a gap alone the result is the
/// same on every machine; with a time it is not.
public struct SearchLimit: Sendable {
  /// The share of an alignment's cost that its proof may leave open; 0 to prove it.
  public var gap: Double
  /// The time at which to stop; nil for none.
  public var deadline: ContinuousClock.Instant?

  /// Creates a limit; without arguments, of none.
  public init(gap: Double = 0, deadline: ContinuousClock.Instant? = nil) {
    self.gap = gap
    self.deadline = deadline
  }

  /// - Throws: ``InvalidInput/settingOutOfRange`` unless the gap is a number of at least 0.
  func check() throws(Undefined) {
    guard gap >= 0 else { throw .invalid(.settingOutOfRange) }
  }

  /// The limit of the next of several searches: each may take an equal share of the time that is left.
  ///
  /// - Parameters:
  ///   - left: the number of searches that have not begun, this one included.
  ///   - running: the number of those that run at the same time, this one included.
  func share(of left: Int, running: Int) -> SearchLimit {
    guard let deadline else { return self }
    let rest = max(.zero, ContinuousClock.now.duration(to: deadline))
    return SearchLimit(gap: gap, deadline: min(deadline, .now + rest * running / left))
  }

  var isOver: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}
