/// Spans in reading order, found by what they cover without a look at all.
public struct SpanIndex: Sendable {
  /// The spans, in reading order.
  public let spans: [Annotation]
  /// The greatest end of the spans up to each.
  private let reach: [Int]

  /// Creates an index of spans in any order.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(_ spans: some Sequence<Annotation>) {
    self.spans = spans.sorted(by: Annotation.inReadingOrder)
    var reach: [Int] = []
    for span in self.spans { reach.append(max(reach.last ?? 0, span.hull.end)) }
    self.reach = reach
  }

  /// The spans that cover at least one code point of a range, in reading order.
  ///
  /// - Complexity: O(log *n*) and the spans from the first that reaches into the range to the last that begins in it.
  public func covering(_ range: TextRange) -> [Annotation] { near(range).filter { $0.covers(anyOf: range) } }

  /// The spans that have a code point in common with one of the fragments, in reading order.
  public func overlapping(_ fragments: [TextRange]) -> [Annotation] {
    guard let first = fragments.first, let last = fragments.last else { return [] }
    return near(TextRange(first.start, last.end)).filter { Annotation.common($0.fragments, fragments) > 0 }
  }

  private func near(_ range: TextRange) -> ArraySlice<Annotation> {
    let begin = first(of: reach.count) { reach[$0] > range.start }
    let end = first(of: spans.count) { spans[$0].hull.start >= range.end }
    return spans[min(begin, end)..<end]
  }

  /// The first number from which on a condition holds.
  private func first(of count: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
