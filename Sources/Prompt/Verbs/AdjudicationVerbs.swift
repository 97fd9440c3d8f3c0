import Standoff
import Comparison
package import Pages

extension Verbs {
  /// The verbs that settle a dispute; they mean nothing outside an adjudication.
  static let adjudicating: [Verb] = [
    decision(
      (1...9).map(String.init), "take a version by its number; a reason may follow",
      examples: ["1", "2 as the tape has it"]
    ) { .version((Int($0) ?? 1) - 1) },
    decision(["0"], "take none", examples: ["0"]) { _ in .none },
    decision(["+"], "take all versions, each as a span of its own", examples: ["+"]) { _ in .all },
    decision(["|"], "take all words that any version has", examples: ["|"]) { _ in .union },
    decision(["&"], "take the words that all versions share", examples: ["&"]) { _ in .intersection },
    Verb(
      names: ["rest"], group: .decide, parameters: [Parameter(.text, "NAME [KIND]")],
      summary:
        "take one annotator's version of all that is open, or of one kind, label or attribute; shows what that is, and asks",
      examples: ["rest dana", "rest dana boundary", "rest dana about"]
    ) { (session, arguments) throws(Complaint) in try session.takeRest(arguments.text(0) ?? "") },
    Verb(
      names: ["agreed"], group: .decide, parameters: [],
      summary: "visit undisputed spans, too; “agreed” again skips them", examples: ["agreed"]
    ) { (session, _) throws(Complaint) in try session.toggleAgreed() },
    settle,
  ]

  private static func decision(
    _ names: [String], _ summary: String, examples: [String],
    _ make: @escaping @Sendable (String) -> Adjudication.Decision
  ) -> Verb {
    Verb(
      names: names, group: .decide, parameters: [Parameter(.text, "REASON", optional: true)], summary: summary,
      examples: examples
    ) { (session, arguments) throws(Complaint) in
      try session.decide(make(arguments.verb), reason: arguments.text(0) ?? "")
    }
  }
}

extension Session {
  fileprivate mutating func decide(_ decision: Adjudication.Decision, reason: String) throws(Complaint) -> Page {
    guard let adjudication, let dispute = adjudication.dispute else {
      throw Complaint("There is nothing to decide.", "“done” marks the adjudicated version done.")
    }
    if reason.count == 1, "0123456789+|&".contains(reason) {
      throw Complaint(
        "Two decisions in one line: “\(reason)” is no reason.", "Decide one dispute at a time.", culprit: reason)
    }
    let draft = try adjudication.deciding(decision, of: dispute, reason: Parameter.unquoted(reason), set, at: now)
    var page = Page()
    if draft.edit.changes.isEmpty {
      page.append("That was decided already.")
    } else {
      page = try commit(draft.edit, isDecision: true)
      for change in draft.edit.changes {
        switch change {
        case .span(nil, let to?): page.append("+ \(located(to))", style(of: to), indent: 2)
        case .span(let from?, nil): page.append("− \(described(from))", indent: 2)
        case .span(let from?, let to?) where from.attributes != to.attributes:
          page.append("= \(located(to))", style(of: to), indent: 2)
        case .relation(nil, let to?): page.append("+ \(described(to))")
        case .declined(_, let to?) where adjudication.goldSpans(of: dispute.group ?? 0, set).isEmpty:
          page.append("not taken: \(described(to))", .dim, indent: 2)
        default: break
        }
      }
      if decision == .none { page.append("None taken.") }
    }
    page = page.followed(by: try goOn())
    page.after = .sentence
    return page
  }

  /// Takes one annotator's version of the open disputes of a kind.
  ///
  /// - Parameter typed: the annotator's name, then a kind, label or attribute if any, and “!” to do it unasked.
  fileprivate mutating func takeRest(_ typed: String) throws(Complaint) -> Page {
    guard let adjudication else { throw Complaint("There is nothing to decide.") }
    var words = typed.split(whereSeparator: \.isWhitespace).map(String.init)
    let isMeant = words.last == "!"
    if isMeant { words.removeLast() }
    guard let name = words.first, let layer = adjudication.names.firstIndex(of: name) else {
      throw Complaint(
        "“\(words.first ?? "")” is none of these annotators.",
        "Write “rest” with one of \(Complaint.list(adjudication.names.sorted(), "or")).", culprit: words.first)
    }
    let choice = try words.count > 1 ? restChoice(words.dropFirst().joined(separator: " ")) : .all
    let open = adjudication.open(choice, set)
    guard !open.isEmpty else { return Page("Nothing of that is open.") }
    let choiceWords = words.joined(separator: " ")
    return try take(layer, of: open, isMeant: isMeant, by: "rest \(choiceWords) !") { decided, view in
      var shown: [Adjudication.Dispute] = []
      // One of each kind, then the first of the others.
      for dispute in decided where !shown.contains(where: { view.kind(of: $0) == view.kind(of: dispute) }) {
        shown.append(dispute)
      }
      let said = adjudication.counts(decided).map { "\($0.kind) \($0.count)" }.joined(separator: ", ")
      return (
        "That takes \(name)'s version of \(counted(decided.count, "dispute")): \(said).",
        shown + decided.filter { !shown.contains($0) }
      )
    }
  }

  /// Takes one annotator's version of disputes, as one edit; shows three of them and asks first, unless it is meant.
  ///
  /// - Parameters:
  ///   - layer: the annotator, by index.
  ///   - line: what to type to do it unasked.
  ///   - offer: says what would be decided, and in which order to show it.
  mutating func take(
    _ layer: Int, of disputes: [Adjudication.Dispute], isMeant: Bool, by line: String,
    offer: (_ decided: [Adjudication.Dispute], _ view: AdjudicationView) -> (
      said: String, shown: [Adjudication.Dispute]
    )
  ) throws(Complaint) -> Page {
    guard let adjudication else { throw Complaint("There is nothing to decide.") }
    let name = adjudication.names[layer]
    let (draft, decided, left) = try adjudication.taking(layer, of: disputes, set, at: now)
    guard isMeant else {
      let view = AdjudicationView(adjudication: adjudication, gold: set)
      let (said, shown) = offer(decided, view)
      let examples = shown.prefix(3).map { "  \(view.line(of: $0, by: layer))" }.joined(separator: "\n")
      throw Complaint(
        "\(said)\n\(examples)", canAsk ? "Choose by number; any other line leaves all as it is." : "“\(line)” does it.",
        choices: [Complaint.Offer(text: "take them", line: line)])
    }
    var page = Page("Nothing changes.")
    if !draft.edit.changes.isEmpty {
      page = try commit(draft.edit, isDecision: true)
      page.append("\(counted(decided.count, "dispute")) settled as \(name) has it. “u” takes all of it back.")
    }
    if !left.isEmpty { page.append("\(name) has no version of \(counted(left.count, "dispute")); they stay open.") }
    page = page.followed(by: try goOn())
    page.after = .sentence
    return page
  }

  private func restChoice(_ word: String) throws(Complaint) -> Adjudication.Choice {
    if let kind = Disagreement.Kind(rawValue: word) { return .kind(kind) }
    if let label = scheme.label(word) { return .label(label.name) }
    if scheme.attribute(word) != nil { return .attribute(word) }
    let known = Disagreement.Kind.allCases.map(\.rawValue) + scheme.labels.map(\.name) + scheme.attributes.map(\.name)
    throw Complaint(
      "“\(word)” is no kind of difference, no label and no attribute.\(didYouMean(word, among: known))",
      "The kinds are \(Complaint.list(Disagreement.Kind.allCases.map(\.rawValue))).", culprit: word)
  }

  /// Whether a line decides the dispute that is shown, so that it must not have been typed before that was seen.
  package func decides(_ line: String) -> Bool {
    let word = line.trimmingBlanks().prefix { !$0.isWhitespace }
    guard adjudication?.dispute != nil, choices.isEmpty else { return false }
    return word.count == 1 && "0123456789+|&".contains(word)
  }

  /// The answer to a decision that was typed before its dispute was shown.
  package static let unseen = Complaint(
    "This was typed before the dispute was shown, and decides nothing.",
    "Read the dispute, then decide. In a pipe or a file, “rest NAME !” takes one annotator's version of all that is open."
  )

  /// Goes to the next open dispute after the current one.
  mutating func goOn() throws(Complaint) -> Page {
    guard var adjudication else { return Page() }
    let open = adjudication.open(set)
    var page = Page()
    if let next = open.first(where: { $0 > adjudication.current }) ?? open.first {
      adjudication.current = next
    } else {
      let others = adjudication.openDisputes(set).count
      page.append(
        others == 0
          ? "All is settled. “done” marks the adjudicated version done; “p” goes back."
          : "All of this part is settled; \(counted(others, "other dispute")) \(others == 1 ? "is" : "are") open.",
        .bold)
      adjudication.current = adjudication.walked.count
    }
    self.adjudication = adjudication
    show(dispute: adjudication.dispute)
    page.after = .sentence
    return page
  }

  /// Goes back to the dispute that an undo or redo has opened.
  mutating func reopen(before: [Int]) {
    guard let adjudication, let opened = adjudication.open(set).first(where: { !before.contains($0) }) else { return }
    self.adjudication?.current = opened
    show(dispute: self.adjudication?.dispute)
  }

  /// Goes to the next or previous dispute, settled or not.
  mutating func walkDisputes(by step: Int) throws(Complaint) -> Page {
    guard var adjudication else { return Page() }
    let walked = adjudication.walked
    var target = adjudication.current + step
    while walked.indices.contains(target), !adjudication.isAsked(walked[target], set) { target += step }
    guard target >= 0 else { throw Complaint("This is the first dispute.") }
    guard target < adjudication.walked.count else {
      let open = adjudication.open(set).count
      throw Complaint(
        "That was the last dispute.",
        open == 0
          ? "All is settled. “done” marks the adjudicated version done."
          : "\(counted(open, "dispute")) \(open == 1 ? "is" : "are") open; “p” goes back.")
    }
    adjudication.current = target
    self.adjudication = adjudication
    show(dispute: adjudication.dispute)
    var page = Page()
    page.after = .sentence
    return page
  }

  fileprivate mutating func toggleAgreed() throws(Complaint) -> Page {
    guard var adjudication else { return Page() }
    let shown = adjudication.dispute
    adjudication.walksAgreed.toggle()
    adjudication.current =
      shown.flatMap { adjudication.walked.firstIndex(of: $0) } ?? (adjudication.walksAgreed ? 0 : adjudication.current)
    if adjudication.walksAgreed, !adjudication.agreed.isEmpty { adjudication.current = 0 }
    self.adjudication = adjudication
    show(dispute: adjudication.dispute)
    var page = Page(
      adjudication.walksAgreed
        ? "\(counted(adjudication.agreed.count, "undisputed span")) will be shown first."
        : "Undisputed spans are left out again.")
    page.after = .sentence
    return page
  }

  private mutating func show(dispute: Adjudication.Dispute?) {
    guard let adjudication, let group = dispute?.group else { return }
    let hull = adjudication.part.alignment.groups[group].hull
    _ = go(to: document.sentences.index(at: hull.start) ?? 0)
  }
}
