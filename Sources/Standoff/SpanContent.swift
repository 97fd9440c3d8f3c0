/// What a span says without its id, times, note and origin: two spans of one file never have it in common.
package struct SpanContent: Hashable, Sendable {
  package let key: SpanKey
  package let attributes: [String: String]

  package init(_ span: Annotation) {
    key = SpanKey(span)
    attributes = span.attributes
  }
}
