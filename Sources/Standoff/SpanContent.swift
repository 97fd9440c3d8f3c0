/// The label, fragments and attributes of a span and the event it is, which no two spans of a set have in common.
package struct SpanContent: Hashable, Sendable {
  package let key: SpanKey
  package let attributes: [String: String]
  package let event: String?

  package init(_ span: Annotation) {
    key = SpanKey(span)
    attributes = span.attributes
    event = span.event
  }
}
