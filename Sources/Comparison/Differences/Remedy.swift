import Standoff

/// The effect on span agreement of resolving one kind of disagreement for one label.
package struct Remedy: Equatable {
  package let kind: Disagreement.Kind
  /// The label, or the two labels of a disagreement between labels.
  package let label: String
  /// The attribute that differs; nil for other kinds.
  package let attribute: String?
  /// The number of disagreements.
  package let count: Int
  /// Exact F1 over all pairs of annotators if all of these were resolved; nil if nobody has a span.
  package let settled: Double?
  /// The same with the counts of all pairs added, as on a first page.
  package let pooled: Double?

  /// The remedies for the disagreements of several documents, largest gain first, with the present exact F1.
  ///
  /// Resolving one kind helps a pair of annotators only if nothing else keeps their spans from matching: spans that
  /// differ in boundary and in label are mended by neither alone. A missed span counts as found, a split one as joined.
  package static func remedies(_ parts: [DocumentDifferences]) -> (remedies: [Remedy], now: ExactMatches) {
    var now = ExactMatches()
    var gains: [Key: ExactMatches] = [:]
    var counts: [Key: Int] = [:]
    for part in parts {
      for group in part.alignment.groups {
        for first in group.spans.indices {
          for second in group.spans.indices where second > first {
            guard let ours = group.spans[first], let theirs = group.spans[second] else { continue }
            let pair = ExactMatches.Pair(part.annotators[first], part.annotators[second])
            let count = ExactMatches(pair, ours.map(SpanKey.init), theirs.map(SpanKey.init))
            now = now + count
            guard let (key, settled) = settled(pair, ours, theirs) else { continue }
            gains[key] = (gains[key] ?? ExactMatches()) + (settled - count)
          }
        }
      }
      for disagreement in part.all {
        for key in Self.keys(of: disagreement, part.scheme) { counts[key, default: 0] += 1 }
      }
    }
    let remedies = counts.map { key, count in
      let settled = now + (gains[key] ?? ExactMatches())
      return Remedy(
        kind: key.kind, label: key.label, attribute: key.attribute, count: count, settled: settled.f1,
        pooled: settled.pooledF1)
    }
    return (remedies.sorted(by: helpsMore), now)
  }

  /// The remedies that raise exact F1 over all pairs, their counts added, the greatest gain first.
  package static func mostRewarding(_ parts: [DocumentDifferences]) -> [Remedy] {
    let (remedies, now) = remedies(parts)
    guard let f1 = now.pooledF1 else { return [] }
    return remedies.filter { $0.pooled ?? 0 > f1 }.enumerated().sorted { a, b in
      let (one, other) = (a.element.pooled ?? 0, b.element.pooled ?? 0)
      return one != other ? one > other : a.offset < b.offset
    }.map(\.element)
  }

  private struct Key: Hashable {
    let kind: Disagreement.Kind
    let label: String
    var attribute: String?
  }

  private static func helpsMore(_ a: Remedy, _ b: Remedy) -> Bool {
    let (first, second) = (a.settled ?? 0, b.settled ?? 0)
    if first != second { return first > second }
    if a.count != b.count { return a.count > b.count }
    return (a.label, a.kind.rawValue, a.attribute ?? "") < (b.label, b.kind.rawValue, b.attribute ?? "")
  }

  /// The only kind that keeps two annotators apart, and their matches without it; nil if there are several kinds.
  private static func settled(
    _ pair: ExactMatches.Pair, _ ours: [Annotation], _ theirs: [Annotation]
  ) -> (Key, ExactMatches)? {
    let (count, labels) = (ours.count + theirs.count, Set((ours + theirs).map(\.label)).sorted())
    let label = labels.joined(separator: " – ")
    if ours.isEmpty || theirs.isEmpty {
      return count == 0
        ? nil : (Key(kind: .missing, label: labels[0]), ExactMatches(pair, common: count, all: 2 * count))
    }
    let isElsewhere = ours.map(\.fragments) != theirs.map(\.fragments)
    if ours.count != theirs.count {
      return labels.count > 1 ? nil : (Key(kind: .split, label: label), ExactMatches(pair, common: 1, all: 2))
    }
    if isElsewhere == (labels.count > 1) { return nil }
    return (
      Key(kind: isElsewhere ? .boundary : .label, label: label), ExactMatches(pair, common: ours.count, all: count)
    )
  }

  private static func keys(of disagreement: Disagreement, _ scheme: Scheme) -> [Key] {
    let labels = disagreement.spans.labels
    let joined = labels.sorted().joined(separator: " – ")
    return disagreement.kinds.flatMap { kind in
      switch kind {
      case .label: [Key(kind: kind, label: joined)]
      case .attribute: disagreement.attributes.map { Key(kind: kind, label: joined, attribute: $0.name) }
      default: labels.map { Key(kind: kind, label: $0) }
      }
    }
  }
}
