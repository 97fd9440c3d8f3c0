import Interchange
import Pages
import Standoff
import Storage

/// Which documents and annotators the parts of an import are of, held against each other and against the workspace.
struct ImportSurvey {
  /// Whose annotations of which document.
  struct Owner: Hashable {
    let document: String
    let annotator: String
  }

  /// Why a part cannot be taken over.
  struct Objection: Error {
    let problem: String
    let advice: String

    init(_ problem: String, _ advice: String) {
      self.problem = problem
      self.advice = advice
    }
  }

  private let workspace: Workspace
  /// The annotator that everything is to be of, where the person has named one.
  private let annotator: String?
  /// The documents that the workspace has.
  let there: Set<String>
  /// Digests of the texts met, by document.
  private(set) var texts: [String: String] = [:]
  /// How many documents that are there have files of each scheme.
  private(set) var schemesThere: [String: Int] = [:]
  /// Names that had to be made others.
  private(set) var changed: [String: String] = [:]
  /// All documents, the new ones too, by their names without regard to case.
  private var documents: [String: String] = [:]
  /// Annotators of each document, by their names without regard to case.
  private var annotators: [String: [String: String]] = [:]
  /// What documents and annotators are called in the files, by their names here.
  private var documentSources: [String: String] = [:]
  private var annotatorSources: [String: String] = [:]
  /// Whose annotations come under the name that was asked for.
  private var sourceOfOwner: [Owner: String] = [:]

  init(of workspace: Workspace, as annotator: String?) throws(FileFault) {
    self.workspace = workspace
    self.annotator = annotator
    let names = try workspace.documentNames()
    there = Set(names)
    for name in names { documents[name.lowercased()] = name }
  }

  /// Whose annotations of which document a part is; nil of a text that nobody has annotated.
  func owner(of part: ImportPart) -> Owner? {
    if part.foreign.isBare { return nil }
    return (annotator ?? part.annotator).map { Owner(document: part.document, annotator: $0) }
  }

  /// Looks at a part for the first time.
  mutating func survey(_ part: ImportPart) throws(Objection) -> Owner? {
    guard Scheme.isPlainName(part.document) else {
      throw Objection(
        "“\(Complaint.shortened(part.documentSource))” makes no document's name.",
        "A name is 1 to 128 letters, digits, points, hyphens and underscores of ASCII, and begins with a letter or digit."
      )
    }
    try Self.hold(part.documentSource, called: part.document, in: &documentSources, &changed)
    try checkText(of: part)
    guard let owner = owner(of: part) else {
      if part.foreign.isBare { return nil }
      throw Objection("nothing says who annotated it.", "Say who with --as NAME.")
    }
    try checkAnnotator(owner, part)
    return owner
  }

  /// Names that would become one are refused.
  private static func hold(
    _ source: String, called name: String, in sources: inout [String: String], _ changed: inout [String: String]
  ) throws(Objection) {
    if let other = sources.updateValue(source, forKey: name), other != source {
      throw Objection(
        "“\(Complaint.shortened(other))” and “\(Complaint.shortened(source))” would both be called “\(name)”.",
        "Rename one of them.")
    }
    if source != name { changed[source] = name }
  }

  /// A document has one text only, here and in the workspace.
  private mutating func checkText(of part: ImportPart) throws(Objection) {
    if texts[part.document] == nil {
      guard part.foreign.text.string.contains(where: { !$0.isWhitespace }) else {
        throw Objection("there is no text in it.", "Leave the file out.")
      }
      if let other = documents.updateValue(part.document, forKey: part.document.lowercased()), other != part.document {
        throw Objection("the document “\(part.document)” would be one with “\(other)”.", "Rename the file.")
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
        "the document “\(part.document)” has another text.",
        "Annotations of another text mean other words; rename the file to import it as a document of its own.")
    }
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

  /// What comes under one name is one annotator's, whose name is one and nobody else's in another case.
  private mutating func checkAnnotator(_ owner: Owner, _ part: ImportPart) throws(Objection) {
    let name = owner.annotator
    guard Scheme.isPlainName(name), !Workspace.reservedNames.contains(name.lowercased()) else {
      throw Objection("“\(Complaint.shortened(name))” cannot be an annotator's name.", "Say who with --as NAME.")
    }
    let other = annotators[owner.document, default: [:]].updateValue(name, forKey: name.lowercased())
    if let other, other != name {
      throw Objection(
        "the annotator “\(name)” would be one with “\(other)” on some disks.", "Say another name with --as.")
    }
    guard let source = part.annotatorSource else { return }
    if annotator == nil { return try Self.hold(source, called: name, in: &annotatorSources, &changed) }
    if let other = sourceOfOwner.updateValue(source, forKey: owner), other != source {
      throw Objection(
        "“\(other)” and “\(source)” have both annotated “\(owner.document)”, and would both be \(name).",
        "Leave --as out, or import one of them.")
    }
  }
}
