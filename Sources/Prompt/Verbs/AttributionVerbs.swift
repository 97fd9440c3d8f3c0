import Comparison
import Pages
import Standoff
import Suggestion

extension Verbs {
  static let attributing: [Verb] = [
    Verb(
      names: ["<"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.chain, "SOURCE < CUE > TARGET")],
      summary:
        "set a span's source, cue and target, replacing the old ones: a span's number, words (w2 is word 2), or “-” to remove",
      examples: ["4 < the company < said", "4 < - < denied > #2"]
    ) { (session, arguments) throws(Complaint) in
      let span = try arguments.span(0)
      let chain = ChainSyntax("< \(arguments.text(1) ?? "")")
      var draft = EditDraft(session.set, at: session.now)
      try session.attach(chain, to: span.id, span.label, in: &draft) { "\(span.id) \($0)" }
      return try session.commit(draft, showing: span.id)
    }
  ]
}

extension Session {
  /// Commits a draft and shows the span with what changed around it.
  mutating func commit(_ draft: EditDraft, showing id: Int) throws(Complaint) -> Page {
    guard !draft.edit.changes.isEmpty else { throw Complaint("Span \(id) already has all of that.") }
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

  /// The places of the source and the cue that a chain gives, as far as they are in the text.
  func givenParts(_ chain: ChainSyntax) -> (source: TextRange?, cue: TextRange?) {
    let places = chain.steps.filter { $0.sign == "<" }.map { step -> TextRange? in
      if let id = step.span { return set.span(id)?.hull }
      return try? selector.fragments(step.argument, line: { $0 }).first
    }
    return (places.first ?? nil, places.count > 1 ? places[1] : nil)
  }

  /// Adds the steps of a chain to a draft: the first `<` is the source, the second the cue, `>` the target.
  func attach(
    _ chain: ChainSyntax, to id: Int, _ label: String, in draft: inout EditDraft, line: (String) -> String
  ) throws(Complaint) {
    var kinds: [Scheme.Label.Kind] = [.source, .cue]
    for (index, step) in chain.steps.enumerated() {
      let part: (label: Scheme.Label?, relation: Scheme.RelationType)
      if step.sign == "<" {
        guard !kinds.isEmpty else {
          throw Complaint("There is one “<” too many.", "The first is the source, the second the cue.")
        }
        let kind = kinds.removeFirst()
        let found = scheme.part(kind, of: label)
        if step.argument == "-" {
          // A “-” before another step leaves what is there.
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
        part = try targetPart(of: label, step)
      }
      guard !step.argument.isEmpty else {
        throw Complaint("Something is missing after “\(step.sign)”.", "Give words, #N, or “-” for none.")
      }
      let target = try self.target(step, part.label, in: &draft) {
        line(chain.replacing(step: index, with: $0))
      }
      // A span has one source and one cue; “link” can add more.
      if step.sign == "<" { try draft.unrelate(part.relation.name, id, besides: target) }
      try draft.relate(part.relation.name, id, to: target)
    }
  }

  /// The label and the relation for a step with `>`.
  private func targetPart(
    of label: String, _ step: ChainSyntax.Step
  ) throws(Complaint) -> (label: Scheme.Label?, relation: Scheme.RelationType) {
    let argument = step.argument
    if let span = step.span.flatMap({ set.span($0) }) {
      let allowed = scheme.relations(from: label, to: span.label)
      if let relation = allowed.first { return (scheme.label(span.label), relation) }
      throw Complaint(
        "No relation leads from a \(label) to a \(span.label).", "“help \(label)” lists the relations of a \(label).",
        culprit: argument)
    }
    let isAbsent = argument == "-" || argument.hasPrefix("- ")
    for relation in scheme.relations where relation.from.contains(label) {
      let target = scheme.labels.first { relation.to.contains($0.name) && $0.kind == .content }
      if isAbsent ? relation.absent : target != nil { return (target, relation) }
    }
    throw Complaint("A \(label) has no target.", "Leave out “>”.")
  }

  private func target(
    _ step: ChainSyntax.Step, _ label: Scheme.Label?, in draft: inout EditDraft, line: (String) -> String
  ) throws(Complaint) -> Relation.Target {
    let argument = step.argument
    if argument == "-" || argument.hasPrefix("- ") {
      return .absent(Parameter.unquoted(argument.dropFirst().trimmingBlanks()))
    }
    if let id = step.span {
      guard set.span(id) != nil else {
        throw Complaint("There is no span \(id).", "“list” shows the spans; w\(id) is word \(id).", culprit: argument)
      }
      return .span(id)
    }
    let fragments = try selector.fragments(argument, line: line)
    return .span(try draft.part(label?.name ?? "", fragments))
  }
}
