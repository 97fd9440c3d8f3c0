import Standoff

/// The edit by which a newer export takes the place of an annotator's file.
enum ImportReplacement {
  /// The edit that makes one set of another of the same document and scheme; spans that stay keep their ids.
  static func edit(from old: AnnotationSet, to new: AnnotationSet) -> Edit {
    var left = Dictionary(old.spans.map { (SpanContent($0), $0) }, uniquingKeysWith: { first, _ in first })
    var ids: [Int: Int] = [:]
    var (added, changed): ([Edit.Change], [Edit.Change]) = ([], [])
    var next = old.nextSpanID
    for span in new.spans {
      if let same = left.removeValue(forKey: SpanContent(span)) {
        ids[span.id] = same.id
        var noted = same
        noted.note = span.note
        if same.note != span.note { changed.append(.span(from: same, to: noted)) }
      } else {
        let fresh = Annotation(
          id: next, label: span.label, fragments: span.fragments, attributes: span.attributes, note: span.note,
          origin: span.origin, created: span.created)
        ids[span.id] = next
        next += 1
        added.append(.span(from: nil, to: fresh))
      }
    }
    let kept = Set(ids.values)
    let gone = old.spans.filter { !kept.contains($0.id) }.map { Edit.Change.span(from: $0, to: nil) }
    let relations = relations(from: old, to: new, ids)
    var changes = relations.gone + gone + changed + added + relations.added
    if old.ofDocument != new.ofDocument { changes.append(.document(from: old.ofDocument, to: new.ofDocument)) }
    if old.status != new.status { changes.append(.status(from: old.status, to: new.status)) }
    return Edit(changes)
  }

  private static func relations(
    from old: AnnotationSet, to new: AnnotationSet, _ ids: [Int: Int]
  ) -> (gone: [Edit.Change], added: [Edit.Change]) {
    func moved(_ relation: Relation, _ id: Int) -> Relation {
      var to = relation.to
      if case .span(let target) = to { to = .span(ids[target] ?? target) }
      return Relation(
        id: id, type: relation.type, from: ids[relation.from] ?? relation.from, to: to, created: relation.created)
    }
    var left = old.relations
    var (added, next): ([Edit.Change], Int) = ([], old.nextRelationID)
    for relation in new.relations {
      let wanted = moved(relation, next)
      if let same = left.firstIndex(where: { $0.type == wanted.type && $0.from == wanted.from && $0.to == wanted.to }) {
        left.remove(at: same)
      } else {
        added.append(.relation(from: nil, to: wanted))
        next += 1
      }
    }
    return (left.map { .relation(from: $0, to: nil) }, added)
  }
}
