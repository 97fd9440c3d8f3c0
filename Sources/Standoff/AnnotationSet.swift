/// One annotator's annotations of one document, held to the rules of a scheme.
///
/// ```swift
/// var set = AnnotationSet(document: "a1", annotator: "dana", scheme: scheme, textSHA256: "", textLength: text.count)
/// let inverse = try set.apply(set.adding(label: "claim", fragments: [TextRange(0, 5)], at: time))
/// try set.apply(inverse)
/// ```
///
/// Every set satisfies these rules, and ``apply(_:)`` and ``fill(spans:relations:declined:ofDocument:status:seenTo:skipped:)`` refuse what
/// would break one:
///
/// - ids are unique and lie between 1 and ``greatestID``;
/// - labels, attributes and relations are those of the scheme;
/// - fragments are normalised and lie in the text;
/// - both ends of a relation are spans of the set, or its target is absent and its type allows that;
/// - no two spans have equal fragments, label and attributes, but for imported spans that are different events.
public struct AnnotationSet: Equatable, Sendable {
  /// The role of a set: one annotator's work, or the adjudicated version, `gold`.
  public enum Role: String, Sendable, CaseIterable { case annotator, gold }
  /// The progress of a set: still being worked on, or complete.
  public enum Status: String, Sendable, CaseIterable { case inProgress = "in-progress", complete }

  /// The id of the document.
  public let document: String
  /// The name of the annotator.
  public let annotator: String
  /// The role of the set.
  public let role: Role
  /// How many times the annotator has annotated the document, this time included: 1, or more for agreement with oneself.
  public let pass: Int
  /// The scheme that every span and relation obeys.
  public let scheme: Scheme
  /// The SHA-256 digest of the document's bytes, as 64 hexadecimal digits.
  ///
  /// The set does not check it; a reader of files compares it with the text before trusting any offset.
  public let textSHA256: String
  /// The document's length in code points; no span ends beyond it.
  public let textLength: Int
  /// The spans, sorted by id.
  public private(set) var spans: [Annotation] = []
  /// The relations, sorted by id.
  public private(set) var relations: [Relation] = []
  /// The declined spans, in reading order, each once.
  public private(set) var declined: [DeclinedSpan] = []
  /// What is said of the document as a whole.
  public private(set) var ofDocument = DocumentAnnotation()
  /// Whether the annotator is done.
  public private(set) var status = Status.inProgress
  /// The version of the scheme that the annotation began with; ``scheme`` may be newer.
  public let schemeVersion: String
  /// The offset, in code points, up to which the annotator has read.
  public private(set) var seenTo = 0
  /// The sentences before ``seenTo`` that the annotator has not seen, in reading order.
  public private(set) var skipped: [TextRange] = []
  /// The id that the next span receives.
  public private(set) var nextSpanID = 1
  /// The id that the next relation receives.
  public private(set) var nextRelationID = 1

  /// The rule that an edit would break.
  public enum Refusal: Error, Equatable, Sendable {
    /// The edit expects another span under this id, or none: it was made for another state of the set.
    case spanDiffers(id: Int)
    /// The edit expects another relation under this id, or none.
    case relationDiffers(id: Int)
    /// The span to decline is declined already, or the one to take back is not.
    case declinedDiffers
    /// The edit expects something else to be said of the document.
    case documentDiffers
    /// The scheme has no such attribute of documents.
    case documentAttributeNotAllowed(String)
    /// The edit expects another status.
    case statusDiffers
    /// The id is less than 1, greater than ``greatestID``, in use, or changed by the edit.
    case idNotAllowed(Int)
    /// The fragments are missing, empty, out of order, or touch or overlap one another; the id is 0 for a declined
    /// span.
    case fragmentsNotAllowed(id: Int)
    /// The range ends after the text, which has this length in code points.
    case outsideText(TextRange, length: Int)
    /// The scheme has no label of this name.
    case unknownLabel(String)
    /// The scheme has no such attribute for spans of this label.
    case attributeNotAllowed(String, label: String)
    /// The value is empty or not one of the attribute's choices; no choices means free text.
    case valueNotAllowed(String, attribute: String, choices: [String])
    /// Another span, with this id, has equal fragments, label and attributes.
    case duplicate(of: Int)
    /// The set has no span with this id for a relation to start from or point to.
    case noSpan(Int)
    /// The scheme has no such relation between these labels; without a second label, none with an absent target.
    case relationNotAllowed(String, from: String, to: String?)
    /// Another relation, with this id, has the same type and ends.
    case relationTwice(of: Int)
    /// The span to delete is still an end of this relation.
    case stillRelated(span: Int, relation: Int)
  }

  /// The greatest id, 2⁵³ − 1: every JSON reader holds it exactly.
  public static let greatestID = 1 << 53 - 1

  /// Creates an empty set, in progress, with nothing read.
  ///
  /// - Parameters:
  ///   - document: the id of the document.
  ///   - annotator: the name of the annotator.
  ///   - role: the role of the set.
  ///   - pass: how many times the annotator has annotated the document.
  ///   - scheme: the rules for labels, attributes and relations.
  ///   - schemeVersion: the version that a file names; nil for the scheme's own.
  ///   - textSHA256: the digest of the text, as 64 hexadecimal digits.
  ///   - textLength: the length of the text in code points.
  public init(
    document: String, annotator: String, role: Role = .annotator, pass: Int = 1, scheme: Scheme,
    schemeVersion: String? = nil,
    textSHA256: String, textLength: Int
  ) {
    self.schemeVersion = schemeVersion ?? scheme.version
    self.document = document
    self.annotator = annotator
    self.role = role
    self.pass = pass
    self.scheme = scheme
    self.textSHA256 = textSHA256
    self.textLength = textLength
  }

  /// Applies an edit as a whole or not at all.
  ///
  /// - Returns: the inverse edit, which restores the earlier spans, relations and status. Ids stay spent.
  /// - Throws: the first rule that the edit would break; the set is then unchanged but for spent ids.
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

  /// Fills an empty set with spans and relations from elsewhere, such as a file or a merge.
  ///
  /// - Precondition: the set has no spans and no relations.
  /// - Throws: the first rule broken, with the id of the span or relation that breaks it; the set then stays empty.
  /// - Complexity: O(*n* log *n*) in spans and relations, where single edits would take quadratic time.
  public mutating func fill(
    spans newSpans: [Annotation], relations newRelations: [Relation], declined newDeclined: [DeclinedSpan] = [],
    ofDocument: DocumentAnnotation = DocumentAnnotation(), status: Status, seenTo: Int, skipped: [TextRange] = []
  ) throws(Fault) {
    precondition(spans.isEmpty && relations.isEmpty)
    var filled = self
    let isInOrder = newSpans.indices.dropFirst().allSatisfy { newSpans[$0 - 1].id <= newSpans[$0].id }
    filled.spans = isInOrder ? newSpans : newSpans.sorted { $0.id < $1.id }
    filled.relations = newRelations.sorted { $0.id < $1.id }
    for place in filled.spans.indices.dropFirst() where filled.spans[place - 1].id == filled.spans[place].id {
      let id = filled.spans[place].id
      throw Fault(kind: .span, id: id, refusal: .idNotAllowed(id))
    }
    for (a, b) in zip(filled.relations, filled.relations.dropFirst()) where a.id == b.id {
      throw Fault(kind: .relation, id: a.id, refusal: .idNotAllowed(a.id))
    }
    let rules = SpanRules(scheme, textLength: textLength)
    for place in filled.spans.indices where !rules.allow(filled.spans[place]) {
      let span = filled.spans[place]
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
    do { try filled.carryOut(.document(from: DocumentAnnotation(), to: ofDocument)) } catch {
      throw Fault(kind: .document, id: 0, refusal: error)
    }
    filled.status = status
    filled.see(to: seenTo)
    filled.skipped = skipped
    filled.spendIDs(spans: filled.spans.last?.id ?? 0, relations: filled.relations.last?.id ?? 0)
    self = filled
  }

  /// A span, relation, declined span or saying of the document that breaks a rule, with that rule.
  public struct Fault: Error, Equatable, Sendable {
    /// The kind of thing that breaks the rule.
    public enum Kind: Sendable { case span, relation, declined, document }
    /// The kind of thing that breaks the rule.
    public let kind: Kind
    /// The id of the span or relation; else 0.
    public let id: Int
    /// The rule that it breaks.
    public let refusal: Refusal
  }

  /// Finds two spans with equal fragments, label and attributes, in O(*n* log *n*).
  private func checkTwins() throws(Fault) {
    let hulls = spans.map(\.hull)
    // Most files have their spans in reading order, no two at the same place.
    if hulls.indices.dropFirst().allSatisfy({ hulls[$0 - 1] < hulls[$0] }) { return }
    let byPlace = spans.indices.sorted { (hulls[$0], $0) < (hulls[$1], $1) }
    var first = 0
    for (place, index) in byPlace.enumerated() {
      if hulls[byPlace[first]] != hulls[index] { first = place }
      if first == place { continue }
      let span = spans[index]
      if let twin = byPlace[first..<place].first(where: {
        spans[$0].isEqualInContent(to: span) && spans[$0].event == span.event
      }) {
        throw Fault(kind: .span, id: span.id, refusal: .duplicate(of: spans[twin].id))
      }
    }
  }

  /// The content of a relation; all absent targets are equal, so that a span has at most one of each type.
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

  /// Records that the annotator has read up to an offset, in code points.
  ///
  /// ``seenTo`` never decreases and never exceeds ``textLength``.
  public mutating func see(to offset: Int) { seenTo = max(seenTo, min(offset, textLength)) }

  /// Records that the annotator has seen a sentence, or the whole text.
  ///
  /// - Parameters:
  ///   - range: what was seen, in code points.
  ///   - missed: the sentences before it that nobody has seen yet.
  public mutating func see(_ range: TextRange, missing missed: [TextRange]) {
    skipped.removeAll { range.contains($0) }
    skipped += missed.filter { $0.start >= seenTo }
    skipped.sort()
    see(to: range.end)
  }

  /// The offset, in code points, up to which the annotator has seen every sentence.
  public var readTo: Int { skipped.first?.start ?? seenTo }

  /// Marks all ids up to these as given, so that none of them is given again.
  public mutating func spendIDs(spans: Int, relations: Int) {
    nextSpanID = max(nextSpanID, spans + 1)
    nextRelationID = max(nextRelationID, relations + 1)
  }

  /// Whether a span is declined.
  public func declines(_ key: SpanKey) -> Bool { declined.contains { $0.key == key } }

  /// The span with this id; nil if there is none.
  public func span(_ id: Int) -> Annotation? {
    let place = Self.place(of: id, in: spans)
    return place < spans.count && spans[place].id == id ? spans[place] : nil
  }

  /// The relation with this id; nil if there is none.
  public func relation(_ id: Int) -> Relation? {
    let place = Self.place(of: id, in: relations)
    return place < relations.count && relations[place].id == id ? relations[place] : nil
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
      if let from, !declined.contains(from) { throw .declinedDiffers }
      if let to {
        guard from?.key == to.key || !declines(to.key) else { throw .declinedDiffers }
        try check(to.key)
      }
    case .document(let from, let to):
      guard ofDocument == from else { throw .documentDiffers }
      try check(to)
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
        let place = declined.firstIndex { SpanKey.inReadingOrder(to.key, $0.key) } ?? declined.count
        declined.insert(to, at: place)
      }
    case .document(_, let to):
      ofDocument = to
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
    let twin = spans.first {
      $0.id != span.id && $0.isEqualInContent(to: span) && (span.event == nil || $0.event == span.event)
    }
    if let twin {
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

  private func check(_ said: DocumentAnnotation) throws(Refusal) {
    for (name, value) in said.attributes.sorted(by: { $0.key < $1.key }) {
      guard let attribute = scheme.documentAttribute(name) else { throw .documentAttributeNotAllowed(name) }
      if value.isEmpty || attribute.values?.contains(value) == false {
        throw .valueNotAllowed(value, attribute: name, choices: attribute.values ?? [])
      }
    }
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

  /// Checks that a span that was deleted or relabelled leaves no relation that no longer fits.
  private func checkRelations(of before: Annotation, now: Annotation?) throws(Refusal) {
    if let now, now.label == before.label { return }
    for relation in relations where relation.touches(before.id) {
      guard span(before.id) != nil else { throw .stillRelated(span: before.id, relation: relation.id) }
      try check(relation)
    }
  }
}
