extension AnnotationSet {
  /// The edit that adds a span with the next id.
  public func adding(
    label: String, fragments: [TextRange], attributes: [String: String] = [:], note: String = "",
    origin: [String: String] = [:], at time: Timestamp
  ) -> Edit {
    let span = Annotation(
      id: nextSpanID, label: label, fragments: Annotation.normalised(fragments), attributes: attributes, note: note,
      origin: origin, created: time)
    return Edit([.span(from: nil, to: span)])
  }

  /// The edit that deletes a span with all its relations; nil where there is no such span.
  public func deleting(_ id: Int) -> Edit? {
    guard let span = span(id) else { return nil }
    return Edit(relations(of: id).map { .relation(from: $0, to: nil) } + [.span(from: span, to: nil)])
  }

  /// The edit that changes a span; nil where there is no such span or nothing changes.
  public func changing(_ id: Int, at time: Timestamp, _ change: (inout Annotation) -> Void) -> Edit? {
    guard let before = span(id) else { return nil }
    var after = before
    change(&after)
    guard after != before else { return nil }
    after.modified = time
    return Edit([.span(from: before, to: after)])
  }

  /// The edit that gives a span another label and takes off what that label does not carry.
  ///
  /// - Returns: the edit with the attributes and relations that it takes off; nil where nothing changes.
  public func relabelling(
    _ id: Int, _ label: String, at time: Timestamp
  ) -> (edit: Edit, attributes: [String], relations: [Relation])? {
    guard let before = span(id), before.label != label else { return nil }
    var after = before
    after.label = label
    after.modified = time
    let kept = Set(scheme.attributes(of: label).map(\.name))
    let lost = before.attributes.keys.filter { !kept.contains($0) }.sorted()
    for name in lost { after.attributes[name] = nil }
    let unfit = relations(of: id).filter { relation in
      let from = relation.from == id ? label : span(relation.from)?.label ?? ""
      var to: String?
      if case .span(let target) = relation.to { to = target == id ? label : span(target)?.label }
      return !scheme.relations(from: from, to: to).contains { $0.name == relation.type }
    }
    let edit = Edit(unfit.map { .relation(from: $0, to: nil) } + [.span(from: before, to: after)])
    return (edit, lost, unfit)
  }

  /// The edit that relates two spans with the next id; it takes off an absent target that a present one replaces,
  /// and the other way round.
  public func relating(_ type: String, from: Int, to target: Relation.Target, at time: Timestamp) -> Edit {
    let relation = Relation(id: nextRelationID, type: type, from: from, to: target, created: time)
    let replaced = relations.filter { other in
      guard other.type == type, other.from == from else { return false }
      return switch (other.to, target) {
      case (.absent, .span), (.span, .absent): true
      case (.absent(let old), .absent(let new)): old != new
      case (.span, .span): false
      }
    }
    return Edit(replaced.map { .relation(from: $0, to: nil) } + [.relation(from: nil, to: relation)])
  }

  /// The set without the spans that lie in some stretches, and without their relations.
  public func without(_ stretches: [TextRange]) -> AnnotationSet {
    var set = self
    for span in spans where span.hull.lies(in: stretches) {
      // What a set holds can be taken out of it.
      if let edit = set.deleting(span.id) { _ = try? set.apply(edit) }
    }
    return set
  }

  /// The edit that refuses a suggestion for good; nil where it is refused already.
  public func declining(_ declined: SpanKey) -> Edit? {
    self.declined.contains(declined) ? nil : Edit([.declined(from: nil, to: declined)])
  }

  /// The edit that sets the status; nil where it is so already.
  public func setting(_ status: Status) -> Edit? {
    status == self.status ? nil : Edit([.status(from: self.status, to: status)])
  }
}
