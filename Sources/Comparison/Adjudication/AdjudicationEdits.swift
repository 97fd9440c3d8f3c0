package import Pages
package import Standoff

/// The edits that make the adjudicated version.
extension Adjudication {
  /// Accepts all undisputed spans, with the relations between spans that are there.
  package func takingOver(_ gold: AnnotationSet, at time: Timestamp) throws(Complaint) -> EditDraft {
    var draft = EditDraft(gold, at: time)
    for group in agreed where goldSpans(of: group, gold).isEmpty && !isDeclined(group, gold) {
      try add(versions(of: group)[0], of: group, "agreed", reason: "", to: &draft, at: time)
    }
    try carryRelations(&draft)
    return draft
  }

  private func isDeclined(_ group: Int, _ gold: AnnotationSet) -> Bool {
    marks(of: group).allSatisfy { gold.declined.contains($0) }
  }

  /// Settles a dispute, replacing any earlier decision on it.
  package func deciding(
    _ decision: Decision, of dispute: Dispute, reason: String, _ gold: AnnotationSet, at time: Timestamp
  ) throws(Complaint) -> EditDraft {
    var draft = EditDraft(gold, at: time)
    switch dispute {
    case .spans(let group): try decide(decision, group, reason, &draft, at: time)
    case .relations(let group, let type): try decide(decision, group, type, reason, &draft, at: time)
    }
    return draft
  }

  // MARK: spans

  private func decide(
    _ decision: Decision, _ group: Int, _ reason: String, _ draft: inout EditDraft, at time: Timestamp
  ) throws(Complaint) {
    let versions = try chosen(decision, group)
    let before = goldSpans(of: group, draft.set)
    let relations = draft.set.relations
    for span in before {
      if let edit = draft.set.deleting(span.id) { try draft.add(edit) }
    }
    var ids: [Int] = []
    for version in versions {
      ids += try add(version, of: group, decision.name, reason: reason, to: &draft, at: time)
    }
    try decline(group, &draft)
    if let id = ids.first {
      try restore(relations, of: before.map(\.id), to: id, decided: before.first?.origin["decided"], &draft, at: time)
    }
    try carryRelations(&draft)
  }

  /// The versions that a decision puts into the adjudicated version.
  private func chosen(_ decision: Decision, _ group: Int) throws(Complaint) -> [DocumentAlignment.Version] {
    let versions = versions(of: group)
    let marked = versions.filter { !$0.spans.isEmpty }
    switch decision {
    case .none: return []
    case .version(let place):
      guard versions.indices.contains(place) else {
        throw Complaint(
          "There is no version \(place + 1).",
          "\(versions.count == 1 ? "There is only version 1" : "The versions are 1 to \(versions.count)").",
          culprit: String(place + 1))
      }
      return [versions[place]]
    case .all:
      guard marks(of: group).count > 1 else {
        throw Complaint("There is only one span to take.", "Take a version by its number, or 0 for none.")
      }
      var taken: [SpanKey] = []
      return marked.compactMap { version in
        let spans = version.spans.filter { !taken.contains(SpanKey($0)) }
        taken += spans.map(SpanKey.init)
        return spans.isEmpty ? nil : DocumentAlignment.Version(annotators: version.annotators, spans: spans)
      }
    case .union, .intersection: return [try combined(decision, marked)]
    }
  }

  /// One span of all the words that any version, or every version, covers.
  private func combined(
    _ decision: Decision, _ versions: [DocumentAlignment.Version]
  ) throws(Complaint) -> DocumentAlignment.Version {
    let labels = Set(versions.flatMap(\.spans).map(\.label)).sorted()
    guard let first = versions.first?.spans.first, labels.count == 1 else {
      throw Complaint(
        "The versions have different labels: \(Complaint.list(labels)).", "Take one by its number, or mark the words.")
    }
    let covered = versions.map { Annotation.normalised($0.spans.flatMap(\.fragments)) }
    let fragments =
      decision == .union
      ? Annotation.normalised(covered.flatMap { $0 })
      : trimmed(covered.dropFirst().reduce(covered[0], Self.intersection))
    guard !fragments.isEmpty else {
      throw Complaint("The versions share no words.", "Take one by its number, or “|” for all their words.")
    }
    var span = first
    span.fragments = fragments
    span.attributes = shared(versions)
    return DocumentAlignment.Version(annotators: versions.flatMap(\.annotators).sorted(), spans: [span])
  }

  private static func intersection(_ a: [TextRange], _ b: [TextRange]) -> [TextRange] {
    a.flatMap { one in
      b.compactMap { other in TextRange(checking: max(one.start, other.start), min(one.end, other.end)) }
    }.filter { !$0.isEmpty }
  }

  /// Fragments without white space at their edges.
  private func trimmed(_ fragments: [TextRange]) -> [TextRange] {
    fragments.compactMap { fragment in
      let scalars = Array(part.document.text[fragment].unicodeScalars)
      let lead = scalars.prefix { $0.properties.isWhitespace }.count
      let tail = scalars.reversed().prefix { $0.properties.isWhitespace }.count
      return lead + tail < scalars.count ? TextRange(fragment.start + lead, fragment.end - tail) : nil
    }
  }

  /// The attributes on which more than half of the annotators agree.
  private func shared(_ versions: [DocumentAlignment.Version]) -> [String: String] {
    let all = versions.flatMap { version in version.annotators.map { _ in version.spans[0].attributes } }
    var shared: [String: String] = [:]
    for name in Set(all.flatMap(\.keys)) {
      let votes = Dictionary(grouping: all.compactMap { $0[name] }) { $0 }
      shared[name] = votes.first { 2 * $0.value.count > all.count }?.key
    }
    return shared
  }

  @discardableResult
  private func add(
    _ version: DocumentAlignment.Version, of group: Int, _ decision: String, reason: String, to draft: inout EditDraft,
    at time: Timestamp
  ) throws(Complaint) -> [Int] {
    var ids: [Int] = []
    for span in version.spans {
      var origin = origin(decision, reason: reason)
      origin["annotators"] = version.annotators.map { part.annotators[$0] }.joined(separator: " ")
      let isOfAnother = part.alignment.groups.indices.contains { $0 != group && marks(of: $0).contains(SpanKey(span)) }
      if isOfAnother || !marks(of: group).contains(SpanKey(span)) { origin["place"] = place(of: group) }
      ids.append(draft.set.nextSpanID)
      try draft.add(
        draft.set.adding(
          label: span.label, fragments: span.fragments, attributes: span.attributes, note: span.note, origin: origin,
          at: time))
    }
    return ids
  }

  private func origin(_ decision: String, reason: String) -> [String: String] {
    var origin = ["adjudicator": adjudicator, "decision": decision]
    if !reason.isEmpty { origin["reason"] = reason }
    return origin
  }

  /// Declines a group's spans that are not in the adjudicated version; those that are become undeclined.
  private func decline(_ group: Int, _ draft: inout EditDraft) throws(Complaint) {
    let there = goldSpans(of: group, draft.set).map(SpanKey.init)
    for mark in marks(of: group) {
      let isDeclined = draft.set.declined.contains(mark)
      if there.contains(mark) && isDeclined { try draft.add(Edit([.declined(from: mark, to: nil)])) }
      if !there.contains(mark) && !isDeclined { try draft.add(Edit([.declined(from: nil, to: mark)])) }
    }
  }

  // MARK: edits by other verbs

  /// An edit by any other verb, with the record of the disputes that it settles.
  ///
  /// Changing or deleting a span settles the dispute that it belongs to; a new span over the dispute that is shown,
  /// with a label of the same kind, settles that. An edit of a note or the like settles nothing.
  package func recording(_ edit: Edit, _ gold: AnnotationSet) -> Edit {
    var changes: [Edit.Change] = []
    var settled: [Int] = []
    for change in edit.changes {
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
        for (key, value) in origin(from == nil && group == nil ? "added" : "corrected", reason: "") {
          now.origin[key] = value
        }
      }
      if isElsewhere, let group {
        now.origin["place"] = place(of: group)
        settled.append(group)
      }
      changes.append(.span(from: from, to: now))
    }
    let after = Self.applied(changes, to: gold)
    for group in settled {
      let there = goldSpans(of: group, after).map(SpanKey.init)
      for mark in marks(of: group) where !there.contains(mark) && !gold.declined.contains(mark) {
        let declining = Edit.Change.declined(from: nil, to: mark)
        if !changes.contains(declining) { changes.append(declining) }
      }
    }
    return Edit(changes)
  }

  /// The adjudicated version with changes made; unchanged if they are refused, which the commit then reports.
  private static func applied(_ changes: [Edit.Change], to gold: AnnotationSet) -> AnnotationSet {
    var after = gold
    return (try? after.apply(Edit(changes))) == nil ? gold : after
  }

  /// Whether a span overlaps the dispute that is shown and has a label of the same kind.
  private func isOver(_ span: Annotation) -> Bool {
    guard case .spans(let group)? = dispute else { return false }
    let spans = part.alignment.groups[group]
    let kinds = spans.labels.map { part.scheme.label($0)?.kind }
    return kinds.contains(part.scheme.label(span.label)?.kind) && span.covers(anyOf: spans.hull)
  }
}
