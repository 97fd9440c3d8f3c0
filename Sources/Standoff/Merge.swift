/// A rule that makes one version of several annotators' sets.
///
/// Spans match if they have equal fragments and labels; a span that differs by one code point is another span.
public enum Merge: String, CaseIterable, Sendable {
  /// Keeps what more than half of the annotators have.
  case majority
  /// Keeps what at least one annotator has.
  case union
  /// Keeps what all annotators have.
  case intersection

  /// Whether this number of annotators suffices.
  private func isKept(_ votes: Int, of all: Int) -> Bool {
    switch self {
    case .majority: 2 * votes > all
    case .union: votes > 0
    case .intersection: votes == all
    }
  }

  /// The spans and relations that enough of the annotators have.
  ///
  /// A span keeps the attribute values that more than half of its own annotators gave it. A relation is kept if enough
  /// of all annotators drew it between spans that are kept. Ids are counted from 1 in reading order, and `annotators`
  /// in a span's origin names those who marked it.
  ///
  /// - Parameter sets: one set per annotator, at least one, of the same document and scheme.
  public func callAsFunction(_ sets: [AnnotationSet]) -> (spans: [Annotation], relations: [Relation]) {
    var spans: [Annotation] = []
    var ids: [SpanKey: Int] = [:]
    for (key, holders) in Self.holders(in: sets) {
      guard isKept(holders.count, of: sets.count) else { continue }
      let id = spans.count + 1
      ids[key] = id
      let times = holders.map { $0.span.modified }
      spans.append(
        Annotation(
          id: id, label: key.label, fragments: key.fragments, attributes: Self.attributes(of: holders.map { $0.span }),
          origin: ["annotators": holders.map { $0.annotator }.sorted().joined(separator: " ")],
          created: times.max() ?? Timestamp(secondsSince1970: 0)))
    }
    return (spans, relations(of: sets, ids))
  }

  /// The merged version as a set whose annotator is named after the rule; complete if all the sets are.
  ///
  /// - Parameter sets: one set per annotator, at least one, of the same document and scheme.
  /// - Throws: the first rule that the merged spans and relations break together.
  public func version(of sets: [AnnotationSet]) throws(AnnotationSet.Fault) -> AnnotationSet {
    let (merged, first) = (self(sets), sets[0])
    var version = AnnotationSet(
      document: first.document, annotator: rawValue, scheme: first.scheme, textSHA256: first.textSHA256,
      textLength: first.textLength)
    try version.fill(
      spans: merged.spans, relations: merged.relations,
      status: sets.allSatisfy { $0.status == .complete } ? .complete : .inProgress, seenTo: first.textLength)
    return version
  }

  /// The annotators who have each span, in reading order.
  private static func holders(
    in sets: [AnnotationSet]
  ) -> [(key: SpanKey, holders: [(annotator: String, span: Annotation)])] {
    var places: [SpanKey: Int] = [:]
    var rows: [(key: SpanKey, last: Int, holders: [(annotator: String, span: Annotation)])] = []
    for (number, set) in sets.enumerated() {
      for span in set.spans {
        let key = SpanKey(span)
        let place = places[key] ?? rows.count
        if place == rows.count {
          places[key] = place
          rows.append((key, -1, []))
        }
        // Of equal spans of one annotator, the first counts.
        if rows[place].last < number {
          rows[place].last = number
          rows[place].holders.append((set.annotator, span))
        }
      }
    }
    return rows.map { ($0.key, $0.holders) }.sorted { a, b in
      if a.key.fragments != b.key.fragments { return a.key.fragments.lexicographicallyPrecedes(b.key.fragments) }
      return a.key.label.unicodeScalars.lexicographicallyPrecedes(b.key.label.unicodeScalars)
    }
  }

  private static func attributes(of spans: [Annotation]) -> [String: String] {
    var attributes: [String: String] = [:]
    for name in Set(spans.flatMap(\.attributes.keys)) {
      var votes: [String: Int] = [:]
      for value in spans.compactMap({ $0.attributes[name] }) { votes[value, default: 0] += 1 }
      attributes[name] = votes.first { 2 * $0.value > spans.count }?.key
    }
    return attributes
  }

  private struct Tie: Hashable {
    let type: String
    let from: Int
    /// The merged id of the target; nil for an absent target.
    let to: Int?
  }

  private func relations(of sets: [AnnotationSet], _ ids: [SpanKey: Int]) -> [Relation] {
    var votes: [Tie: [Relation]] = [:]
    for set in sets {
      func id(_ span: Int) -> Int? { set.span(span).flatMap { ids[SpanKey($0)] } }
      for relation in set.relations {
        guard let from = id(relation.from) else { continue }
        switch relation.to {
        case .span(let target):
          guard let to = id(target) else { continue }
          votes[Tie(type: relation.type, from: from, to: to), default: []].append(relation)
        case .absent:
          votes[Tie(type: relation.type, from: from, to: nil), default: []].append(relation)
        }
      }
    }
    let kept = votes.filter { isKept($0.value.count, of: sets.count) }.sorted { a, b in
      (a.key.from, a.key.type, a.key.to ?? 0) < (b.key.from, b.key.type, b.key.to ?? 0)
    }
    return kept.enumerated().map { index, vote in
      let words = vote.value.compactMap { relation in
        if case .absent(let words) = relation.to, !words.isEmpty { words } else { nil as String? }
      }
      let time = vote.value.map(\.modified).max() ?? Timestamp(secondsSince1970: 0)
      return Relation(
        id: index + 1, type: vote.key.type, from: vote.key.from,
        to: vote.key.to.map(Relation.Target.span) ?? .absent(words.first ?? ""), created: time)
    }
  }
}
