package import Pages
import Standoff
package import Storage

/// Choosing the document and the scheme before a session opens.
extension Session {
  /// The documents for an annotator, in order: those assigned, else all by name.
  static func documents(for annotator: String, in workspace: Workspace) throws(FileFault) -> [String] {
    let all = try workspace.documentNames()
    let assigned = try workspace.assignments().documents(ofPerson: annotator).filter(all.contains)
    return assigned.isEmpty ? all : assigned
  }

  /// The first document that the annotator has not done; the first of all if all are done.
  package static func firstOpenDocument(of annotator: String, in workspace: Workspace) throws(Complaint) -> String {
    do throws(FileFault) {
      let names = try documents(for: annotator, in: workspace)
      guard let first = names.first else {
        throw FileFault(workspace.annotationsFolder, .missing)
      }
      for name in names {
        let document = try workspace.document(name)
        let own = try workspace.passName(of: annotator, on: name)
        guard let set = try workspace.annotations(of: own, on: document), set.status == .complete else {
          return name
        }
      }
      return first
    } catch {
      if error.fact == .missing, error.file == workspace.annotationsFolder {
        throw Complaint("The workspace has no documents yet.", "“gainsay add FILE…” adds some.")
      }
      throw Complaint(error)
    }
  }

  /// The scheme of the document's other files, else the workspace's; for an annotator who has no file yet, which would
  /// name its scheme itself.
  static func schemeName(
    for annotator: String, _ document: Document, _ workspace: Workspace
  ) throws(FileFault) -> String {
    if let name = try workspace.schemeName(besides: annotator, on: document) { return name }
    return try workspace.defaultSchemeName()
  }
}
