/// One annotator's annotations on a corrected text: where each span stands now, and what has no place there.
public struct RealignedSet: Sendable {
  /// What became of a span.
  public enum Fate: Hashable, Sendable {
    case moved(Annotation, Realignment.Manner)
    /// Where it may stand, the likeliest first.
    case ambiguous([TextRange])
    case lost
    /// It would now be the same as another span that was moved.
    case same(as: Int)
  }

  public struct Span: Sendable {
    /// As it stood in the old text.
    public let before: Annotation
    public let fate: Fate
  }

  /// On the old text.
  public let before: AnnotationSet
  /// On the new text: ids, times, notes, origins, relations and status are as they were; what has no place is left out, and
  /// with a span its relations.
  public let after: AnnotationSet
  /// In the reading order of the old text.
  public let spans: [Span]

  /// - Parameter sha256: the new text's digest.
  /// - Throws: a rule that is broken all the same.
  public init(
    _ set: AnnotationSet, by realignment: Realignment, sha256: String
  ) throws(AnnotationSet.Fault) {
    before = set
    var spans: [Span] = []
    var placed: [Annotation] = []
    var taken: [SpanContent: Int] = [:]
    for span in set.inReadingOrder {
      var fate: Fate
      switch realignment.place(of: span.fragments) {
      case .lost: fate = .lost
      case .ambiguous(let places): fate = .ambiguous(places)
      case .moved(let fragments, let manner):
        var moved = span
        moved.fragments = fragments
        fate = .moved(moved, manner)
        if let twin = taken[SpanContent(moved)] {
          fate = .same(as: twin)
        } else {
          taken[SpanContent(moved)] = span.id
          placed.append(moved)
        }
      }
      spans.append(Span(before: span, fate: fate))
    }
    self.spans = spans
    let ids = Set(placed.map(\.id))
    let relations = set.relations.filter { relation in
      if case .span(let target) = relation.to, !ids.contains(target) { return false }
      return ids.contains(relation.from)
    }
    var declined: [SpanKey] = []
    for suggestion in set.declined {
      guard case .moved(let fragments, _) = realignment.place(of: suggestion.fragments) else { continue }
      let moved = SpanKey(label: suggestion.label, fragments: fragments)
      if !declined.contains(moved) { declined.append(moved) }
    }
    var after = AnnotationSet(
      document: set.document, annotator: set.annotator, role: set.role, scheme: set.scheme,
      schemeVersion: set.schemeVersion, textSHA256: sha256, textLength: realignment.new.count)
    try after.fill(
      spans: placed, relations: relations, declined: declined, status: set.status,
      seenTo: realignment.place(ofOffsetRead: set.seenTo))
    after.spendIDs(spans: set.nextSpanID - 1, relations: set.nextRelationID - 1)
    self.after = after
  }

  /// What must be different in two spans of a file.
  /// The spans that have no place in the new text.
  public var unplaced: [Span] {
    spans.filter { if case .moved = $0.fate { false } else { true } }
  }

  /// Relations that went with a span.
  public var lostRelationCount: Int { before.relations.count - after.relations.count }

  /// Refused suggestions that have no place in the new text.
  public var lostDeclinedCount: Int { before.declined.count - after.declined.count }
}
