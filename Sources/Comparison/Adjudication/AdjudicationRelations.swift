import Pages
import Standoff

/// The relations of the adjudicated version.
extension Adjudication {
  func decide(
    _ decision: Decision, _ group: Int, _ type: String, _ reason: String, _ draft: inout EditDraft, at time: Timestamp
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
          "There is no version \(place + 1).", "The versions are 1 to \(versions.count).", culprit: String(place + 1))
      }
      targets = versions[place].targets
    }
    // A target in the text outweighs one that is said not to be.
    if targets.contains(where: { if case .span = $0 { true } else { false } }) {
      targets.removeAll { if case .absent = $0 { true } else { false } }
    }
    try draft.unrelate(type, from.id)
    for target in targets { try draft.relate(type, from.id, to: target) }
    try markDecided([type], from.id, reason, &draft, at: time)
  }

  private func markDecided(
    _ types: [String], _ id: Int, _ reason: String, _ draft: inout EditDraft, at time: Timestamp
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

  /// Draws the relations of replaced spans again, from and to the span that replaces them.
  func restore(
    _ relations: [Relation], of old: [Int], to new: Int, decided: String?, _ draft: inout EditDraft, at time: Timestamp
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

  /// Draws every undisputed relation between spans that are there.
  func carryRelations(_ draft: inout EditDraft) throws(Complaint) {
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
        // The further spans of a split group get the relations that their own annotators give them.
        for span in spans.dropFirst() { try draw(type, from: span.id, ownTargets(of: span, type, draft.set), &draft) }
      }
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

  /// The targets given by the annotators who have this very span.
  private func ownTargets(of span: Annotation, _ type: String, _ gold: AnnotationSet) -> [Relation.Target] {
    part.alignment.layers.indices.flatMap { layer -> [Relation.Target] in
      let own = part.alignment.layers[layer].spans.filter { SpanKey($0) == SpanKey(span) }.map(\.id)
      return part.alignment.layers[layer].relations.filter { $0.type == type && own.contains($0.from) }.compactMap {
        switch $0.to {
        case .absent: return $0.to
        case .span(let id):
          let target = part.alignment.layers[layer].spans.first { $0.id == id }
          let group = part.alignment.group(of: id, layer)
          let there = group.map { goldSpans(of: $0, gold) } ?? []
          return (there.first { other in target.map { SpanKey($0) == SpanKey(other) } ?? false } ?? there.first)
            .map { .span($0.id) }
        }
      }
    }
  }
}
