public import Standoff

/// The person for whom a workspace is read, and the documents to annotate without seeing others' annotations.
struct Viewer: Equatable {
  let name: String
  /// The documents assigned to the viewer, each with the name under which the viewer annotates it now: that of the last
  /// pass.
  let assigned: [String: String]
  /// The assigned documents not done, determined once; nil to determine them anew each time.
  var veiled: Set<String>?
}

extension Workspace {
  /// The workspace as an annotator may see it: without others' annotations of documents that the annotator was assigned
  /// and has not done.
  ///
  /// - Throws: if the assignments cannot be read, as nobody could tell what may be shown.
  public func reading(as name: String) throws(FileFault) -> Workspace {
    var workspace = self
    let assignments = try assignments()
    var assigned: [String: String] = [:]
    for document in assignments.documents(ofPerson: name) {
      assigned[document] = assignments.names(of: name, on: document).last
    }
    workspace.viewer = assigned.isEmpty ? nil : Viewer(name: name, assigned: assigned)
    return workspace
  }

  /// The name under which a person annotates a document now: that of the first pass that is not done, else of the last.
  public func passName(of person: String, on document: String) throws(FileFault) -> String {
    let names = try assignments().names(of: person, on: document).filter { $0 != person }
    guard !names.isEmpty else { return person }
    for name in [person] + names {
      let set = try? StoredAnnotations.readSet(name, on: self.document(document), in: self, scheme: scheme)
      if set?.status != .complete { return name }
    }
    return names[names.count - 1]
  }

  /// The name of the viewer; nil if everything may be seen.
  public var viewerName: String? { viewer?.name }

  /// Whether others' annotations of a document are hidden from the viewer.
  public func isVeiled(_ document: String) -> Bool {
    guard let viewer, let name = viewer.assigned[document] else { return false }
    if let veiled = viewer.veiled { return veiled.contains(document) }
    let own = try? StoredAnnotations.readSet(name, on: self.document(document), in: self, scheme: scheme)
    return own?.status != .complete
  }

  /// The workspace with the hidden documents determined once, for a command that reads and ends.
  public func settlingVeil() -> Workspace {
    var workspace = self
    workspace.viewer?.veiled = Set(veiledDocuments())
    return workspace
  }

  /// The documents whose other annotations are hidden from the viewer, by name.
  public func veiledDocuments() -> [String] { (viewer?.assigned.keys.sorted() ?? []).filter(isVeiled) }

  /// The scheme of others' files of a document, which is never hidden; nil if the annotator has a file or nobody has.
  public func schemeName(besides annotator: String, on document: Document) throws(FileFault) -> String? {
    let others = try allAnnotators(of: document.id)
    guard !others.contains(annotator) else { return nil }
    for other in others {
      if let set = try? StoredAnnotations.readSet(other, on: document, in: self, scheme: scheme) {
        return set.scheme.name
      }
    }
    return nil
  }

  /// - Throws: if others' annotations of a document are hidden from the viewer.
  public func checkUnveiled(_ document: String) throws(FileFault) {
    guard let viewer, isVeiled(document) else { return }
    throw FileFault(folder(of: document), .veiled(reader: viewer.name, document: document))
  }

  func checkUnveiled(_ annotator: String, on document: String) throws(FileFault) {
    guard let viewer, annotator != viewer.assigned[document] ?? viewer.name, isVeiled(document) else { return }
    throw FileFault(path(of: annotator, on: document), .veiled(reader: viewer.name, document: document))
  }
}
