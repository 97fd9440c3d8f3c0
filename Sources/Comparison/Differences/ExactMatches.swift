import Standoff

/// The numbers of spans that pairs of annotators share exactly, and of all their spans.
package struct ExactMatches: Equatable {
  /// Two annotators, in alphabetical order.
  struct Pair: Hashable {
    let first: String
    let second: String

    init(_ one: String, _ other: String) {
      first = min(one, other)
      second = max(one, other)
    }
  }

  private struct Count: Equatable {
    var common = 0
    var all = 0
  }

  private var counts: [Pair: Count] = [:]

  init() {}

  /// The matches of two annotators' spans, of which each is matched once.
  init(_ pair: Pair, _ first: [SpanKey], _ second: [SpanKey]) {
    self.init(pair, common: Self.common(first, second), all: first.count + second.count)
  }

  private static func common(_ first: [SpanKey], _ second: [SpanKey]) -> Int {
    if first.count == 1, second.count == 1 { return first[0] == second[0] ? 1 : 0 }
    var left = Dictionary(first.map { ($0, 1) }, uniquingKeysWith: +)
    var common = 0
    for key in second {
      guard let count = left[key], count > 0 else { continue }
      left[key] = count - 1
      common += 1
    }
    return common
  }

  /// The matches within the groups of aligned spans of a document.
  init(of groups: [AlignedSpans], _ annotators: [String]) {
    for first in annotators.indices {
      for second in annotators.indices where second > first {
        var count = Count()
        for group in groups {
          guard let ours = group.spans[first], let theirs = group.spans[second] else { continue }
          count.common += Self.common(ours.map(SpanKey.init), theirs.map(SpanKey.init))
          count.all += ours.count + theirs.count
        }
        counts[Pair(annotators[first], annotators[second])] = count
      }
    }
  }

  init(_ pair: Pair, common: Int, all: Int) { counts[pair] = Count(common: common, all: all) }

  /// Exact F1, the mean over pairs as in `agree`: of a pair, twice the shared spans by all spans; nil if there are none.
  package var f1: Double? {
    let values = counts.values.filter { $0.all > 0 }.map { 2 * Double($0.common) / Double($0.all) }.sorted()
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Exact F1 over all pairs, their counts added; nil if there are no spans.
  package var pooledF1: Double? {
    let (common, all) = pooled
    return all > 0 ? 2 * Double(common) / Double(all) : nil
  }

  /// The shared spans of all pairs, and all their spans.
  var pooled: (common: Int, all: Int) {
    counts.values.reduce(into: (0, 0)) { sum, count in
      sum.0 += count.common
      sum.1 += count.all
    }
  }

  static func + (a: ExactMatches, b: ExactMatches) -> ExactMatches {
    var sum = a
    for (pair, count) in b.counts {
      sum.counts[pair, default: Count()].common += count.common
      sum.counts[pair, default: Count()].all += count.all
    }
    return sum
  }

  static func - (a: ExactMatches, b: ExactMatches) -> ExactMatches {
    var difference = a
    for (pair, count) in b.counts {
      difference.counts[pair, default: Count()].common -= count.common
      difference.counts[pair, default: Count()].all -= count.all
    }
    return difference
  }
}
