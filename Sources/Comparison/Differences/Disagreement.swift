import Standoff

/// A disagreement about one group of aligned spans of a document.
package struct Disagreement {
  package enum Kind: String, CaseIterable {
    /// Somebody has marked nothing.
    case missing
    /// The spans begin or end elsewhere, or have other gaps.
    case boundary
    /// The spans have different labels.
    case label
    /// Somebody has several spans where somebody else has one.
    case split
    /// An attribute has different values.
    case attribute
    /// A relation between spans that both annotators have is drawn by only one.
    case relation
  }

  /// An attribute with the value that each annotator gives it; nil for those without a span here, or whose label does
  /// not have the attribute.
  package struct Attribute: Equatable {
    package let name: String
    package let values: [Value?]

    package enum Value: Hashable { case unset, values([String]) }
  }

  /// A relation from this group, and whether each annotator has drawn it; nil for those who could not have.
  package struct Tie: Equatable {
    package let type: String
    package let target: Target
    package let drawn: [Bool?]

    /// Another group of the alignment, by its index, or a target that is not in the text.
    package enum Target: Hashable { case group(Int), absent }
  }

  /// The index of the group in the alignment.
  package let group: Int
  package let spans: AlignedSpans
  /// The kinds of disagreement, in the order of ``Kind``; at least one.
  package private(set) var kinds: [Kind]
  /// The number of words between the first and the last start, and between the first and the last end.
  package let startWords: Int
  package let endWords: Int
  /// Whether the spans differ in their gaps.
  package let isOtherwiseInside: Bool
  /// The attributes that differ.
  package private(set) var attributes: [Attribute]
  package let ties: [Tie]

  /// The disagreement about a group; nil if the annotators agree.
  init?(of group: Int, in alignment: DocumentAlignment, _ text: DocumentText, _ scheme: Scheme) {
    let spans = alignment.groups[group]
    let holders = spans.holders.map { spans.held(by: $0) }
    var kinds: [Kind] = []
    if spans.spans.contains(where: { $0?.isEmpty == true }) { kinds.append(.missing) }
    let hulls = holders.map { TextRange($0[0].hull.start, $0.map(\.hull.end).max() ?? 0) }
    startWords = Self.words(between: hulls.map(\.start), text)
    endWords = Self.words(between: hulls.map(\.end), text)
    isOtherwiseInside = Self.haveOtherGaps(holders)
    if Set(hulls).count > 1 || isOtherwiseInside { kinds.append(.boundary) }
    if spans.labels.count > 1 { kinds.append(.label) }
    if Set(holders.map(\.count)).count > 1 { kinds.append(.split) }
    attributes = scheme.attributes.compactMap { Self.attribute($0, of: group, alignment) }
    if !attributes.isEmpty { kinds.append(.attribute) }
    ties = Self.ties(from: group, in: alignment, scheme)
    if !ties.isEmpty { kinds.append(.relation) }
    guard !kinds.isEmpty else { return nil }
    self.group = group
    self.spans = spans
    self.kinds = kinds
  }

  /// The disagreement without some attributes; nil if nothing else differs.
  func ignoring(_ ignored: [String]) -> Disagreement? {
    var less = self
    less.attributes.removeAll { ignored.contains($0.name) }
    if less.attributes.isEmpty { less.kinds.removeAll { $0 == .attribute } }
    return less.kinds.isEmpty ? nil : less
  }

  /// The number of words, whole or cut, from the first to the last of several offsets.
  private static func words(between offsets: [Int], _ text: DocumentText) -> Int {
    guard let first = offsets.min(), let last = offsets.max(), first < last else { return 0 }
    return Words.ranges(in: TextRange(first, last), of: text).count
  }

  /// Whether the spans of annotators with the same number of spans have different gaps.
  private static func haveOtherGaps(_ holders: [[Annotation]]) -> Bool {
    var inner: [Int: Set<[Int]>] = [:]
    for spans in holders {
      let edges = spans.flatMap(\.fragments).flatMap { [$0.start, $0.end] }.dropFirst().dropLast()
      inner[spans.count, default: []].insert(Array(edges))
    }
    return inner.values.contains { $0.count > 1 }
  }

  private static func attribute(
    _ attribute: Scheme.Attribute, of group: Int, _ alignment: DocumentAlignment
  ) -> Attribute? {
    let spans = alignment.groups[group]
    let values = spans.spans.indices.map { layer -> Attribute.Value? in
      let held = spans.held(by: layer).filter { span in
        attribute.labels.contains(span.label) && !alignment.saysElsewhere(attribute.name, span, layer, group)
      }
      guard !held.isEmpty else { return nil }
      let values = Set(held.compactMap { alignment.layers[layer].attributes[$0.id]?[attribute.name] }).sorted()
      return values.isEmpty ? .unset : .values(values)
    }
    return Set(values.compactMap { $0 }).count > 1 ? Attribute(name: attribute.name, values: values) : nil
  }

  private static func ties(from group: Int, in alignment: DocumentAlignment, _ scheme: Scheme) -> [Tie] {
    let from = alignment.groups[group]
    var drawn: [(type: String, target: Tie.Target)] = []
    let ties = from.spans.indices.map { layer in alignment.ties(of: layer, from: group) }
    /// Whether an annotator gives this type another target, which one who draws the tie does not give.
    func contradicts(_ layer: Int, _ tie: (type: String, target: Tie.Target)) -> Bool {
      let drawers = ties.indices.filter { ties[$0].contains { $0 == tie } }
      return ties[layer].contains { other in
        other.type == tie.type && drawers.contains { drawer in !ties[drawer].contains { $0 == other } }
      }
    }
    for tie in ties.joined() where !drawn.contains(where: { $0 == tie }) { drawn.append(tie) }
    return drawn.compactMap { tie in
      let who = from.spans.indices.map { layer -> Bool? in
        if ties[layer].contains(where: { $0 == tie }) { return true }
        let isRefused = alignment.couldDraw(tie.type, from: group, to: tie.target, by: layer, scheme)
        return isRefused || contradicts(layer, tie) ? false : nil
      }
      return who.contains(false) ? Tie(type: tie.type, target: tie.target, drawn: who) : nil
    }
  }
}

extension DocumentAlignment {
  /// Whether an annotator says an attribute of a span elsewhere, so that a difference is one there: the speaker of a
  /// source with what it says, that of a content with its source if no annotator gives it here.
  func saysElsewhere(_ attribute: String, _ span: Annotation, _ layer: Int, _ group: Int) -> Bool {
    guard attribute == EffectiveSpeakers.attribute, span.attributes[attribute] == nil else { return false }
    if scheme.label(span.label)?.kind == .source {
      let sayers = Set(layers[layer].relations.filter { $0.to == .span(span.id) }.map(\.from))
      return layers[layer].spans.contains { sayers.contains($0.id) && $0.attributes[attribute] != nil }
    }
    return groups[group].spans.compactMap { $0 }.joined().allSatisfy { $0.attributes[attribute] == nil }
  }

  /// The group that contains an annotator's span.
  func group(of span: Int, _ layer: Int) -> Int? { places[layer][span] }

  /// The relations that an annotator has drawn from a group's spans, each once, in the order of their ids.
  package func ties(of layer: Int, from group: Int) -> [(type: String, target: Disagreement.Tie.Target)] {
    let spans = groups[group].held(by: layer).map(\.id)
    var ties: [(type: String, target: Disagreement.Tie.Target)] = []
    for relation in layers[layer].relations where spans.contains(relation.from) {
      let target: Disagreement.Tie.Target
      switch relation.to {
      case .absent: target = .absent
      case .span(let id):
        guard let place = self.group(of: id, layer) else { continue }
        target = .group(place)
      }
      if !ties.contains(where: { $0 == (relation.type, target) }) { ties.append((relation.type, target)) }
    }
    return ties
  }

  /// Whether an annotator has spans at both ends, with labels that the relation allows.
  fileprivate func couldDraw(
    _ type: String, from group: Int, to target: Disagreement.Tie.Target, by layer: Int, _ scheme: Scheme
  ) -> Bool {
    let labels: [String?] =
      switch target {
      case .absent: [nil]
      case .group(let place): groups[place].held(by: layer).map(\.label)
      }
    return groups[group].held(by: layer).contains { span in
      labels.contains { label in scheme.relations(from: span.label, to: label).contains { $0.name == type } }
    }
  }
}
