public import Standoff
public import Storage

/// One person at one document: what was said so far, and what the next line does.
///
/// Everything right of the terminal is ``answer(_:)``: a line goes in, a page comes out, and an edit is on disk before
/// its page is returned.
public struct Session: Sendable {
  public let workspace: Workspace
  public let annotator: String
  public private(set) var document: Document
  /// The sentence that is shown, from 0.
  public private(set) var sentence = 0
  /// Whether the person has left.
  public private(set) var isOver = false
  var store: AnnotationStore
  /// Choices of the last refusal; the next line may be one of their digits.
  private var choices: [Complaint.Choice] = []
  /// Whether the selector was asked for.
  public var wantsSelector = false
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
  /// Columns of the terminal, for what is laid out for it.
  public var width = 80
  /// Whether what is laid out has colours to tell it apart.
  public var isColoured = false
  /// The scheme that was asked for, for documents without a file of this annotator's.
  private let requestedScheme: String?
  let me: String
  let clock: @Sendable () -> Timestamp

  /// Opens a document for an annotator.
  ///
  /// - Parameters:
  ///   - scheme: for an annotator who has no file yet; nil takes that of the document's other files, else the
  ///     workspace's own.
  ///   - canAsk: whether a question can be answered, as at a terminal.
  ///   - me: who this is, as another session would be told.
  public init(
    in workspace: Workspace, document id: String, annotator: String, scheme: String? = nil, canAsk: Bool, me: String,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    try Session.checkName(id, in: workspace)
    try Session.checkAnnotator(annotator)
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

  public var set: AnnotationSet { store.set }
  public var scheme: Scheme { store.set.scheme }
  /// Edits that “u” can take back.
  public var editCount: Int { store.history.done.count }
  var selector: Selector { Selector(document: document, sentence: sentence) }
  var now: Timestamp { clock() }

  /// What stands before the cursor.
  public var prompt: String {
    if let adjudication {
      let open = adjudication.open(set).count
      return "\(document.id) \(open == 0 ? "all settled" : "\(open) of \(adjudication.walked.count) open")> "
    }
    return "\(document.id) \(sentence + 1)/\(document.sentences.count)> "
  }

  /// Whether the file waits to be brought up to the journal.
  public var isBehind: Bool { store.isBehind }

  /// Answers a line; an edit is durable before the page is returned.
  public mutating func answer(_ line: String) -> Page {
    let line = line.trimmingBlanks()
    let offered = choices
    choices = []
    if let digit = Int(line), line.count == 1, digit >= 1, digit <= offered.count {
      return answer(offered[digit - 1].line)
    }
    if line.hasPrefix("#"), line.dropFirst().first?.isNumber != true { return Page() }
    do throws(Complaint) {
      var page = try carryOut(line).followed(by: collect())
      if let fault = store.replaceFault {
        let said = Complaint(fault)
        page.append("Kept in the journal; the annotation file could not be written yet. \(said.problem)", .bold)
        page.append(said.advice)
      }
      return page
    } catch {
      if canAsk { choices = error.choices }
      return error.page(line: line)
    }
  }

  /// Answers a line that was pasted as a whole: words of the text ask for a label, whatever their first one means.
  public mutating func answer(pasted line: String) -> Page {
    guard let choice = pasted(line) else { return answer(line) }
    if canAsk { choices = choice.choices }
    return choice.page(line: line)
  }

  /// Whether the last answer offered choices, of which the next line may take one by its digit.
  public var offersChoices: Bool { !choices.isEmpty }

  /// Brings the file up to the journal, as in a pause.
  public mutating func flush() -> Page? {
    do throws(FileFault) {
      try store.flush()
      return nil
    } catch {
      return Complaint(error).page(line: "")
    }
  }

  /// Leaves the document: the file is brought up to the journal and the lock is given back.
  public mutating func close() -> Page? {
    suggesting.background.endProgram()
    do throws(FileFault) {
      try store.close()
      return nil
    } catch {
      return Complaint(error).page(line: "")
    }
  }

  // MARK: carrying out

  private mutating func carryOut(_ line: String) throws(Complaint) -> Page {
    guard !line.isEmpty else {
      (wasToldDone, suggesting.shownForAll) = (false, nil)
      return adjudication == nil ? try walk(by: 1) : try goOn()
    }
    let (command, arguments) = try parse(line)
    if adjudication?.isBlind == true, ["agree", "compare", "status"].contains(command.name) {
      throw Complaint(
        "“\(command.name)” would show who is who.", "Leave the blind adjudication first.", culprit: command.name)
    }
    if command.name != "done" { wasToldDone = false }
    if command.name != "A" { suggesting.shownForAll = nil }
    return try command.run(&self, arguments)
  }

  private func parse(_ line: String) throws(Complaint) -> (Command, Arguments) {
    let (verb, tail) = Self.split(line, scheme)
    guard let command = CommandTable.command(verb, scheme), command.group != .decide || adjudication != nil else {
      throw pasted(line) ?? unknown(verb)
    }
    var rest = tail
    var values: [Value?] = []
    for parameter in command.parameters { values.append(try parameter.parse(&rest, self, after: values)) }
    let left = rest.trimmingBlanks()
    if !left.isEmpty {
      throw Complaint("“\(left)” is one word too many.", "The form is: \(command.usage)", culprit: left)
    }
    return (command, Arguments(line: line, verb: verb, values: values))
  }

  /// The verb and the rest: `c3-9` is `c 3-9`, and `4 > 2` and `. < it`, whose verb stands in the middle, are `> 4 2` and
  /// `< . it`.
  static func split(_ line: String, _ scheme: Scheme) -> (verb: String, rest: Substring) {
    let span = line.hasPrefix(".") ? line.prefix(1) : line.prefix { $0.isNumber || $0 == "#" }
    let afterSpan = line[span.endIndex...].drop { $0.isWhitespace }
    for sign in ["<", ">"] where !span.isEmpty && afterSpan.hasPrefix(sign) {
      return (sign, "\(span) \(afterSpan.dropFirst())"[...])
    }
    let first = line.prefix { !$0.isWhitespace }
    let rest = line[first.endIndex...]
    if CommandTable.command(String(first), scheme) == nil,
      let place = first.firstIndex(where: { $0.isNumber || $0 == "@" }),
      scheme.label(String(first[..<place])) != nil
    {
      return (String(first[..<place]), line[place...])
    }
    return (String(first), rest)
  }

  /// Words of the text without a verb, as they are when they were pasted: a choice of labels for them.
  private func pasted(_ line: String) -> Complaint? {
    guard line.contains(where: \.isWhitespace), document.sentences.count > 0 else { return nil }
    let search = TextSearch(text: document.text)
    let here = document.sentences[sentence]
    let near = search.places(of: line, in: TextRange(here.start, document.text.count), limit: 1).first
    guard let place = near ?? search.places(of: line, in: document.text.range, limit: 1).first else { return nil }
    let range = selector.covering(place)
    return Complaint(
      "These words stand in the text: ‹\(Complaint.shortened(document.text[range]))›.", "Take a label by its number.",
      choices: scheme.labels.prefix(9).map { Complaint.Choice(text: $0.name, line: "\($0.key) @\(range)") })
  }

  private func unknown(_ verb: String) -> Complaint {
    if verb.first?.isNumber == true {
      let key = scheme.labels.first?.key ?? "c"
      return Complaint("Numbers alone mark nothing.", "Put a label's key before them: \(key) \(verb)", culprit: verb)
    }
    let names = CommandTable.all(scheme).flatMap(\.names)
    let guesses = verb.count > 1 ? nearest(verb, among: names).prefix(3) : []
    let hint = guesses.isEmpty ? "" : " Did you mean \(Complaint.list(Array(guesses), "or"))?"
    return Complaint("“\(verb)” is no command.\(hint)", "“help” lists them all.", culprit: verb)
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
    page.sentence = .changed
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
    page.sentence = .askedFor
    return page
  }

  /// Takes the sentence that is shown as seen.
  public mutating func see() {
    guard sentence < document.sentences.count else { return }
    let isLast = sentence == document.sentences.count - 1
    store.see(to: isLast ? document.text.count : document.sentences[sentence].end)
  }

  /// The sentence with its numbered words and its spans, laid out for a terminal.
  public func view(width: Int, colour: Bool) -> Page {
    if let page = disputeView(width: width, colour: colour) { return page }
    return SentenceView(session: self).page(width: width, colour: colour).followed(by: suggestionLines)
  }

  /// The sentence and its spans as plain lines, as for a pipe or a screen reader.
  public var plainView: Page {
    if let page = disputeView(width: nil, colour: false) { return page }
    return DocumentView(document: document, sets: [set]).page(of: sentence).followed(by: suggestionLines)
  }

  mutating func leave() { isOver = true }

  /// Leaves this document for another; where another cannot be opened, this one stays open. The same one is closed
  /// first, and read anew.
  mutating func open(_ id: String) throws(Complaint) -> Page {
    try Session.checkName(id, in: workspace)
    if id == document.id {
      // What would keep it from being opened again is found out before it is closed.
      do throws(FileFault) {
        let document = try workspace.document(id)
        _ = try workspace.annotations(of: annotator, on: document)
        _ = try Suggesting.lexicon(for: document, in: workspace)
      } catch {
        throw Complaint(error)
      }
      _ = close()
    }
    var hasFile = false
    do throws(DiskFault) {
      hasFile = try workspace.disk.entry(workspace.path(of: annotator, on: id)) != nil
    } catch {
      throw Complaint(error)
    }
    var other: Session
    if let adjudication {
      other = try Session(
        adjudicating: id, in: workspace, by: adjudication.adjudicator, annotators: chosen,
        isBlind: adjudication.isBlind, canAsk: canAsk, me: me, clock: clock)
    } else {
      other = try Session(
        in: workspace, document: id, annotator: annotator, scheme: hasFile ? nil : requestedScheme, canAsk: canAsk,
        me: me, clock: clock)
    }
    if id != document.id, let page = close() {
      _ = other.close()
      throw Complaint(page.text.trimmingBlanks())
    }
    other.suggesting.isOn = suggesting.isOn
    (other.width, other.isColoured) = (width, isColoured)
    self = other
    if suggesting.isOn { learn() }
    see()
    var page = opening
    page.sentence = .askedFor
    return page
  }
}

extension Complaint {
  init(_ fault: AnnotationStore.CommitFault, annotator: String) {
    switch fault {
    case .refused(let refusal): self.init(refusal)
    case .file(let fault): self.init(fault)
    case .lookOnly(let holder?, _):
      self.init(
        "\(annotator)'s annotations of this document are being edited by \(holder).",
        "You can look but not write here; leave the other session, then “open” the document again.")
    case .lookOnly(nil, let cause):
      let said = cause.map { Complaint($0) }
      self.init(
        "This document is open to look only. \(said?.problem ?? "")", said?.advice ?? "")
    }
  }
}
