/// What two spans have in common that mark the same: label and fragments.
///
/// Suggestions that an annotator declined are kept by it, and not offered again.
public struct SpanKey: Hashable, Sendable {
  /// The label's name in the scheme.
  public let label: String
  /// In reading order, none empty, none touching or overlapping; at least one.
  public let fragments: [TextRange]

  public init(label: String, fragments: [TextRange]) {
    self.label = label
    self.fragments = fragments
  }

  /// The key of a span.
  public init(_ span: Annotation) { self.init(label: span.label, fragments: span.fragments) }

  /// Reading order, then by label.
  static func inReadingOrder(_ a: SpanKey, _ b: SpanKey) -> Bool {
    if a.fragments != b.fragments { return a.fragments.lexicographicallyPrecedes(b.fragments) }
    return a.label.unicodeScalars.lexicographicallyPrecedes(b.label.unicodeScalars)
  }
}
