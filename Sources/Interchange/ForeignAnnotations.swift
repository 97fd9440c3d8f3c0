public import Standoff

/// The reason for which a foreign document is refused, with its place in the file.
public struct TakeoverFault: Error, Equatable, Sendable {
  /// The rule that the document breaks.
  public enum Fact: Equatable, Sendable {
    /// Two spans have this id.
    case idTwice(String)
    /// A relation names this id, which no span has.
    case noSpan(String)
    /// The set refuses a span or relation.
    case refused(AnnotationSet.Refusal)
  }

  /// The number of bytes before the span or relation in the file.
  public let byte: Int
  /// The rule that the document breaks.
  public let fact: Fact
}

extension ForeignDocument {
  /// Converts the document's annotations to a complete set.
  ///
  /// Ids that end in distinct numbers keep them; otherwise spans are numbered in reading order. Spans with an empty
  /// label, spans that cover no words and relations that lead from a span to itself are left out. If a span left out was the trigger of an event, the spans in the event's roles are related to each
  /// other, provided that the scheme allows exactly one relation.
  ///
  /// - Precondition: offsets are code points that fit the text; see ``fittingUnit(_:)`` and ``inCodePoints(_:)``.
  /// - Parameters:
  ///   - annotator: the name of the annotator.
  ///   - document: the document whose text the offsets refer to.
  ///   - scheme: the labels, attributes and relations that are kept.
  ///   - format: the name of the format, recorded in each span's origin.
  ///   - time: the time at which every span counts as made.
  /// - Returns: the set, and everything left out with the number of bytes before it in the file.
  /// - Throws: ``TakeoverFault`` for an id used twice, a relation without its ends, or a span that the scheme refuses.
  public func annotations(
    by annotator: String, on document: Document, scheme: Scheme, format: String, at time: Timestamp
  ) throws(TakeoverFault) -> (set: AnnotationSet, leftOut: [(byte: Int, what: String)]) {
    var taking = Takeover(document: self, scheme: scheme, time: time)
    try taking.takeSpans(format)
    try taking.takeRelations()
    var set = AnnotationSet(
      document: document.id, annotator: annotator, scheme: scheme, textSHA256: document.sha256,
      textLength: document.text.count)
    do throws(AnnotationSet.Fault) {
      try set.fill(
        spans: taking.spans, relations: taking.relations,
        ofDocument: DocumentAnnotation(attributes: taking.attributesOfDocument(), note: note), status: .complete,
        seenTo: document.text.count)
    } catch {
      throw TakeoverFault(byte: taking.byte(of: error), fact: .refused(error.refusal))
    }
    return (set, leftOut + taking.leftOut)
  }
}

private struct Takeover {
  let document: ForeignDocument
  let scheme: Scheme
  let time: Timestamp
  private(set) var spans: [Annotation] = []
  private(set) var relations: [Relation] = []
  private(set) var leftOut: [(byte: Int, what: String)] = []
  /// The new id of each id of the file.
  private var numbers: [String: Int] = [:]
  /// The ids of the file whose spans are left out.
  private var dropped: Set<String> = []
  private var bytes: [Int: Int] = [:]
  private var labels: [Int: String] = [:]

  init(document: ForeignDocument, scheme: Scheme, time: Timestamp) {
    self.document = document
    self.scheme = scheme
    self.time = time
  }

  func byte(of fault: AnnotationSet.Fault) -> Int { fault.kind == .span ? bytes[fault.id] ?? 0 : 0 }

  /// The attributes of the document that the scheme has; the others are left out.
  mutating func attributesOfDocument() -> [String: String] {
    var attributes: [String: String] = [:]
    for (name, value, byte) in document.attributes {
      guard let attribute = scheme.documentAttribute(name) else {
        leftOut.append((byte, "“\(name)” of the document: the scheme gives documents no such attribute"))
        continue
      }
      guard !value.isEmpty, attribute.values?.contains(value) ?? true else {
        leftOut.append((byte, "“\(name)” of the document: “\(value)” is none of its values"))
        continue
      }
      attributes[name] = value
    }
    return attributes
  }

  // MARK: spans

  mutating func takeSpans(_ format: String) throws(TakeoverFault) {
    var ids: Set<String> = []
    var kept: [(span: ForeignSpan, ranges: [TextRange])] = []
    let scale = OffsetScale(.codePoint, of: document.text)
    for span in document.spans {
      guard ids.insert(span.id).inserted else { throw TakeoverFault(byte: span.byte, fact: .idTwice(span.id)) }
      let ranges = scale.ranges(of: span) ?? []
      if span.label.isEmpty {
        dropped.insert(span.id)
      } else if ranges.isEmpty {
        dropped.insert(span.id)
        leftOut.append((span.byte, "the span \(named(span)), which covers no words"))
      } else {
        kept.append((span, ranges))
      }
    }
    let own = Self.numbers(of: kept.map(\.span.id))
    if own.allSatisfy({ $0 == nil }) {
      kept = kept.enumerated().sorted { a, b in
        let (first, second) = (a.element.ranges, b.element.ranges)
        return (first.first?.start ?? 0, first.last?.end ?? 0, a.offset)
          < (second.first?.start ?? 0, second.last?.end ?? 0, b.offset)
      }.map(\.element)
    }
    var next = (own.compactMap(\.self).max() ?? 0) + 1
    // One dictionary for all spans that are no events.
    let imported = ["importedFrom": format]
    var twins: [SpanContent: Int] = [:]
    for (index, (span, ranges)) in kept.enumerated() {
      let id = own[index] ?? next
      var origin = imported
      if let event = span.event { origin["event"] = event }
      let annotation = Annotation(
        id: id, label: span.label, fragments: ranges, attributes: attributes(of: span), note: span.note,
        origin: origin, created: time)
      let content = SpanContent(annotation)
      if let twin = twins[content] {
        numbers[span.id] = spans[twin].id
        if !span.note.isEmpty, spans[twin].note != span.note {
          spans[twin].note += spans[twin].note.isEmpty ? span.note : " " + span.note
        }
        leftOut.append((span.byte, "the span \(named(span)), which is the same as another"))
        continue
      }
      if own[index] == nil { next += 1 }
      twins[content] = spans.count
      numbers[span.id] = id
      bytes[id] = span.byte
      labels[id] = span.label
      spans.append(annotation)
    }
  }

  /// How a span is called where it is left out: by its id in the file; one without by its label and words.
  private func named(_ span: ForeignSpan) -> String {
    guard span.id.contains("@") else { return span.id }
    let slices = OffsetScale(.codePoint, of: document.text).slices(of: span)
    let words = slices.flatMap { $0.split(whereSeparator: \.isWhitespace) }.joined(separator: " ")
    let short = words.count > 40 ? String(words.prefix(40)) + "…" : words
    return words.isEmpty ? "“\(span.label)”" : "“\(span.label)” over “\(short)”"
  }

  /// The numbers of ids such as `T12` that no other id of the list has; nil for the rest.
  private static func numbers(of ids: [String]) -> [Int?] {
    let all = ids.map(number)
    let counts = Dictionary(grouping: all.compactMap(\.self)) { $0 }.mapValues(\.count)
    let most = all.compactMap(\.self).max() ?? 0
    // What is numbered up to the greatest id leaves none for the others.
    guard most <= AnnotationSet.greatestID - ids.count else { return ids.map { _ in nil } }
    return all.map { number in number.flatMap { counts[$0] == 1 ? $0 : nil } }
  }

  /// The number at the end of an id such as `T12`, `s3` or `7`; nil if there is none or it is not the id's only
  /// distinction.
  private static func number(_ id: String) -> Int? {
    let count = id.utf8.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
    let (before, digits) = (id.utf8.dropLast(count), id.utf8.suffix(count))
    guard before.last != UInt8(ascii: "."), !before.contains(UInt8(ascii: "@")), !before.contains(UInt8(ascii: ":")),
      before.first != UInt8(ascii: "*"), digits.first != UInt8(ascii: "0"), let number = Int(Substring(digits)),
      number > 0, number <= AnnotationSet.greatestID
    else { return nil }
    return number
  }

  private mutating func attributes(of span: ForeignSpan) -> [String: String] {
    var attributes: [String: String] = [:]
    for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
      guard let attribute = scheme.attribute(name), attribute.labels.contains(span.label) else {
        leftOut.append((span.byte, "“\(name)” of \(span.id): the scheme gives a \(span.label) no such attribute"))
        continue
      }
      if let values = attribute.values, !values.contains(value) {
        leftOut.append((span.byte, "“\(name)” of \(span.id): “\(value)” is none of its values"))
        continue
      }
      attributes[name] = value
    }
    return attributes
  }

  // MARK: relations

  mutating func takeRelations() throws(TakeoverFault) {
    var taken: [(relation: ForeignRelation, from: Int, to: Relation.Target)] = []
    for relation in document.relations {
      for end in [relation.from] + (relation.to.map { [$0] } ?? []) {
        guard numbers[end] != nil || dropped.contains(end) else {
          throw TakeoverFault(byte: relation.byte, fact: .noSpan(end))
        }
      }
      if relation.from == relation.to {
        leftOut.append((relation.byte, "“\(relation.type)” from \(relation.from) to itself"))
        continue
      }
      guard let from = numbers[relation.from] else { continue }
      guard let target = relation.to else {
        taken.append((relation, from, .absent(relation.words)))
        continue
      }
      guard let to = numbers[target] else { continue }
      if from == to {
        leftOut.append((relation.byte, "“\(relation.type)” from \(relation.from) to a span that is the same"))
      } else {
        taken.append((relation, from, .span(to)))
      }
    }
    taken += rolesOfDropped()
    let own = Self.numbers(of: taken.map(\.relation.id))
    var next = (own.compactMap(\.self).max() ?? 0) + 1
    var ties: Set<[String]> = []
    for (index, (relation, from, to)) in taken.enumerated() {
      guard scheme.relations(from: labels[from] ?? "", to: label(to)).contains(where: { $0.name == relation.type })
      else {
        leftOut.append(
          (relation.byte, "“\(relation.type)” from \(relation.from): the scheme has no such relation there"))
        continue
      }
      let target = if case .span(let id) = to { "\(id)" } else { "" }
      guard ties.insert([relation.type, "\(from)", target]).inserted else {
        leftOut.append((relation.byte, "“\(relation.type)” from \(relation.from), which stands twice"))
        continue
      }
      relations.append(
        Relation(id: own[index] ?? next, type: relation.type, from: from, to: to, created: time))
      if own[index] == nil { next += 1 }
    }
    reportDropped()
  }

  private func label(_ target: Relation.Target) -> String? {
    if case .span(let id) = target { labels[id] } else { nil }
  }

  /// The relations between the participants of events whose trigger is left out.
  private func rolesOfDropped() -> [(relation: ForeignRelation, from: Int, to: Relation.Target)] {
    var found: [(relation: ForeignRelation, from: Int, to: Relation.Target)] = []
    let rolesOf = Dictionary(grouping: document.relations) { $0.from }
    for trigger in document.spans where trigger.event != nil && dropped.contains(trigger.id) {
      let roles = rolesOf[trigger.id] ?? []
      for first in roles {
        for second in roles where first.to != second.to {
          guard let from = first.to.flatMap({ numbers[$0] }), let to = second.to.flatMap({ numbers[$0] }),
            let start = labels[from], let end = labels[to]
          else { continue }
          let choices = scheme.relations(from: start, to: end)
          guard choices.count == 1, scheme.label(start)?.kind == .content else { continue }
          let relation = ForeignRelation(
            "@\(found.count)", choices[0].name, from: first.to ?? "", to: second.to, byte: first.byte)
          found.append((relation, from, .span(to)))
        }
      }
    }
    return found
  }

  private mutating func reportDropped() {
    if dropped.isEmpty { return }
    let triggers = Set(document.spans.filter { $0.event != nil && dropped.contains($0.id) }.map(\.id))
    for relation in document.relations where !triggers.contains(relation.from) {
      let ends = [relation.from] + (relation.to.map { [$0] } ?? [])
      if ends.contains(where: dropped.contains) {
        leftOut.append((relation.byte, "“\(relation.type)” from \(relation.from), an end of which is left out"))
      }
    }
  }
}
