package import Standoff

/// One-line descriptions of a document's spans, relations and edits.
package struct Descriptions: Sendable {
  private let document: Document

  package init(_ document: Document) { self.document = document }

  /// A span in one line: label, number, words, attributes and note.
  package func span(_ span: Annotation) -> String {
    let attributes = span.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let note = span.note.isEmpty ? "" : " (\(span.note))"
    return "\(span.label) \(span.id) \(words(span.fragments, limit: 72))\(attributes)\(note)"
  }

  /// A span in one line, with its sentence unless that is the one named.
  ///
  /// - Parameter home: a sentence, from 0; nil to name the span's sentence in any case.
  package func span(_ span: Annotation, from home: Int?) -> String {
    let sentence = document.sentences.index(at: span.hull.start) ?? home ?? 0
    return sentence == home ? self.span(span) : "\(self.span(span)), in sentence \(sentence + 1)"
  }

  package func declined(_ declined: DeclinedSpan) -> String {
    let reason = declined.reason.isEmpty ? "" : " (\(declined.reason))"
    return "\(declined.key.label) \(words(declined.key.fragments, limit: 72))\(reason)"
  }

  package func relation(_ relation: Relation) -> String { "\(relation.from) \(Self.phrase(relation))" }

  /// The relations that go out from a span, such as “said-by 2 · denies 7”; empty if there are none.
  package static func relations(from span: Int, in set: AnnotationSet) -> String {
    set.relations.filter { $0.from == span }.map(phrase).joined(separator: " · ")
  }

  private static func phrase(_ relation: Relation) -> String {
    switch relation.to {
    case .span(let id): "\(relation.type) \(id)"
    case .absent(let words): "\(relation.type) – (not in the text\(words.isEmpty ? "" : ": “\(words)”"))"
    }
  }

  /// A change in one line; empty if it changes nothing.
  package func change(_ change: Edit.Change, from home: Int?) -> String {
    switch change {
    case .span(nil, let to?): "+ \(span(to, from: home))"
    case .span(let from?, nil): "− \(span(from, from: home))"
    case .span(let from?, let to?): "= \(span(to, from: home))\(before(from, to))"
    case .span(nil, nil), .relation(nil, nil): ""
    case .relation(nil, let to?): "+ \(relation(to))"
    case .relation(let from?, nil): "− \(relation(from))"
    case .relation(_, let to?): "= \(relation(to))"
    case .declined(nil, let to?): "declined: \(declined(to))"
    case .declined(let from?, nil): "no longer declined: \(declined(from))"
    case .declined: ""
    case .document(let from, let to): said(from, to)
    case .status(_, let to): to == .complete ? "the document is done" : "the document is not done"
    }
  }

  /// What is said of a document as a whole, in one line.
  package static func document(_ said: DocumentAnnotation) -> String {
    var parts = said.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    for (kind, text) in [("note", said.note), ("question", said.question), ("answer", said.answer)] where !text.isEmpty
    {
      parts.append("\(kind) “\(text)”")
    }
    return "the document: \(parts.joined(separator: ", "))"
  }

  /// What is newly said of the document.
  private func said(_ from: DocumentAnnotation, _ to: DocumentAnnotation) -> String {
    var parts: [String] = []
    for name in Set(from.attributes.keys).union(to.attributes.keys).sorted()
    where from.attributes[name] != to.attributes[name] {
      parts.append(to.attributes[name].map { "\(name)=\($0)" } ?? "no \(name)")
    }
    for (kind, before, now) in [
      ("note", from.note, to.note), ("question", from.question, to.question), ("answer", from.answer, to.answer),
    ] where before != now {
      parts.append(now.isEmpty ? "no \(kind)" : "\(kind) “\(now)”")
    }
    return "the document: \(parts.joined(separator: ", "))"
  }

  /// What a changed span was before, in brackets.
  private func before(_ from: Annotation, _ to: Annotation) -> String {
    var parts: [String] = []
    if from.label != to.label { parts.append(from.label) }
    if from.fragments != to.fragments { parts.append(words(from.fragments, limit: 48)) }
    for name in Set(from.attributes.keys).union(to.attributes.keys).sorted()
    where from.attributes[name] != to.attributes[name] {
      parts.append(from.attributes[name].map { "\(name)=\($0)" } ?? "no \(name)")
    }
    if from.note != to.note { parts.append(from.note.isEmpty ? "no note" : "“\(from.note)”") }
    return parts.isEmpty ? "" : " [before: \(parts.joined(separator: ", "))]"
  }

  private func words(_ fragments: [TextRange], limit: Int) -> String {
    fragments.map { "‹\(Complaint.shortened(document.text[$0], to: limit))›" }.joined(separator: " + ")
  }
}
