/// The label and fragments of a span, by which the marks of two annotators are compared.
///
/// Declined suggestions are kept as keys.
public struct SpanKey: Hashable, Sendable {
  /// The name of a label of the scheme.
  public let label: String
  /// The stretches of text covered, at least one: in reading order, none empty, none touching or overlapping another.
  public let fragments: [TextRange]

  /// Creates a key; fragments are taken as they are.
  public init(label: String, fragments: [TextRange]) {
    self.label = label
    self.fragments = fragments
  }

  /// Creates the key of a span.
  public init(_ span: Annotation) { self.init(label: span.label, fragments: span.fragments) }

  /// Reading order, then by label.
  static func inReadingOrder(_ a: SpanKey, _ b: SpanKey) -> Bool {
    if a.fragments != b.fragments { return a.fragments.lexicographicallyPrecedes(b.fragments) }
    return a.label.unicodeScalars.lexicographicallyPrecedes(b.label.unicodeScalars)
  }
}
