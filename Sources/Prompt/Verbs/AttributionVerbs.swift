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
      examples: ["4 < the company < said", "4 < - < denied > #2 about=taxes"]
    ) { (session, arguments) throws(Complaint) in
      try session.extend(try arguments.span(0), "< \(arguments.text(1) ?? "")")
    },
    Verb(
      names: [">"], group: .say, parameters: [Parameter(.span, "SPAN"), Parameter(.chain, "TARGET")],
      summary:
        "link two spans by the relation that their labels allow: a span's number, words, or “-” for what is not in the text",
      examples: ["4 > 2", "4 > -", "4 > - \"that taxes will rise\""]
    ) { (session, arguments) throws(Complaint) in
      try session.extend(try arguments.span(0), "> \(arguments.text(1) ?? "")")
    },
  ]
}

extension Session {
  /// A chain as typed: what stands before an equals sign is an attribute if the scheme has it, or the text has no such
  /// words.
  func chain(_ argument: String) -> ChainSyntax {
    ChainSyntax(argument) { name in
      name == "by" || scheme.attribute(name) != nil || document.text.utf8.firstRange(of: Array("\(name)=".utf8)) == nil
    }
  }

  /// Gives a span what a chain without words of its own says.
  mutating func extend(_ span: Annotation, _ typed: String) throws(Complaint) -> Page {
    let chain = chain(typed)
    var draft = EditDraft(set, at: now)
    try attach(chain, to: span.id, span.label, in: &draft) { "\(span.id) \($0)" }
    return try commit(draft, showing: span.id, chain)
  }

  /// Commits a draft and shows the span with what changed around it, what it takes over from other spans, and what may
  /// not be meant.
  ///
  /// - Parameter chain: the line's chain, whose values “=” repeats afterwards.
  mutating func commit(
    _ draft: EditDraft, showing id: Int, _ chain: ChainSyntax? = nil
  ) throws(Complaint) -> Page {
    let before = set
    let chain = chain ?? ChainSyntax("") { _ in false }
    var draft = draft
    let takenOver = try takeOver(id, chain, in: &draft)
    for attribute in chain.attributes { remember(attribute.name, attribute.value) }
    guard !draft.edit.changes.isEmpty else {
      return Page(set.span(id).map { "Already so: \(located($0))." } ?? "Nothing changes.")
    }
    var page = try commit(draft.edit)
    let shown = set.span(id)
    if let shown {
      page.append("\(before.span(id) == nil ? "+" : "=") \(located(shown))", style(of: shown), indent: 2)
    }
    let (spans, relations) = touched
    page.lines += changes(since: before, of: spans.filter { $0 != id }, and: relations)
    for sentence in takenOver { page.append(sentence) }
    appendWarnings(since: before, &page)
    return page
  }

  /// What differs from an earlier state among some spans and relations, spans first.
  func changes(since before: AnnotationSet, of spans: [Int], and relations: [Int]) -> [Page.Line] {
    var page = Page()
    for span in spans.compactMap(set.span) where before.span(span.id) != span {
      page.append("\(before.span(span.id) == nil ? "+" : "=") \(located(span))", style(of: span), indent: 2)
    }
    for span in spans.compactMap(before.span) where set.span(span.id) == nil {
      page.append("− \(located(span))", style(of: span), indent: 2)
    }
    for relation in relations.compactMap(before.relation) where set.relation(relation.id) == nil {
      page.append("− \(described(relation))")
    }
    for relation in relations.compactMap(set.relation) where before.relation(relation.id) == nil {
      page.append("+ \(described(relation))")
    }
    return page.lines
  }

  /// The places of the source and the cue that a chain gives, as far as they are in the text.
  func givenParts(_ chain: ChainSyntax) -> (source: TextRange?, cue: TextRange?) {
    let places = chain.steps.filter { $0.sign == "<" }.map { step -> TextRange? in
      if let id = step.span { return set.span(id)?.hull }
      return try? selector.fragments(step.argument, line: { $0 }).first
    }
    return (places.first ?? nil, places.count > 1 ? places[1] : nil)
  }

  /// Adds the steps of a chain to a draft: the first `<` is the source, the second the cue, `>` the target; and the
  /// attributes.
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
        part = try targetPart(of: label, step) { relation in
          guard set.span(id) != nil, chain.steps.count == 1, chain.attributes.isEmpty else { return nil }
          return "link \(id) \(relation) \(step.argument)"
        }
      }
      guard !step.argument.isEmpty else {
        throw Complaint("Something is missing after “\(step.sign)”.", "Give words, #N, or “-” for none.")
      }
      let target = try self.target(step, part.label, for: id, in: &draft) {
        line(chain.replacing(step: index, with: $0))
      }
      if step.sign == "<" {
        try draft.replace(part.relation.name, of: id, with: target)
      } else {
        try draft.relate(part.relation.name, id, to: target)
      }
    }
    for attribute in chain.attributes { try give(attribute.name, attribute.value, to: id, in: &draft) }
  }

  /// Sets an attribute of a span in a draft, or with “by” its speaker, where that belongs.
  ///
  /// - Parameter value: `-` clears it, `=` repeats the previous one.
  func give(_ name: String, _ value: String, to id: Int, in draft: inout EditDraft) throws(Complaint) {
    guard var holder = draft.set.span(id) else { return }
    if name == "by" { holder = speakerHolder(of: holder, in: draft.set) }
    let name = name == "by" ? "speaker" : name
    let label = holder.label
    let allowed = scheme.attributes(of: label).map(\.name)
    guard allowed.contains(name) else {
      let guess = didYouMean(name, among: allowed)
      throw Complaint(
        "A \(label) has no attribute “\(name)”.\(guess)",
        allowed.isEmpty ? "It has no attributes." : "It has \(Complaint.list(allowed)).", culprit: name)
    }
    let value = value == "=" ? try lastValue(of: name) : value
    try draft.change(holder.id) { $0.attributes[name] = value == "-" ? nil : value }
  }

  /// The span that says who speaks: the content's one source, unless the content has a speaker of its own.
  func speakerHolder(of span: Annotation, in set: AnnotationSet) -> Annotation {
    guard span.attributes["speaker"] == nil, let relation = scheme.part(.source, of: span.label)?.relation else {
      return span
    }
    let sources = set.relations.filter { $0.from == span.id && $0.type == relation.name }
    if sources.count == 1, case .span(let id) = sources[0].to { return set.span(id) ?? span }
    return span
  }

  /// Keeps a value for “=”.
  mutating func remember(_ name: String, _ value: String) {
    if !["-", "="].contains(value) { lastValues[name == "by" ? "speaker" : name] = value }
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

  /// The label and the relation for a step with `>`.
  private func targetPart(
    of label: String, _ step: ChainSyntax.Step, choices: (_ relation: String) -> String?
  ) throws(Complaint) -> (label: Scheme.Label?, relation: Scheme.RelationType) {
    if let span = step.span.flatMap({ set.span($0) }) {
      let allowed = scheme.relations(from: label, to: span.label)
      return (scheme.label(span.label), try only(of: allowed, from: label, to: "a \(span.label)", choices))
    }
    let isAbsent = step.argument == "-" || step.argument.hasPrefix("- ")
    if isAbsent {
      let allowed = scheme.relations(from: label, to: nil)
      return (nil, try only(of: allowed, from: label, to: "a target that is not in the text", choices))
    }
    for relation in scheme.relations where relation.from.contains(label) {
      let target = scheme.labels.first { relation.to.contains($0.name) && $0.kind == .content }
      if let target { return (target, relation) }
    }
    throw Complaint("A \(label) has no target.", "Leave out “>”.")
  }

  /// The only relation that two labels allow.
  private func only(
    of allowed: [Scheme.RelationType], from label: String, to target: String, _ choices: (String) -> String?
  ) throws(Complaint) -> Scheme.RelationType {
    if allowed.count == 1 { return allowed[0] }
    guard !allowed.isEmpty else {
      let all = scheme.relations.filter { $0.from.contains(label) }
      let forms = all.map { "\($0.name) (to \(Complaint.list($0.to, "or")))" }
      throw Complaint(
        "No relation leads from a \(label) to \(target).",
        forms.isEmpty ? "No relation starts from a \(label)." : "From a \(label) you can link \(Complaint.list(forms))."
      )
    }
    let offers = allowed.compactMap { type in
      choices(type.name).map { Complaint.Offer(text: type.name, line: $0) }
    }
    throw Complaint(
      "Several relations lead from a \(label) to \(target).",
      offers.isEmpty ? "Leave out “>” and name the relation with “link”." : "Choose one by its number.",
      choices: offers)
  }

  /// The end of a relation from span `id`, marked if it is given as words that are no span yet.
  private func target(
    _ step: ChainSyntax.Step, _ label: Scheme.Label?, for id: Int, in draft: inout EditDraft, line: (String) -> String
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
    // Beyond the current sentence, words are meant in that of the span itself, and where they are a span already.
    let home = draft.set.span(id).flatMap { document.sentences.index(at: $0.hull.start) }.map { document.sentences[$0] }
    let fragments = try selector.fragments(
      argument,
      orElsewhere: { range in
        home?.contains(range) == true || set.spans.contains { $0.label == label?.name && $0.fragments == [range] }
      }, line: line)
    return .span(try draft.part(label?.name ?? "", fragments))
  }
}
