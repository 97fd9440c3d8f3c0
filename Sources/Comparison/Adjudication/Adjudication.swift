package import Standoff

/// The adjudication of a document: what annotators dispute, and what was decided.
///
/// Only the adjudicated version itself is stored: a dispute is settled once each span that anybody has there is either
/// in that version or among those it has declined. A decision is therefore as durable as any edit, and undoing it opens
/// the dispute again.
package struct Adjudication {
  /// A point on which annotators differ.
  package enum Dispute: Equatable {
    /// The spans of a group of the alignment.
    case spans(group: Int)
    /// The relations of a type that start from a group, once its spans are settled.
    case relations(group: Int, type: String)

    package var group: Int {
      switch self {
      case .spans(let group), .relations(let group, _): group
      }
    }
  }

  /// A decision on a dispute.
  package enum Decision: Equatable {
    /// One version, by its index from 0.
    case version(Int)
    case none
    case all
    case union
    case intersection

    var name: String {
      switch self {
      case .version: "version"
      case .none: "none"
      case .all: "all"
      case .union: "union"
      case .intersection: "intersection"
      }
    }
  }

  package let adjudicator: String
  package let isBlind: Bool
  package let part: DocumentDifferences
  /// The annotators' names as shown: letters if the adjudication is blind.
  package let names: [String]
  /// The disputes in reading order, those over spans first.
  package let disputes: [Dispute]
  /// The undisputed groups, in reading order.
  package let agreed: [Int]
  /// Whether undisputed groups are walked through too.
  package var walksAgreed = false
  /// The index in ``walked`` of the dispute that is shown; -1 before the first.
  package var current = -1

  package init(_ part: DocumentDifferences, adjudicator: String, isBlind: Bool) {
    self.part = part
    self.adjudicator = adjudicator
    self.isBlind = isBlind
    var (spans, relations): ([Dispute], [Dispute]) = ([], [])
    for disagreement in part.all {
      if disagreement.kinds.contains(where: { $0 != .relation }) { spans.append(.spans(group: disagreement.group)) }
      for type in Set(disagreement.ties.map(\.type)).sorted() {
        relations.append(.relations(group: disagreement.group, type: type))
      }
    }
    disputes = spans + relations
    let disputed = Set(spans.map(\.group))
    agreed = part.alignment.groups.indices.filter { !disputed.contains($0) }
    names = part.annotators.indices.map { isBlind ? String(UnicodeScalar(UInt8(65 + $0))) : part.annotators[$0] }
  }

  /// The annotators in an order that depends on the document's name, so that it is the same each time.
  package static func shuffled(_ part: DocumentDifferences) -> [String] {
    func place(_ annotator: String) -> Double { Split.place(of: "\(part.document.id)/\(annotator)", seed: 1) }
    return part.annotators.sorted { (place($0), $0) < (place($1), $1) }
  }

  /// The number of disputes over relations.
  package var relationCount: Int { disputes.count { if case .relations = $0 { true } else { false } } }

  /// The disputes to walk through, after the undisputed groups if these were asked for.
  package var walked: [Dispute] { walksAgreed ? agreed.map { .spans(group: $0) } + disputes : disputes }

  package var dispute: Dispute? { walked.indices.contains(current) ? walked[current] : nil }

  /// The indices in ``walked`` of the disputes that are not settled yet.
  package func open(_ gold: AnnotationSet) -> [Int] { walked.indices.filter { !isSettled(walked[$0], gold) } }

  package func isSettled(_ dispute: Dispute, _ gold: AnnotationSet) -> Bool {
    switch dispute {
    case .spans(let group):
      let there = goldSpans(of: group, gold).map(SpanKey.init)
      return marks(of: group).allSatisfy { gold.declined.contains($0) || there.contains($0) }
    case .relations(let group, let type):
      guard let span = goldSpans(of: group, gold).first else { return isSettled(.spans(group: group), gold) }
      return span.decided.contains(type) || targets(of: group, type, gold).count < 2
    }
  }

  // MARK: groups and the adjudicated version

  /// The distinct spans of a group, by label and fragments.
  func marks(of group: Int) -> [SpanKey] {
    var marks: [SpanKey] = []
    for span in part.alignment.groups[group].spans.compactMap({ $0 }).joined() where !marks.contains(SpanKey(span)) {
      marks.append(SpanKey(span))
    }
    return marks
  }

  package func versions(of group: Int) -> [DocumentAlignment.Version] {
    part.alignment.versions(of: group, byAttributes: true)
  }

  /// The spans of the adjudicated version that belong to a group.
  package func goldSpans(of group: Int, _ gold: AnnotationSet) -> [Annotation] {
    let (marks, place) = (marks(of: group), place(of: group))
    return gold.inReadingOrder.filter { span in
      span.origin["place"].map { $0 == place } ?? marks.contains(SpanKey(span))
    }
  }

  /// The group that a span of the adjudicated version belongs to; nil for a span that was added.
  func group(of span: Annotation) -> Int? {
    part.alignment.groups.indices.first { group in
      span.origin["place"].map { $0 == place(of: group) } ?? marks(of: group).contains(SpanKey(span))
    }
  }

  /// The identity of a group: its labels and its offsets.
  func place(of group: Int) -> String {
    let spans = part.alignment.groups[group]
    return "\(spans.labels.joined(separator: ","))@\(spans.hull)"
  }

  /// The distinct targets that annotators give to a group's relations of a type, if the adjudicated version has them,
  /// with the annotators who give each.
  package func targets(
    of group: Int, _ type: String, _ gold: AnnotationSet
  ) -> [(targets: [Relation.Target], annotators: [Int])] {
    let alignment = part.alignment
    guard let from = goldSpans(of: group, gold).first else { return [] }
    var versions: [(targets: [Relation.Target], annotators: [Int])] = []
    for layer in alignment.groups[group].holders {
      let targets = alignment.ties(of: layer, from: group).filter { $0.type == type }.compactMap { tie in
        target(of: tie.target, type, from: from, by: layer, gold)
      }
      let sorted = targets.sorted { Self.order($0) < Self.order($1) }
      if let same = versions.firstIndex(where: { $0.targets == sorted }) {
        versions[same].annotators.append(layer)
      } else {
        versions.append((sorted, [layer]))
      }
    }
    return versions
  }

  private static func order(_ target: Relation.Target) -> Int {
    if case .span(let id) = target { id } else { 0 }
  }

  /// A target in the adjudicated version; nil if it has none there, or its label does not fit.
  private func target(
    of target: Disagreement.Tie.Target, _ type: String, from: Annotation, by layer: Int, _ gold: AnnotationSet
  ) -> Relation.Target? {
    func fits(_ label: String?) -> Bool {
      part.scheme.relations(from: from.label, to: label).contains { $0.name == type }
    }
    switch target {
    case .absent: return fits(nil) ? .absent(absentWords(type, from: from, by: layer)) : nil
    case .group(let place):
      return goldSpans(of: place, gold).first { fits($0.label) && $0.id != from.id }.map { .span($0.id) }
    }
  }

  /// The words for a claim that is not in the text: those of the first annotator who gave some, so that a difference in
  /// words alone is not a dispute.
  private func absentWords(_ type: String, from: Annotation, by layer: Int) -> String {
    for layer in part.alignment.layers {
      for relation in layer.relations where relation.type == type {
        guard case .absent(let words) = relation.to, !words.isEmpty,
          let span = layer.spans.first(where: { $0.id == relation.from }),
          Annotation.common(span.fragments, from.fragments) > 0
        else { continue }
        return words
      }
    }
    return ""
  }
}

extension Annotation {
  /// The types of relations already decided for an adjudicated span.
  var decided: [String] { (origin["decided"] ?? "").split(separator: " ").map(String.init) }
}
