package import Pages
package import Standoff

/// Deciding many disputes at once, as one annotator has it.
extension Adjudication {
  /// Disputes to decide together.
  package enum Choice: Equatable, Sendable {
    case all
    /// Those that are of this kind alone.
    case kind(Disagreement.Kind)
    /// Those over the value of this attribute alone.
    case attribute(String)
    /// Those over spans of this label, and over their attributes and relations.
    case label(String)
  }

  /// The open disputes of a choice among those that are walked through.
  package func open(_ choice: Choice, _ gold: AnnotationSet) -> [Dispute] {
    let walked = walked
    return open(gold).map { walked[$0] }.filter { isOf($0, choice) }
  }

  private func isOf(_ dispute: Dispute, _ choice: Choice) -> Bool {
    let found = dispute.group.flatMap(disagreement)
    let kinds = (found?.kinds ?? []).filter { $0 != .relation }
    switch (choice, dispute) {
    case (.all, _): return true
    case (_, .document(let name)): return choice == .attribute(name)
    case (.label(let label), _): return dispute.group.map { part.alignment.groups[$0].labels == [label] } ?? false
    case (.kind(let kind), .relations): return kind == .relation
    case (.kind(let kind), .attribute): return kind == .attribute
    case (.kind(let kind), .spans): return kinds == [kind]
    case (.attribute(let name), .attribute(_, let own)): return name == own
    case (.attribute(let name), .spans): return kinds == [.attribute] && found?.attributes.map(\.name) == [name]
    case (.attribute, .relations): return false
    }
  }

  /// The edit that takes one annotator's version of several disputes.
  ///
  /// - Returns: the edit, with the disputes that it decides and those where the annotator has no version.
  package func taking(
    _ layer: Int, of disputes: [Dispute], _ gold: AnnotationSet, at time: Timestamp
  ) throws(Complaint) -> (draft: EditDraft, decided: [Dispute], left: [Dispute]) {
    var draft = EditDraft(gold, at: time)
    var (decided, left): ([Dispute], [Dispute]) = ([], [])
    func isRelation(_ dispute: Dispute) -> Bool { if case .relations = dispute { true } else { false } }
    // Relations come last: what is disputed of them depends on the spans that are there.
    for stage in [disputes.filter { !isRelation($0) }, disputes.filter(isRelation)] {
      for dispute in stage where !isSettled(dispute, draft.set) {
        guard let place = version(of: dispute, by: layer, draft.set) else {
          left.append(dispute)
          continue
        }
        try decide(.version(place), of: dispute, reason: "", &draft, at: time)
        decided.append(dispute)
      }
      try carryRelations(&draft)
    }
    return (draft, decided, left)
  }

  private func version(of dispute: Dispute, by layer: Int, _ gold: AnnotationSet) -> Int? {
    switch dispute {
    case .document(let name):
      part.ofDocument.first { $0.name == name }?.versions.firstIndex {
        $0.value != nil && $0.annotators.contains(layer)
      }
    case .spans(let group): versions(of: group).firstIndex { $0.annotators.contains(layer) }
    case .attribute(let group, let name): values(of: group, name).firstIndex { $0.annotators.contains(layer) }
    case .relations(let group, let type): targets(of: group, type, gold).firstIndex { $0.annotators.contains(layer) }
    }
  }

  /// The number of disputes of each kind, attributes by their names, in the order of ``Disagreement/Kind``; one of
  /// several kinds counts in each.
  package func counts(_ disputes: [Dispute]) -> [(kind: String, count: Int)] {
    var counts: [String: Int] = [:]
    for dispute in disputes {
      switch dispute {
      case .document: counts["document", default: 0] += 1
      case .relations: counts[Disagreement.Kind.relation.rawValue, default: 0] += 1
      case .attribute(_, let name): counts[name, default: 0] += 1
      case .spans(let group):
        guard let found = disagreement(group) else { continue }
        for kind in found.kinds where kind != .relation && kind != .attribute { counts[kind.rawValue, default: 0] += 1 }
        for attribute in found.attributes { counts[attribute.name, default: 0] += 1 }
      }
    }
    let order =
      ["document"]
      + Disagreement.Kind.allCases.flatMap { kind in
        kind == .attribute ? part.scheme.attributes.map(\.name) : [kind.rawValue]
      }
    return order.compactMap { kind in counts[kind].map { (kind, $0) } }
  }
}
