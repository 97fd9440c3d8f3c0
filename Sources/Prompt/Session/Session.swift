import Commands
import Comparison
package import Pages
package import Standoff
package import Storage

/// One person's work on one document: its state, and the answer to each line.
///
/// ``answer(_:)`` is the whole interface: a line goes in, a page comes out, and an edit is on disk before its page is
/// returned.
package struct Session: Sendable {
  package let workspace: Workspace
  /// The name of the file: the person's, or that of a later pass, such as “ana.2”.
  package let annotator: String
  package private(set) var document: Document
  /// The current sentence, from 0.
  package private(set) var sentence = 0
  /// Whether the person has quit.
  package private(set) var isOver = false
  var store: AnnotationStore
  /// The choices that the last refusal offered; the next line may take one by its digit.
  var choices: [Complaint.Offer] = []
  /// The number of the span that “.” stands for: the last content span marked since the document was opened.
  var lastContent: Int?
  /// The value that “=” repeats for each attribute: the latest since the document was opened.
  var lastValues: [String: String] = [:]
  /// The number of edits of earlier sessions that still stand.
  var editsAtOpening = 0
  /// The state of suggestions.
  var suggesting = Suggesting()
  /// The team's lists of speakers and matters; empty if they cannot be read.
  private(set) var lists = SharedLists()
  /// The adjudication; nil if somebody annotates.
  var adjudication: Adjudication?
  /// Annotators named for the adjudication; empty for all.
  var chosen: [String] = []
  /// The number of spans on which annotators have come to agree since the adjudication was left.
  var newlyAgreed = 0
  /// Annotators left out of the adjudication because they are not done.
  var omitted: [String] = []
  /// The zones before each change of them since the document was opened.
  var zonesBefore: [[Zone]] = []
  let canAsk: Bool
  /// The scheme from `--scheme`, for documents where this annotator has no file yet.
  let requestedScheme: String?
  let me: String
  let clock: @Sendable () -> Timestamp

  /// Opens a document for an annotator.
  ///
  /// - Parameters:
  ///   - scheme: for an annotator who has no file yet; nil for that of the document's other files, else the
  ///     workspace's.
  ///   - canAsk: whether the person can answer questions, as at a terminal.
  ///   - me: the name for this session that other sessions are told.
  package init(
    in workspace: Workspace, document id: String, annotator: String, scheme: String? = nil, canAsk: Bool, me: String,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    try DocumentChoice.checkName(id, in: workspace)
    try DocumentChoice.checkAnnotator(annotator)
    let name: String
    do throws(FileFault) { name = try workspace.passName(of: annotator, on: id) } catch { throw Complaint(error) }
    try self.init(
      in: Session.workspace(workspace, readBy: name), document: id, writing: name, scheme: scheme, canAsk: canAsk,
      me: me, clock: clock)
    do throws(FileFault) {
      let assignment = try workspace.assignments().assignment(of: id, to: name)
      suggesting.isAllowed = assignment?.suggestions ?? true
    } catch {
      throw Complaint(error)
    }
  }

  /// The workspace as a viewer may see it.
  static func workspace(_ workspace: Workspace, readBy name: String) throws(Complaint) -> Workspace {
    do throws(FileFault) { return try workspace.reading(as: name) } catch { throw Complaint(error) }
  }

  init(
    in workspace: Workspace, document id: String, writing annotator: String, scheme: String?, canAsk: Bool, me: String,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    do throws(FileFault) {
      let document = try workspace.document(id)
      // Before the file is locked, so that a faulty lexicon leaves nothing locked.
      suggesting = Suggesting(try LanguageLexicon.lexicon(for: document, in: workspace))
      let name: String
      if let scheme { name = scheme } else { name = try Session.schemeName(for: annotator, document, workspace) }
      store = try AnnotationStore(
        annotator: annotator, document: document, scheme: workspace.scheme(name), in: workspace, me: me, now: clock())
      self.document = document
    } catch {
      throw Complaint(error)
    }
    if let scheme, store.set.scheme.name != scheme {
      let found = store.set.scheme.name
      do throws(FileFault) { try store.close() } catch { throw Complaint(error) }
      throw Complaint(
        "\(annotator)'s file of \(id) uses the scheme “\(found)”, not “\(scheme)”.",
        "Leave out --scheme; a file has one scheme.")
    }
    self.workspace = workspace
    lists = (try? workspace.sharedLists()) ?? SharedLists()
    requestedScheme = scheme
    self.annotator = annotator
    self.canAsk = canAsk
    self.me = me
    self.clock = clock
    editsAtOpening = store.history.done.count
    if set.status == .inProgress, set.seenTo > 0 {
      sentence = document.sentences.index(at: set.seenTo - 1) ?? 0
    }
  }

  /// Goes on with the same text under other zones.
  mutating func take(_ changed: Document) { document = changed }

  /// Whose work it is, in whatever pass.
  var person: String { self.set.pass > 1 ? Assignments.person(annotator).person : annotator }

  package var set: AnnotationSet { store.set }
  package var scheme: Scheme { store.set.scheme }
  /// The number of edits that “u” can undo.
  package var editCount: Int { store.history.done.count }
  var selector: WordSelection { WordSelection(document: document, sentence: sentence) }
  var now: Timestamp { clock() }

  /// The prompt before the cursor.
  package var prompt: String {
    if let adjudication {
      let open = adjudication.open(set).count
      let all = adjudication.walked.count { adjudication.isAsked($0, set) }
      return "\(document.id) \(open == 0 ? "all settled" : "\(open) of \(all) open")> "
    }
    return "\(document.id) \(sentence + 1)/\(document.sentences.count)> "
  }

  /// Whether the annotation file lags behind the journal.
  package var isBehind: Bool { store.isBehind }

  /// Whether the last answer offered choices, of which the next line may take one by its digit.
  package var offersChoices: Bool { !choices.isEmpty }

  /// Writes the journal's edits to the annotation file; returns a page where that cannot be done.
  package mutating func flush() -> Page? {
    do throws(FileFault) {
      try store.flush()
      return nil
    } catch {
      return Complaint(error).page(line: "")
    }
  }

  /// Closes the document: writes the annotation file and releases the lock.
  package mutating func close() -> Page? {
    suggesting.background.endProgram()
    do throws(FileFault) {
      try store.close()
      return nil
    } catch {
      return Complaint(error).page(line: "")
    }
  }

  // MARK: what verbs do

  /// Commits an edit; a document marked as done no longer is, and the page says so.
  ///
  /// - Parameter isDecision: whether it is a decision on a dispute; any other edit of an adjudicator is recorded as one.
  mutating func commit(_ edit: Edit, isDecision: Bool = false) throws(Complaint) -> Page {
    var page = Page()
    let recorded = isDecision ? edit : adjudication?.recording(edit, set, at: now) ?? edit
    var changes = recorded.changes
    // A note or a question takes nothing back of what was marked.
    if set.status == .complete, !changes.isEmpty,
      !changes.contains(where: { if case .status = $0 { true } else { false } }),
      !changes.allSatisfy({ if case .document = $0 { true } else { false } })
    {
      changes += set.setting(.inProgress)?.changes ?? []
      page.append("The document is no longer marked done.")
    }
    let settled = settledDisputes
    do throws(AnnotationStore.CommitFault) { try store.commit(Edit(changes, batch: edit.batch), at: now) } catch {
      throw Complaint(error, annotator: annotator)
    }
    if !isDecision { appendSettled(settled, &page) }
    appendReopened(settled, &page)
    page.after = .sentenceChanged
    return page
  }

  mutating func undo() throws(Complaint) -> Edit? {
    if adjudication != nil, store.history.done.last.map(Adjudication.isTakeOver) == true { return try undoBelow() }
    let open = adjudication?.open(set) ?? []
    defer { reopen(before: open) }
    do throws(AnnotationStore.CommitFault) { return try store.undo(at: now) } catch {
      throw Complaint(error, annotator: annotator)
    }
  }

  /// Undoes the adjudicator's last edit below what was taken over on opening, which is then taken over again.
  private mutating func undoBelow() throws(Complaint) -> Edit? {
    guard store.history.done.contains(where: { !Adjudication.isTakeOver($0) }) else {
      throw Complaint(
        "All that is left is what everybody agrees on, which was taken over on opening.", "“x” deletes a span of it.")
    }
    let open = adjudication?.open(set) ?? []
    defer { reopen(before: open) }
    do throws(AnnotationStore.CommitFault) {
      while store.history.done.last.map(Adjudication.isTakeOver) == true { _ = try store.undo(at: now) }
      let undone = try store.undo(at: now)
      if let draft = try? adjudication?.takingOver(set, at: now), !draft.edit.changes.isEmpty {
        try store.commit(draft.edit, at: now)
      }
      return undone
    } catch {
      throw Complaint(error, annotator: annotator)
    }
  }

  mutating func redo() throws(Complaint) -> Edit? {
    do throws(AnnotationStore.CommitFault) { return try store.redo(at: now) } catch {
      throw Complaint(error, annotator: annotator)
    }
  }

  mutating func walk(by step: Int) throws(Complaint) -> Page {
    if adjudication != nil { return try walkDisputes(by: step) }
    let count = document.sentences.count
    let leftOut = document.leftOut()
    var target = sentence + step
    while (0..<count).contains(target), document.sentences[target].lies(in: leftOut) { target += step }
    let passed = Array(min(sentence, target) + 1..<max(sentence, target))
    guard target < count else {
      throw Complaint(
        "That was the last sentence.", "“done” marks the document done; “next” opens the next one.")
    }
    guard target >= 0 else { throw Complaint("This is the first sentence.") }
    var page = go(to: target)
    if !passed.isEmpty {
      let kinds = Set(document.zones.filter { $0.kind.isLeftOut }.map(\.kind.rawValue)).sorted()
      page.append("Passed over: \(Self.sentences(passed)) (\(Complaint.list(kinds, "or"))).", .dim)
    }
    return page
  }

  mutating func go(to target: Int) -> Page {
    sentence = target
    see()
    if suggesting.isOn, editCount >= suggesting.learnedAt + 10, !canAsk || suggesting.background.isRested { learn() }
    var page = Page()
    page.after = .sentence
    return page
  }

  /// Marks the current sentence as seen.
  package mutating func see() {
    guard sentence < document.sentences.count else { return }
    let here = document.sentences[sentence]
    let isLast = sentence == document.sentences.count - 1
    let missed = adjudication == nil ? counting(min(firstBeyond, sentence)..<sentence) : []
    store.see(
      TextRange(here.start, isLast ? document.text.count : here.end), missing: missed.map { document.sentences[$0] })
  }

  /// The first sentence that lies beyond all that was seen.
  private var firstBeyond: Int {
    let seenTo = self.set.seenTo
    return seenTo == 0 ? 0 : document.sentences.index(at: seenTo - 1).map { $0 + 1 } ?? 0
  }

  /// Those of some sentences that are not left out of items.
  private func counting(_ sentences: Range<Int>) -> [Int] {
    let leftOut = document.leftOut()
    return sentences.filter { !document.sentences[$0].lies(in: leftOut) }
  }

  /// The sentences that were not seen, from 0, but for those that are left out of items.
  var unseen: [Int] {
    let passed = (0..<firstBeyond).filter { index in
      set.skipped.contains { $0.overlaps(document.sentences[index]) }
    }
    return passed + counting(firstBeyond..<document.sentences.count)
  }

  mutating func leave() { isOver = true }

}
