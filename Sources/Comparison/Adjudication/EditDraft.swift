package import Pages
package import Standoff

/// Several changes made as one edit, each on top of the ones before.
package struct EditDraft {
  package private(set) var set: AnnotationSet
  private var changes: [Edit.Change] = []
  private let time: Timestamp

  package init(_ set: AnnotationSet, at time: Timestamp) {
    self.set = set
    self.time = time
  }

  package var edit: Edit { Edit(changes) }

  package mutating func add(_ edit: Edit) throws(Complaint) {
    do throws(AnnotationSet.Refusal) { try set.apply(edit) } catch { throw Complaint(error) }
    changes += edit.changes
  }

  /// Adds a span.
  ///
  /// - Returns: its id.
  package mutating func addSpan(_ label: String, _ fragments: [TextRange], origin: [String: String] = [:])
    throws(Complaint) -> Int
  {
    let id = set.nextSpanID
    try add(set.adding(label: label, fragments: fragments, origin: origin, at: time))
    return id
  }

  /// The span with a label on these words, added if there is none yet.
  package mutating func part(_ label: String, _ fragments: [TextRange], origin: [String: String] = [:])
    throws(Complaint) -> Int
  {
    let fragments = Annotation.normalised(fragments)
    if let there = set.spans.first(where: { $0.label == label && $0.fragments == fragments }) { return there.id }
    return try addSpan(label, fragments, origin: origin)
  }

  /// Removes a span's relations of a type, except to one target.
  package mutating func unrelate(_ type: String, _ from: Int, besides target: Relation.Target? = nil) throws(Complaint)
  {
    let others = set.relations.filter { $0.type == type && $0.from == from && $0.to != target }
    if !others.isEmpty { try add(Edit(others.map { .relation(from: $0, to: nil) })) }
  }

  /// Changes a span in place, if there is such a span and anything changes.
  package mutating func change(_ id: Int, _ change: (inout Annotation) -> Void) throws(Complaint) {
    if let edit = set.changing(id, at: time, change) { try add(edit) }
  }

  /// Makes a target the only one of a span's relations of a type; an old target that nothing else uses is deleted.
  package mutating func replace(_ type: String, of id: Int, with target: Relation.Target) throws(Complaint) {
    let old = set.relations.filter { $0.type == type && $0.from == id && $0.to != target }.map(\.to)
    try unrelate(type, id, besides: target)
    try relate(type, id, to: target)
    for case .span(let unused) in old where set.relations(of: unused).isEmpty {
      if let edit = set.deleting(unused) { try add(edit) }
    }
  }

  /// Whether an edit takes away or replaces anything that was there before.
  package var takesAway: Bool {
    changes.contains { change in
      switch change {
      case .span(let from?, let to): !from.attributes.allSatisfy { to?.attributes[$0.key] == $0.value }
      case .relation(_?, _): true
      default: false
      }
    }
  }

  /// Relates two spans, unless that relation exists.
  package mutating func relate(_ type: String, _ from: Int, to target: Relation.Target) throws(Complaint) {
    guard !set.relations.contains(where: { $0.type == type && $0.from == from && $0.to == target }) else { return }
    try add(set.relating(type, from: from, to: target, at: time))
  }
}
