/// One annotator's set moved onto a corrected text, with the fate of every span.
public struct RealignedSet: Sendable {
  /// The outcome for one span.
  public enum Fate: Hashable, Sendable {
    /// The span has one sure place, and is in ``after`` as given here.
    case moved(Annotation, Realignment.Manner)
    /// The span has several possible places, the likeliest first, and is not in ``after``.
    case ambiguous([TextRange])
    /// The span has no place in the new text.
    case lost
    /// The span would equal the span with this id, which moved first, and is not in ``after``.
    case same(as: Int)
  }

  /// A span of the old text with its fate.
  public struct Span: Sendable {
    /// The span as it was in the old text.
    public let before: Annotation
    /// The outcome for the span.
    public let fate: Fate
  }

  /// The set on the old text.
  public let before: AnnotationSet
  /// The set on the new text.
  ///
  /// Ids, times, notes, origins and status are unchanged. Spans without a sure place are left out, with their
  /// relations.
  public let after: AnnotationSet
  /// All spans with their fates, in the reading order of the old text.
  public let spans: [Span]

  /// Moves a set onto the new text of a realignment.
  ///
  /// - Parameters:
  ///   - set: the set on the old text.
  ///   - realignment: the alignment of the old text with the new one.
  ///   - sha256: the SHA-256 digest of the new text's bytes, as 64 hexadecimal digits.
  /// - Throws: a rule that the moved spans and relations break together.
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
    var declined: [DeclinedSpan] = []
    for one in set.declined {
      guard case .moved(let fragments, _) = realignment.place(of: one.key.fragments) else { continue }
      let moved = SpanKey(label: one.key.label, fragments: fragments)
      if !declined.contains(where: { $0.key == moved }) { declined.append(DeclinedSpan(moved, reason: one.reason)) }
    }
    var after = AnnotationSet(
      document: set.document, annotator: set.annotator, role: set.role, pass: set.pass, scheme: set.scheme,
      schemeVersion: set.schemeVersion, textSHA256: sha256, textLength: realignment.new.count)
    try after.fill(
      spans: placed, relations: relations, declined: declined, ofDocument: set.ofDocument, status: set.status,
      seenTo: realignment.place(ofOffsetRead: set.seenTo),
      skipped: set.skipped.compactMap { range in
        let (start, end) = (realignment.place(ofOffsetRead: range.start), realignment.place(ofOffsetRead: range.end))
        return start < end ? TextRange(start, end) : nil
      })
    after.spendIDs(spans: set.nextSpanID - 1, relations: set.nextRelationID - 1)
    self.after = after
  }

  /// The spans that are not in ``after``, because their place is ambiguous, lost or taken.
  public var unplaced: [Span] {
    spans.filter { if case .moved = $0.fate { false } else { true } }
  }

  /// The number of relations that were left out because an end was.
  public var lostRelationCount: Int { before.relations.count - after.relations.count }

  /// The number of declined spans without a sure place in the new text.
  public var lostDeclinedCount: Int { before.declined.count - after.declined.count }
}
