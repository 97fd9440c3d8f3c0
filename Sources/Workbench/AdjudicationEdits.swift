import Standoff

/// The edits by which the adjudicated version comes about.
extension Adjudication {
  /// Takes over what nobody disputes, with the relations between what is there.
  func takingOver(_ gold: AnnotationSet, at time: Timestamp) throws(Complaint) -> Draft {
    var draft = Draft(gold, at: time)
    for group in agreed where goldSpans(of: group, gold).isEmpty && !isDeclined(group, gold) {
      try add(versions(of: group)[0], of: group, "agreed", reason: "", to: &draft, at: time)
    }
    try carryRelations(&draft)
    return draft
  }

  private func isDeclined(_ group: Int, _ gold: AnnotationSet) -> Bool {
    marks(of: group).allSatisfy { gold.declined.contains($0) }
  }

  /// Settles a dispute; what was decided of it before is replaced.
  func deciding(
    _ decision: Decision, of dispute: Dispute, reason: String, _ gold: AnnotationSet, at time: Timestamp
  ) throws(Complaint) -> Draft {
    var draft = Draft(gold, at: time)
    switch dispute {
    case .spans(let group): try decide(decision, group, reason, &draft, at: time)
    case .relations(let group, let type): try decide(decision, group, type, reason, &draft, at: time)
    }
    return draft
  }

  // MARK: spans

  private func decide(
    _ decision: Decision, _ group: Int, _ reason: String, _ draft: inout Draft, at time: Timestamp
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

  /// What a decision puts into the adjudicated version.
  private func chosen(_ decision: Decision, _ group: Int) throws(Complaint) -> [DocumentAlignment.Version] {
    let versions = versions(of: group)
    let marked = versions.filter { !$0.spans.isEmpty }
    switch decision {
    case .none: return []
    case .version(let place):
      guard versions.indices.contains(place) else {
        throw Complaint(
          "There is no version \(place + 1).", "\(versions.count == 1 ? "1 is" : "1 to \(versions.count) are") there.",
          culprit: String(place + 1))
      }
      return [versions[place]]
    case .all:
      guard marks(of: group).count > 1 else {
        throw Complaint("There is one span only, with different attributes.", "Take one version by its number.")
      }
      var taken: [Declined] = []
      return marked.compactMap { version in
        let spans = version.spans.filter { !taken.contains(Declined($0)) }
        taken += spans.map(Declined.init)
        return spans.isEmpty ? nil : DocumentAlignment.Version(annotators: version.annotators, spans: spans)
      }
    case .union, .intersection: return [try combined(decision, marked)]
    }
  }

  /// One span of what any, or all, of the versions cover.
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
      throw Complaint("The versions have no words in common.", "Take one by its number, or “|” for all their words.")
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

  /// Attributes that more than half of the annotators give.
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
    _ version: DocumentAlignment.Version, of group: Int, _ decision: String, reason: String, to draft: inout Draft,
    at time: Timestamp
  ) throws(Complaint) -> [Int] {
    var ids: [Int] = []
    for span in version.spans {
      var origin = origin(decision, reason: reason)
      origin["annotators"] = version.annotators.map { part.annotators[$0] }.joined(separator: " ")
      if !marks(of: group).contains(Declined(span)) { origin["place"] = place(of: group) }
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

  /// Declines the spans of a group that the adjudicated version does not have, and those it has no longer.
  private func decline(_ group: Int, _ draft: inout Draft) throws(Complaint) {
    for mark in marks(of: group) {
      let isThere = draft.set.spans.contains { Declined($0) == mark }
      let isDeclined = draft.set.declined.contains(mark)
      if isThere && isDeclined { try draft.add(Edit([.declined(from: mark, to: nil)])) }
      if !isThere && !isDeclined { try draft.add(Edit([.declined(from: nil, to: mark)])) }
    }
  }

  // MARK: relations

  private func decide(
    _ decision: Decision, _ group: Int, _ type: String, _ reason: String, _ draft: inout Draft, at time: Timestamp
  ) throws(Complaint) {
    guard let from = goldSpans(of: group, draft.set).first else {
      throw Complaint("The span that these relations start from is not in the adjudicated version.")
    }
    let versions = targets(of: group, type, draft.set)
    var targets: [Relation.Target]
    switch decision {
    case .none: targets = []
    case .all, .union: targets = versions.flatMap(\.targets)
    case .intersection:
      targets = versions[0].targets.filter { target in versions.allSatisfy { $0.targets.contains(target) } }
    case .version(let place):
      guard versions.indices.contains(place) else {
        throw Complaint(
          "There is no version \(place + 1).", "1 to \(versions.count) are there.", culprit: String(place + 1))
      }
      targets = versions[place].targets
    }
    // A target that is there takes the place of one that is said not to be.
    if targets.contains(where: { if case .span = $0 { true } else { false } }) {
      targets.removeAll { if case .absent = $0 { true } else { false } }
    }
    try draft.unrelate(type, from.id)
    for target in targets { try draft.relate(type, from.id, to: target) }
    try markDecided([type], from.id, reason, &draft, at: time)
  }

  private func markDecided(
    _ types: [String], _ id: Int, _ reason: String, _ draft: inout Draft, at time: Timestamp
  ) throws(Complaint) {
    let edit = draft.set.changing(id, at: time) { span in
      span.origin["decided"] = Set(span.decided + types).sorted().joined(separator: " ")
      span.origin["adjudicator"] = adjudicator
      if !reason.isEmpty {
        span.origin["reason"] = [span.origin["reason"], reason].compactMap { $0 }.joined(separator: "; ")
      }
    }
    if let edit { try draft.add(edit) }
  }

  /// The relations of spans that were replaced, drawn anew from and to the one in their place.
  private func restore(
    _ relations: [Relation], of old: [Int], to new: Int, decided: String?, _ draft: inout Draft, at time: Timestamp
  ) throws(Complaint) {
    for relation in relations where old.contains(where: relation.touches) {
      let from = old.contains(relation.from) ? new : relation.from
      var target = relation.to
      if case .span(let id) = relation.to, old.contains(id) { target = .span(new) }
      if fits(relation.type, from, target, draft.set) { try draft.relate(relation.type, from, to: target) }
    }
    if let decided { try markDecided(decided.split(separator: " ").map(String.init), new, "", &draft, at: time) }
  }

  private func fits(_ type: String, _ from: Int, _ target: Relation.Target, _ gold: AnnotationSet) -> Bool {
    guard let span = gold.span(from) else { return false }
    var label: String?
    if case .span(let id) = target {
      guard id != from, let other = gold.span(id) else { return false }
      label = other.label
    }
    return part.scheme.relations(from: span.label, to: label).contains { $0.name == type }
  }

  /// Draws every relation that nobody disputes between spans that are there.
  private func carryRelations(_ draft: inout Draft) throws(Complaint) {
    let disputed = disputes.compactMap {
      if case .relations(let group, let type) = $0 { "\(group) \(type)" } else { nil }
    }
    for group in part.alignment.groups.indices {
      let spans = goldSpans(of: group, draft.set)
      guard let first = spans.first else { continue }
      for type in part.scheme.relations.map(\.name) {
        if !disputed.contains("\(group) \(type)"), !first.decided.contains(type) {
          try draw(type, from: first.id, targets(of: group, type, draft.set).flatMap(\.targets), &draft)
        }
        // Of a place that was split the further spans have what their own annotators say of them.
        for span in spans.dropFirst() { try draw(type, from: span.id, ownTargets(of: span, type, draft.set), &draft) }
      }
    }
  }

  private func draw(
    _ type: String, from id: Int, _ targets: [Relation.Target], _ draft: inout Draft
  ) throws(Complaint) {
    func isSpan(_ target: Relation.Target) -> Bool { if case .span = target { true } else { false } }
    for target in targets where fits(type, id, target, draft.set) {
      // What is said to be absent gives way to what is there, and to words that were given for it before.
      let isTaken = draft.set.relations.contains { $0.from == id && $0.type == type }
      if !isSpan(target), isTaken || targets.contains(where: isSpan) { continue }
      try draft.relate(type, id, to: target)
    }
  }

  /// The targets that those give who have this very span.
  private func ownTargets(of span: Annotation, _ type: String, _ gold: AnnotationSet) -> [Relation.Target] {
    part.alignment.layers.indices.flatMap { layer -> [Relation.Target] in
      let own = part.alignment.layers[layer].spans.filter { Declined($0) == Declined(span) }.map(\.id)
      return part.alignment.layers[layer].relations.filter { $0.type == type && own.contains($0.from) }.compactMap {
        switch $0.to {
        case .absent: return $0.to
        case .span(let id):
          let target = part.alignment.layers[layer].spans.first { $0.id == id }
          let group = part.alignment.group(of: id, layer)
          let there = group.map { goldSpans(of: $0, gold) } ?? []
          return (there.first { other in target.map { Declined($0) == Declined(other) } ?? false } ?? there.first)
            .map { .span($0.id) }
        }
      }
    }
  }

  // MARK: other verbs

  /// An edit made by any other verb, with what it says of the dispute that is shown: a span that lies over it settles it.
  func recording(_ edit: Edit, _ gold: AnnotationSet) -> Edit {
    var changes: [Edit.Change] = []
    var touched: [Annotation] = []
    for change in edit.changes {
      guard case .span(let from, var to?) = change, to.origin["decision"] == nil || from?.origin == to.origin else {
        changes.append(change)
        continue
      }
      let isOver = isOver(to)
      for (key, value) in origin(from == nil && !isOver ? "added" : "corrected", reason: "") { to.origin[key] = value }
      if isOver, case .spans(let group)? = dispute { to.origin["place"] = place(of: group) }
      if isOver { touched.append(to) }
      changes.append(.span(from: from, to: to))
    }
    if case .spans(let group)? = dispute, !touched.isEmpty {
      for mark in marks(of: group)
      where !gold.declined.contains(mark) && !touched.contains(where: { Declined($0) == mark }) {
        let stays = gold.spans.contains { span in
          Declined(span) == mark && !edit.changes.contains { if case .span(span, _) = $0 { true } else { false } }
        }
        if !stays { changes.append(.declined(from: nil, to: mark)) }
      }
    }
    return Edit(changes)
  }

  /// Whether a span lies over the dispute that is shown and is of a kind with it.
  private func isOver(_ span: Annotation) -> Bool {
    guard case .spans(let group)? = dispute else { return false }
    let spans = part.alignment.groups[group]
    let kinds = spans.labels.map { part.scheme.label($0)?.kind }
    return kinds.contains(part.scheme.label(span.label)?.kind) && span.covers(anyOf: spans.hull)
  }
}
