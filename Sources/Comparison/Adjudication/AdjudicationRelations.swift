import Pages
import Standoff

/// The relations of the adjudicated version.
extension Adjudication {
  func decide(
    _ decision: Decision, _ group: Int, _ type: String, _ reason: String, _ draft: inout EditDraft, at time: Timestamp
  ) throws(Complaint) {
    let there = spansByGroup(draft.set)
    guard let from = there[group].first else {
      throw Complaint("The span that these relations start from is not in the adjudicated version.")
    }
    let versions = targets(of: group, type, there)
    var targets: [Relation.Target]
    var annotators = Array(part.alignment.layers.indices)
    switch decision {
    case .none: (targets, annotators) = ([], [])
    case .all, .union: targets = versions.flatMap(\.targets)
    case .intersection:
      targets = versions.first?.targets.filter { target in versions.allSatisfy { $0.targets.contains(target) } } ?? []
    case .version(let place):
      guard versions.indices.contains(place) else { throw Self.noVersion(place, of: versions.count) }
      (targets, annotators) = (versions[place].targets, versions[place].annotators)
    }
    // A target in the text outweighs one that is said not to be.
    if targets.contains(where: { if case .span = $0 { true } else { false } }) {
      targets.removeAll { if case .absent = $0 { true } else { false } }
    }
    for span in there[group] { try draft.unrelate(type, span.id) }
    for target in targets { try draft.relate(type, from.id, to: target) }
    for span in there[group].dropFirst() {
      try draw(type, from: span.id, ownTargets(of: span, type, there, annotators), &draft)
    }
    try markDecided([type], from.id, reason, &draft, at: time)
  }

  private func markDecided(
    _ types: [String], _ id: Int, _ reason: String, _ draft: inout EditDraft, at time: Timestamp
  ) throws(Complaint) {
    let edit = draft.set.changing(id, at: time) { span in
      span.decided += types
      span.origin["adjudicator"] = adjudicator
      span.add(reason: reason)
    }
    if let edit { try draft.add(edit) }
  }

  /// Records that relations drawn or taken off by hand are decided, unless they went with one of their ends.
  func markDecided(by edit: Edit, _ draft: inout EditDraft, at time: Timestamp) throws(Complaint) {
    var types: [Int: [String]] = [:]
    for case .relation(let from, let to) in edit.changes {
      guard let relation = to ?? from, draft.set.span(relation.from).flatMap(group) != nil else { continue }
      if to == nil, case .span(let target) = relation.to, draft.set.span(target) == nil { continue }
      types[relation.from, default: []].append(relation.type)
    }
    for (id, types) in types.sorted(by: { $0.key < $1.key }) {
      guard let span = draft.set.span(id), !types.allSatisfy(span.decided.contains) else { continue }
      try markDecided(types, id, "", &draft, at: time)
    }
  }

  /// Draws the relations of replaced spans again, from and to the span that replaces them.
  func restore(
    _ relations: [Relation], of old: [Int], to new: Int, decided: [String], _ draft: inout EditDraft, at time: Timestamp
  ) throws(Complaint) {
    for relation in relations where old.contains(where: relation.touches) {
      let from = old.contains(relation.from) ? new : relation.from
      var target = relation.to
      if case .span(let id) = relation.to, old.contains(id) { target = .span(new) }
      if fits(relation.type, from, target, draft.set) { try draft.relate(relation.type, from, to: target) }
    }
    if !decided.isEmpty { try markDecided(decided, new, "", &draft, at: time) }
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

  /// Draws every undisputed relation between spans that are there.
  func carryRelations(_ draft: inout EditDraft) throws(Complaint) {
    let there = spansByGroup(draft.set)
    var disputed: [Int: Set<String>] = [:]
    for case .relations(let group, let type) in disputes where !isMoot(group, type, draft.set, there) {
      disputed[group, default: []].insert(type)
    }
    for (group, spans) in there.enumerated() {
      guard let first = spans.first else { continue }
      for type in part.scheme.relations.map(\.name) where disputed[group]?.contains(type) != true {
        if !first.decided.contains(type) {
          try draw(type, from: first.id, targets(of: group, type, there).flatMap(\.targets), &draft)
        }
        // The further spans of a split group get the relations that their own annotators give them.
        for span in spans.dropFirst() where !span.decided.contains(type) {
          try draw(type, from: span.id, ownTargets(of: span, type, there, Array(part.annotators.indices)), &draft)
        }
      }
    }
  }

  /// Whether a dispute over relations has gone because only one version of it has targets that were taken.
  private func isMoot(_ group: Int, _ type: String, _ gold: AnnotationSet, _ there: [[Annotation]]) -> Bool {
    let layers = part.alignment.groups[group].holders
    let ends = layers.flatMap { part.alignment.ties(of: $0, from: group) }.filter { $0.type == type }
    return targets(of: group, type, there).count == 1
      && ends.allSatisfy { end in
        if case .group(let place) = end.target { isSettled(.spans(group: place), gold, there) } else { true }
      }
  }

  private func draw(
    _ type: String, from id: Int, _ targets: [Relation.Target], _ draft: inout EditDraft
  ) throws(Complaint) {
    func isSpan(_ target: Relation.Target) -> Bool { if case .span = target { true } else { false } }
    for target in targets where fits(type, id, target, draft.set) {
      // An absent target gives way to one in the text, and to words given for it earlier.
      let isTaken = draft.set.relations.contains { $0.from == id && $0.type == type }
      if !isSpan(target), isTaken || targets.contains(where: isSpan) { continue }
      try draft.relate(type, id, to: target)
    }
  }

  /// The targets given by those of some annotators who have this very span.
  private func ownTargets(
    of span: Annotation, _ type: String, _ there: [[Annotation]], _ annotators: [Int]
  ) -> [Relation.Target] {
    annotators.flatMap { layer -> [Relation.Target] in
      let own = part.alignment.layers[layer].spans.filter { SpanKey($0) == SpanKey(span) }.map(\.id)
      return part.alignment.layers[layer].relations.filter { $0.type == type && own.contains($0.from) }.compactMap {
        switch $0.to {
        case .absent: return $0.to
        case .span(let id):
          let target = part.alignment.layers[layer].spans.first { $0.id == id }
          let spans = part.alignment.group(of: id, layer).map { there[$0] } ?? []
          return (spans.first { other in target.map { SpanKey($0) == SpanKey(other) } ?? false } ?? spans.first)
            .map { .span($0.id) }
        }
      }
    }
  }
}
