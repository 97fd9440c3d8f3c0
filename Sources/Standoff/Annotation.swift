/// A span of text under a label, as one annotator marked it.
///
/// A span may be discontinuous, such as a quote broken by “he said”: it then has several fragments and one id.
///
/// The value itself checks nothing. An ``AnnotationSet`` refuses a span that breaks the rules of its fields; see
/// ``AnnotationSet/Refusal``.
public struct Annotation: Hashable, Sendable, Identifiable {
  /// The span's number: 1 or more, unique in its set, never given twice.
  public let id: Int
  /// The name of a label of the scheme.
  public var label: String
  /// The stretches of text covered, at least one: in reading order, none empty, none touching or overlapping another.
  ///
  /// ``normalised(_:)`` brings any ranges into this form.
  public var fragments: [TextRange]
  /// Values by attribute name; neither is ever empty.
  public var attributes: [String: String]
  /// The annotator's free text; empty if there is none.
  public var note: String
  /// The source of a span that was not marked by hand, such as `importedFrom` with the name of a format; empty for one
  /// that was.
  public var origin: [String: String]
  /// The time at which the span was marked.
  public var created: Timestamp
  /// The time of the last change; ``created`` if there was none.
  public var modified: Timestamp

  /// Creates a span; nothing is checked until a set takes it, and a nil *modified* means *created*.
  public init(
    id: Int, label: String, fragments: [TextRange], attributes: [String: String] = [:], note: String = "",
    origin: [String: String] = [:], created: Timestamp, modified: Timestamp? = nil
  ) {
    self.id = id
    self.label = label
    self.fragments = fragments
    self.attributes = attributes
    self.note = note
    self.origin = origin
    self.created = created
    self.modified = modified ?? created
  }

  /// The range from the first fragment's start to the last fragment's end, gaps included.
  public var hull: TextRange {
    TextRange(fragments.first?.start ?? 0, fragments.last?.end ?? 0)
  }

  /// Whether the span has a gap, that is, more than one fragment.
  public var isDiscontinuous: Bool { fragments.count > 1 }

  /// Whether the span covers at least one code point of a range; gaps are not covered.
  public func covers(anyOf range: TextRange) -> Bool { fragments.contains { $0.overlaps(range) } }

  /// Whether two spans have equal fragments, labels and attributes.
  ///
  /// Ids, times, notes and origins are not compared. A set refuses two spans that are equal in this way, unless they
  /// were imported as different events.
  public func isEqualInContent(to other: Annotation) -> Bool {
    fragments == other.fragments && label == other.label && attributes == other.attributes
  }

  /// The imported event that the span is; nil for any other span.
  public var event: String? { origin["event"] }

  /// The fragments that cover what some ranges cover: sorted, with ranges that touch or overlap merged and empty ones
  /// dropped.
  public static func normalised(_ ranges: [TextRange]) -> [TextRange] {
    if ranges.count == 1, !ranges[0].isEmpty { return ranges }
    var fragments: [TextRange] = []
    for range in ranges.sorted() where !range.isEmpty {
      if let last = fragments.last, range.start <= last.end {
        fragments[fragments.count - 1] = TextRange(last.start, max(last.end, range.end))
      } else {
        fragments.append(range)
      }
    }
    return fragments
  }

  /// The number of code points that two lists of fragments both cover.
  ///
  /// - Precondition: the ranges of each list do not overlap one another.
  public static func common(_ a: [TextRange], _ b: [TextRange]) -> Int {
    a.reduce(0) { sum, one in sum + b.reduce(0) { $0 + max(0, min(one.end, $1.end) - max(one.start, $1.start)) } }
  }

  /// Whether one span precedes another in reading order: by hull start, then hull end, then id.
  public static func inReadingOrder(_ a: Annotation, _ b: Annotation) -> Bool {
    (a.hull.start, a.hull.end, a.id) < (b.hull.start, b.hull.end, b.id)
  }
}

/// A directed relation from one span to another of the same set, such as from a denial to the claim it denies.
///
/// The value itself checks nothing; an ``AnnotationSet`` refuses a relation that the scheme does not allow.
public struct Relation: Hashable, Sendable, Identifiable {
  /// The end that a relation points to.
  public enum Target: Hashable, Sendable {
    /// The span with this id, in the same set.
    case span(Int)
    /// Something outside the text, in the annotator's own words; the words may be empty.
    case absent(String)
  }

  /// The relation's number: 1 or more, unique among the relations of its set, never given twice.
  ///
  /// Relations and spans are numbered separately.
  public let id: Int
  /// The name of a relation type of the scheme.
  public var type: String
  /// The id of the span that the relation starts from.
  public var from: Int
  /// The end that the relation points to.
  public var to: Target
  /// The time at which the relation was drawn.
  public var created: Timestamp
  /// The time of the last change; ``created`` if there was none.
  public var modified: Timestamp

  /// Creates a relation; nothing is checked until a set takes it, and a nil *modified* means *created*.
  public init(id: Int, type: String, from: Int, to: Target, created: Timestamp, modified: Timestamp? = nil) {
    self.id = id
    self.type = type
    self.from = from
    self.to = to
    self.created = created
    self.modified = modified ?? created
  }

  /// Whether the relation starts from or points to the span with this id.
  public func touches(_ span: Int) -> Bool { from == span || to == .span(span) }
}
