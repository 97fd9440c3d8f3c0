import Comparison
import Pages
import Standoff

extension Verbs {
  /// The verb that marks spans of a label, by its key or its name.
  static func tagging(_ label: Scheme.Label) -> Verb {
    let words = Parameter(.chain, "WORDS", optional: label.selects != nil)
    let preset =
      switch label.selects {
      case .sentence:
        "; without words, the sentence minus the source and cue that the line gives, that you marked or that the lexicon "
          + "finds; where the cut is not sure, it asks"
      case .quotation: "; without words, the sentence's next unmarked quotation"
      case nil: ""
      }
    return Verb(
      names: [label.key, label.name], group: .mark, parameters: [words], summary: "mark a \(label.name)\(preset)",
      examples: label.kind == .content
        ? ["\(label.key) 1-3", "\(label.key) it had..$ < the company < said"] : ["\(label.key) 1-3"]
    ) { (session, arguments) throws(Complaint) in
      try session.tag(label, arguments.text(0)) { "\(arguments.verb) \($0)" }
    }
  }

  static let marking: [Verb] = [
    Verb(
      names: ["v"], group: .mark, parameters: [],
      summary: "open the selector: mark words by motions or by hints on them; “help v” lists its keys",
      examples: ["v"]
    ) { (session, _) throws(Complaint) in
      guard session.canAsk else {
        throw Complaint("The selector needs a terminal.", "Name words instead; “help words” says how.")
      }
      var page = Page()
      page.after = .selector
      return page
    },
    Verb(
      names: ["x"], understood: ["delete"], group: .mark, parameters: [Parameter(.spans, "SPANS")],
      summary: "delete spans and their relations", examples: ["x 4", "x 4 5"]
    ) { (session, arguments) throws(Complaint) in try session.delete(arguments.spans(0)) },
    Verb(
      names: ["e"], understood: ["edit"], group: .mark,
      parameters: [Parameter(.span, "SPAN"), Parameter(.labelOrSelection, "LABEL or WORDS")],
      summary: "change a span's label or words", examples: ["e 4 1-3", "e 4 denial"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      if case .label(let label)? = arguments[1] { return try session.relabel(span, label) }
      return try session.move(span, arguments.text(1) ?? "")
    },
    Verb(
      names: ["u", "undo"], group: .mark, parameters: [Parameter(.text, "to TIME or EDIT", optional: true)],
      summary: "undo the last edit, or all after a time or an edit that “log” shows",
      examples: ["u", "undo to 9:30", "undo to 3"]
    ) { (session, arguments) throws(Complaint) in
      if let place = arguments.text(0) { return try session.undo(to: place) }
      guard var page = try session.undone() else { throw Complaint("There is nothing to undo.") }
      if session.editCount < session.editsAtOpening { page.append("This edit is of an earlier session.", .bold) }
      session.editsAtOpening = min(session.editCount, session.editsAtOpening)
      return page
    },
    Verb(
      names: ["redo"], group: .mark, parameters: [Parameter(.text, "all", optional: true)],
      summary: "redo the last undone edit, or all that were undone", examples: ["redo", "redo all"]
    ) { (session, arguments) throws(Complaint) in
      let word = arguments.text(0)
      guard word == nil || word == "all" else {
        throw Complaint(
          "“redo” takes “all” or nothing, not “\(word ?? "")”.", "Type “redo” or “redo all”.", culprit: word)
      }
      guard let page = try word == nil ? session.redone() : session.redoAll() else {
        throw Complaint("There is nothing to redo.")
      }
      return page
    },
  ]
}

extension Session {
  /// Deletes spans with their relations as one edit, and says which sources and cues nothing uses any more.
  fileprivate mutating func delete(_ spans: [Annotation]) throws(Complaint) -> Page {
    let before = set
    var draft = EditDraft(set, at: now)
    for span in spans {
      if let edit = draft.set.deleting(span.id) { try draft.add(edit) }
    }
    var page = try commit(draft.edit)
    for change in draft.edit.changes {
      if case .span(let span?, nil) = change { page.append("− \(located(span))", style(of: span), indent: 2) }
    }
    for case .relation(let relation?, nil) in draft.edit.changes { page.append("− \(described(relation))") }
    let unused = set.orphans.filter { orphan in !before.orphans.contains { $0.id == orphan.id } }
    if !unused.isEmpty {
      page.append(
        "Nothing uses \(Complaint.list(unused.map(described))) now. “x \(unused.map { String($0.id) }.joined(separator: " "))” "
          + "deletes \(unused.count == 1 ? "it" : "them").", indent: 2)
    }
    return page
  }

  /// Marks words, with source, cue and target if the line gives them, as one edit.
  fileprivate mutating func tag(
    _ label: Scheme.Label, _ argument: String?, line: (String) -> String
  ) throws(Complaint) -> Page {
    let chain = chain(argument ?? "")
    let fragments: [TextRange]
    if chain.words.isEmpty {
      fragments = try preset(label, given: givenParts(chain)) { line(chain.replacing(step: nil, with: $0)) }
    } else {
      fragments = try selector.fragments(chain.words) { line(chain.replacing(step: nil, with: $0)) }
    }
    let (draft, id) = try drafted(label, fragments, chain, line)
    if label.kind == .content { lastContent = id }
    return try commit(draft, showing: id, chain)
  }

  /// A draft with the span that a line asks for: one that has all of it already or lacks some, else a new one.
  private func drafted(
    _ label: Scheme.Label, _ fragments: [TextRange], _ chain: ChainSyntax, _ line: (String) -> String
  ) throws(Complaint) -> (EditDraft, id: Int) {
    for twin in set.spans where twin.label == label.name && twin.fragments == fragments {
      var draft = EditDraft(set, at: now)
      try attach(chain, to: twin.id, label.name, in: &draft, line: line)
      if !draft.takesAway { return (draft, twin.id) }
    }
    var draft = EditDraft(set, at: now)
    let id = try draft.addSpan(label.name, fragments)
    try attach(chain, to: id, label.name, in: &draft, line: line)
    return (draft, id)
  }

  fileprivate mutating func relabel(_ span: Annotation, _ label: Scheme.Label) throws(Complaint) -> Page {
    guard let change = set.relabelling(span.id, label.name, at: now) else {
      return Page("Already so: \(located(span)).")
    }
    let before = set
    var page = try commit(change.edit)
    page.append("\(span.label) \(span.id) is now a \(label.name).", Page.Style(colour: label.colour))
    if !change.attributes.isEmpty {
      page.append("Removed attributes that a \(label.name) does not have: \(Complaint.list(change.attributes)).")
    }
    for relation in change.relations {
      page.append("Removed a relation that no longer fits: \(described(relation)).")
    }
    appendWarnings(since: before, &page)
    return page
  }

  fileprivate mutating func move(_ span: Annotation, _ argument: String) throws(Complaint) -> Page {
    let home = document.sentences.index(at: span.hull.start) ?? sentence
    let fragments = try WordSelection(document: document, sentence: home).fragments(argument) { "e \(span.id) \($0)" }
    var draft = EditDraft(set, at: now)
    try draft.change(span.id) { $0.fragments = fragments }
    return try commit(draft, showing: span.id)
  }
}
