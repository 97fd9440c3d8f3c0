import Comparison
import Commands
import Pages
import Standoff
import Storage

extension Verbs {
  static let whole: [Verb] = [
    Verb(
      names: ["done"], group: .whole, parameters: [],
      summary:
        "mark the document done, or reopen it; if something is missing, lists it and asks for a second “done”",
      examples: ["done"]
    ) { (session, _) throws(Complaint) in try session.toggleDone() },
    Verb(
      names: ["next"], group: .whole, parameters: [], summary: "open the next document that you have not done",
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
      summary: "settle where annotators of this document differ; “adjudicate blind” hides their names",
      examples: ["adjudicate", "adjudicate blind"]
    ) { (session, arguments) throws(Complaint) in
      let word = arguments.text(0)
      guard word == nil || word == "blind" else {
        throw Complaint(
          "“adjudicate” takes “blind” or nothing, not “\(word ?? "")”.", "Type “adjudicate” or “adjudicate blind”.",
          culprit: word)
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
      names: ["quit", "exit"], group: .whole, parameters: [],
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

  fileprivate mutating func toggleDone() throws(Complaint) -> Page {
    if set.status == .complete {
      guard let edit = set.setting(.inProgress) else { throw Complaint("The document is not done.") }
      var page = try commit(edit)
      page.append("The document is no longer marked done.")
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
      var page = Page("Not marked done yet; these are missing something:")
      for (span, missing) in open {
        let groups = missing.map { Complaint.list($0, "or") }.joined(separator: "; ")
        page.append("  \(described(span)) – no \(groups)", style(of: span), indent: 4)
      }
      page.append("A second “done” marks it done anyway.")
      return page
    }
    wasToldDone = false
    guard let edit = set.setting(.complete) else { throw Complaint("The document is already done.") }
    let unread =
      adjudication != nil
      ? nil : (0..<document.sentences.count).first { document.sentences[$0].start >= set.seenTo }
    store.see(to: document.text.count)
    var page = try commit(edit)
    if let unread {
      let last = document.sentences.count
      page.append(
        unread + 1 == last
          ? "Sentence \(last) is unread; “done” again reopens the document."
          : "Sentences \(unread + 1) to \(last) are unread; “done” again reopens the document.")
    }
    page.append("Done: \(document.id). “next” opens the next document.")
    page.after = .nothing
    return page.followed(by: agreementWithGold)
  }

  /// The page that says which disputes are open; nil if none is, or if it was shown before.
  private mutating func undecided() throws(Complaint) -> Page? {
    guard let adjudication, !wasToldDone else { return nil }
    let open = adjudication.open(set)
    guard !open.isEmpty else { return nil }
    wasToldDone = true
    return Page(
      "Not marked done yet: \(counted(open.count, "dispute")) \(open.count == 1 ? "is" : "are") open.\n"
        + "A second “done” marks it done anyway.")
  }

  fileprivate func isComplete(_ id: String) -> Bool {
    guard let document = try? workspace.document(id),
      let set = try? workspace.annotations(of: annotator, on: document)
    else { return false }
    return set.status == .complete
  }
}
