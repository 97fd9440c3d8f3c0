package import Pages
import Standoff
package import Storage

/// Checks on the documents and annotators that a command names.
package enum DocumentChoice {
  /// The complaint about a named annotator who has nothing that counts.
  package static func nobody(_ name: String, _ omissions: [Omission]) -> Complaint {
    let waiting = omissions.contains { $0.annotator == name }
    return Complaint(
      "“\(name)” has \(waiting ? "not done any of these documents" : "annotated none of these documents").",
      waiting ? "“--in-progress” counts what was read so far." : "“gainsay status” shows who has done what.",
      culprit: name)
  }

  /// Throws if a named document is veiled: the viewer was assigned it and has not done it.
  package static func checkSeen(_ documents: [String], in workspace: Workspace) throws(Complaint) {
    for name in documents {
      do throws(FileFault) { try workspace.checkUnveiled(name) } catch { throw Complaint(error) }
    }
  }

  /// The documents that are named, or all; throws if one does not exist or is named twice.
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

  /// Throws if a name cannot be an annotator's.
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
