import Comparison
import Pages
package import Standoff

extension Verbs {
  static let relating: [Verb] = [
    Verb(
      names: [">"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.target, "TARGET")],
      summary: "link two spans by the relation that their labels allow; “-” is a target that is not in the text",
      examples: ["4 > 2", "4 > -", "4 > - \"that taxes will rise\""]
    ) { (session, arguments) throws(Complaint) in
      try session.relate(try arguments.span(0), nil, arguments[1])
    },
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
      try session.set(try arguments.span(0), arguments.text(1) ?? "", arguments.text(2) ?? "")
    },
    Verb(
      names: ["by"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.speaker, "SPEAKER or SOURCE")],
      summary: "name the speaker of a span, or give the number of its source span",
      examples: ["by 4 \"Nasser Kanani\"", "by 4 7", "by . ="]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      if case .span(let source)? = arguments[1] {
        var draft = EditDraft(session.set, at: session.now)
        try session.attach(ChainSyntax("< #\(source.id)"), to: span.id, span.label, in: &draft) { $0 }
        return try session.commit(draft, showing: span.id)
      }
      return try session.set(span, "speaker", arguments.text(1) ?? "")
    },
    Verb(
      names: ["note"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.value, "TEXT")],
      summary: "add a note to a span; “-” clears it", examples: ["note 4 check the tape"]
    ) { (session, arguments) throws(Complaint) in
      let text = arguments.text(1) ?? ""
      return try session.note(try arguments.span(0), text == "-" ? "" : text)
    },
    Verb(
      names: ["doubt"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.value, "WHY")],
      summary: "note a doubt about a span", examples: ["doubt 4 is this the mayor's own word?"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      let before = span.note.isEmpty ? "" : span.note + "; "
      return try session.note(span, "\(before)doubt: \(arguments.text(1) ?? "")")
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

  /// Relates a span by a relation, or by the only one that the two labels allow.
  fileprivate mutating func relate(
    _ span: Annotation, _ type: Scheme.RelationType?, _ value: ParameterValue?
  ) throws(Complaint) -> Page {
    let (target, label) = try target(value)
    let allowed = scheme.relations(from: span.label, to: label)
    let chosen: Scheme.RelationType
    if let type { chosen = type } else { chosen = try only(of: allowed, span, label, target) }
    guard allowed.contains(chosen) else { throw notAllowed(chosen, span, label) }
    let id = set.nextRelationID
    let edit = set.relating(chosen.name, from: span.id, to: target, at: now)
    var page = try commit(edit)
    for case .relation(let relation?, nil) in edit.changes { page.append("− \(described(relation))") }
    if let relation = set.relation(id) { page.append("+ \(described(relation))") }
    return page
  }

  private func target(_ value: ParameterValue?) throws(Complaint) -> (Relation.Target, label: String?) {
    switch value {
    case .span(let span)?: return (.span(span.id), span.label)
    case .absent(let words)?: return (.absent(words), nil)
    default: throw Complaint("A target is missing.", "Give a span's number, or “-”.")
    }
  }

  private func only(
    of allowed: [Scheme.RelationType], _ span: Annotation, _ label: String?, _ target: Relation.Target
  ) throws(Complaint) -> Scheme.RelationType {
    if allowed.count == 1 { return allowed[0] }
    let to = label.map { "a \($0)" } ?? "a target that is not in the text"
    guard !allowed.isEmpty else {
      let all = scheme.relations.filter { $0.from.contains(span.label) }
      let forms = all.map { "\($0.name) (to \(Complaint.list($0.to, "or")))" }
      throw Complaint(
        "No relation leads from a \(span.label) to \(to).",
        forms.isEmpty
          ? "No relation starts from a \(span.label)." : "From a \(span.label) you can link \(Complaint.list(forms)).")
    }
    let word = if case .span(let id) = target { String(id) } else { "-" }
    throw Complaint(
      "Several relations lead from a \(span.label) to \(to).", "Choose one by its number.",
      choices: allowed.map { Complaint.Offer(text: $0.name, line: "link \(span.id) \($0.name) \(word)") })
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

  fileprivate mutating func set(_ span: Annotation, _ name: String, _ value: String) throws(Complaint) -> Page {
    let allowed = scheme.attributes(of: span.label).map(\.name)
    guard allowed.contains(name) else {
      let guess = didYouMean(name, among: allowed)
      throw Complaint(
        "A \(span.label) has no attribute “\(name)”.\(guess)",
        allowed.isEmpty ? "It has no attributes." : "It has \(Complaint.list(allowed)).", culprit: name)
    }
    let value = value == "=" ? try lastValue(of: name) : value
    if value != "-" { lastValues[name] = value }
    let edit = set.changing(span.id, at: now) { $0.attributes[name] = value == "-" ? nil : value }
    guard let edit else { throw Complaint("Span \(span.id) already has that value.") }
    return try commitChange(edit, of: span.id)
  }

  /// The value for “=”: the latest since the document was opened, else that of the span changed last.
  private func lastValue(of name: String) throws(Complaint) -> String {
    let remembered = lastValues[name].flatMap { value in
      set.spans.contains { $0.attributes[name] == value } ? value : nil
    }
    let latest = set.spans.filter { $0.attributes[name] != nil }.max { ($0.modified, $0.id) < ($1.modified, $1.id) }
    guard let value = remembered ?? latest?.attributes[name] else {
      throw Complaint("No span has a \(name) yet.", "“=” repeats the previous one.", culprit: "=")
    }
    return value
  }

  /// The span for “.”: the last content span marked, else the document's last one.
  package var lastContentSpan: Annotation? {
    if let lastContent, let span = set.span(lastContent) { return span }
    return set.spans.last { scheme.label($0.label)?.kind == .content }
  }

  fileprivate mutating func note(_ span: Annotation, _ text: String) throws(Complaint) -> Page {
    guard let edit = set.changing(span.id, at: now, { $0.note = text }) else {
      throw Complaint("Span \(span.id) already has that note.")
    }
    return try commitChange(edit, of: span.id)
  }

  private mutating func commitChange(_ edit: Edit, of id: Int) throws(Complaint) -> Page {
    var page = try commit(edit)
    if let span = set.span(id) { page.append("= \(located(span))", style(of: span), indent: 2) }
    return page
  }
}
