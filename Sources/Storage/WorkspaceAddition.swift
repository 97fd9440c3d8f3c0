public import Standoff

/// Documents, annotation files and a scheme that come into a workspace together or not at all.
///
/// Everything is written into a folder of its own and synced at once; then it takes its names, one after another. Where one
/// cannot be taken, those before are given back. A kill in between leaves some of it in place, every file whole, and the same
/// addition made again completes it.
public struct WorkspaceAddition: Sendable {
  private let workspace: Workspace
  private let folder: String
  /// Documents that are not in the workspace yet.
  private var newDocuments: Set<String> = []
  /// Annotation files of documents that are.
  private var files: [(document: String, annotator: String)] = []
  private var folders: Set<String> = []
  private var scheme: String?

  private var disk: any Disk { workspace.disk }

  public init(to workspace: Workspace) throws(FileFault) {
    self.workspace = workspace
    folder = Paths.join(workspace.annotationsFolder, ".import.tmp")
    do throws(DiskFault) {
      try removeAll(folder)
      try disk.makeFolder(folder)
    } catch {
      throw FileFault(error)
    }
  }

  /// Adds a document that the workspace does not have.
  public mutating func add(_ document: Document) throws(FileFault) {
    newDocuments.insert(document.id)
    do throws(DiskFault) {
      try write(document.text.utf8, "document.txt", of: document.id)
      try write(DocumentFile.encode(document), "document.json", of: document.id)
    } catch {
      throw FileFault(error)
    }
  }

  /// Adds the file of an annotator who has none of that document.
  public mutating func add(_ set: AnnotationSet, on document: Document) throws(FileFault) {
    guard Scheme.isPlainName(set.annotator), !Workspace.reservedNames.contains(set.annotator.lowercased()) else {
      throw FileFault(set.annotator, .nameNotAllowed(set.annotator))
    }
    if !newDocuments.contains(document.id) { files.append((document.id, set.annotator)) }
    do throws(DiskFault) {
      try write(AnnotationFile.encode(set, text: document.text), "\(set.annotator).json", of: document.id)
    } catch {
      throw FileFault(error)
    }
  }

  /// Puts a scheme into the place of the one of its name.
  public mutating func put(_ scheme: Scheme) throws(FileFault) {
    self.scheme = scheme.name
    do throws(DiskFault) {
      try write(SchemeFile.encode(scheme), "scheme", of: "")
    } catch {
      throw FileFault(error)
    }
  }

  private mutating func write(_ bytes: [UInt8], _ name: String, of document: String) throws(DiskFault) {
    // No document's name ends with a point.
    let place = document.isEmpty ? folder : Paths.join(folder, document)
    if !document.isEmpty, folders.insert(document).inserted { try disk.makeFolder(place) }
    let file = try disk.create(Paths.join(place, document.isEmpty ? ".\(name)" : name), permissions: 0o644)
    defer { disk.close(file) }
    try disk.write(bytes, to: file)
  }

  /// Puts everything in its place.
  public func commit() throws(FileFault) {
    var taken: [String] = []
    var oldScheme: (path: String, bytes: [UInt8]?)?
    do throws(DiskFault) {
      try syncAll(folder)
      if let scheme {
        let path = Paths.join(workspace.schemasFolder, "\(scheme).scheme.json")
        oldScheme = (path, try disk.entry(path) == nil ? nil : try disk.read(path))
        try disk.rename(Paths.join(folder, ".scheme"), to: path)
        try disk.syncFolder(workspace.schemasFolder)
      }
      for (document, annotator) in files {
        let path = workspace.path(of: annotator, on: document)
        if try disk.entry(path) != nil { throw DiskFault(operation: "create", path: path, code: 17) }
        try disk.rename(Paths.join(Paths.join(folder, document), "\(annotator).json"), to: path)
        taken.append(path)
      }
      for document in newDocuments.sorted() {
        let path = workspace.folder(of: document)
        if try disk.entry(path) != nil { throw DiskFault(operation: "create", path: path, code: 17) }
        try disk.rename(Paths.join(folder, document), to: path)
        taken.append(path)
      }
      for document in Set(files.map(\.document)).sorted() { try disk.syncFolder(workspace.folder(of: document)) }
      try disk.syncFolder(workspace.annotationsFolder)
    } catch {
      for path in taken.reversed() { try? removeAll(path) }
      if let (path, bytes) = oldScheme {
        if let bytes { try? disk.replace(path, with: bytes) } else { try? disk.remove(path) }
      }
      abandon()
      throw FileFault(error)
    }
    abandon()
  }

  /// Forgets what was not put in its place.
  public func abandon() { try? removeAll(folder) }

  /// Everything below a folder, when all of it is written: the first call brings most of the others' bytes with it.
  private func syncAll(_ folder: String) throws(DiskFault) {
    for name in try disk.names(in: folder) {
      let path = Paths.join(folder, name)
      if try disk.entry(path)?.isFolder == true {
        try syncAll(path)
      } else {
        let file = try disk.openForAppending(path)
        defer { disk.close(file) }
        try disk.sync(file)
      }
    }
    try disk.syncFolder(folder)
  }

  private func removeAll(_ path: String) throws(DiskFault) {
    guard let entry = try disk.entry(path) else { return }
    if entry.isFolder {
      for name in try disk.names(in: path) { try removeAll(Paths.join(path, name)) }
    }
    try disk.remove(path)
  }
}
