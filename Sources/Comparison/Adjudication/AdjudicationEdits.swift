package import Pages
package import Standoff

/// The edits that make the adjudicated version.
extension Adjudication {
  /// Accepts all undisputed spans, with the relations between spans that are there.
  package func takingOver(_ gold: AnnotationSet, at time: Timestamp) throws(Complaint) -> EditDraft {
    var draft = EditDraft(gold, at: time)
    let there = spansByGroup(gold)
    for group in agreed where there[group].isEmpty && !marks[group].allSatisfy(gold.declines) {
      try add(versions(of: group)[0], of: group, "agreed", reason: "", to: &draft, at: time)
    }
    let shared = part.saidOfDocument.filter { Set($0.values).count == 1 && gold.ofDocument.attributes[$0.name] == nil }
    let edit = draft.set.changingDocument { said in
      for attribute in shared { said.attributes[attribute.name] = attribute.values[0] }
    }
    if let edit { try draft.add(edit) }
    try carryRelations(&draft)
    return draft
  }

  /// Whether an edit took over what everybody agrees on.
  package static func isTakeOver(_ edit: Edit) -> Bool {
    edit.changes.allSatisfy { change in
      switch change {
      case .span(nil, let to?): to.origin["decision"] == "agreed"
      case .relation(nil, _): true
      case .document(let from, _): from.isEmpty
      default: false
      }
    }
  }

  /// Settles a dispute, replacing any earlier decision on it.
  package func deciding(
    _ decision: Decision, of dispute: Dispute, reason: String, _ gold: AnnotationSet, at time: Timestamp
  ) throws(Complaint) -> EditDraft {
    var draft = EditDraft(gold, at: time)
    try decide(decision, of: dispute, reason: reason, &draft, at: time)
    try carryRelations(&draft)
    return draft
  }

  func decide(
    _ decision: Decision, of dispute: Dispute, reason: String, _ draft: inout EditDraft, at time: Timestamp
  ) throws(Complaint) {
    switch dispute {
    case .document(let name): try decide(decision, name, &draft)
    case .spans(let group): try decide(decision, group, reason, &draft, at: time)
    case .attribute(let group, let name): try decide(decision, group, attribute: name, reason, &draft, at: time)
    case .relations(let group, let type): try decide(decision, group, type, reason, &draft, at: time)
    }
  }

  // MARK: the document

  private func decide(_ decision: Decision, _ name: String, _ draft: inout EditDraft) throws(Complaint) {
    let versions = part.ofDocument.first { $0.name == name }?.versions ?? []
    guard case .version(let place) = decision else {
      throw Complaint(
        "\(name) is settled by a value.", "Take one by its number, or give another: set doc \(name) VALUE.")
    }
    guard versions.indices.contains(place) else { throw Self.noVersion(place, of: versions.count) }
    guard let value = versions[place].value else {
      throw Complaint("This version has no \(name).", "Take another, or give one: set doc \(name) VALUE.")
    }
    if let edit = draft.set.changingDocument({ $0.attributes[name] = value }) { try draft.add(edit) }
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
    try decline(group, reason: ids.isEmpty ? reason : "", &draft)
    guard let id = ids.first else { return }
    if decision == .union || decision == .intersection {
      let open = disagreement(group)?.attributes.map(\.name) ?? []
      try draft.change(id) { span in span.open = open.filter { takes($0, span.label) } }
    }
    try restore(
      relations, of: before.map(\.id), to: id, decided: (before.first?.decided ?? []).filter(isRelation), &draft,
      at: time)
  }

  private func isRelation(_ name: String) -> Bool { part.scheme.relation(name) != nil }

  /// The versions that a decision puts into the adjudicated version.
  private func chosen(_ decision: Decision, _ group: Int) throws(Complaint) -> [DocumentAlignment.Version] {
    let versions = versions(of: group)
    let marked = versions.filter { !$0.spans.isEmpty }
    switch decision {
    case .none: return []
    case .version(let place):
      guard versions.indices.contains(place) else { throw Self.noVersion(place, of: versions.count) }
      return [versions[place]]
    case .all:
      guard marks[group].count > 1 else {
        throw Complaint("There is only one span to take.", "Take a version by its number, or 0 for none.")
      }
      var taken: [SpanKey] = []
      return marked.compactMap { version in
        let spans = version.spans.filter { !taken.contains(SpanKey($0)) }
        taken += spans.map(SpanKey.init)
        return spans.isEmpty ? nil : DocumentAlignment.Version(annotators: version.annotators, spans: spans)
      }
    case .union, .intersection: return [try combined(decision, marked, group)]
    }
  }

  static func noVersion(_ place: Int, of count: Int) -> Complaint {
    Complaint(
      "There is no version \(place + 1).",
      "\(count == 1 ? "There is only version 1" : "The versions are 1 to \(count)").", culprit: String(place + 1))
  }

  /// One span of all the words that any version, or every version, covers, with the attributes on which they agree.
  private func combined(
    _ decision: Decision, _ versions: [DocumentAlignment.Version], _ group: Int
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
    span.attributes = shared(group, first.label)
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

  /// The attributes on which the annotators of a group agree, as far as a label takes them.
  func shared(_ group: Int, _ label: String) -> [String: String] {
    let alignment = part.alignment
    let held = alignment.groups[group].holders.flatMap { alignment.groups[group].held(by: $0) }
    let disputed = disagreement(group)?.attributes.map(\.name) ?? []
    var shared: [String: String] = [:]
    for name in Set(held.flatMap(\.attributes.keys)) where takes(name, label) && !disputed.contains(name) {
      // What they agree on may stand on the span in one file and on its source in another.
      shared[name] = held.lazy.compactMap { $0.attributes[name] }.first
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
      let isOfAnother = groups(marking: SpanKey(span)).contains { $0 != group }
      if isOfAnother || !marks[group].contains(SpanKey(span)) { origin["place"] = places[group] }
      ids.append(draft.set.nextSpanID)
      // Notes stay in the annotators' files: a doubt is settled with its place.
      try draft.add(
        draft.set.adding(
          label: span.label, fragments: span.fragments, attributes: attributes(of: span, version, group),
          origin: origin, at: time))
    }
    return ids
  }

  /// A span's attributes with the speaker that the annotator gives it elsewhere: a source the one that it has for all
  /// annotators, a content in dispute over its speaker the one of its source.
  private func attributes(of span: Annotation, _ version: DocumentAlignment.Version, _ group: Int) -> [String: String] {
    let name = EffectiveSpeakers.attribute
    guard takes(name, span.label), let layer = version.annotators.first, !isCombined(span, version) else {
      return span.attributes
    }
    var attributes = span.attributes
    let speaker = part.alignment.layers[layer].attributes[span.id]?[name]
    let isDisputed = disagreement(group)?.attributes.contains { $0.name == name } ?? false
    if part.scheme.label(span.label)?.kind == .source {
      if isDisputed { return attributes }
      // Where annotators differ in what the source says, its speaker is decided there.
      if !isOneSpeaker(group) { attributes[name] = nil }
      if attributes[name] == nil, let speaker, isSpeaker(speaker, ofAll: group) { attributes[name] = speaker }
    } else if attributes[name] == nil, isDisputed || !isInherited(span, layer) {
      attributes[name] = speaker
    }
    return attributes
  }

  /// Whether all annotators of a source give it the same speaker, wherever they say it.
  private func isOneSpeaker(_ group: Int) -> Bool {
    let alignment = part.alignment
    let speakers = alignment.groups[group].holders.flatMap { layer in
      alignment.groups[group].held(by: layer).map {
        alignment.layers[layer].attributes[$0.id]?[EffectiveSpeakers.attribute]
      }
    }
    return Set(speakers).count <= 1
  }

  /// Whether the sources of an annotator's span keep their speaker, so that the span inherits it.
  private func isInherited(_ span: Annotation, _ layer: Int) -> Bool {
    part.alignment.layers[layer].relations.allSatisfy { relation in
      guard relation.from == span.id, case .span(let id) = relation.to, let group = part.alignment.group(of: id, layer),
        part.alignment.groups[group].labels.contains(where: { part.scheme.label($0)?.kind == .source })
      else { return true }
      return isOneSpeaker(group)
    }
  }

  /// Whether all annotators of a source name this speaker, which is more than its words.
  private func isSpeaker(_ speaker: String, ofAll group: Int) -> Bool {
    let alignment = part.alignment
    return alignment.groups[group].holders.allSatisfy { layer in
      alignment.groups[group].held(by: layer).allSatisfy { span in
        let words = part.document.text.onOneLine(span.hull)
        return speaker != words && alignment.layers[layer].attributes[span.id]?[EffectiveSpeakers.attribute] == speaker
      }
    }
  }

  /// Whether a span is none of the annotator whose version it is.
  private func isCombined(_ span: Annotation, _ version: DocumentAlignment.Version) -> Bool {
    !part.alignment.layers[version.annotators[0]].spans.contains { SpanKey($0) == SpanKey(span) }
  }

  func origin(_ decision: String, reason: String) -> [String: String] {
    var origin = ["adjudicator": adjudicator, "decision": decision]
    if isBlind { origin["blind"] = "yes" }
    if !reason.isEmpty { origin["reason"] = reason }
    return origin
  }

  /// Declines a group's spans that are not in the adjudicated version; those that are become undeclined.
  private func decline(_ group: Int, reason: String, _ draft: inout EditDraft) throws(Complaint) {
    let there = goldSpans(of: group, draft.set).map(SpanKey.init)
    for mark in marks[group] {
      let declined = draft.set.declined.first { $0.key == mark }
      if let declined, there.contains(mark) {
        try draft.add(Edit([.declined(from: declined, to: nil)]))
      } else if !there.contains(mark), let edit = draft.set.declining(mark, reason: reason) {
        try draft.add(edit)
      }
    }
  }

  // MARK: attributes

  private func decide(
    _ decision: Decision, _ group: Int, attribute name: String, _ reason: String, _ draft: inout EditDraft,
    at time: Timestamp
  ) throws(Complaint) {
    let values = values(of: group, name)
    let value: String?
    switch decision {
    case .none: value = nil
    case .version(let place):
      guard values.indices.contains(place) else { throw Self.noVersion(place, of: values.count) }
      value = values[place].value
    case .all, .union, .intersection:
      throw Complaint(
        "\(name) has one value.", "Take one by its number, 0 for none, or give another: set SPAN \(name) VALUE.")
    }
    for span in goldSpans(of: group, draft.set) where takes(name, span.label) {
      try draft.change(span.id) { span in
        span.attributes[name] = value
        span.open.removeAll { $0 == name }
        span.decided.append(name)
        span.origin["adjudicator"] = adjudicator
        span.add(reason: reason)
      }
    }
  }
}

extension Annotation {
  /// Adds a reason to those given before.
  mutating func add(reason: String) {
    guard !reason.isEmpty else { return }
    origin["reason"] = [origin["reason"], reason].compactMap(\.self).joined(separator: "; ")
  }
}
