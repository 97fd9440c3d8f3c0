import Pages
import Standoff

/// One-line descriptions of spans, relations and edits.
extension Session {
  /// A span in one line: label, number, words, attributes and note.
  func described(_ span: Annotation) -> String {
    let words = span.fragments.map { "‹\(Complaint.shortened(document.text[$0], to: 72))›" }.joined(separator: " + ")
    let attributes = span.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let note = span.note.isEmpty ? "" : " (\(span.note))"
    return "\(span.label) \(span.id) \(words)\(attributes)\(note)"
  }

  /// A span in one line, with its sentence unless that is the current one.
  func located(_ span: Annotation) -> String {
    let home = document.sentences.index(at: span.hull.start) ?? sentence
    return home == sentence ? described(span) : "\(described(span)) in sentence \(home + 1)"
  }

  func described(_ declined: SpanKey) -> String {
    let words = declined.fragments.map { "‹\(Complaint.shortened(document.text[$0], to: 72))›" }
    return "\(declined.label) \(words.joined(separator: " + "))"
  }

  func described(_ relation: Relation) -> String {
    switch relation.to {
    case .span(let id): return "\(relation.from) \(relation.type) \(id)"
    case .absent(let words):
      return "\(relation.from) \(relation.type) – (not in the text\(words.isEmpty ? "" : ": “\(words)”"))"
    }
  }

  func described(_ change: Edit.Change) -> String {
    switch change {
    case .span(nil, let to?): "+ \(located(to))"
    case .span(let from?, nil): "− \(located(from))"
    case .span(_, let to?): "= \(located(to))"
    case .span(nil, nil), .relation(nil, nil): ""
    case .relation(nil, let to?): "+ \(described(to))"
    case .relation(let from?, nil): "− \(described(from))"
    case .relation(_, let to?): "= \(described(to))"
    case .declined(nil, let to?): "declined: \(described(to))"
    case .declined(let from?, nil): "no longer declined: \(described(from))"
    case .declined: ""
    case .status(_, let to): to == .complete ? "the document is done" : "the document is not done"
    }
  }

  func style(of span: Annotation) -> Page.Style { Page.Style(colour: scheme.label(span.label)?.colour) }
}
