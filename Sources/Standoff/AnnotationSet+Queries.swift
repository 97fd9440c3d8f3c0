/// What can be asked of a set.
extension AnnotationSet {
  /// The relations that start from or point to a span, sorted by id.
  public func relations(of span: Int) -> [Relation] { relations.filter { $0.touches(span) } }

  /// The spans that cover at least one code point of a range, in reading order.
  public func annotations(in range: TextRange) -> [Annotation] {
    spans.filter { $0.covers(anyOf: range) }.sorted(by: Annotation.inReadingOrder)
  }

  /// All spans in reading order: by hull start, then hull end, then id.
  public var inReadingOrder: [Annotation] { spans.sorted(by: Annotation.inReadingOrder) }

  /// The sources and cues to which no relation leads, in reading order.
  public var orphans: [Annotation] {
    var used: Set<Int> = []
    for case .span(let id) in relations.map(\.to) { used.insert(id) }
    return inReadingOrder.filter { span in
      scheme.label(span.label)?.kind != .content && !used.contains(span.id)
        && scheme.relations.contains { $0.to.contains(span.label) }
    }
  }

  /// The requirements of a span's label that the span does not meet.
  ///
  /// - Returns: the groups of ``Scheme/Label/requires`` from which the span has neither an attribute nor a relation;
  ///   empty if the span is finished.
  public func missingRequirements(of span: Annotation) -> [[String]] {
    let groups = scheme.label(span.label)?.requires ?? []
    return groups.filter { group in
      !group.contains { name in
        span.attributes[name] != nil || relations.contains { $0.type == name && $0.from == span.id }
      }
    }
  }
}
