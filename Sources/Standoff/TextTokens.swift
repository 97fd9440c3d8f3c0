/// The tokens and sentences in which a text came from another tool, for exports of tokens only.
public struct TextTokens: Equatable, Sendable {
  /// The tokens in reading order, in code points.
  public var ranges: [TextRange]
  /// The indices of the tokens with which sentences begin, ascending from 0; none if the sentences are not known.
  public var sentenceStarts: [Int]

  /// Creates a list of tokens.
  public init(ranges: [TextRange], sentenceStarts: [Int]) {
    self.ranges = ranges
    self.sentenceStarts = sentenceStarts
  }

  /// Whether the tokens are in order, not empty and in a text of this length, and sentences begin with tokens.
  public func fits(_ length: Int) -> Bool {
    var end = 0
    for range in ranges {
      guard range.start >= end, range.end > range.start, range.end <= length else { return false }
      end = range.end
    }
    guard (sentenceStarts.first ?? 0) == 0, sentenceStarts.count <= ranges.count else { return false }
    return zip(sentenceStarts, sentenceStarts.dropFirst()).allSatisfy { $0 < $1 }
      && (sentenceStarts.last ?? 0) < max(1, ranges.count)
  }
}
