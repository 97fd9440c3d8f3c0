import Interchange
import Standoff
import Storage

/// An import under way: files are read twice, first to see whether all of them can be taken over and by which scheme, then
/// to take them over. In between only names and digests are kept.
struct Import {
  private let reader: ImportReader
  private let workspace: Workspace
  private let annotator: String?
  private let unit: OffsetUnit?
  private let isDry: Bool
  private let time: Timestamp
  private var names: ForeignNames
  private var vocabulary = Vocabulary()
  private var report = ImportReport()
  /// The documents that the workspace has.
  private var there: Set<String> = []
  /// All documents, the new ones too, by their names without regard to case.
  private var namesInLowercase: [String: String] = [:]
  /// Digests of the texts met, by document.
  private var texts: [String: String] = [:]
  /// How many parts there are of what somebody has annotated in a document.
  private var parts: [Key: Int] = [:]

  /// Annotators of each document, by their names without regard to case.
  private var annotators: [String: [String: String]] = [:]
  /// How many documents that are there have files of each scheme.
  private var schemesThere: [String: Int] = [:]

  /// What documents and annotators are called in the files, by their names here.
  private var sources: [String: String] = [:]
  /// Whose annotations come under the name that was asked for.
  private var annotatorOfPart: [Key: String] = [:]
  private let mapNames: [String]

  private struct Key: Hashable {
    let document: String
    let annotator: String
  }

  /// A scheme for what is imported.
  struct Chosen {
    let scheme: Scheme
    /// Whether it, or this version of it, is not in the workspace yet.
    let isNew: Bool
    /// What is to be said of the choice, behind its name.
    let why: String
  }

  init(
    _ importer: any Importer.Type, into workspace: Workspace, as annotator: String?, unit: OffsetUnit?,
    names map: [String: String], isDry: Bool, at time: Timestamp
  ) {
    reader = ImportReader(importer: importer, workspace: workspace, unit: unit)
    self.workspace = workspace
    self.annotator = annotator
    self.unit = unit
    self.isDry = isDry
    self.time = time
    mapNames = map.keys.sorted()
    names = ForeignNames(map: map, verbs: workspace.verbs)
  }

  mutating func outcome(_ files: [ImportFile]) throws(Complaint) -> Outcome {
    let documents = try attempt { () throws(FileFault) in try workspace.documentNames() }
    there = Set(documents)
    for name in documents { namesInLowercase[name.lowercased()] = name }
    try survey(files)
    if !report.problems.isEmpty { return report.refusal }
    guard vocabulary.labels.count <= Vocabulary.mostLabels else {
      throw Complaint(
        "There are \(vocabulary.labels.count) labels, and a scheme has at most \(Vocabulary.mostLabels).",
        "Is it this format? --map joins labels.")
    }
    let scheme = try chosenScheme()
    report.names.merge(names.changed) { first, _ in first }
    report.unmet = mapNames.filter { !names.mapped.contains($0) }
    report.isDry = isDry
    report.scheme = scheme
    var addition = isDry ? nil : try attempt { () throws(FileFault) in try WorkspaceAddition(to: workspace) }
    do throws(Complaint) {
      if scheme.isNew { try attempt { () throws(FileFault) in try addition?.put(scheme.scheme) } }
      var waiting: [Key: ImportPart] = [:]
      try take(files, scheme.scheme, &addition, &waiting)
      if report.problems.isEmpty { try attempt { () throws(FileFault) in try addition?.commit() } }
    } catch {
      addition?.abandon()
      throw error
    }
    guard report.problems.isEmpty else {
      addition?.abandon()
      return report.refusal
    }
    return report.outcome
  }

  private func attempt<Value>(_ body: () throws(FileFault) -> Value) throws(Complaint) -> Value {
    do throws(FileFault) { return try body() } catch { throw Complaint(error) }
  }

  // MARK: looking

  private mutating func survey(_ files: [ImportFile]) throws(Complaint) {
    let reader = reader
    try reader.read(files) { (read) throws(Complaint) in
      switch read {
      case .part(let part): try survey(part)
      case .fault(let place, let problem, let advice): report.problem(place, problem, advice)
      }
    }
  }

  private mutating func survey(_ part: ImportPart) throws(Complaint) {
    guard checkName(part), checkText(part) else { return }
    guard let key = key(of: part) else { return }
    if key.document.isEmpty { return }
    let other = annotators[key.document, default: [:]].updateValue(key.annotator, forKey: key.annotator.lowercased())
    if let other, other != key.annotator {
      return report.problem(
        part.place(0), "the annotator “\(key.annotator)” would be one with “\(other)” on some disks.",
        "Say another name with --as.")
    }
    guard isOfOne(key, part) else { return }
    parts[key, default: 0] += 1
    var foreign = part.foreign
    if case .failure(let fault) = part.unit { return report(fault, part) }
    do throws(ForeignNames.Clash) { try names.rename(&foreign) } catch {
      return report.problem(
        part.place(0), "“\(error.first)” and “\(error.second)” would both be called “\(error.name)”.",
        "Name one of them otherwise with --map.")
    }
    vocabulary.add(foreign)
  }

  /// Whether a name can be the document's, and stands for one name of the files only.
  private mutating func checkName(_ part: ImportPart) -> Bool {
    guard Scheme.isPlainName(part.document) else {
      report.problem(
        part.place(0), "“\(Complaint.shortened(part.documentSource))” makes no document's name.",
        "A name is 1 to 128 letters, digits, points, hyphens and underscores of ASCII, and begins with a letter or digit."
      )
      return false
    }
    return isOnly(part.documentSource, called: part.document, part)
  }

  /// Whether no other name of the files is called the same here.
  private mutating func isOnly(_ source: String, called name: String, _ part: ImportPart) -> Bool {
    if let other = sources.updateValue(source, forKey: name), other != source {
      report.problem(
        part.place(0),
        "“\(Complaint.shortened(other))” and “\(Complaint.shortened(source))” would both be called “\(name)”.",
        "Rename one of them.")
      return false
    }
    if source != name { report.names[source] = name }
    return true
  }

  /// Whether a document has one text only, here and in the workspace.
  private mutating func checkText(_ part: ImportPart) -> Bool {
    if texts[part.document] == nil {
      guard part.foreign.text.string.contains(where: { !$0.isWhitespace }) else {
        report.problem(part.place(0), "there is no text in it.", "")
        return false
      }
      do throws(FileFault) {
        if let other = namesInLowercase[part.document.lowercased()] {
          guard other == part.document else {
            report.problem(
              part.place(0), "the document “\(part.document)” would be one with “\(other)”.", "Rename the file.")
            return false
          }
          if there.contains(other) { try look(at: other) }
        } else {
          texts[part.document] = part.digest
          namesInLowercase[part.document.lowercased()] = part.document
        }
      } catch {
        report.problem(part.place(0), Complaint(error).problem, Complaint(error).advice)
        return false
      }
    }
    guard texts[part.document] == part.digest else {
      report.problem(
        part.place(0), "the document “\(part.document)” has another text.",
        "Annotations of another text mean other words; rename the file to import it as a document of its own.")
      return false
    }
    return true
  }

  /// Whether what comes under one name is one annotator's.
  private mutating func isOfOne(_ key: Key, _ part: ImportPart) -> Bool {
    guard let source = part.annotatorSource else { return true }
    if annotator == nil { return isOnly(source, called: key.annotator, part) }
    guard let other = annotatorOfPart.updateValue(source, forKey: key), other != source else { return true }
    report.problem(
      part.place(0),
      "“\(other)” and “\(source)” have both annotated “\(key.document)”, and would both be \(key.annotator).",
      "Leave --as out, or import one of them.")
    return false
  }

  /// The text, annotators and scheme of a document that the workspace has.
  private mutating func look(at name: String) throws(FileFault) {
    let document = try workspace.document(name)
    texts[name] = document.sha256
    for annotator in try workspace.annotators(of: name) {
      annotators[name, default: [:]][annotator.lowercased()] = annotator
    }
    if let first = annotators[name]?.values.min(), let set = try workspace.annotations(of: first, on: document) {
      schemesThere[set.scheme.name, default: 0] += 1
    }
  }

  /// Whose annotations of which document they are; nil, and it is reported, where nobody knows.
  private mutating func key(of part: ImportPart) -> Key? {
    if part.foreign.isBare || part.foreign.spans.isEmpty && part.annotator == nil && annotator == nil {
      return Key(document: "", annotator: "")
    }
    guard let name = annotator ?? part.annotator else {
      report.problem(part.place(0), "nothing says who annotated it.", "Say who with --as NAME.")
      return nil
    }
    guard Scheme.isPlainName(name), !Workspace.reservedNames.contains(name.lowercased()) else {
      report.problem(part.place(0), "“\(name)” cannot be an annotator's name.", "Say who with --as NAME.")
      return nil
    }
    return Key(document: part.document, annotator: name)
  }

  private mutating func report(_ fault: ForeignDocument.UnitFault, _ part: ImportPart) {
    switch fault {
    case .doubt(let first, let second):
      report.problem(
        part.place(0),
        "offsets may count \(first.noun) or \(second.noun): both fit, and the file gives no words to tell.",
        "Say which with --unit.")
    case .misfits(let misfits, let unit):
      let advice =
        self.unit != nil || part.foreign.unit != nil
        ? "Another --unit may fit."
        : "Neither code points nor UTF-16 units nor bytes fit all spans: the text may be another one."
      for misfit in misfits { report.problem(part.place(misfit.byte), Self.sentence(misfit, unit, part), advice) }
    }
  }

  private static func sentence(_ misfit: ForeignDocument.Misfit, _ unit: OffsetUnit, _ part: ImportPart) -> String {
    let found =
      misfit.found.map { "say “\(Complaint.shortened($0))”" }
      ?? "stand for no words of the text, which has \(counted(part.foreign.text.count, "code point"))"
    let offsets = "offsets in \(unit.noun) \(found)."
    guard let stated = misfit.stated else { return "of the span \(misfit.id) the \(offsets)" }
    return "the span \(misfit.id) carries the words “\(Complaint.shortened(stated))”, and its \(offsets)"
  }

  /// One that has a place for everything, those of the documents first, then the default; else, where names were mapped, one
  /// that has all labels; else a new one.
  private func chosenScheme() throws(Complaint) -> Chosen {
    do throws(FileFault) {
      var candidates = try workspace.schemeNames()
      let first = try workspace.defaultSchemeName()
      candidates.sort { a, b in
        let counts = (schemesThere[a] ?? 0, schemesThere[b] ?? 0)
        return counts.0 != counts.1 ? counts.0 > counts.1 : (a == first ? "" : a) < (b == first ? "" : b)
      }
      var labelled: Scheme?
      var lacking: [String] = []
      for name in candidates {
        let scheme = try workspace.scheme(name)
        if vocabulary.fits(scheme) { return Chosen(scheme: scheme, isNew: false, why: "") }
        let missing = vocabulary.labels(notIn: scheme)
        if missing.isEmpty { labelled = labelled ?? scheme }
        if name == first { lacking = missing }
      }
      if !mapNames.isEmpty, let labelled {
        return Chosen(scheme: labelled, isNew: false, why: ", which has all labels, and not all that is said of spans")
      }
      let name = reader.importer.name
      let old = candidates.contains(name) ? try workspace.scheme(name) : nil
      let mayGrow = old.map(Vocabulary.isMadeHere) ?? true
      let free = mayGrow ? name : freeName(name, candidates)
      let made: Scheme
      do throws(Scheme.Faults) {
        made = try vocabulary.scheme(named: free, after: mayGrow ? old : nil, verbs: workspace.verbs)
      } catch {
        throw FileFault(free, .scheme(error.all))
      }
      let named = lacking.sorted().prefix(8) + (lacking.count > 8 ? ["\(lacking.count - 8) more"] : [])
      let reason =
        lacking.isEmpty
        ? "\(first) has no place for all attributes and relations"
        : "\(first) has no \(Complaint.list(Array(named), "or"))"
      return Chosen(
        scheme: made, isNew: true,
        why: ", \(old != nil && mayGrow ? "extended" : "made") for this import, as \(reason); --map FROM=TO joins them")
    } catch {
      throw Complaint(error)
    }
  }

  private func freeName(_ name: String, _ taken: [String]) -> String {
    var number = 2
    while taken.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }

  // MARK: taking over

  private mutating func take(
    _ files: [ImportFile], _ scheme: Scheme, _ addition: inout WorkspaceAddition?, _ waiting: inout [Key: ImportPart]
  ) throws(Complaint) {
    let reader = reader
    try reader.read(files) { (read) throws(Complaint) in
      switch read {
      case .part(let part): try take(part, scheme, &addition, &waiting)
      case .fault(let place, let problem, let advice): report.problem(place, problem, advice)
      }
    }
  }

  private mutating func take(
    _ part: ImportPart, _ scheme: Scheme, _ addition: inout WorkspaceAddition?, _ waiting: inout [Key: ImportPart]
  ) throws(Complaint) {
    let document = try document(of: part, &addition)
    for (byte, what) in part.foreign.leftOut { report.leave(part.place(byte), what) }
    guard let key = key(of: part), !key.document.isEmpty else { return }
    var part = part
    do throws(ForeignNames.Clash) { try names.rename(&part.foreign) } catch { return }
    guard let unit = try? part.unit.get() else { return }
    report.units[unit, default: 0] += 1
    part.foreign.leftOut = []
    // What stands in several files, such as a layer in each, is one annotator's file here.
    parts[key, default: 1] -= 1
    if let earlier = waiting[key] {
      report.joined.insert("\(key.document) of \(key.annotator)")
      part.foreign = earlier.foreign.joined(part.foreign, unit)
    } else {
      part.foreign = part.foreign.inCodePoints(unit)
    }
    if parts[key] != 0 {
      waiting[key] = part
      return
    }
    waiting[key] = nil
    try add(part, key, document, scheme, &addition)
  }

  private mutating func add(
    _ part: ImportPart, _ key: Key, _ document: Document, _ scheme: Scheme,
    _ addition: inout WorkspaceAddition?
  ) throws(Complaint) {
    let made: (set: AnnotationSet, leftOut: [(byte: Int, what: String)])
    do throws(TakeoverFault) {
      made = try part.foreign.annotations(
        by: key.annotator, on: document, unit: .codePoint, scheme: scheme, format: reader.importer.name, at: time)
    } catch {
      let (problem, advice) = Self.sentences(of: error.fact)
      return report.problem(part.place(error.byte), problem, advice)
    }
    for (byte, what) in made.leftOut { report.leave(part.place(byte), what) }
    let present = try attempt { () throws(FileFault) in
      there.contains(document.id) ? try workspace.annotations(of: key.annotator, on: document) : nil
    }
    if let present {
      guard present.isEqualInContent(to: made.set) else {
        return report.problem(
          part.place(0), "\(key.annotator) has annotated “\(document.id)” already, and otherwise.",
          "Nothing is written over anybody's annotations; --as another name keeps both.")
      }
      report.unchanged += 1
      return
    }
    report.files.append((key.annotator, document.id))
    report.spans += made.set.spans.count
    report.relations += made.set.relations.count
    try attempt { () throws(FileFault) in try addition?.add(made.set, on: document) }
  }

  private static func sentences(of fact: TakeoverFault.Fact) -> (problem: String, advice: String) {
    switch fact {
    case .idTwice(let id): ("the id “\(id)” stands twice.", "Each span has an id of its own.")
    case .noSpan(let id): ("there is no span “\(id)”.", "A relation leads from a span to a span of the same text.")
    case .toItself(let id): ("a relation leads from “\(id)” to itself.", "A relation leads to another span.")
    case .refused(let refusal): Complaint.sentences(of: refusal)
    }
  }

  /// The workspace's document of that name, or a new one.
  private mutating func document(
    of part: ImportPart, _ addition: inout WorkspaceAddition?
  ) throws(Complaint) -> Document {
    if there.contains(part.document) {
      return try attempt { () throws(FileFault) in try workspace.document(part.document) }
    }
    let text = part.foreign.text
    let document = Document(
      id: part.document, text: text, sha256: texts[part.document] ?? "",
      title: Making.title(of: text, else: part.document))
    if report.documents.insert(part.document).inserted {
      try attempt { () throws(FileFault) in try addition?.add(document) }
    }
    return document
  }
}
