/// A span that was declined for good: a suggestion that an annotator refused, or a span that an adjudicator did not take.
public struct DeclinedSpan: Hashable, Sendable {
  /// The label and the fragments.
  public let key: SpanKey
  /// The reason; empty if none was given.
  public let reason: String

  /// Creates a declined span; a set checks it.
  public init(_ key: SpanKey, reason: String = "") {
    self.key = key
    self.reason = reason
  }
}
