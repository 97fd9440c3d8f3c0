import Interchange
import Pages
import Standoff
import Storage

/// An import in progress. It reads the files twice: first to check them all and choose a scheme, then to import
/// them. In between it keeps only names and digests.
struct ImportRun {
  private let reader: ImportReader
  private let workspace: Workspace
  private let unit: OffsetUnit?
  private let mapNames: [String]
  private let isDry: Bool
  private let time: Timestamp
  private var parties: ImportSurvey
  private var map: ForeignMap
  /// The names of the scheme, once it is chosen.
  private var names = ForeignNames()
  private var vocabulary = Vocabulary()
  private var report = ImportReport()
  /// Whether a newer export takes the place of an annotator's file.
  private let replaces: Bool
  private var replacements: [(document: Document, annotator: String, edit: Edit)] = []
  /// The tokens of documents, kept or to be kept.
  private var tokens: [String: TextTokens] = [:]
  /// The number of parts for each annotator and document.
  private var parts: [ImportSurvey.Owner: Int] = [:]
  /// What is to be added next, in order.
  private var ready: [Ready] = []

  /// All that files have by one annotator on one document.
  private struct Ready: Sendable {
    let part: ImportPart
    let owner: ImportSurvey.Owner
    let document: Document
  }

  /// How many annotators' files are made at once.
  private static let batch = 256

  init(
    _ importer: any Importer.Type, into workspace: Workspace, as annotator: String?, unit: OffsetUnit?,
    names map: [String: String], choices: ImportChoices, replaces: Bool, isDry: Bool, at time: Timestamp
  ) throws(Complaint) {
    self.replaces = replaces
    reader = ImportReader(importer: importer, workspace: workspace, unit: unit, choices: choices)
    self.workspace = workspace
    self.unit = unit
    self.isDry = isDry
    self.time = time
    mapNames = map.keys.sorted()
    self.map = ForeignMap(map)
    do throws(FileFault) { parties = try ImportSurvey(of: workspace, as: annotator) } catch { throw Complaint(error) }
  }

  mutating func outcome(_ files: [ImportFile]) throws(Complaint) -> CommandOutcome {
    try survey(files)
    if report.hasProblems { return report.refusal }
    guard vocabulary.labels.count <= Vocabulary.mostLabels else {
      throw Complaint(
        "The files have \(vocabulary.labels.count) labels; a scheme has at most \(Vocabulary.mostLabels).",
        "Is the format right? --layer chooses layers, --map joins labels.")
    }
    let scheme = try ImportScheme(
      for: vocabulary, in: workspace, preferring: parties.schemesThere, hasMap: !mapNames.isEmpty,
      named: reader.importer.name)
    names = scheme.names
    report.names = names.changed.merging(parties.changed) { first, _ in first }
    report.unmet = mapNames.filter { !map.met.contains($0) }
    report.isDry = isDry
    report.scheme = scheme
    var change = isDry ? nil : try attempt { () throws(FileFault) in try WorkspaceChange(of: workspace, by: "import") }
    do throws(Complaint) {
      if scheme.isNew {
        try attempt { () throws(FileFault) in try change?.put(scheme.scheme, inPlaceOf: scheme.old) }
      }
      var waiting: [ImportSurvey.Owner: ImportPart] = [:]
      try take(files, scheme.scheme, &change, &waiting)
      if !report.hasProblems {
        let me = "gainsay import"
        // Nothing is written while somebody is editing one of the files.
        if !isDry { try CorpusEdit.checkFree(try replacedParts(), workspace, me: me, at: time) }
        try attempt { () throws(FileFault) in try change?.commit() }
        if !isDry, !replacements.isEmpty {
          try CorpusEdit.write(try replacedParts(), workspace, by: "import", me: me, at: time)
        }
      }
    } catch {
      change?.abandon()
      throw error
    }
    guard !report.hasProblems else {
      change?.abandon()
      return report.refusal
    }
    return report.outcome
  }

  /// Everything that was left out, a line each.
  var leftOut: String { report.allLeftOut.map { $0 + "\n" }.joined() }

  private func attempt<Value>(_ body: () throws(FileFault) -> Value) throws(Complaint) -> Value {
    do throws(FileFault) { return try body() } catch { throw Complaint(error) }
  }

  /// The files to replace, as they are now, each with its edit.
  private func replacedParts() throws(Complaint) -> [CorpusEdit.Part] {
    var parts: [CorpusEdit.Part] = []
    for (document, annotator, edit) in replacements {
      let set = try attempt { () throws(FileFault) in try workspace.annotations(of: annotator, on: document) }
      if let set { parts.append(CorpusEdit.Part(document: document, set: set, edit: edit, did: .edit)) }
    }
    return parts
  }

  // MARK: first reading

  private mutating func survey(_ files: [ImportFile]) throws(Complaint) {
    let reader = reader
    try reader.read(files) { (read) throws(Complaint) in
      switch read {
      case .part(let part): try survey(part)
      case .empty: break
      case .fault(let place, let problem, let advice): report.problem(place, problem, advice)
      }
    }
  }

  private mutating func survey(_ part: ImportPart) throws(Complaint) {
    let owner: ImportSurvey.Owner?
    do throws(ImportSurvey.Objection) { owner = try parties.survey(part) } catch {
      return report.problem(part.place(0), error.problem, error.advice)
    }
    guard let owner else { return }
    parts[owner, default: 0] += 1
    if case .failure(let fault) = part.unit { return report(fault, part) }
    var foreign = part.foreign
    map.apply(to: &foreign)
    vocabulary.add(foreign)
  }

  private mutating func report(_ fault: ForeignDocument.UnitFault, _ part: ImportPart) {
    switch fault {
    case .doubt(let first, let second):
      report.problem(
        part.place(0),
        "cannot tell whether offsets count \(first.noun) or \(second.noun): both fit, and the file quotes no words.",
        "Choose with --unit.")
    case .misfits(let misfits, let unit):
      let advice =
        self.unit != nil
        ? "Try another --unit, or leave it out."
        : part.foreign.unit != nil
          ? "The file and its text do not belong together, or the words were changed."
          : "No unit of offsets fits all spans; the text may be a different one."
      for misfit in misfits { report.problem(part.place(misfit.byte), Self.sentence(misfit, unit, part), advice) }
    }
  }

  private static func sentence(_ misfit: ForeignDocument.Misfit, _ unit: OffsetUnit, _ part: ImportPart) -> String {
    let found =
      misfit.found.map { "cover “\(Complaint.shortened($0))”" }
      ?? "point to no words in a text of \(counted(part.foreign.text.count, "code point"))"
    let offsets = "offsets in \(unit.noun) \(found)."
    guard let stated = misfit.stated else { return "span \(misfit.id): the \(offsets)" }
    return "span \(misfit.id) quotes the words “\(Complaint.shortened(stated))”, but its \(offsets)"
  }

  // MARK: taking over

  private mutating func take(
    _ files: [ImportFile], _ scheme: Scheme, _ change: inout WorkspaceChange?,
    _ waiting: inout [ImportSurvey.Owner: ImportPart]
  ) throws(Complaint) {
    let reader = reader
    try reader.read(files) { (read) throws(Complaint) in
      switch read {
      case .part(let part): try take(part, scheme, &change, &waiting)
      case .empty(let place):
        try addReady(scheme, &change)
        report.leave(place, "a text that is empty")
      case .fault(let place, let problem, let advice):
        try addReady(scheme, &change)
        report.problem(place, problem, advice)
      }
    }
    try addReady(scheme, &change)
  }

  private mutating func take(
    _ part: ImportPart, _ scheme: Scheme, _ change: inout WorkspaceChange?,
    _ waiting: inout [ImportSurvey.Owner: ImportPart]
  ) throws(Complaint) {
    let document = try document(of: part, &change)
    var part = part
    map.apply(to: &part.foreign)
    // What is left out is told in the order of the files.
    if !part.foreign.leftOut.isEmpty { try addReady(scheme, &change) }
    for (byte, what) in part.foreign.leftOut { report.leave(part.place(byte), what) }
    guard let owner = parties.owner(of: part) else { return }
    names.rename(&part.foreign)
    guard let unit = try? part.unit.get() else { return }
    report.units[unit, default: 0] += 1
    part.foreign.leftOut = []
    // Parts in several files, such as one file per layer, become one annotator's file here.
    parts[owner, default: 1] -= 1
    if let earlier = waiting[owner] {
      report.joined.insert("\(owner.document) by \(owner.annotator)")
      part.foreign = earlier.foreign.joined(part.foreign, unit)
    } else {
      part.foreign = part.foreign.inCodePoints(unit)
    }
    if parts[owner] != 0 {
      waiting[owner] = part
      return
    }
    waiting[owner] = nil
    ready.append(Ready(part: part, owner: owner, document: document))
    if ready.count == Self.batch { try addReady(scheme, &change) }
  }

  private typealias Made = (set: AnnotationSet, leftOut: [(byte: Int, what: String)])

  private mutating func addReady(_ scheme: Scheme, _ change: inout WorkspaceChange?) throws(Complaint) {
    let (format, time) = (reader.importer.name, time)
    let made = InOrder.map(ready) { ready in
      Result { () throws(TakeoverFault) -> Made in
        try ready.part.foreign.annotations(
          by: ready.owner.annotator, on: ready.document, scheme: scheme, format: format, at: time)
      }
    }
    let added = ready
    ready = []
    for (ready, made) in zip(added, made) { try add(ready, made, scheme, &change) }
  }

  private mutating func add(
    _ ready: Ready, _ result: Result<Made, TakeoverFault>, _ scheme: Scheme, _ change: inout WorkspaceChange?
  ) throws(Complaint) {
    let (part, owner, document) = (ready.part, ready.owner, ready.document)
    let made: Made
    do throws(TakeoverFault) { made = try result.get() } catch {
      let (problem, advice) = Self.sentences(of: error.fact)
      return report.problem(part.place(error.byte), problem, advice)
    }
    for (byte, what) in made.leftOut { report.leave(part.place(byte), what) }
    let present = try attempt { () throws(FileFault) in
      parties.there.contains(document.id) ? try workspace.annotations(of: owner.annotator, on: document) : nil
    }
    if let present {
      if present.isEqualInContent(to: made.set) {
        report.unchanged += 1
        return
      }
      guard replaces, present.scheme.name == scheme.name else {
        return report.problem(
          part.place(0), "\(owner.annotator)'s annotations of “\(document.id)” exist here and differ.",
          replaces
            ? "They have the scheme \(present.scheme.name), not \(scheme.name)."
            : "--replace puts the newer in their place, with an undo; --as with another name keeps both.")
      }
      replacements.append((document, owner.annotator, ImportReplacement.edit(from: present, to: made.set)))
      report.replaced.append((owner.annotator, document.id))
      return
    }
    report.files.append((owner.annotator, document.id))
    report.spans += made.set.spans.count
    report.relations += made.set.relations.count
    try attempt { () throws(FileFault) in try change?.add(made.set, on: document) }
  }

  private static func sentences(of fact: TakeoverFault.Fact) -> (problem: String, advice: String) {
    switch fact {
    case .idTwice(let id): ("the id “\(id)” is used twice.", "Give each span an id of its own.")
    case .noSpan(let id): ("there is no span “\(id)”.", "A relation joins two spans of the same text.")
    case .refused(let refusal): Complaint.sentences(of: refusal)
    }
  }

  /// The workspace's document of that name, or a new one.
  private mutating func document(
    of part: ImportPart, _ change: inout WorkspaceChange?
  ) throws(Complaint) -> Document {
    if parties.there.contains(part.document) {
      let (document, there) = try attempt { () throws(FileFault) in
        let document = try workspace.document(part.document)
        guard document.sha256 == parties.texts[part.document] else {
          throw FileFault(workspace.folder(of: part.document), .changedUnderneath)
        }
        return (document, try workspace.tokens(of: document))
      }
      if let there, tokens[document.id] == nil { tokens[document.id] = there }
      try addTokens(of: part, document, &change)
      return document
    }
    let text = part.foreign.text
    let document = Document(
      id: part.document, text: text, sha256: parties.texts[part.document] ?? "",
      title: DocumentName.title(of: text, else: part.document))
    if report.documents.insert(part.document).inserted {
      try attempt { () throws(FileFault) in try change?.add(document) }
    }
    try addTokens(of: part, document, &change)
    return document
  }

  /// Keeps the tokens of the file; where others are kept already, they are left out.
  private mutating func addTokens(
    of part: ImportPart, _ document: Document, _ change: inout WorkspaceChange?
  ) throws(Complaint) {
    guard let found = part.foreign.tokens else { return }
    if let kept = tokens[document.id] {
      if kept != found { report.leave(part.place(0), "the tokens, as “\(document.id)” has others") }
      return
    }
    tokens[document.id] = found
    try attempt { () throws(FileFault) in try change?.add(found, of: document) }
  }
}
