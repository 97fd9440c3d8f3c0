import Pages
package import Standoff

/// What an adjudicator does by verbs that do not decide a dispute, recorded as decisions.
extension Adjudication {
  /// An edit by any other verb, with the record of the disputes that it settles.
  ///
  /// Changing or deleting a span settles the dispute that it belongs to; a new span over the dispute that is shown,
  /// with a label of the same kind, settles that, and takes over the attributes and relations on which the annotators
  /// agree. A relation drawn or taken off settles what is disputed of relations of its type from there. An edit of a note
  /// or the like settles nothing.
  package func recording(_ edit: Edit, _ gold: AnnotationSet, at time: Timestamp) -> Edit {
    var changes: [Edit.Change] = []
    var settled: [Int] = []
    var own: [Int] = []
    for change in Self.merged(edit.changes) {
      guard case .span(let from, let to) = change else {
        changes.append(change)
        continue
      }
      guard var now = to, from == nil ? now.origin["decision"] == nil : from?.origin == now.origin else {
        if let from, to == nil, let group = group(of: from) { settled.append(group) }
        changes.append(change)
        continue
      }
      let group = from.map { self.group(of: $0) } ?? (isOver(now) ? dispute?.group : nil)
      let isElsewhere = from.map { SpanKey($0) != SpanKey(now) } ?? true
      if isElsewhere || from?.attributes != now.attributes {
        now.origin.merge(origin(from == nil && group == nil ? "added" : "corrected", reason: "")) { $1 }
      }
      if let from {
        let given = from.open.filter { from.attributes[$0] != now.attributes[$0] }
        now.open.removeAll(where: given.contains)
        now.decided += given
      } else if let group {
        own.append(now.id)
        for (name, value) in shared(group, now.label) where now.attributes[name] == nil { now.attributes[name] = value }
        now.open = (disagreement(group)?.attributes.map(\.name) ?? []).filter {
          takes($0, now.label) && now.attributes[$0] == nil
        }
      }
      if isElsewhere, let group {
        now.origin["place"] = places[group]
        settled.append(group)
      }
      changes.append(.span(from: from, to: now))
    }
    var draft = EditDraft(gold, at: time)
    // An edit that the set refuses is left as it is; its commit says why.
    guard (try? draft.add(Edit(changes))) != nil else { return Edit(changes, batch: edit.batch) }
    do throws(Complaint) {
      for group in settled { try declineMissing(group, &draft) }
      try markDecided(by: edit, &draft, at: time)
      if !own.isEmpty { try carryRelations(&draft) }
    } catch {
      return Edit(changes, batch: edit.batch)
    }
    return Edit(draft.edit.changes, batch: edit.batch)
  }

  /// The changes with one for each span: a span that is added and then changed is added as it came to be.
  private static func merged(_ changes: [Edit.Change]) -> [Edit.Change] {
    var merged: [Edit.Change] = []
    for change in changes {
      if case .span(let from?, let to) = change,
        let place = merged.firstIndex(where: { if case .span(_, from) = $0 { true } else { false } }),
        case .span(let first, _) = merged[place], first != nil || to != nil
      {
        merged[place] = .span(from: first, to: to)
      } else {
        merged.append(change)
      }
    }
    return merged
  }

  private func declineMissing(_ group: Int, _ draft: inout EditDraft) throws(Complaint) {
    let there = goldSpans(of: group, draft.set).map(SpanKey.init)
    for mark in marks[group] where !there.contains(mark) && !draft.set.declines(mark) {
      if let edit = draft.set.declining(mark) { try draft.add(edit) }
    }
  }

  /// Whether a span overlaps the dispute that is shown and has a label of the same kind.
  private func isOver(_ span: Annotation) -> Bool {
    guard case .spans(let group)? = dispute else { return false }
    let spans = part.alignment.groups[group]
    let kinds = spans.labels.map { part.scheme.label($0)?.kind }
    return kinds.contains(part.scheme.label(span.label)?.kind) && span.covers(anyOf: spans.hull)
  }
}
