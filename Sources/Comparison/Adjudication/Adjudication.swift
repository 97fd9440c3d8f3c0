package import Standoff

/// The adjudication of a document: what annotators dispute, and what was decided.
///
/// Only the adjudicated version itself is stored: a dispute is settled once each span that anybody has there is either
/// in that version or among those it has declined. A decision is therefore as durable as any edit, and undoing it opens
/// the dispute again.
package struct Adjudication {
  /// A point on which annotators differ.
  package enum Dispute: Equatable {
    /// The value of an attribute of the document.
    case document(name: String)
    /// The spans of a group of the alignment.
    case spans(group: Int)
    /// The value of an attribute, if the span was settled by words that no annotator marked.
    case attribute(group: Int, name: String)
    /// The relations of a type that start from a group, once its spans are settled.
    case relations(group: Int, type: String)

    /// The group; nil for a dispute over the document.
    package var group: Int? {
      switch self {
      case .document: nil
      case .spans(let group), .attribute(let group, _), .relations(let group, _): group
      }
    }
  }

  /// The disputes to walk through.
  package struct Scope: Sendable {
    /// Empty for all kinds.
    package var kinds: [Disagreement.Kind] = []
    /// Empty for all attributes; else only disputes over one of these.
    package var attributes: [String] = []
    /// Attributes that make no dispute by themselves.
    package var ignored: [String] = []

    package init(kinds: [Disagreement.Kind] = [], attributes: [String] = [], ignored: [String] = []) {
      self.kinds = kinds
      self.attributes = attributes
      self.ignored = ignored
    }

    package var isWhole: Bool { kinds.isEmpty && attributes.isEmpty && ignored.isEmpty }
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
  /// The disputes in reading order, those over relations last.
  package let disputes: [Dispute]
  /// The undisputed groups, in reading order.
  package let agreed: [Int]
  package let scope: Scope
  /// Whether undisputed groups are walked through too.
  package var walksAgreed = false
  /// The index in ``walked`` of the dispute that is shown; -1 before the first.
  package var current = -1
  /// The distinct spans of each group, by label and fragments.
  let marks: [[SpanKey]]
  /// The identity of each group, unique in the document: its labels and its offsets.
  let places: [String]
  private let groupsByMark: [SpanKey: [Int]]
  private let groupsByPlace: [String: Int]
  private let disagreements: [Int: Disagreement]

  package init(_ part: DocumentDifferences, adjudicator: String, isBlind: Bool, scope: Scope = Scope()) {
    self.part = part
    self.adjudicator = adjudicator
    self.isBlind = isBlind
    self.scope = scope
    var (spans, relations): ([Dispute], [Dispute]) = ([], [])
    for disagreement in part.all {
      if disagreement.kinds.contains(where: { $0 != .relation }) {
        spans.append(.spans(group: disagreement.group))
        spans += disagreement.attributes.map { .attribute(group: disagreement.group, name: $0.name) }
      }
      for type in Set(disagreement.ties.map(\.type)).sorted() {
        relations.append(.relations(group: disagreement.group, type: type))
      }
    }
    disputes = part.ofDocument.map { .document(name: $0.name) } + spans + relations
    let disputed = Set(spans.compactMap(\.group))
    agreed = part.alignment.groups.indices.filter { !disputed.contains($0) }
    names = part.annotators.indices.map { isBlind ? String(UnicodeScalar(UInt8(65 + $0))) : part.annotators[$0] }
    marks = part.alignment.groups.map { group in
      var marks: [SpanKey] = []
      for span in group.spans.compactMap({ $0 }).joined() where !marks.contains(SpanKey(span)) {
        marks.append(SpanKey(span))
      }
      return marks
    }
    places = Self.places(part.alignment.groups, marks)
    groupsByMark = marks.enumerated().reduce(into: [:]) { all, group in
      for mark in group.element { all[mark, default: []].append(group.offset) }
    }
    groupsByPlace = Dictionary(places.enumerated().map { ($1, $0) }) { first, _ in first }
    disagreements = Dictionary(part.all.map { ($0.group, $0) }) { first, _ in first }
  }

  /// Labels and offsets; where several groups share these, with the fragments of the first span, then with a number.
  private static func places(_ groups: [AlignedSpans], _ marks: [[SpanKey]]) -> [String] {
    func unique(_ names: [String], or longer: (Int) -> String) -> [String] {
      let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
      return names.indices.map { counts[names[$0]] == 1 ? names[$0] : longer($0) }
    }
    let hulls = groups.map { "\($0.labels.joined(separator: ","))@\($0.hull)" }
    let whole = unique(hulls) { place in
      let fragments = marks[place].first?.fragments.map(\.description) ?? []
      return "\(groups[place].labels.joined(separator: ","))@\(fragments.joined(separator: "+"))"
    }
    return unique(whole) { place in "\(whole[place])#\(whole[..<place].count { $0 == whole[place] } + 1)" }
  }

  /// The annotators in an order that depends on the document's name, so that it is the same each time.
  package static func shuffled(_ part: DocumentDifferences) -> [String] {
    func place(_ annotator: String) -> Double { Split.place(of: "\(part.document.id)/\(annotator)", seed: 1) }
    return part.annotators.sorted { (place($0), $0) < (place($1), $1) }
  }

  /// The disagreement about a group; nil if its annotators agree.
  package func disagreement(_ group: Int) -> Disagreement? { disagreements[group] }

  /// The number of disputes over relations.
  package var relationCount: Int { disputes.count { if case .relations = $0 { true } else { false } } }

  /// The disputes to walk through, after the undisputed groups if these were asked for.
  package var walked: [Dispute] {
    (walksAgreed ? agreed.map { .spans(group: $0) } : []) + disputes.filter(isInScope)
  }

  private func isInScope(_ dispute: Dispute) -> Bool {
    guard !scope.isWhole else { return true }
    guard let found = dispute.group.flatMap({ disagreements[$0] }) else {
      return scope.kinds.isEmpty && scope.attributes.isEmpty
    }
    let attributes = found.attributes.map(\.name)
    switch dispute {
    case .document: return true
    case .relations: return scope.attributes.isEmpty && (scope.kinds.isEmpty || scope.kinds.contains(.relation))
    case .attribute(_, let name): return scope.attributes.isEmpty || scope.attributes.contains(name)
    case .spans:
      let kinds = found.kinds.filter { $0 != .relation }
      let isIgnored = kinds == [.attribute] && attributes.allSatisfy(scope.ignored.contains)
      return !isIgnored && (scope.attributes.isEmpty || attributes.contains(where: scope.attributes.contains))
        && (scope.kinds.isEmpty || kinds.contains(where: scope.kinds.contains))
    }
  }

  package var dispute: Dispute? { walked.indices.contains(current) ? walked[current] : nil }

  /// The indices in ``walked`` of the disputes that are not settled yet.
  package func open(_ gold: AnnotationSet) -> [Int] {
    let (walked, there) = (walked, spansByGroup(gold))
    return walked.indices.filter { !isSettled(walked[$0], gold, there) }
  }

  /// All disputes that are not settled yet, whether they are walked through or not.
  package func openDisputes(_ gold: AnnotationSet) -> [Dispute] {
    let there = spansByGroup(gold)
    return disputes.filter { !isSettled($0, gold, there) }
  }

  package func isSettled(_ dispute: Dispute, _ gold: AnnotationSet) -> Bool {
    isSettled(dispute, gold, spansByGroup(gold))
  }

  func isSettled(_ dispute: Dispute, _ gold: AnnotationSet, _ there: [[Annotation]]) -> Bool {
    switch dispute {
    case .document(let name): return gold.ofDocument.attributes[name] != nil
    case .spans(let group):
      let keys = there[group].map(SpanKey.init)
      return marks[group].allSatisfy { gold.declines($0) || keys.contains($0) }
    case .attribute(let group, let name): return !there[group].contains { $0.open.contains(name) }
    case .relations(let group, let type):
      guard let span = there[group].first else { return isSettled(.spans(group: group), gold, there) }
      return span.decided.contains(type) || targets(of: group, type, there).count < 2
    }
  }

  /// Whether a dispute is one now: an attribute only where it was left open, or decided after that.
  package func isAsked(_ dispute: Dispute, _ gold: AnnotationSet) -> Bool {
    guard case .attribute(let group, let name) = dispute else { return true }
    return goldSpans(of: group, gold).contains { $0.open.contains(name) || $0.decided.contains(name) }
  }

  // MARK: groups and the adjudicated version

  package func versions(of group: Int) -> [DocumentAlignment.Version] {
    part.alignment.versions(of: group, byAttributes: true)
  }

  /// The values that annotators give to an attribute of a group, as they count, with the annotators who give each.
  package func values(of group: Int, _ name: String) -> [(value: String?, annotators: [Int])] {
    var values: [(value: String?, annotators: [Int])] = []
    for layer in part.alignment.groups[group].holders {
      guard let held = part.alignment.groups[group].held(by: layer).first(where: { takes(name, $0.label) }) else {
        continue
      }
      let value = part.alignment.layers[layer].attributes[held.id]?[name]
      if let same = values.firstIndex(where: { $0.value == value }) {
        values[same].annotators.append(layer)
      } else {
        values.append((value, [layer]))
      }
    }
    return values
  }

  func takes(_ attribute: String, _ label: String) -> Bool {
    part.scheme.attribute(attribute)?.labels.contains(label) == true
  }

  /// The spans of the adjudicated version that belong to a group.
  package func goldSpans(of group: Int, _ gold: AnnotationSet) -> [Annotation] { spansByGroup(gold)[group] }

  /// The spans of the adjudicated version by group, in reading order.
  func spansByGroup(_ gold: AnnotationSet) -> [[Annotation]] {
    var spans = [[Annotation]](repeating: [], count: marks.count)
    for span in gold.inReadingOrder {
      if let group = group(of: span) { spans[group].append(span) }
    }
    return spans
  }

  /// The groups in which a span is marked.
  func groups(marking key: SpanKey) -> [Int] { groupsByMark[key] ?? [] }

  /// The group that a span of the adjudicated version belongs to; nil for a span that was added.
  func group(of span: Annotation) -> Int? {
    span.origin["place"].flatMap { groupsByPlace[$0] } ?? groupsByMark[SpanKey(span)]?.first
  }

  /// The distinct targets that annotators give to a group's relations of a type, if the adjudicated version has them,
  /// with the annotators who give each.
  ///
  /// An annotator all of whose targets were refused has no say.
  package func targets(
    of group: Int, _ type: String, _ gold: AnnotationSet
  ) -> [(targets: [Relation.Target], annotators: [Int])] {
    targets(of: group, type, spansByGroup(gold))
  }

  func targets(
    of group: Int, _ type: String, _ there: [[Annotation]]
  ) -> [(targets: [Relation.Target], annotators: [Int])] {
    let alignment = part.alignment
    guard let from = there[group].first else { return [] }
    var versions: [(targets: [Relation.Target], annotators: [Int])] = []
    for layer in alignment.groups[group].holders {
      let ties = alignment.ties(of: layer, from: group).filter { $0.type == type }
      let targets = ties.compactMap { tie in target(of: tie.target, type, from: from, by: layer, there) }
      if targets.isEmpty, !ties.isEmpty { continue }
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
    of target: Disagreement.Tie.Target, _ type: String, from: Annotation, by layer: Int, _ there: [[Annotation]]
  ) -> Relation.Target? {
    func fits(_ label: String?) -> Bool {
      part.scheme.relations(from: from.label, to: label).contains { $0.name == type }
    }
    switch target {
    case .absent: return fits(nil) ? .absent(absentWords(type, from: from, by: layer)) : nil
    case .group(let place):
      return there[place].first { fits($0.label) && $0.id != from.id }.map { .span($0.id) }
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
  /// The types of relations, and the attributes, already decided for an adjudicated span.
  package var decided: [String] {
    get { (origin["decided"] ?? "").split(separator: " ").map(String.init) }
    set { origin["decided"] = newValue.isEmpty ? nil : Set(newValue).sorted().joined(separator: " ") }
  }

  /// The attributes of an adjudicated span that are still to be decided.
  package var open: [String] {
    get { (origin["open"] ?? "").split(separator: " ").map(String.init) }
    set { origin["open"] = newValue.isEmpty ? nil : Set(newValue).sorted().joined(separator: " ") }
  }
}
