import Comparison
package import Pages
package import Standoff
package import Storage

/// One person at one document: what was said so far, and what the next line does.
///
/// Everything right of the terminal is ``answer(_:)``: a line goes in, a page comes out, and an edit is on disk before
/// its page is returned.
package struct Session: Sendable {
  package let workspace: Workspace
  package let annotator: String
  package private(set) var document: Document
  /// The sentence that is shown, from 0.
  package private(set) var sentence = 0
  /// Whether the person has left.
  package private(set) var isOver = false
  var store: AnnotationStore
  /// Choices of the last refusal; the next line may be one of their digits.
  var choices: [Complaint.Offer] = []
  /// The last span that says something, made in this session: what “.” means.
  var lastContent: Int?
  /// The value that was given last to each attribute in this session: what “=” means.
  var lastValues: [String: String] = [:]
  /// What is proposed, and whether.
  var suggesting = Suggesting()
  /// What the team agrees to call people and matters; none where its lists cannot be read.
  private(set) var lists = SharedLists()
  /// What is adjudicated; nil where somebody annotates.
  var adjudication: Adjudication?
  /// Those whose files were asked for; none for all.
  var chosen: [String] = []
  /// Annotators whose files are not adjudicated, because they are not done.
  var omitted: [String] = []
  /// Whether `done` was told once although something is missing.
  var wasToldDone = false
  let canAsk: Bool
  /// The scheme that was asked for, for documents without a file of this annotator's.
  let requestedScheme: String?
  let me: String
  let clock: @Sendable () -> Timestamp

  /// Opens a document for an annotator.
  ///
  /// - Parameters:
  ///   - scheme: for an annotator who has no file yet; nil takes that of the document's other files, else the
  ///     workspace's own.
  ///   - canAsk: whether a question can be answered, as at a terminal.
  ///   - me: who this is, as another session would be told.
  package init(
    in workspace: Workspace, document id: String, annotator: String, scheme: String? = nil, canAsk: Bool, me: String,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    try DocumentChoice.checkName(id, in: workspace)
    try DocumentChoice.checkAnnotator(annotator)
    try self.init(
      in: Session.workspace(workspace, readBy: annotator), document: id, writing: annotator, scheme: scheme,
      canAsk: canAsk, me: me, clock: clock)
    do throws(FileFault) {
      let assignment = try workspace.assignments().assignment(of: id, to: annotator)
      suggesting.isAllowed = assignment?.suggestions ?? true
    } catch {
      throw Complaint(error)
    }
  }

  /// The workspace as somebody may see it.
  static func workspace(_ workspace: Workspace, readBy name: String) throws(Complaint) -> Workspace {
    do throws(FileFault) { return try workspace.reading(as: name) } catch { throw Complaint(error) }
  }

  init(
    in workspace: Workspace, document id: String, writing annotator: String, scheme: String?, canAsk: Bool, me: String,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    do throws(FileFault) {
      let document = try workspace.document(id)
      // Before the file is locked: what is wrong with a lexicon leaves nothing locked.
      suggesting = Suggesting(try Suggesting.lexicon(for: document, in: workspace))
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
        "\(annotator)'s file of \(id) is of the scheme “\(found)”, not “\(scheme)”.",
        "Leave out --scheme; one file has one scheme.")
    }
    self.workspace = workspace
    lists = (try? workspace.sharedLists()) ?? SharedLists()
    requestedScheme = scheme
    self.annotator = annotator
    self.canAsk = canAsk
    self.me = me
    self.clock = clock
    if set.status == .inProgress, set.seenTo > 0 {
      sentence = document.sentences.index(at: set.seenTo - 1) ?? 0
    }
  }

  package var set: AnnotationSet { store.set }
  package var scheme: Scheme { store.set.scheme }
  /// Edits that “u” can take back.
  package var editCount: Int { store.history.done.count }
  var selector: WordSelection { WordSelection(document: document, sentence: sentence) }
  var now: Timestamp { clock() }

  /// What stands before the cursor.
  package var prompt: String {
    if let adjudication {
      let open = adjudication.open(set).count
      return "\(document.id) \(open == 0 ? "all settled" : "\(open) of \(adjudication.walked.count) open")> "
    }
    return "\(document.id) \(sentence + 1)/\(document.sentences.count)> "
  }

  /// Whether the file waits to be brought up to the journal.
  package var isBehind: Bool { store.isBehind }

  /// Whether the last answer offered choices, of which the next line may take one by its digit.
  package var offersChoices: Bool { !choices.isEmpty }

  /// Brings the file up to the journal, as in a pause.
  package mutating func flush() -> Page? {
    do throws(FileFault) {
      try store.flush()
      return nil
    } catch {
      return Complaint(error).page(line: "")
    }
  }

  /// Leaves the document: the file is brought up to the journal and the lock is given back.
  package mutating func close() -> Page? {
    suggesting.background.endProgram()
    do throws(FileFault) {
      try store.close()
      return nil
    } catch {
      return Complaint(error).page(line: "")
    }
  }

  // MARK: what commands do

  /// Makes an edit; where the document was complete, it no longer is, and that is said.
  mutating func commit(_ edit: Edit) throws(Complaint) -> Page {
    var page = Page()
    var changes = (adjudication?.recording(edit, set) ?? edit).changes
    if set.status == .complete, !changes.contains(where: { if case .status = $0 { true } else { false } }) {
      changes += set.setting(.inProgress)?.changes ?? []
      page.append("The document is no longer marked as done.")
    }
    do throws(AnnotationStore.CommitFault) { try store.commit(Edit(changes), at: now) } catch {
      throw Complaint(error, annotator: annotator)
    }
    page.after = .sentenceChanged
    return page
  }

  mutating func undo() throws(Complaint) -> Edit? {
    let open = adjudication?.open(set) ?? []
    defer { reopen(before: open) }
    do throws(AnnotationStore.CommitFault) { return try store.undo(at: now) } catch {
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
    guard target < count else {
      throw Complaint(
        "That was the last sentence.", "“done” marks the document as done, “next” opens the next one.")
    }
    guard target >= 0 else { throw Complaint("This is the first sentence.") }
    return go(to: target)
  }

  mutating func go(to target: Int) -> Page {
    sentence = target
    see()
    if suggesting.isOn, editCount >= suggesting.learnedAt + 10 { learn() }
    var page = Page()
    page.after = .sentence
    return page
  }

  /// Takes the sentence that is shown as seen.
  package mutating func see() {
    guard sentence < document.sentences.count else { return }
    let isLast = sentence == document.sentences.count - 1
    store.see(to: isLast ? document.text.count : document.sentences[sentence].end)
  }

  mutating func leave() { isOver = true }

}
