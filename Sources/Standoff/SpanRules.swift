/// What a scheme allows of a span by itself, laid out to be asked for every span of a file.
struct SpanRules {
  private let labels: [String]
  private let attributes: [String]
  /// The values of each attribute; nil for free text.
  private let values: [[String]?]
  /// Whether an attribute may stand at a label: labels × attributes.
  private let pairs: [Bool]
  private let textLength: Int

  init(_ scheme: Scheme, textLength: Int) {
    labels = scheme.labels.map(\.name)
    attributes = scheme.attributes.map(\.name)
    values = scheme.attributes.map(\.values)
    pairs = scheme.labels.flatMap { label in scheme.attributes.map { $0.labels.contains(label.name) } }
    self.textLength = textLength
  }

  /// Whether a span breaks no rule; a set says which one it breaks.
  func allow(_ span: Annotation) -> Bool {
    guard 1...AnnotationSet.greatestID ~= span.id, let label = labels.firstIndex(of: span.label),
      areSound(span.fragments)
    else { return false }
    for (name, value) in span.attributes {
      guard let attribute = attributes.firstIndex(of: name), pairs[label * attributes.count + attribute],
        !value.isEmpty, values[attribute]?.contains(value) ?? true
      else { return false }
    }
    return true
  }

  /// Whether fragments lie in the text, in order and apart.
  private func areSound(_ fragments: [TextRange]) -> Bool {
    var end = -1
    for fragment in fragments {
      guard fragment.start > end, !fragment.isEmpty else { return false }
      end = fragment.end
    }
    return 0...textLength ~= end
  }
}
