import Standoff
import Comparison
import Pages

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
      names: ["agreed"], group: .decide, parameters: [],
      summary: "visit undisputed spans, too; “agreed” again skips them", examples: ["agreed"]
    ) { (session, _) throws(Complaint) in try session.toggleAgreed() },
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
    let draft = try adjudication.deciding(decision, of: dispute, reason: Parameter.unquoted(reason), set, at: now)
    var page = Page()
    if draft.edit.changes.isEmpty {
      page.append("That was decided already.")
    } else {
      page = try commit(draft.edit)
      for change in draft.edit.changes {
        switch change {
        case .span(nil, let to?): page.append("+ \(located(to))", style(of: to), indent: 2)
        case .span(let from?, nil): page.append("− \(described(from))", indent: 2)
        case .relation(nil, let to?): page.append("+ \(described(to))")
        default: break
        }
      }
      if decision == .none {
        page.append(
          reason.isEmpty ? "None taken." : "None taken. Only a span can keep a reason, so this one was dropped.")
      }
    }
    page = page.followed(by: try goOn())
    page.after = .sentence
    return page
  }

  /// Goes to the next open dispute after the current one.
  mutating func goOn() throws(Complaint) -> Page {
    guard var adjudication else { return Page() }
    let open = adjudication.open(set)
    var page = Page()
    if let next = open.first(where: { $0 > adjudication.current }) ?? open.first {
      adjudication.current = next
    } else {
      page.append("All is settled. “done” marks the adjudicated version done; “p” goes back.", .bold)
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
    let target = adjudication.current + step
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
    guard let adjudication, let dispute else { return }
    let hull = adjudication.part.alignment.groups[dispute.group].hull
    _ = go(to: document.sentences.index(at: hull.start) ?? 0)
  }
}
