import Interchange
import Pages
import Standoff
import Storage

/// The documents and annotators of an import, checked against one another and against the workspace.
struct ImportSurvey {
  /// An annotator and the document annotated.
  struct Owner: Hashable {
    let document: String
    let annotator: String
  }

  /// Why a part cannot be imported.
  struct Objection: Error {
    let problem: String
    let advice: String

    init(_ problem: String, _ advice: String) {
      self.problem = problem
      self.advice = advice
    }
  }

  private let workspace: Workspace
  /// The annotator from `--as`; nil if it was not given.
  private let annotator: String?
  /// The documents already in the workspace.
  let there: Set<String>
  /// Digests of the texts seen, by document.
  private(set) var texts: [String: String] = [:]
  /// The number of existing documents that use each scheme.
  private(set) var schemesThere: [String: Int] = [:]
  /// Names that had to change, with their new forms.
  private(set) var changed: [String: String] = [:]
  /// Names of all documents, old and new, by their lowercase form.
  private var documents: [String: String] = [:]
  /// Names of each document's annotators, by their lowercase form.
  private var annotators: [String: [String: String]] = [:]
  /// The files' names for documents and annotators, by the names here.
  private var documentSources: [String: String] = [:]
  private var annotatorSources: [String: String] = [:]
  /// The files' names for annotators imported under the name from `--as`.
  private var sourceOfOwner: [Owner: String] = [:]

  init(of workspace: Workspace, as annotator: String?) throws(FileFault) {
    self.workspace = workspace
    self.annotator = annotator
    let names = try workspace.documentNames()
    there = Set(names)
    for name in names { documents[name.lowercased()] = name }
  }

  /// The owner of a part; nil for a text that nobody has annotated.
  func owner(of part: ImportPart) -> Owner? {
    if part.foreign.isBare { return nil }
    return (annotator ?? part.annotator).map { Owner(document: part.document, annotator: $0) }
  }

  /// Checks a part during the first reading.
  mutating func survey(_ part: ImportPart) throws(Objection) -> Owner? {
    guard Scheme.isPlainName(part.document) else {
      throw Objection(
        "“\(Complaint.shortened(part.documentSource))” cannot become a document's name.",
        "A name has 1 to 128 ASCII letters, digits, points, hyphens and underscores; it begins with a letter or digit."
      )
    }
    guard there.contains(part.document) || !NewName.isKept(part.document) else {
      let complaint = Complaint(FileFault(part.document, .nameKept(part.document)))
      throw Objection(complaint.problem, complaint.advice)
    }
    try Self.hold(part.documentSource, called: part.document, in: &documentSources, &changed)
    try checkText(of: part)
    guard let owner = owner(of: part) else {
      if part.foreign.isBare { return nil }
      throw Objection("nothing says who annotated it.", "Name the annotator with --as NAME.")
    }
    try checkAnnotator(owner, part)
    return owner
  }

  /// Notes a name; throws if two different ones would become the same.
  private static func hold(
    _ source: String, called name: String, in sources: inout [String: String], _ changed: inout [String: String]
  ) throws(Objection) {
    if let other = sources.updateValue(source, forKey: name), other != source {
      throw Objection(
        "“\(Complaint.shortened(other))” and “\(Complaint.shortened(source))” would both become “\(name)”.",
        "Rename one of them.")
    }
    if source != name { changed[source] = name }
  }

  /// Throws if a document would have two different texts, among the files or in the workspace.
  private mutating func checkText(of part: ImportPart) throws(Objection) {
    if texts[part.document] == nil {
      guard part.foreign.text.string.contains(where: { !$0.isWhitespace }) else {
        throw Objection("the text is empty.", "Leave the file out.")
      }
      if let other = documents.updateValue(part.document, forKey: part.document.lowercased()), other != part.document {
        throw Objection("the documents “\(part.document)” and “\(other)” differ only in case.", "Rename the file.")
      }
      texts[part.document] = part.digest
      if there.contains(part.document) {
        do throws(FileFault) { try look(at: part.document) } catch {
          throw Objection(Complaint(error).problem, Complaint(error).advice)
        }
      }
    }
    guard texts[part.document] == part.digest else {
      throw Objection(
        "the document “\(part.document)” has a different text.",
        "Rename it, where the file names it or in the file’s own name, to import it as a new document.")
    }
  }

  /// Notes the text, annotators and scheme of an existing document.
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

  /// Throws if an annotator's name is not allowed, differs from another only in case, or stands for two people.
  private mutating func checkAnnotator(_ owner: Owner, _ part: ImportPart) throws(Objection) {
    let name = owner.annotator
    guard Scheme.isPlainName(name), !NewName.isKept(name) else {
      throw Objection(
        "“\(Complaint.shortened(name))” cannot be an annotator's name.", "Name the annotator with --as NAME.")
    }
    let other = annotators[owner.document, default: [:]].updateValue(name, forKey: name.lowercased())
    if let other, other != name {
      throw Objection(
        "the annotators “\(name)” and “\(other)” differ only in case.", "Choose another name with --as.")
    }
    guard let source = part.annotatorSource else { return }
    if annotator == nil { return try Self.hold(source, called: name, in: &annotatorSources, &changed) }
    if let other = sourceOfOwner.updateValue(source, forKey: owner), other != source {
      throw Objection(
        "“\(other)” and “\(source)” both annotated “\(owner.document)”, and --as makes both \(name).",
        "Leave out --as, or import one of them.")
    }
  }
}
