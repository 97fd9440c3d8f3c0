import Glibc
public import Standoff

/// A folder with `Annotations/` and `Schemas/`, read through a disk.
public struct Workspace: Sendable {
  public let root: String
  public let disk: any Disk
  /// Called with each document that is read, on any thread, to report progress.
  public var didRead: (@Sendable (String) -> Void)?
  /// Nil if everything may be seen.
  var viewer: Viewer?

  /// Names that annotators may not have.
  public static let reservedNames: Set<String> = ["document", "gold"]

  public init(root: String, disk: any Disk) {
    self.root = root
    self.disk = disk
  }

  /// The nearest folder upwards that is a workspace; nil if there is none.
  public static func find(from folder: String, disk: any Disk) throws(DiskFault) -> String? {
    var folder = folder
    while true {
      if try isWorkspace(folder, disk: disk) { return folder }
      let parent = Paths.split(folder).folder
      if parent == folder || folder == "." { return nil }
      folder = parent
    }
  }

  public static func isWorkspace(_ folder: String, disk: any Disk) throws(DiskFault) -> Bool {
    let annotations = try disk.entry(Paths.join(folder, "Annotations"))
    let schemas = try disk.entry(Paths.join(folder, "Schemas"))
    return annotations?.isFolder == true && schemas?.isFolder == true
  }

  public var annotationsFolder: String { Paths.join(root, "Annotations") }
  public var schemasFolder: String { Paths.join(root, "Schemas") }
  public func folder(of document: String) -> String { Paths.join(annotationsFolder, document) }

  public func path(of annotator: String, on document: String) -> String {
    Paths.join(folder(of: document), annotator + ".json")
  }

  // MARK: documents

  /// The names of all documents, by code points; folders with other names are left to `check`.
  public func documentNames() throws(FileFault) -> [String] {
    do throws(DiskFault) {
      var documents: [String] = []
      for name in try disk.names(in: annotationsFolder) where Scheme.isPlainName(name) {
        if try disk.entry(folder(of: name))?.isFolder == true { documents.append(name) }
      }
      return documents
    } catch {
      throw FileFault(error)
    }
  }

  public func document(_ id: String) throws(FileFault) -> Document {
    guard Scheme.isPlainName(id) else { throw FileFault(id, .nameNotAllowed(id)) }
    let path = Paths.join(folder(of: id), "document.json")
    let textPath = Paths.join(folder(of: id), "document.txt")
    defer { didRead?(id) }
    return try DocumentFile.decode(read(path), path: path, id: id, text: read(textPath), textPath: textPath)
  }

  /// Adds a document, whose folder appears whole and in one step.
  ///
  /// - Throws: if a document has that name, or one that differs only in case.
  public func add(_ document: Document) throws(FileFault) {
    guard Scheme.isPlainName(document.id) else {
      throw FileFault(document.id, .nameNotAllowed(document.id))
    }
    if let other = try documentNames().first(where: { $0.lowercased() == document.id.lowercased() }) {
      throw FileFault(folder(of: other), .nameTaken(document.id, by: other))
    }
    let folder = folder(of: document.id)
    let temporary = Paths.join(annotationsFolder, ".\(document.id).tmp")
    do throws(DiskFault) {
      try disk.removeTree(temporary)
      do throws(DiskFault) {
        try disk.makeFolder(temporary)
        for (name, bytes) in [("document.txt", document.text.utf8), ("document.json", DocumentFile.encode(document))] {
          try disk.replace(Paths.join(temporary, name), with: bytes)
        }
        try disk.rename(temporary, to: folder)
      } catch {
        try? disk.removeTree(temporary)
        throw error
      }
      try disk.syncFolder(annotationsFolder)
    } catch {
      throw FileFault(error)
    }
  }

  // MARK: schemes

  /// The names of the workspace's schemes, by code points.
  public func schemeNames() throws(FileFault) -> [String] {
    do throws(DiskFault) {
      return try disk.names(in: schemasFolder).filter { $0.hasSuffix(".scheme.json") && !$0.hasPrefix(".") }
        .map { String($0.dropLast(".scheme.json".count)) }
    } catch {
      throw FileFault(error)
    }
  }

  public func scheme(_ name: String) throws(FileFault) -> Scheme {
    let path = Paths.join(schemasFolder, name + ".scheme.json")
    let names = try schemeNames()
    guard names.contains(name) else { throw FileFault(path, .unknownScheme(name, known: names)) }
    return try SchemeFile.decode(read(path), path: path)
  }

  /// The name of the only scheme, or of the one in `Schemas/default`.
  public func defaultSchemeName() throws(FileFault) -> String {
    let names = try schemeNames()
    if names.count == 1 { return names[0] }
    let path = Paths.join(schemasFolder, "default")
    let text = String(decoding: try read(path), as: UTF8.self)
    let name = String(text.prefix { !$0.isNewline })
    guard names.contains(name) else { throw FileFault(path, .unknownScheme(name, known: names)) }
    return name
  }

  // MARK: annotations

  /// The annotators of a document that the viewer may know of, by code points, without `gold`.
  public func annotators(of document: String) throws(FileFault) -> [String] {
    let all = try allAnnotators(of: document)
    return viewer != nil && isVeiled(document) ? all.filter { $0 == viewer?.name } : all
  }

  /// The annotators of a document, followed by `gold` if there is an adjudicated version.
  public func annotatorsAndGold(of document: String) throws(FileFault) -> [String] {
    try annotators(of: document) + (hasGold(document) ? ["gold"] : [])
  }

  /// Everybody who has annotated a document.
  public func allAnnotators(of document: String) throws(FileFault) -> [String] {
    let names: [String]
    do throws(DiskFault) { names = try disk.names(in: folder(of: document)) } catch { throw FileFault(error) }
    var annotators: Set<String> = []
    for name in names {
      if name.hasSuffix(".json"), !name.hasPrefix(".") {
        annotators.insert(String(name.dropLast(5)))
      } else if name.hasSuffix(".journal"), name.hasPrefix(".") {
        annotators.insert(String(name.dropFirst().dropLast(8)))
      }
    }
    return annotators.subtracting(Self.reservedNames).filter(Scheme.isPlainName)
      .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// Whether there is an adjudicated version that the viewer may see.
  public func hasGold(_ document: String) throws(FileFault) -> Bool {
    if viewer != nil, isVeiled(document) { return false }
    do throws(DiskFault) { return try disk.entry(path(of: "gold", on: document)) != nil } catch {
      throw FileFault(error)
    }
  }

  /// An annotator's annotations from file and journal; nil if there are none.
  public func annotations(of annotator: String, on document: Document) throws(FileFault) -> AnnotationSet? {
    try checkUnveiled(annotator, on: document.id)
    return try StoredAnnotations.readSet(annotator, on: document, in: self, scheme: scheme)
  }

  /// An annotator's annotations, using a scheme read before if it is the file's.
  public func annotations(
    of annotator: String, on document: Document, known: Scheme?
  ) throws(FileFault) -> AnnotationSet? {
    try checkUnveiled(annotator, on: document.id)
    return try StoredAnnotations.readSet(annotator, on: document, in: self) { (name) throws(FileFault) in
      if let known, known.name == name { return known }
      return try scheme(name)
    }
  }

  /// Reads a whole file; throws `missing` if it does not exist.
  public func read(_ path: String) throws(FileFault) -> [UInt8] {
    guard let bytes = try readIfThere(path) else { throw FileFault(path, .missing) }
    return bytes
  }

  func readIfThere(_ path: String) throws(FileFault) -> [UInt8]? {
    do throws(DiskFault) {
      guard let entry = try disk.entry(path) else { return nil }
      // Reading a pipe would wait for ever.
      if entry.isSpecial { throw DiskFault(operation: "read", path: path, code: EINVAL) }
      return try disk.read(path)
    } catch {
      throw FileFault(error)
    }
  }
}

extension Workspace {
  /// The faults of an annotator's file; if that has none, of the journal.
  public func faults(of annotator: String, on document: Document) throws(FileFault) -> [FileFault] {
    let path = path(of: annotator, on: document.id)
    if let bytes = try readIfThere(path) {
      let found = try AnnotationFile.read(
        bytes, path: path, document: document, annotator: annotator,
        role: annotator == "gold" ? .gold : .annotator, scheme: scheme)
      if !found.faults.isEmpty { return found.faults }
    }
    let stored = try StoredAnnotations.read(annotator, on: document, in: self, startingWith: nil)
    return stored?.journalFault.map {
      [FileFault(AnnotationStore.journalPath(annotator, document.id, self), $0)]
    } ?? []
  }
}
