/// When a search may stop before its answer is proved best.
struct SearchEnd: Sendable {
  /// The share of the cost that a proof may leave open.
  var gap = 0.0
  /// The time at which to stop; nil for none.
  var time: ContinuousClock.Instant?

  static let never = SearchEnd()

  var isOver: Bool { time.map { ContinuousClock.now >= $0 } ?? false }
}
