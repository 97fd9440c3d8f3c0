import Standoff
import Storage

extension CommandTable {
  static let whole: [Command] = [
    Command(
      names: ["done"], group: .whole, parameters: [],
      summary:
        "marks the document as done, or as not done; first lists what is missing, told twice does it all the same",
      examples: ["done"]
    ) { (session, _) throws(Complaint) in try session.toggleDone() },
    Command(
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
    Command(
      names: ["open"], group: .whole, parameters: [Parameter(.document, "DOCUMENT")],
      summary: "leaves this document for another", examples: ["open harbor-audit"]
    ) { (session, arguments) throws(Complaint) in try session.open(arguments.text(0) ?? "") },
    Command(
      names: ["status"], group: .whole, parameters: [], summary: "who has done how much", examples: ["status"]
    ) { (session, _) throws(Complaint) in try WorkspaceStatus(in: session.workspace).page },
    Command(
      names: ["agree"], group: .whole, parameters: [Parameter(.words, "OPTIONS", optional: true)],
      summary: "how far annotators agree; “help agree” lists the options",
      examples: ["agree --unit word --label denial"]
    ) { (session, arguments) throws(Complaint) in
      let outcome = try AgreeArguments.read(arguments.text(0) ?? "").outcome(in: session.workspace)
      return outcome.page.followed(by: outcome.notes)
    },
    Command(
      names: ["compare"], group: .whole, parameters: [Parameter(.words, "OPTIONS", optional: true)],
      summary: "where annotators differ in this document, and how; “help compare” lists the options",
      examples: ["compare", "compare --lanes --kind boundary"]
    ) { (session, arguments) throws(Complaint) in
      let outcome = try CompareArguments.read(arguments.text(0) ?? "").outcome(
        in: session.workspace, width: session.width, colour: session.isColoured, document: session.document.id)
      return outcome.page.followed(by: outcome.notes)
    },
    Command(
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
    Command(
      names: ["ledger"], group: .whole, parameters: [Parameter(.words, "OPTIONS", optional: true)],
      summary: "who claims what and who denies it, by matter, across documents", examples: ["ledger"]
    ) { (session, arguments) throws(Complaint) in
      let outcome = try LedgerArguments.read(arguments.text(0) ?? "").outcome(in: session.workspace)
      return outcome.data.map { Page(String(decoding: $0, as: UTF8.self)) } ?? outcome.page
    },
    Command(
      names: ["export"], group: .whole, parameters: [Parameter(.words, "OPTIONS")],
      summary: "writes training data; “help export” lists the options",
      examples: ["export jsonl --gold --to gold.jsonl"]
    ) { (session, arguments) throws(Complaint) in
      let outcome = try ExportArguments.read(arguments.text(0) ?? "").outcome(in: session.workspace)
      guard outcome.data == nil else {
        throw Complaint("At the prompt an export needs a file.", "Add --to and its name.")
      }
      return outcome.page.followed(by: outcome.notes)
    },
    Command(
      names: ["check"], group: .whole, parameters: [], summary: "every problem of the workspace", examples: ["check"]
    ) { (session, _) throws(Complaint) in try WorkspaceCheck(in: session.workspace).page },
    Command(
      names: ["quit", "exit"], group: .whole, parameters: [],
      summary: "leaves; so does Ctrl-D. Everything is saved already",
      examples: ["quit"]
    ) { (session, _) throws(Complaint) in
      session.leave()
      return Page()
    },
  ]
}

extension Session {
  /// What is said when a document is opened.
  public var opening: Page {
    var page = Page()
    var line = [Page.Run(document.title, .bold)]
    let facts = [document.source, document.published].compactMap { $0 }
    if !facts.isEmpty { line.append(Page.Run("  \(facts.joined(separator: ", "))", .dim)) }
    page.lines.append(Page.Line(line))
    let spans = set.spans.isEmpty ? "no spans yet" : counted(set.spans.count, "span")
    let state = set.status == .complete ? ", done" : ""
    page.append(
      "\(annotator) · \(counted(document.sentences.count, "sentence")) · \(spans)\(state) · scheme \(scheme.name) \(scheme.version)",
      .dim)
    if let adjudication {
      let part = adjudication.part
      page.append(
        "adjudicated by \(adjudication.adjudicator): \(Complaint.list(adjudication.names.sorted())), "
          + "\(counted(part.alignment.groups.count - adjudication.agreed.count, "place")) and "
          + "\(counted(adjudication.relationCount, "relation")) to settle, \(adjudication.agreed.count) agreed", .dim)
      if !omitted.isEmpty { page.append("Not done yet, and left out: \(Complaint.list(omitted)).", .bold) }
      page.append("1–9 a version  0 none  + all  | any words  & common words  · u · Enter walks on · help", .dim)
      return page.followed(by: notices)
    }
    let keys = scheme.labels.map { "\($0.key) \($0.name)" }.joined(separator: "  ")
    page.append("\(keys)  · Enter walks on · help", .dim)
    return page.followed(by: notices)
  }

  /// What must be known before the first line: who else writes, what was recovered, what was set aside.
  public var notices: Page {
    var page = Page()
    if set.schemeVersion != scheme.version {
      page.append(
        "This file was begun with version \(set.schemeVersion) of the scheme \(scheme.name); the workspace has "
          + "\(scheme.version).")
    }
    if (try? workspace.sharedLists()) == nil {
      page.append("The team's lists of speakers and matters cannot be read; “check” says why.", .bold)
    }
    if let holder = store.holder {
      page.append(
        "\(annotator)'s annotations of this document are being edited by \(holder). You can look but not write.", .bold)
    } else if let fault = store.lockFault {
      let said = Complaint(fault)
      page.append("Open to look only. \(said.problem) \(said.advice)", .bold)
    }
    if store.recovered > 0 {
      page.append("\(counted(store.recovered, "edit")) recovered from the journal after a break.", .bold)
    }
    if let aside = store.setAside {
      let said = Complaint.sentences(of: FileFault(aside.name, aside.fact))
      page.append("\(said.problem) \(said.advice) The journal stays as \(aside.name).", .bold)
    }
    return page
  }

  fileprivate mutating func toggleDone() throws(Complaint) -> Page {
    if set.status == .complete {
      guard let edit = set.setting(.inProgress) else { throw Complaint("The document is not done.") }
      var page = try commit(edit)
      page.append("The document is not done any more.")
      page.sentence = .unchanged
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
    page.sentence = .unchanged
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
