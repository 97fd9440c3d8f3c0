public import Standoff

/// On whose behalf a workspace is read, and what they are to annotate without having seen what others say of it.
struct Viewer: Equatable {
  let name: String
  /// The documents that they were assigned.
  let assigned: Set<String>
  /// Those that they have not done, where that was found out once for all; nil where it is asked again each time.
  var veiled: Set<String>?
}

extension Workspace {
  /// The workspace as an annotator may see it: nothing of others' annotations of a document that they were assigned and
  /// have not done.
  ///
  /// - Throws: where the assignments cannot be read: then nobody can tell what may be shown.
  public func reading(as name: String) throws(FileFault) -> Workspace {
    var workspace = self
    let assigned = try assignments().documents(of: name)
    workspace.viewer = assigned.isEmpty ? nil : Viewer(name: name, assigned: Set(assigned))
    return workspace
  }

  /// On whose behalf the workspace is read; nil where everything may be seen.
  public var viewerName: String? { viewer?.name }

  /// Whether others' annotations of a document are not for the viewer's eyes yet.
  public func isVeiled(_ document: String) -> Bool {
    guard let viewer, viewer.assigned.contains(document) else { return false }
    if let veiled = viewer.veiled { return veiled.contains(document) }
    let own = try? StoredAnnotations.readSet(viewer.name, on: self.document(document), in: self, scheme: scheme)
    return own?.status != .complete
  }

  /// The workspace as its viewer may see it now, for a command that reads and ends: what others' annotations are not for
  /// their eyes is found out once.
  public func settlingVeil() -> Workspace {
    var workspace = self
    workspace.viewer?.veiled = Set(veiledDocuments())
    return workspace
  }

  /// Documents of which others' annotations are not for the viewer's eyes yet, by their names.
  public func veiledDocuments() -> [String] { (viewer?.assigned.sorted() ?? []).filter(isVeiled) }

  /// The scheme of the files that others have of a document, which nobody need not know; nil where an annotator has a file
  /// already, or nobody has.
  public func schemeName(besides annotator: String, on document: Document) throws(FileFault) -> String? {
    let others = try allAnnotators(of: document.id)
    guard !others.contains(annotator) else { return nil }
    return others.lazy.compactMap { other in
      try? StoredAnnotations.readSet(other, on: document, in: self, scheme: scheme)?.scheme.name
    }.first
  }

  /// - Throws: where others' annotations of a document are not for the viewer's eyes yet.
  public func checkUnveiled(_ document: String) throws(FileFault) {
    guard let viewer, isVeiled(document) else { return }
    throw FileFault(folder(of: document), .veiled(reader: viewer.name, document: document))
  }

  func checkUnveiled(_ annotator: String, on document: String) throws(FileFault) {
    guard let viewer, annotator != viewer.name, isVeiled(document) else { return }
    throw FileFault(path(of: annotator, on: document), .veiled(reader: viewer.name, document: document))
  }
}
