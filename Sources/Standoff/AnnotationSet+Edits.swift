extension AnnotationSet {
  /// The edit that adds a span under the next free id.
  ///
  /// Fragments may come in any order, and may touch or overlap; they are normalised. The label, the attributes and the
  /// range are checked when the edit is applied.
  public func adding(
    label: String, fragments: [TextRange], attributes: [String: String] = [:], note: String = "",
    origin: [String: String] = [:], at time: Timestamp
  ) -> Edit {
    let span = Annotation(
      id: nextSpanID, label: label, fragments: Annotation.normalised(fragments), attributes: attributes, note: note,
      origin: origin, created: time)
    return Edit([.span(from: nil, to: span)])
  }

  /// The edit that deletes a span together with its relations; nil if there is no such span.
  public func deleting(_ id: Int) -> Edit? {
    guard let span = span(id) else { return nil }
    return Edit(relations(of: id).map { .relation(from: $0, to: nil) } + [.span(from: span, to: nil)])
  }

  /// The edit that changes a span in place; nil if there is no such span or nothing changes.
  ///
  /// - Parameters:
  ///   - id: the id of the span.
  ///   - time: becomes the span's ``Annotation/modified``.
  ///   - change: edits a copy of the span; it must leave the id as it is.
  public func changing(_ id: Int, at time: Timestamp, _ change: (inout Annotation) -> Void) -> Edit? {
    guard let before = span(id) else { return nil }
    var after = before
    change(&after)
    guard after != before else { return nil }
    after.modified = time
    return Edit([.span(from: before, to: after)])
  }

  /// The edit that gives a span another label, without the attributes and relations that the new label may not have.
  ///
  /// - Returns: the edit, with the names of the attributes and the relations that it removes; nil if there is no such
  ///   span or it has this label already.
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

  /// The edit that draws a relation under the next free id.
  ///
  /// A relation of the same type and start is replaced if one of the two targets is a span and the other is absent, or
  /// if both are absent in different words. Ends and type are checked when the edit is applied.
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

  /// A copy of the set without the spans whose hull lies in one of several ranges, and without their relations.
  public func without(_ stretches: [TextRange]) -> AnnotationSet {
    var set = self
    for span in spans where span.hull.lies(in: stretches) {
      // Cannot fail: the edit was made for this very set.
      if let edit = set.deleting(span.id) { _ = try? set.apply(edit) }
    }
    return set
  }

  /// The edit that declines a span for good; nil if it is declined already, for this reason or with none given now.
  public func declining(_ key: SpanKey, reason: String = "") -> Edit? {
    let before = declined.first { $0.key == key }
    if before != nil, reason.isEmpty || before?.reason == reason { return nil }
    return Edit([.declined(from: before, to: DeclinedSpan(key, reason: reason))])
  }

  /// The edit that changes what is said of the document; nil if nothing changes.
  public func changingDocument(_ change: (inout DocumentAnnotation) -> Void) -> Edit? {
    var after = ofDocument
    change(&after)
    return after == ofDocument ? nil : Edit([.document(from: ofDocument, to: after)])
  }

  /// The edit that sets the status; nil if the set has it already.
  public func setting(_ status: Status) -> Edit? {
    status == self.status ? nil : Edit([.status(from: self.status, to: status)])
  }
}
