/// A range of a text in code points (Unicode scalars): half-open and counted from 0, as in Python and brat.
///
/// Other units (UTF-16, UTF-8, words) exist only where a program reads or writes other formats; ``DocumentText``
/// converts them.
public struct TextRange: Hashable, Sendable {
  /// The offset of the first code point covered.
  public let start: Int
  /// The offset after the last code point covered; never less than ``start``.
  public let end: Int

  /// Creates a range from numbers known to be right; use ``init(checking:_:)`` for numbers from outside.
  ///
  /// - Precondition: 0 ≤ *start* ≤ *end*.
  public init(_ start: Int, _ end: Int) {
    precondition(0 <= start && start <= end)
    self.start = start
    self.end = end
  }

  /// Creates a range from numbers from outside; nil unless 0 ≤ *start* ≤ *end*.
  public init?(checking start: Int, _ end: Int) {
    guard 0 <= start, start <= end else { return nil }
    self.init(start, end)
  }

  /// The number of code points covered.
  public var count: Int { end - start }
  /// Whether the range covers nothing.
  public var isEmpty: Bool { start == end }

  /// Whether two ranges have at least one code point in common.
  public func overlaps(_ other: TextRange) -> Bool { start < other.end && other.start < end }
  /// Whether the range covers all of another; an empty range within its bounds, or at their edge, is contained.
  public func contains(_ other: TextRange) -> Bool { start <= other.start && other.end <= end }
  /// Whether the range covers the code point at an offset.
  public func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
}

extension TextRange: Comparable {
  /// Whether one range precedes another in reading order: by start, then by end.
  public static func < (a: TextRange, b: TextRange) -> Bool {
    (a.start, a.end) < (b.start, b.end)
  }
}

extension TextRange: CustomStringConvertible {
  /// The offsets as `start-end`.
  public var description: String { "\(start)-\(end)" }
}
