/// One annotator's annotations of one document, with the rules that keep them whole.
///
/// Always true: ids are positive and unique; labels, attributes and relations are the scheme's; fragments lie in the
/// text, in order, apart; relation ends exist; no two spans are equal in all but id, times, note and origin.
public struct AnnotationSet: Equatable, Sendable {
  public enum Role: String, Sendable, CaseIterable { case annotator, gold }
  public enum Status: String, Sendable, CaseIterable { case inProgress = "in-progress", complete }

  public let document: String
  public let annotator: String
  public let role: Role
  public let scheme: Scheme
  /// Digest of the document's bytes, 64 hexadecimal digits.
  public let textSHA256: String
  /// The document's length in code points.
  public let textLength: Int
  /// By id.
  public private(set) var spans: [Annotation] = []
  /// By id.
  public private(set) var relations: [Relation] = []
  /// Suggestions that were refused, in reading order, each once.
  public private(set) var declined: [SpanKey] = []
  public private(set) var status = Status.inProgress
  /// The version of the scheme that the file was begun with; the scheme itself may have moved on.
  public let schemeVersion: String
  /// Code points that the annotator has read up to.
  public private(set) var seenTo = 0
  /// The id that the next span gets.
  public private(set) var nextSpanID = 1
  /// The id that the next relation gets.
  public private(set) var nextRelationID = 1

  /// An edit that the rules do not allow, as facts.
  public enum Refusal: Error, Equatable, Sendable {
    case spanDiffers(id: Int)
    case relationDiffers(id: Int)
    case declinedDiffers
    case statusDiffers
    case idNotAllowed(Int)
    case fragmentsNotAllowed(id: Int)
    case outsideText(TextRange, length: Int)
    case unknownLabel(String)
    case attributeNotAllowed(String, label: String)
    case valueNotAllowed(String, attribute: String, choices: [String])
    case duplicate(of: Int)
    case noSpan(Int)
    case relationNotAllowed(String, from: String, to: String?)
    case relationTwice(of: Int)
    case stillRelated(span: Int, relation: Int)
  }

  /// Ids go no further: every reader of JSON can hold this number.
  public static let greatestID = 1 << 53 - 1

  /// - Parameter schemeVersion: that of a file; the scheme's own where nil.
  public init(
    document: String, annotator: String, role: Role = .annotator, scheme: Scheme, schemeVersion: String? = nil,
    textSHA256: String, textLength: Int
  ) {
    self.schemeVersion = schemeVersion ?? scheme.version
    self.document = document
    self.annotator = annotator
    self.role = role
    self.scheme = scheme
    self.textSHA256 = textSHA256
    self.textLength = textLength
  }

  /// Does an edit, wholly or not at all.
  ///
  /// - Returns: the edit that takes it back.
  /// - Throws: the first rule broken; spans, relations and status are then as before.
  /// - Complexity: O(*spans*) comparisons for each change.
  @discardableResult
  public mutating func apply(_ edit: Edit) throws(Refusal) -> Edit {
    var applied: [Edit.Change] = []
    do {
      for change in edit.changes {
        try carryOut(change)
        applied.append(change)
      }
      for change in edit.changes {
        if case .span(let from?, let to) = change { try checkRelations(of: from, now: to) }
      }
    } catch {
      for change in Edit(applied).inverse.changes { carryOutUnchecked(change) }
      throw error
    }
    return edit.inverse
  }

  /// An empty set filled at once, with spans and relations made elsewhere, such as by a reader of files or a merge.
  ///
  /// - Throws: the first rule broken, with the id of the span or relation that breaks it.
  /// - Complexity: O(*n* log *n*) in spans and relations, where one edit after the other would be quadratic.
  public mutating func fill(
    spans newSpans: [Annotation], relations newRelations: [Relation], declined newDeclined: [SpanKey] = [],
    status: Status, seenTo: Int
  ) throws(Fault) {
    precondition(spans.isEmpty && relations.isEmpty)
    var filled = self
    filled.spans =
      zip(newSpans, newSpans.dropFirst()).allSatisfy { $0.id <= $1.id }
      ? newSpans : newSpans.sorted { $0.id < $1.id }
    filled.relations = newRelations.sorted { $0.id < $1.id }
    for (a, b) in zip(filled.spans, filled.spans.dropFirst()) where a.id == b.id {
      throw Fault(kind: .span, id: a.id, refusal: .idNotAllowed(a.id))
    }
    for (a, b) in zip(filled.relations, filled.relations.dropFirst()) where a.id == b.id {
      throw Fault(kind: .relation, id: a.id, refusal: .idNotAllowed(a.id))
    }
    for span in filled.spans {
      do { try filled.checkAlone(span) } catch { throw Fault(kind: .span, id: span.id, refusal: error) }
    }
    try filled.checkTwins()
    var ties: [Tie: Int] = [:]
    for relation in filled.relations {
      do { try filled.checkAlone(relation) } catch { throw Fault(kind: .relation, id: relation.id, refusal: error) }
      if let twin = ties.updateValue(relation.id, forKey: Tie(relation)) {
        throw Fault(kind: .relation, id: relation.id, refusal: .relationTwice(of: twin))
      }
    }
    for declined in newDeclined {
      do { try filled.carryOut(.declined(from: nil, to: declined)) } catch {
        throw Fault(kind: .declined, id: 0, refusal: error)
      }
    }
    filled.status = status
    filled.see(to: seenTo)
    filled.spendIDs(spans: filled.spans.last?.id ?? 0, relations: filled.relations.last?.id ?? 0)
    self = filled
  }

  /// Which of many spans and relations breaks a rule, and which rule.
  public struct Fault: Error, Equatable, Sendable {
    public enum Kind: Sendable { case span, relation, declined }
    public let kind: Kind
    /// Of a declined suggestion 0.
    public let id: Int
    public let refusal: Refusal
  }

  /// Finds a span that another one equals in all but id, times, note and origin.
  private func checkTwins() throws(Fault) {
    let byPlace = spans.indices.sorted { (spans[$0].hull, $0) < (spans[$1].hull, $1) }
    var first = 0
    for (place, index) in byPlace.enumerated() {
      let span = spans[index]
      if spans[byPlace[first]].hull != span.hull { first = place }
      if let twin = byPlace[first..<place].first(where: { spans[$0].isEqualInContent(to: span) }) {
        throw Fault(kind: .span, id: span.id, refusal: .duplicate(of: spans[twin].id))
      }
    }
  }

  /// What makes two relations the same: one relation at most says that the target is absent.
  private struct Tie: Hashable {
    let type: String
    let from: Int
    let to: Int?

    init(_ relation: Relation) {
      type = relation.type
      from = relation.from
      to = if case .span(let id) = relation.to { id } else { nil }
    }
  }

  /// The reader has seen the text up to an offset; never goes back.
  public mutating func see(to offset: Int) { seenTo = max(seenTo, min(offset, textLength)) }

  /// Ids up to these were given before and stay spent.
  public mutating func spendIDs(spans: Int, relations: Int) {
    nextSpanID = max(nextSpanID, spans + 1)
    nextRelationID = max(nextRelationID, relations + 1)
  }

  public func span(_ id: Int) -> Annotation? {
    let place = Self.place(of: id, in: spans)
    return place < spans.count && spans[place].id == id ? spans[place] : nil
  }

  public func relation(_ id: Int) -> Relation? {
    let place = Self.place(of: id, in: relations)
    return place < relations.count && relations[place].id == id ? relations[place] : nil
  }

  /// The relations that start from or point to a span, by id.
  public func relations(of span: Int) -> [Relation] { relations.filter { $0.touches(span) } }

  /// The spans that cover a code point of a range, in reading order.
  public func annotations(in range: TextRange) -> [Annotation] {
    spans.filter { $0.covers(anyOf: range) }.sorted(by: Annotation.inReadingOrder)
  }

  /// All spans by start, then end, then id.
  public var inReadingOrder: [Annotation] { spans.sorted(by: Annotation.inReadingOrder) }

  /// The attributes and relations that a span's label asks for and that it does not have, a group each.
  public func missingRequirements(of span: Annotation) -> [[String]] {
    let groups = scheme.label(span.label)?.requires ?? []
    return groups.filter { group in
      !group.contains { name in
        span.attributes[name] != nil || relations.contains { $0.type == name && $0.from == span.id }
      }
    }
  }
}

extension AnnotationSet {
  private static func place<Item: Identifiable>(of id: Int, in items: [Item]) -> Int where Item.ID == Int {
    if let last = items.last, last.id < id { return items.count }
    var low = 0
    var high = items.count
    while low < high {
      let middle = (low + high) / 2
      if items[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func carryOut(_ change: Edit.Change) throws(Refusal) {
    switch change {
    case .span(let from, let to):
      guard let id = from?.id ?? to?.id, from == nil || to == nil || from?.id == to?.id else {
        throw .idNotAllowed(to?.id ?? 0)
      }
      guard span(id) == from else { throw .spanDiffers(id: id) }
      if let to { try check(to) }
    case .relation(let from, let to):
      guard let id = from?.id ?? to?.id, from == nil || to == nil || from?.id == to?.id else {
        throw .idNotAllowed(to?.id ?? 0)
      }
      guard relation(id) == from else { throw .relationDiffers(id: id) }
      if let to { try check(to) }
    case .declined(let from, let to):
      for (item, stands) in [(from, true), (to, false)] {
        if let item, declined.contains(item) != stands { throw .declinedDiffers }
      }
      if let to { try check(to) }
    case .status(let from, _):
      guard status == from else { throw .statusDiffers }
    }
    carryOutUnchecked(change)
  }

  private mutating func carryOutUnchecked(_ change: Edit.Change) {
    switch change {
    case .span(let from, let to):
      guard let id = from?.id ?? to?.id else { return }
      Self.replace(id, from != nil, with: to, in: &spans)
      nextSpanID = max(nextSpanID, id + 1)
    case .relation(let from, let to):
      guard let id = from?.id ?? to?.id else { return }
      Self.replace(id, from != nil, with: to, in: &relations)
      nextRelationID = max(nextRelationID, id + 1)
    case .declined(let from, let to):
      if let from { declined.removeAll { $0 == from } }
      if let to {
        let place = declined.firstIndex { SpanKey.inReadingOrder(to, $0) } ?? declined.count
        declined.insert(to, at: place)
      }
    case .status(_, let to):
      status = to
    }
  }

  private static func replace<Item: Identifiable>(_ id: Int, _ stands: Bool, with item: Item?, in items: inout [Item])
  where Item.ID == Int {
    let place = place(of: id, in: items)
    items.replaceSubrange(place..<(stands ? place + 1 : place), with: item.map { [$0] } ?? [])
  }

  private func check(_ span: Annotation) throws(Refusal) {
    try checkAlone(span)
    if let twin = spans.first(where: { $0.id != span.id && $0.isEqualInContent(to: span) }) {
      throw .duplicate(of: twin.id)
    }
  }

  private func checkAlone(_ span: Annotation) throws(Refusal) {
    guard (1...Self.greatestID).contains(span.id) else { throw .idNotAllowed(span.id) }
    guard let label = scheme.labels.first(where: { $0.name == span.label }) else { throw .unknownLabel(span.label) }
    guard !span.fragments.isEmpty, Annotation.normalised(span.fragments) == span.fragments else {
      throw .fragmentsNotAllowed(id: span.id)
    }
    guard span.hull.end <= textLength else { throw .outsideText(span.hull, length: textLength) }
    for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
      guard let attribute = scheme.attribute(name), attribute.labels.contains(label.name) else {
        throw .attributeNotAllowed(name, label: label.name)
      }
      if value.isEmpty || attribute.values?.contains(value) == false {
        throw .valueNotAllowed(value, attribute: name, choices: attribute.values ?? [])
      }
    }
  }

  private func check(_ declined: SpanKey) throws(Refusal) {
    guard scheme.labels.contains(where: { $0.name == declined.label }) else { throw .unknownLabel(declined.label) }
    guard let last = declined.fragments.last, Annotation.normalised(declined.fragments) == declined.fragments else {
      throw .fragmentsNotAllowed(id: 0)
    }
    guard last.end <= textLength else { throw .outsideText(last, length: textLength) }
  }

  private func check(_ relation: Relation) throws(Refusal) {
    try checkAlone(relation)
    let tie = Tie(relation)
    if let twin = relations.first(where: { $0.id != relation.id && Tie($0) == tie }) {
      throw .relationTwice(of: twin.id)
    }
  }

  private func checkAlone(_ relation: Relation) throws(Refusal) {
    guard (1...Self.greatestID).contains(relation.id) else { throw .idNotAllowed(relation.id) }
    guard let from = span(relation.from) else { throw .noSpan(relation.from) }
    var target: Annotation?
    if case .span(let id) = relation.to {
      guard let found = span(id) else { throw .noSpan(id) }
      target = found
    }
    let allowed = scheme.relations(from: from.label, to: target?.label)
    guard allowed.contains(where: { $0.name == relation.type }) else {
      throw .relationNotAllowed(relation.type, from: from.label, to: target?.label)
    }
  }

  /// A span that went, or changed its label, must leave no relation that no longer fits.
  private func checkRelations(of before: Annotation, now: Annotation?) throws(Refusal) {
    if let now, now.label == before.label { return }
    for relation in relations where relation.touches(before.id) {
      guard span(before.id) != nil else { throw .stillRelated(span: before.id, relation: relation.id) }
      try check(relation)
    }
  }
}
