package import Pages
import Standoff
package import Storage

/// The documents and annotators that a command names, held to those that there are.
package enum DocumentChoice {
  /// What is said of an annotator who was named and of whom nothing counts.
  package static func nobody(_ name: String, _ omissions: [Omission]) -> Complaint {
    let waiting = omissions.contains { $0.annotator == name }
    return Complaint(
      "“\(name)” has \(waiting ? "no document that is done" : "annotated none of these documents").",
      waiting ? "“--in-progress” counts what was read so far." : "“gainsay status” shows who has done what.",
      culprit: name)
  }

  /// Documents that are named and that the reader was assigned and has not done are refused: of these there is nothing to
  /// compare yet.
  package static func checkSeen(_ documents: [String], in workspace: Workspace) throws(Complaint) {
    for name in documents {
      do throws(FileFault) { try workspace.checkUnveiled(name) } catch { throw Complaint(error) }
    }
  }

  /// The documents that are named, or all.
  package static func names(_ documents: [String], in workspace: Workspace) throws(Complaint) -> [String] {
    let known: [String]
    do throws(FileFault) { known = try workspace.documentNames() } catch { throw Complaint(error) }
    if documents.isEmpty { return known }
    var left = Set(known)
    for name in documents where left.remove(name) == nil {
      try DocumentChoice.checkName(name, in: workspace)
      throw Complaint("“\(name)” is named twice.", "Name each document once.", culprit: name)
    }
    return documents
  }

  /// Names that are no annotator's are refused before anything is made of them.
  package static func checkAnnotator(_ name: String) throws(Complaint) {
    guard Scheme.isPlainName(name), !Workspace.reservedNames.contains(name.lowercased()) else {
      throw Complaint(FileFault(name, .nameNotAllowed(name)))
    }
  }

  package static func checkName(_ id: String, in workspace: Workspace) throws(Complaint) {
    let names: [String]
    do throws(FileFault) { names = try workspace.documentNames() } catch { throw Complaint(error) }
    guard !names.contains(id) else { return }
    let guess = didYouMean(id, among: names)
    throw Complaint(
      "There is no document “\(id)”.\(guess)",
      names.isEmpty
        ? "“gainsay add FILE” adds one."
        : "“gainsay list” shows the documents, “gainsay help” the commands.", culprit: id)
  }
}
