import Standoff

extension CommandTable {
  /// The verb of a label: its key and its name.
  static func tagging(_ label: Scheme.Label) -> Command {
    let words = Parameter(.chain, "WORDS", optional: label.selects != nil)
    let preset =
      switch label.selects {
      case .sentence: "; without words the sentence less source and cue"
      case .quotation: "; without words the next quotation of the sentence that is not marked yet"
      case nil: ""
      }
    return Command(
      names: [label.key, label.name], group: .mark, parameters: [words], summary: "marks a \(label.name)\(preset)",
      examples: label.kind == .content
        ? ["\(label.key) 1-3", "\(label.key) it had..$ < the company < said"] : ["\(label.key) 1-3"]
    ) { (session, arguments) throws(Complaint) in
      try session.tag(label, arguments.text(0)) { "\(arguments.verb) \($0)" }
    }
  }

  static let marking: [Command] = [
    Command(
      names: ["v"], group: .mark, parameters: [],
      summary: "the selector: mark words by moving, or by the hints that stand on them; “help v” lists its keys",
      examples: ["v"]
    ) { (session, _) throws(Complaint) in
      guard session.canAsk else {
        throw Complaint("The selector needs a terminal.", "Name the words: “help words” says how.")
      }
      session.wantsSelector = true
      return Page()
    },
    Command(
      names: ["x"], group: .mark, parameters: [Parameter(.span, "SPAN")],
      summary: "deletes a span and its relations", examples: ["x 4"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      guard let edit = session.set.deleting(span.id) else { throw Complaint("There is no span \(span.id).") }
      var page = try session.commit(edit)
      page.append("− \(session.located(span))", session.style(of: span), indent: 2)
      for case .relation(let relation?, nil) in edit.changes { page.append("− \(session.described(relation))") }
      return page
    },
    Command(
      names: ["e"], group: .mark,
      parameters: [Parameter(.span, "SPAN"), Parameter(.labelOrSelection, "LABEL or WORDS")],
      summary: "gives a span another label, or other words", examples: ["e 4 1-3", "e 4 denial"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      if case .label(let label)? = arguments[1] { return try session.relabel(span, label) }
      return try session.move(span, arguments.text(1) ?? "")
    },
    Command(
      names: ["u"], group: .mark, parameters: [], summary: "takes back the last edit, without limit", examples: ["u"]
    ) { (session, _) throws(Complaint) in
      guard let edit = try session.undo() else { throw Complaint("There is nothing to take back.") }
      return session.told("Taken back", edit)
    },
    Command(
      names: ["redo"], group: .mark, parameters: [], summary: "does again what was taken back", examples: ["redo"]
    ) { (session, _) throws(Complaint) in
      guard let edit = try session.redo() else { throw Complaint("There is nothing to do again.") }
      return session.told("Done again", edit)
    },
  ]
}

extension Session {
  fileprivate mutating func relabel(_ span: Annotation, _ label: Scheme.Label) throws(Complaint) -> Page {
    guard let change = set.relabelling(span.id, label.name, at: now) else {
      throw Complaint("Span \(span.id) is a \(label.name) already.")
    }
    var page = try commit(change.edit)
    page.append("\(span.label) \(span.id) is now a \(label.name).", Page.Style(colour: label.colour))
    if !change.attributes.isEmpty {
      page.append("Taken off, because a \(label.name) carries none: \(Complaint.list(change.attributes)).")
    }
    for relation in change.relations {
      page.append("Taken off, because it no longer fits: \(described(relation)).")
    }
    return page
  }

  fileprivate mutating func move(_ span: Annotation, _ argument: String) throws(Complaint) -> Page {
    let home = document.sentences.index(at: span.hull.start) ?? sentence
    let fragments = try Selector(document: document, sentence: home).fragments(argument) { "e \(span.id) \($0)" }
    guard let edit = set.changing(span.id, at: now, { $0.fragments = fragments }) else {
      throw Complaint("Span \(span.id) has these words already.")
    }
    var page = try commit(edit)
    if let span = set.span(span.id) { page.append("= \(located(span))", style(of: span), indent: 2) }
    return page
  }

  fileprivate func told(_ verb: String, _ edit: Edit) -> Page {
    var page = Page()
    page.sentence = .changed
    for change in edit.changes { page.append("\(verb): \(described(change))", indent: 2) }
    return page
  }

  // MARK: words for things

  /// A span in one line: label, number, words, and what is said of it.
  func described(_ span: Annotation) -> String {
    let words = span.fragments.map { "‹\(Complaint.shortened(document.text[$0], to: 72))›" }.joined(separator: " + ")
    let attributes = span.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let note = span.note.isEmpty ? "" : " (\(span.note))"
    return "\(span.label) \(span.id) \(words)\(attributes)\(note)"
  }

  /// A span in one line, with its sentence where that is not the one shown.
  func located(_ span: Annotation) -> String {
    let home = document.sentences.index(at: span.hull.start) ?? sentence
    return home == sentence ? described(span) : "\(described(span)) in sentence \(home + 1)"
  }

  func described(_ declined: Declined) -> String {
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

  private func described(_ change: Edit.Change) -> String {
    switch change {
    case .span(nil, let to?): "+ \(located(to))"
    case .span(let from?, nil): "− \(located(from))"
    case .span(_, let to?): "= \(located(to))"
    case .span(nil, nil), .relation(nil, nil): ""
    case .relation(nil, let to?): "+ \(described(to))"
    case .relation(let from?, nil): "− \(described(from))"
    case .relation(_, let to?): "= \(described(to))"
    case .declined(nil, let to?): "refused: \(described(to))"
    case .declined(let from?, nil): "no longer refused: \(described(from))"
    case .declined: ""
    case .status(_, let to): to == .complete ? "the document is done" : "the document is not done"
    }
  }

  func style(of span: Annotation) -> Page.Style { Page.Style(colour: scheme.label(span.label)?.colour) }
}
