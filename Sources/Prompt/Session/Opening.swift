import Commands
import Standoff
import Comparison
package import Pages
import Storage

/// Opening a document, and the notices that go with it.
extension Session {
  /// Leaves this document for another; if that cannot be opened, this one stays open. The same document is closed first
  /// and read again.
  mutating func open(_ id: String) throws(Complaint) -> Page {
    try DocumentChoice.checkName(id, in: workspace)
    let settlement = try? workspace.settle()
    if id == document.id {
      // Anything that would keep it from being opened again must show up before it is closed.
      do throws(FileFault) {
        let document = try workspace.document(id)
        _ = try workspace.annotations(of: annotator, on: document)
        _ = try LanguageLexicon.lexicon(for: document, in: workspace)
      } catch {
        throw Complaint(error)
      }
      _ = close()
    }
    let name: String
    do throws(FileFault) { name = try workspace.passName(of: person, on: id) } catch { throw Complaint(error) }
    var hasFile = false
    do throws(DiskFault) {
      hasFile = try workspace.disk.entry(workspace.path(of: name, on: id)) != nil
    } catch {
      throw Complaint(error)
    }
    var other: Session
    if let adjudication {
      other = try Session(
        adjudicating: id, in: workspace, by: adjudication.adjudicator, annotators: chosen,
        isBlind: adjudication.isBlind, scope: adjudication.scope, canAsk: canAsk, me: me, clock: clock)
    } else {
      other = try Session(
        in: workspace, document: id, annotator: person, scheme: hasFile ? nil : requestedScheme, canAsk: canAsk,
        me: me, clock: clock)
    }
    if id != document.id, let page = close() {
      _ = other.close()
      throw Complaint(page.text.trimmingBlanks())
    }
    other.suggesting.takeSettings(of: suggesting)
    self = other
    if suggesting.isOn { learn() }
    see()
    var page = settlement.map { Page($0).followed(by: opening) } ?? opening
    page.after = .sentence
    return page
  }

  /// The page shown when a document is opened.
  package var opening: Page {
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
          + "\(counted(part.alignment.groups.count - adjudication.agreed.count, "span dispute")) and "
          + "\(counted(adjudication.relationCount, "relation")) to settle, \(adjudication.agreed.count) agreed", .dim)
      page.append(openCounts, .dim)
      if newlyAgreed > 0 {
        page.append("Taken over since: \(counted(newlyAgreed, "span")) on which all agree now.", .bold)
      }
      if !omitted.isEmpty { page.append("Left out because not done: \(Complaint.list(omitted)).", .bold) }
      page.append(
        "1–9 a version  0 none  + all  | any words  & common words  rest NAME  · u · . again · Enter for the next · help",
        .dim)
      return page.followed(by: notices)
    }
    let keys = scheme.labels.map { "\($0.key) \($0.name)" }.joined(separator: "  ")
    page.append("\(keys)  · Enter for the next sentence · help", .dim)
    return page.followed(by: notices)
  }

  /// Notices before the first line: who else is editing, what was recovered, what was set aside.
  package var notices: Page {
    var page = Page()
    if !Scheme.areOfOneMajor(set.schemeVersion, scheme.version) {
      page.append(
        "This file was started with version \(set.schemeVersion) of the scheme \(scheme.name); the workspace now has "
          + "\(scheme.version).")
    }
    if (try? workspace.sharedLists()) == nil {
      page.append("The team's lists of speakers and matters cannot be read; “check” says why.", .bold)
    }
    if let holder = store.holder {
      page.append(
        "\(holder) is editing \(annotator)'s annotations of this document. You can read but not write.", .bold)
    } else if let fault = store.lockFault {
      let said = Complaint(fault)
      page.append("Read-only. \(said.problem) \(said.advice)", .bold)
    }
    if set.pass > 1, set.status == .inProgress {
      page.append("\(person)'s pass \(set.pass): the earlier one is hidden until this is done.", .bold)
    }
    let said = set.ofDocument
    if !said.question.isEmpty {
      page.append(
        "\(annotator) asks: “\(said.question)” – \(said.answer.isEmpty ? "not answered yet" : "answered: “\(said.answer)”")",
        said.answer.isEmpty ? .plain : .bold)
    }
    if store.recovered > 0 {
      page.append("Recovered \(counted(store.recovered, "edit")) from the journal after an interruption.", .bold)
    }
    if let aside = store.setAside {
      let said = Complaint.sentences(of: FileFault(aside.name, aside.fact))
      page.append("\(said.problem) \(said.advice) The journal is kept as \(aside.name).", .bold)
    }
    return page
  }
}
