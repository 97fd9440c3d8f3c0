import Commands
import Comparison
import Pages
import Standoff
import Storage

extension Verbs {
  static let whole: [Verb] = [
    Verb(
      names: ["done"], group: .whole, parameters: [],
      summary:
        "marks the document as done, or as not done; first lists what is missing, told twice does it all the same",
      examples: ["done"]
    ) { (session, _) throws(Complaint) in try session.toggleDone() },
    Verb(
      names: ["next"], group: .whole, parameters: [], summary: "opens the next document that you have not done",
      examples: ["next"]
    ) { (session, _) throws(Complaint) in
      let names: [String]
      do throws(FileFault) {
        names = try Session.documents(for: session.annotator, in: session.workspace)
      } catch {
        throw Complaint(error)
      }
      let place = names.firstIndex(of: session.document.id) ?? names.count
      let others = names[min(place + 1, names.count)...] + names[..<place]
      for name in others where !session.isComplete(name) { return try session.open(name) }
      throw Complaint("You have done all other documents.", "“open NAME” opens one of them again.")
    },
    Verb(
      names: ["open"], group: .whole, parameters: [Parameter(.document, "DOCUMENT")],
      summary: "leaves this document for another", examples: ["open harbor-audit"]
    ) { (session, arguments) throws(Complaint) in try session.open(arguments.text(0) ?? "") },
    shared(StatusOptions.self, "who has done how much", examples: ["status"]),
    shared(
      AgreeOptions.self, "how far annotators agree; “help agree” lists the options",
      examples: ["agree --unit word --label denial"]),
    shared(
      CompareOptions.self, "where annotators differ in this document, and how; “help compare” lists the options",
      examples: ["compare", "compare --lanes --kind boundary"]),
    Verb(
      names: ["adjudicate"], group: .whole, parameters: [Parameter(.text, "blind", optional: true)],
      summary: "settles what annotators of this document differ in; “adjudicate blind” hides who is who",
      examples: ["adjudicate", "adjudicate blind"]
    ) { (session, arguments) throws(Complaint) in
      let word = arguments.text(0)
      guard word == nil || word == "blind" else {
        throw Complaint(
          "“adjudicate \(word ?? "")” means nothing.", "“adjudicate”, or “adjudicate blind”.", culprit: word)
      }
      return try session.adjudicate(isBlind: word != nil)
    },
    shared(LedgerOptions.self, "who claims what and who denies it, by matter, across documents", examples: ["ledger"]),
    Verb(
      names: [ExportOptions.name], group: .whole, parameters: [Parameter(.words, "OPTIONS")],
      summary: "writes training data; “help export” lists the options",
      examples: ["export jsonl --gold --to gold.jsonl"], showsNames: true, options: ExportOptions.self
    ) { (session, arguments) throws(Complaint) in
      let outcome = try ExportOptions.read(arguments.text(0) ?? "").outcome(in: session.surroundings(arguments.display))
      guard outcome.data == nil else {
        throw Complaint("At the prompt an export needs a file.", "Add --to and its name.")
      }
      return outcome.shown
    },
    shared(CheckOptions.self, "every problem of the workspace", examples: ["check"]),
    Verb(
      names: ["quit", "exit"], group: .whole, parameters: [],
      summary: "leaves; so does Ctrl-D. Everything is saved already",
      examples: ["quit"]
    ) { (session, _) throws(Complaint) in
      session.leave()
      return Page()
    },
  ]

  /// The verb of a command that the shell has as well.
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
  /// Where a command is given that the shell has as well.
  fileprivate func surroundings(_ display: Display) -> Surroundings {
    Surroundings(workspace.settlingVeil(), width: display.width, isColoured: display.isColoured, document: document.id)
  }

  fileprivate mutating func toggleDone() throws(Complaint) -> Page {
    if set.status == .complete {
      guard let edit = set.setting(.inProgress) else { throw Complaint("The document is not done.") }
      var page = try commit(edit)
      page.append("The document is not done any more.")
      page.after = .nothing
      return page
    }
    if let page = try undecided() { return page }
    let open = set.inReadingOrder.compactMap { span in
      let missing = set.missingRequirements(of: span)
      return missing.isEmpty ? nil : (span, missing)
    }
    if !open.isEmpty, !wasToldDone {
      wasToldDone = true
      var page = Page("Not marked as done yet:")
      for (span, missing) in open {
        let groups = missing.map { Complaint.list($0, "or") }.joined(separator: "; ")
        page.append("  \(described(span)) – without \(groups)", style(of: span), indent: 4)
      }
      page.append("“done” again marks it as done all the same.")
      return page
    }
    wasToldDone = false
    guard let edit = set.setting(.complete) else { throw Complaint("The document is done.") }
    let unread =
      adjudication != nil
      ? nil : (0..<document.sentences.count).first { document.sentences[$0].start >= set.seenTo }
    store.see(to: document.text.count)
    var page = try commit(edit)
    if let unread {
      let last = document.sentences.count
      page.append(
        unread + 1 == last
          ? "Sentence \(last) was not walked through." : "Sentences \(unread + 1) to \(last) were not walked through.")
    }
    page.append("Done: \(document.id). “next” opens the next document.")
    page.after = .nothing
    return page.followed(by: agreementWithGold)
  }

  /// What keeps an adjudication from being done; nil where nothing does, or where it was said before.
  private mutating func undecided() throws(Complaint) -> Page? {
    guard let adjudication, !wasToldDone else { return nil }
    let open = adjudication.open(set)
    guard !open.isEmpty else { return nil }
    wasToldDone = true
    return Page(
      "Not marked as done yet: \(counted(open.count, "dispute")) \(open.count == 1 ? "is" : "are") open.\n"
        + "“done” again marks it as done all the same.")
  }

  fileprivate func isComplete(_ id: String) -> Bool {
    guard let document = try? workspace.document(id),
      let set = try? workspace.annotations(of: annotator, on: document)
    else { return false }
    return set.status == .complete
  }
}
