/// A stretch of a text in Unicode scalars (code points): half-open, counted from 0, as Python and brat count.
///
/// Every other unit (UTF-16, UTF-8, words) exists only at the edges of the program; see ``DocumentText``.
public struct TextRange: Hashable, Sendable {
  /// The first code point covered.
  public let start: Int
  /// The first code point no longer covered; never less than ``start``.
  public let end: Int

  /// - Precondition: 0 ≤ *start* ≤ *end*. Numbers that came from outside go through ``init(checking:_:)``.
  public init(_ start: Int, _ end: Int) {
    precondition(0 <= start && start <= end)
    self.start = start
    self.end = end
  }

  /// The range, or nil where the numbers are none.
  public init?(checking start: Int, _ end: Int) {
    guard 0 <= start, start <= end else { return nil }
    self.init(start, end)
  }

  /// Code points covered.
  public var count: Int { end - start }
  /// Whether nothing is covered.
  public var isEmpty: Bool { start == end }

  /// Whether at least one code point is in both.
  public func overlaps(_ other: TextRange) -> Bool { start < other.end && other.start < end }
  /// Whether all of the other range is in this one.
  public func contains(_ other: TextRange) -> Bool { start <= other.start && other.end <= end }
  /// Whether the code point at an offset is covered.
  public func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
}

extension TextRange: Comparable {
  /// Reading order: by start, then by end.
  public static func < (a: TextRange, b: TextRange) -> Bool {
    (a.start, a.end) < (b.start, b.end)
  }
}

extension TextRange: CustomStringConvertible {
  public var description: String { "\(start)-\(end)" }
}
