import Comparison
import Pages
package import Standoff

extension Verbs {
  static let relating: [Verb] = [
    Verb(
      names: ["link"], group: .say,
      parameters: [Parameter(.span, "SPAN"), Parameter(.relation, "RELATION"), Parameter(.target, "TARGET")],
      summary: "link two spans by a relation that you name, where several are possible", examples: ["link 4 denies 2"]
    ) { (session, arguments) throws(Complaint) in
      try session.relate(try arguments.span(0), try session.relation(arguments.text(1) ?? ""), arguments[2])
    },
    Verb(
      names: ["unlink"], group: .say,
      parameters: [Parameter(.span, "SPAN"), Parameter(.relation, "RELATION"), Parameter(.target, "TARGET")],
      summary: "remove a relation", examples: ["unlink 4 denies 2"]
    ) { (session, arguments) throws(Complaint) in
      try session.unrelate(try arguments.span(0), try session.relation(arguments.text(1) ?? ""), arguments[2])
    },
    Verb(
      names: ["set"], group: .say,
      parameters: [Parameter(.span, "SPAN"), Parameter(.attribute, "ATTRIBUTE"), Parameter(.value, "VALUE")],
      summary: "set an attribute of a span; “-” clears it, “=” repeats the previous value",
      examples: ["set 4 about drones", "set . about =", "set 4 about -"]
    ) { (session, arguments) throws(Complaint) in
      try session.set(arguments.text(1) ?? "", arguments.text(2) ?? "", of: try arguments.span(0))
    },
    Verb(
      names: ["by"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.speaker, "SPEAKER or SOURCE")],
      summary: "name the speaker of a span, on its source if it has one; or give the number of its source span",
      examples: ["by 4 \"Nasser Kanani\"", "by 4 7", "by . ="]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      if case .span(let source)? = arguments[1] {
        return try session.extend(span, "< #\(source.id)")
      }
      return try session.set("speaker", arguments.text(1) ?? "", of: session.speakerHolder(of: span, in: session.set))
    },
    Verb(
      names: ["note"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.value, "TEXT")],
      summary: "add a note to a span; “-” clears it", examples: ["note 4 check the tape"]
    ) { (session, arguments) throws(Complaint) in
      let text = arguments.text(1) ?? ""
      return try session.note(text == "-" ? "" : text, on: try arguments.span(0))
    },
    Verb(
      names: ["doubt"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.value, "WHY")],
      summary: "note a doubt about a span", examples: ["doubt 4 is this the mayor's own word?"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      let doubt = "doubt: \(arguments.text(1) ?? "")"
      let notes = span.note.isEmpty ? [] : [span.note]
      return try session.note(
        span.note.contains(doubt) ? span.note : (notes + [doubt]).joined(separator: "; "), on: span)
    },
  ]
}

extension Session {
  fileprivate func relation(_ name: String) throws(Complaint) -> Scheme.RelationType {
    if let relation = scheme.relation(name) { return relation }
    let names = scheme.relations.map(\.name)
    let guess = didYouMean(name, among: names)
    throw Complaint(
      "The scheme “\(scheme.name)” has no relation “\(name)”.\(guess)", "It has \(Complaint.list(names)).",
      culprit: name)
  }

  /// Relates a span by a relation.
  fileprivate mutating func relate(
    _ span: Annotation, _ type: Scheme.RelationType, _ value: ParameterValue?
  ) throws(Complaint) -> Page {
    let (target, label) = try target(value)
    guard scheme.relations(from: span.label, to: label).contains(type) else { throw notAllowed(type, span, label) }
    var draft = EditDraft(set, at: now)
    try draft.relate(type.name, span.id, to: target)
    return try commit(draft, showing: span.id)
  }

  private func target(_ value: ParameterValue?) throws(Complaint) -> (Relation.Target, label: String?) {
    switch value {
    case .span(let span)?: return (.span(span.id), span.label)
    case .absent(let words)?: return (.absent(words), nil)
    default: throw Complaint("A target is missing.", "Give a span's number, or “-”.")
    }
  }

  private func notAllowed(_ type: Scheme.RelationType, _ span: Annotation, _ label: String?) -> Complaint {
    if !type.from.contains(span.label) {
      return Complaint(
        "“\(type.name)” does not start from a \(span.label).",
        "It leads from \(Complaint.list(type.from, "or")) to \(Complaint.list(type.to, "or")).")
    }
    guard let label else {
      return Complaint("The target of “\(type.name)” must be in the text.", "Give a span's number.")
    }
    return Complaint(
      "“\(type.name)” does not lead to a \(label).",
      "It leads from \(Complaint.list(type.from, "or")) to \(Complaint.list(type.to, "or")).")
  }

  fileprivate mutating func unrelate(
    _ span: Annotation, _ type: Scheme.RelationType, _ value: ParameterValue?
  ) throws(Complaint) -> Page {
    let (target, _) = try target(value)
    let found = set.relations.first { relation in
      guard relation.from == span.id, relation.type == type.name else { return false }
      if case .absent = relation.to, case .absent = target { return true }
      return relation.to == target
    }
    guard let found else {
      let own = set.relations(of: span.id).map(described)
      throw Complaint(
        "Span \(span.id) has no such relation.",
        own.isEmpty ? "It has none." : "It has: \(own.joined(separator: "; ")).")
    }
    var page = try commit(Edit([.relation(from: found, to: nil)]))
    page.append("− \(described(found))")
    return page
  }

  fileprivate mutating func set(_ name: String, _ value: String, of span: Annotation) throws(Complaint) -> Page {
    var draft = EditDraft(set, at: now)
    try give(name, value, to: span.id, in: &draft)
    remember(name, value)
    return try commit(draft, showing: span.id)
  }

  /// The span for “.”: the last content span marked, else the document's last one.
  package var lastContentSpan: Annotation? {
    if let lastContent, let span = set.span(lastContent) { return span }
    return set.spans.last { scheme.label($0.label)?.kind == .content }
  }

  fileprivate mutating func note(_ text: String, on span: Annotation) throws(Complaint) -> Page {
    var draft = EditDraft(set, at: now)
    try draft.change(span.id) { $0.note = text }
    return try commit(draft, showing: span.id)
  }
}
