import Comparison
import Commands
import Pages
import Standoff
import Storage

extension Verbs {
  static let whole: [Verb] = [
    Verb(
      names: ["done"], group: .whole, parameters: [],
      summary: "mark the document done; if something is missing, list it and ask", examples: ["done"]
    ) { (session, _) throws(Complaint) in
      if session.set.status == .complete { return Page("Already done. “undone” reopens the document.") }
      if let missing = session.missing { throw missing }
      return try session.markDone()
    },
    Verb(
      names: ["done!"], group: .whole, parameters: [], summary: "mark the document done whatever is missing",
      examples: ["done!"]
    ) { (session, _) throws(Complaint) in
      if session.set.status == .complete { return Page("Already done. “undone” reopens the document.") }
      return try session.markDone()
    },
    Verb(
      names: ["undone"], group: .whole, parameters: [], summary: "reopen a document that is done", examples: ["undone"]
    ) { (session, _) throws(Complaint) in try session.reopen() },
    Verb(
      names: ["next"], group: .whole, parameters: [Parameter(.text, "--uncertain", optional: true)],
      summary:
        "open the next document that you have not done; “next --uncertain” opens the one of which suggestions are least "
        + "certain",
      examples: ["next"]
    ) { (session, arguments) throws(Complaint) in
      let word = arguments.text(0)
      guard word == nil || word == "--uncertain" else {
        throw Complaint(
          "“next” takes “--uncertain” or nothing, not “\(word ?? "")”.", "Type “next” or “next --uncertain”.",
          culprit: word)
      }
      if word != nil { return try session.openLeastCertain() }
      guard let name = try session.documentsAhead().first(where: { _ in true }) else { throw Session.nothingAhead }
      return try session.open(name)
    },
    Verb(
      names: ["review"], group: .whole, parameters: [],
      summary:
        "go to the next place in your finished documents where your spans differ from what your other documents lead to expect",
      examples: ["review"]
    ) { (session, _) throws(Complaint) in try session.takeSecondLook() },
    Verb(
      names: ["open"], group: .whole, parameters: [Parameter(.document, "DOCUMENT")],
      summary: "leave this document for another", examples: ["open harbor-audit"]
    ) { (session, arguments) throws(Complaint) in try session.open(arguments.text(0) ?? "") },
    shared(StatusOptions.self, "show who has done how much", examples: ["status"]),
    shared(
      AgreeOptions.self, "compute agreement between annotators; “help agree” lists the options",
      examples: ["agree --unit word --label denial"]),
    shared(
      CompareOptions.self, "list where annotators differ, and how; “help compare” lists the options",
      examples: ["compare", "compare --lanes --kind boundary"]),
    Verb(
      names: ["adjudicate"], group: .whole, parameters: [Parameter(.text, "blind", optional: true)],
      summary:
        "settle where annotators of this document differ; “adjudicate blind” hides their names; in an adjudication, count what is open",
      examples: ["adjudicate", "adjudicate blind"]
    ) { (session, arguments) throws(Complaint) in
      let word = arguments.text(0)
      guard word == nil || word == "blind" else {
        throw Complaint(
          "“adjudicate” takes “blind” or nothing, not “\(word ?? "")”.", "Type “adjudicate” or “adjudicate blind”.",
          culprit: word)
      }
      if session.adjudication != nil, word == nil {
        var page = Page(session.openCounts)
        page.after = .sentence
        return page
      }
      return try session.adjudicate(isBlind: word != nil)
    },
    shared(
      LedgerOptions.self, "show who claims what, and who denies it, by matter, across documents", examples: ["ledger"]),
    Verb(
      names: [ExportOptions.name], group: .whole, parameters: [Parameter(.words, "OPTIONS", optional: true)],
      summary: "write training data; “help export” lists the options",
      examples: ["export jsonl --gold --to gold.jsonl"], showsNames: true, options: ExportOptions.self
    ) { (session, arguments) throws(Complaint) in
      let outcome = try ExportOptions.read(arguments.text(0) ?? "").outcome(in: session.surroundings(arguments.display))
      guard outcome.data == nil else {
        throw Complaint("At the prompt, export needs a file.", "Name one with --to.")
      }
      return outcome.shown
    },
    shared(CheckOptions.self, "find problems in the workspace", examples: ["check"]),
    Verb(
      names: ["quit", "exit"], understood: [":q", "q!", ":q!", ":wq", ":x"], group: .whole, parameters: [],
      summary: "leave, as does Ctrl-D; everything is already saved",
      examples: ["quit"]
    ) { (session, _) throws(Complaint) in
      session.leave()
      return Page()
    },
  ]

  /// The verb for a command that the shell also has.
  private static func shared<Options: SharedOptions>(
    _ options: Options.Type, _ summary: String, examples: [String]
  ) -> Verb {
    Verb(
      names: [options.name], group: .whole, parameters: [Parameter(.words, "OPTIONS", optional: true)],
      summary: summary, examples: examples, showsNames: true, options: options
    ) { (session, arguments) throws(Complaint) in
      try options.read(arguments.text(0) ?? "").outcome(in: session.surroundings(arguments.display)).shown
    }
  }
}

extension Session {
  /// The surroundings for commands that the shell also has.
  fileprivate func surroundings(_ display: Display) -> Surroundings {
    Surroundings(workspace.settlingVeil(), width: display.width, isColoured: display.isColoured, document: document.id)
  }

  fileprivate mutating func reopen() throws(Complaint) -> Page {
    guard let edit = set.setting(.inProgress) else { return Page("The document is not done.") }
    var page = try commit(edit)
    page.append("The document is no longer marked done.")
    page.after = .nothing
    return page
  }

  /// What is missing from a document that is to be marked done; nil if nothing is. Unread sentences and sources that
  /// nothing uses are in the way only where somebody can be asked.
  fileprivate var missing: Complaint? {
    var lines: [String] = []
    if let adjudication {
      let open = adjudication.openDisputes(set).count
      if open > 0 { lines.append("\(counted(open, "dispute")) \(open == 1 ? "is" : "are") open.") }
    }
    for attribute in missingOfDocument {
      let values = attribute.values.map { " (\(Complaint.list($0, "or")))" } ?? ""
      lines.append("the document – no \(attribute.name)\(values): set doc \(attribute.name) VALUE")
    }
    for span in set.inReadingOrder {
      let groups = set.missingRequirements(of: span).map { Complaint.list($0, "or") }
      if !groups.isEmpty { lines.append("\(described(span)) – no \(groups.joined(separator: "; "))") }
    }
    if canAsk { lines += remarks }
    guard !lines.isEmpty else { return nil }
    return Complaint(
      "Not marked done; this is missing:\n  \(lines.joined(separator: "\n  "))",
      "“done!” marks it done all the same.",
      choices: [Complaint.Offer(text: "mark it done all the same", line: "done!")])
  }

  /// What may have been overlooked, a sentence each.
  private var remarks: [String] {
    let orphans = adjudication == nil ? set.orphans.map { "Nothing uses \(located($0))." } : []
    return orphans + (unread.map { [$0] } ?? [])
  }

  /// The sentences that were not seen; nil if there are none.
  private var unread: String? {
    let unseen = adjudication == nil ? unseen : []
    return unseen.isEmpty ? nil : "\(Self.sentences(unseen)) \(unseen.count == 1 ? "is" : "are") unread."
  }

  fileprivate mutating func markDone() throws(Complaint) -> Page {
    guard let edit = set.setting(.complete) else { throw Complaint("The document is already done.") }
    let remarks = remarks
    store.see(document.text.range, missing: [])
    var page = try commit(edit)
    for remark in remarks { page.append(remark) }
    if !remarks.isEmpty { page.append("“undone” reopens the document.") }
    page.append("Done: \(document.id). “next” opens the next document.")
    page.after = .nothing
    return page.followed(by: agreementWithGold)
  }

  static let nothingAhead = Complaint("You have done all other documents.", "“open NAME” opens one of them again.")

  /// The documents that are to be done after this one, in order.
  func documentsAhead() throws(Complaint) -> some Sequence<String> {
    let names: [String]
    do throws(FileFault) { names = try Self.documents(for: person, in: workspace) } catch { throw Complaint(error) }
    let place = names.firstIndex(of: document.id) ?? names.count
    let others = names[min(place + 1, names.count)...] + names[..<place]
    return others.lazy.filter { !isComplete($0) }
  }

  private func isComplete(_ id: String) -> Bool {
    guard let document = try? workspace.document(id), let name = try? workspace.passName(of: person, on: id),
      let set = try? workspace.annotations(of: name, on: document)
    else { return false }
    return set.status == .complete
  }
}
