import Standoff
import Suggestion

extension CommandTable {
  static let attributing: [Command] = [
    Command(
      names: ["<"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.chain, "SOURCE < CUE > TARGET")],
      summary:
        "gives a span its source, its cue and its target, as words or as #N, in the place of those it has; a last “-” takes one off",
      examples: ["4 < the company < said", "4 < - < denied > #2"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      let chain = ChainSyntax("< \(arguments.text(1) ?? "")")
      var draft = Draft(session.set, at: session.now)
      try session.attach(chain, to: span.id, span.label, in: &draft) { "\(span.id) \($0)" }
      return try session.commit(draft, showing: span.id)
    }
  ]
}

extension Session {
  /// Marks words, with source, cue and target where the line goes on with them, as one edit.
  mutating func tag(
    _ label: Scheme.Label, _ argument: String?, line: (String) -> String
  ) throws(Complaint) -> Page {
    let chain = ChainSyntax(argument ?? "")
    let fragments: [TextRange]
    if chain.words.isEmpty {
      fragments = try preset(label)
    } else {
      fragments = try selector.fragments(chain.words) { line(chain.replacing(step: nil, with: $0)) }
    }
    var draft = Draft(set, at: now)
    let id = try draft.addSpan(label.name, fragments)
    try attach(chain, to: id, label.name, in: &draft, line: line)
    if label.kind == .content { lastContent = id }
    return try commit(draft, showing: id)
  }

  /// Makes the edit and shows the span with what it is related to.
  mutating func commit(_ draft: Draft, showing id: Int) throws(Complaint) -> Page {
    guard !draft.edit.changes.isEmpty else { throw Complaint("Span \(id) has all of that already.") }
    let isNew = set.span(id) == nil
    var page = try commit(draft.edit)
    guard let span = set.span(id) else { return page }
    page.append("\(isNew ? "+" : "=") \(located(span))", style(of: span), indent: 2)
    for change in draft.edit.changes {
      switch change {
      case .span(nil, let other?) where other.id != id: page.append("+ \(located(other))", style(of: other), indent: 2)
      case .relation(let from?, nil): page.append("− \(described(from))")
      case .relation(nil, let to?): page.append("+ \(described(to))")
      default: break
      }
    }
    return page
  }

  /// Adds the steps of a chain to a draft: the first `<` is the source, the second the cue, `>` the target.
  func attach(
    _ chain: ChainSyntax, to id: Int, _ label: String, in draft: inout Draft, line: (String) -> String
  ) throws(Complaint) {
    var kinds: [Scheme.Label.Kind] = [.source, .cue]
    for (index, step) in chain.steps.enumerated() {
      let part: (label: Scheme.Label?, relation: Scheme.RelationType)
      if step.sign == "<" {
        guard !kinds.isEmpty else {
          throw Complaint("A third “<” has no meaning.", "The first is the source, the second the cue.")
        }
        let kind = kinds.removeFirst()
        let found = scheme.part(kind, of: label)
        if step.argument == "-" {
          // Before another step it leaves what is there.
          if let found, index == chain.steps.count - 1 { try draft.unrelate(found.relation.name, id) }
          continue
        }
        guard let found else {
          throw Complaint(
            "The scheme “\(scheme.name)” has no relation from a \(label) to a \(kind.rawValue).",
            "Leave it out with “-”.")
        }
        part = (found.label, found.relation)
      } else {
        part = try targetPart(of: label, step.argument)
      }
      guard !step.argument.isEmpty else {
        throw Complaint("Something is missing after “\(step.sign)”.", "A selection, #N, or “-” for none.")
      }
      let target = try self.target(step.argument, part.label, in: &draft) {
        line(chain.replacing(step: index, with: $0))
      }
      // A span has one source and one cue; “link” gives it more.
      if step.sign == "<" { try draft.unrelate(part.relation.name, id, besides: target) }
      try draft.relate(part.relation.name, id, to: target)
    }
  }

  /// The label and the relation that a `>` means.
  private func targetPart(
    of label: String, _ argument: String
  ) throws(Complaint) -> (label: Scheme.Label?, relation: Scheme.RelationType) {
    if argument.hasPrefix("#"), let id = Int(argument.dropFirst()), let span = set.span(id) {
      let allowed = scheme.relations(from: label, to: span.label)
      if let relation = allowed.first { return (scheme.label(span.label), relation) }
      throw Complaint(
        "No relation leads from a \(label) to a \(span.label).", "“help \(label)” says what a \(label) may be tied to.",
        culprit: argument)
    }
    let isAbsent = argument == "-" || argument.hasPrefix("- ")
    for relation in scheme.relations where relation.from.contains(label) {
      let target = scheme.labels.first { relation.to.contains($0.name) && $0.kind == .content }
      if isAbsent ? relation.absent : target != nil { return (target, relation) }
    }
    throw Complaint("A \(label) has no target.", "Leave “>” out.")
  }

  private func target(
    _ argument: String, _ label: Scheme.Label?, in draft: inout Draft, line: (String) -> String
  ) throws(Complaint) -> Relation.Target {
    if argument == "-" || argument.hasPrefix("- ") {
      return .absent(Parameter.unquoted(argument.dropFirst().trimmingBlanks()))
    }
    if argument.hasPrefix("#"), let id = Int(argument.dropFirst()) {
      guard set.span(id) != nil else {
        throw Complaint("There is no span \(id).", "“list” shows those that there are.", culprit: argument)
      }
      return .span(id)
    }
    let fragments = try selector.fragments(argument, line: line)
    return .span(try draft.part(label?.name ?? "", fragments))
  }

  // MARK: what a key alone selects

  /// What a label marks without words.
  func preset(_ label: Scheme.Label) throws(Complaint) -> [TextRange] {
    guard document.sentences.count > 0 else { throw Complaint("The document has no sentences.") }
    switch label.selects {
    case .sentence: return content(label) ?? [selector.sentenceRange(sentence)]
    case .quotation: return [try nextQuotation(label)]
    case nil: throw Complaint("WORDS are missing.", "A \(label.name) alone selects nothing: \(label.key) 3-9.")
    }
  }

  private func nextQuotation(_ label: Scheme.Label) throws(Complaint) -> TextRange {
    let marked = set.spans.filter { $0.label == label.name }
    let open = selector.quotations().first { pair in
      !marked.contains { span in span.fragments.contains { $0.contains(pair.range) || pair.range == $0 } }
    }
    guard let open else {
      throw Complaint(
        "This sentence has no quotation that is not marked as \(label.name) yet.",
        "Name the words: \(label.key) 3-9.")
    }
    return open.range
  }

  /// The sentence less its source and cue, whether these are marked already or found by the lexicon; nil where it has
  /// neither.
  private func content(_ label: Scheme.Label) -> [TextRange]? {
    let here = document.sentences[sentence]
    let mine = set.spans.filter { $0.label == label.name }
    func isOpen(_ fragments: [TextRange]) -> Bool {
      !mine.contains { span in fragments.contains { fragment in span.fragments.contains { $0.contains(fragment) } } }
    }
    let suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
    let proposed = suggester.suggestions(in: sentence, of: document).filter {
      $0.cue != nil && $0.label != scheme.quotationLabel?.name && isOpen($0.fragments)
    }
    let cues = set.spans.filter { scheme.label($0.label)?.kind == .cue && here.contains($0.hull) }.map(\.hull)
    let own = proposed.filter { suggestion in
      cues.isEmpty || cues.contains { cue in suggestion.cue?.overlaps(cue) == true }
    }
    if let fitting = own.first(where: { $0.label == label.name }) ?? own.first { return fitting.fragments }
    return cues.first.flatMap(rest)
  }

  /// What a marked cue leaves of the sentence: after it and “that” to the end, or before it and its source.
  private func rest(less cue: TextRange) -> [TextRange]? {
    let words = selector.words(of: sentence)
    let here = document.sentences[sentence]
    let parts = set.spans.filter { span in
      here.contains(span.hull) && [.source, .cue].contains(scheme.label(span.label)?.kind)
    }.map(\.hull)
    let taken = words.indices.filter { index in parts.contains { $0.overlaps(words[index]) } }
    guard let first = taken.first, let last = taken.last else { return nil }
    var from = last + 1
    if from < words.count, suggesting.lexicon?.opensClause(document.text[words[from]]) == true { from += 1 }
    if from < words.count { return [selector.covering(TextRange(words[from].start, words[words.count - 1].end))] }
    return first > 0 ? [selector.covering(TextRange(words[0].start, words[first - 1].end))] : nil
  }
}
