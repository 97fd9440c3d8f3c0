/// A span of text under a label: what one annotator says of these words.
///
/// A span may be discontinuous (a quote broken by “he said”): it is then several fragments with one id.
public struct Annotation: Hashable, Sendable, Identifiable {
  /// Positive, counted per file, never reused.
  public let id: Int
  /// The label's name in the scheme.
  public var label: String
  /// In reading order, none empty, none touching or overlapping; at least one.
  public var fragments: [TextRange]
  /// Attribute names to values, both not empty.
  public var attributes: [String: String]
  /// Free text; empty where there is none.
  public var note: String
  /// How the span came to be, where not by hand, such as `suggestedBy`; empty where it was.
  public var origin: [String: String]
  public var created: Timestamp
  public var modified: Timestamp

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

  /// From the first fragment's start to the last one's end.
  public var hull: TextRange {
    TextRange(fragments.first?.start ?? 0, fragments.last?.end ?? 0)
  }

  /// Whether there is a gap in it.
  public var isDiscontinuous: Bool { fragments.count > 1 }

  /// Whether the two cover a common code point.
  public func covers(anyOf range: TextRange) -> Bool { fragments.contains { $0.overlaps(range) } }

  /// Whether nothing but id, times, note and origin tells the two apart.
  public func isEqualInContent(to other: Annotation) -> Bool {
    fragments == other.fragments && label == other.label && attributes == other.attributes
  }

  /// Ranges in reading order with those that touch or overlap made one; empty ones are left out.
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

  /// Code points that two lists of fragments have in common, each list apart in itself.
  public static func common(_ a: [TextRange], _ b: [TextRange]) -> Int {
    a.reduce(0) { sum, one in sum + b.reduce(0) { $0 + max(0, min(one.end, $1.end) - max(one.start, $1.start)) } }
  }

  /// Reading order: by start, then end, then id.
  public static func inReadingOrder(_ a: Annotation, _ b: Annotation) -> Bool {
    (a.hull.start, a.hull.end, a.id) < (b.hull.start, b.hull.end, b.id)
  }
}

/// A tie between two spans of one file, such as a denial and the claim that it denies.
public struct Relation: Hashable, Sendable, Identifiable {
  /// What the relation points to.
  public enum Target: Hashable, Sendable {
    /// A span of the same file.
    case span(Int)
    /// Nothing in this text; the words, possibly empty, are the annotator's own.
    case absent(String)
  }

  /// Positive, counted per file apart from the spans', never reused.
  public let id: Int
  /// The relation's name in the scheme.
  public var type: String
  /// The span it starts from.
  public var from: Int
  public var to: Target
  public var created: Timestamp
  public var modified: Timestamp

  public init(id: Int, type: String, from: Int, to: Target, created: Timestamp, modified: Timestamp? = nil) {
    self.id = id
    self.type = type
    self.from = from
    self.to = to
    self.created = created
    self.modified = modified ?? created
  }

  /// Whether a span is one of its ends.
  public func touches(_ span: Int) -> Bool { from == span || to == .span(span) }
}
