import Glibc
public import Standoff
import Synchronization

/// Schemes by their names, shared by the threads that read a workspace. It is a class because they add to the same ones.
private final class KnownSchemes: Sendable {
  private let schemes = Mutex<[String: Scheme]>([:])

  subscript(name: String) -> Scheme? { schemes.withLock { $0[name] } }

  func keep(_ scheme: Scheme) { schemes.withLock { $0[scheme.name] = scheme } }
}

/// A folder with `Annotations/` and `Schemas/`, read through a disk.
public struct Workspace: Sendable {
  public let root: String
  /// The disk beneath the root, for the workspace's own files.
  public let disk: any Disk
  /// The disk with all that is on it, for files that a person names.
  public let wholeDisk: any Disk
  /// Called with each document that is read, on any thread, to report progress.
  public var didRead: (@Sendable (String) -> Void)?
  /// Nil if everything may be seen.
  var viewer: Viewer?
  /// The schemes read so far, for a command that reads and ends; nil to read them each time.
  private var schemes: KnownSchemes?

  /// Names that annotators may not have.
  public static let reservedNames: Set<String> = ["document", "gold", "tokens"]

  public init(root: String, disk: any Disk) {
    self.root = root
    self.disk = disk.beneath(root)
    wholeDisk = disk
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

  /// - Throws: also where one of a workspace's two folders is a link.
  public static func isWorkspace(_ folder: String, disk: any Disk) throws(DiskFault) -> Bool {
    guard try disk.entry(folder)?.isFolder == true else { return false }
    let own = disk.beneath(folder)
    var links: [String] = []
    for name in ["Annotations", "Schemas"] {
      let path = Paths.join(folder, name)
      switch try own.entry(path)?.kind {
      case .folder: continue
      case .link where try disk.entry(path)?.isFolder == true: links.append(path)
      default: return false
      }
    }
    if let link = links.first { throw DiskFault(operation: "open", path: link, code: ELOOP) }
    return true
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

  /// Adds a document.
  ///
  /// - Throws: if a document has that name, or one that differs only in case.
  public func add(_ document: Document) throws(FileFault) {
    try add([document])
  }

  /// Adds documents, all or none.
  ///
  /// - Throws: if a document has the name of one of them, or one that differs only in case.
  public func add(_ documents: [Document]) throws(FileFault) {
    var change = try WorkspaceChange(of: self, by: "add", waiting: 2)
    do throws(FileFault) {
      for document in documents { try change.add(document) }
      try change.commit()
    } catch {
      change.abandon()
      throw error
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
    if let known = schemes?[name] { return known }
    let path = Paths.join(schemasFolder, name + ".scheme.json")
    let names = try schemeNames()
    guard names.contains(name) else { throw FileFault(path, .unknownScheme(name, known: names)) }
    let scheme = try SchemeFile.decode(read(path, limit: FileLimit.list), path: path)
    schemes?.keep(scheme)
    return scheme
  }

  /// The workspace with each scheme read once, for a command that reads many files and ends.
  public func keepingSchemes() -> Workspace {
    var workspace = self
    workspace.schemes = KnownSchemes()
    return workspace
  }

  /// The name of the only scheme, or of the one in `Schemas/default`.
  public func defaultSchemeName() throws(FileFault) -> String {
    let names = try schemeNames()
    if names.count == 1 { return names[0] }
    let path = Paths.join(schemasFolder, "default")
    let text = String(decoding: try read(path, limit: FileLimit.list), as: UTF8.self)
    let name = String(text.prefix { !$0.isNewline })
    guard names.contains(name) else { throw FileFault(path, .unknownScheme(name, known: names)) }
    return name
  }

  // MARK: annotations

  /// The annotators of a document that the viewer may know of, by code points, without `gold`.
  public func annotators(of document: String) throws(FileFault) -> [String] {
    let all = try allAnnotators(of: document)
    guard let viewer, isVeiled(document) else { return all }
    return all.filter { $0 == viewer.assigned[document] ?? viewer.name }
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

  /// Reads a whole file of the workspace; throws `missing` if it does not exist.
  public func read(_ path: String, limit: Int = FileLimit.text) throws(FileFault) -> [UInt8] {
    guard let bytes = try readIfThere(path, limit: limit) else { throw FileFault(path, .missing) }
    return bytes
  }

  func readIfThere(_ path: String, limit: Int = FileLimit.text) throws(FileFault) -> [UInt8]? {
    do throws(DiskFault) { return try disk.read(path, limit: limit) } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return nil }
      throw FileFault(error)
    }
  }
}

extension Workspace {
  /// An annotator's annotations with the faults of the file; if that has none, of the journal.
  ///
  /// - Returns: the annotations, nil if there are none or the file has faults.
  public func checked(
    _ annotator: String, on document: Document
  ) throws(FileFault) -> (set: AnnotationSet?, faults: [FileFault]) {
    let path = path(of: annotator, on: document.id)
    let journal = AnnotationStore.journalPath(annotator, document.id, self)
    var set: AnnotationSet?
    if let bytes = try readIfThere(path) {
      let found = try AnnotationFile.read(
        bytes, path: path, document: document, annotator: annotator,
        role: annotator == "gold" ? .gold : .annotator, scheme: scheme)
      if !found.faults.isEmpty { return (nil, found.faults) }
      set = found.set
    }
    do throws(DiskFault) { if try disk.entry(journal) == nil { return (set, []) } } catch { throw FileFault(error) }
    let stored = try StoredAnnotations.read(annotator, on: document, in: self, startingWith: nil)
    return (stored?.set, stored?.journalFault.map { [FileFault(journal, $0)] } ?? [])
  }
}

extension Workspace {
  /// The path of a document's tokens.
  public func tokensPath(of document: String) -> String { Paths.join(folder(of: document), "tokens.json") }

  /// The tokens in which a document's text came from another tool; nil if it came as text.
  ///
  /// - Throws: if the file is there and cannot be read, or is of another text.
  public func tokens(of document: Document) throws(FileFault) -> TextTokens? {
    let path = tokensPath(of: document.id)
    return try readIfThere(path).map { bytes throws(FileFault) in
      try TokensFile.decode(bytes, of: document, path: path)
    }
  }
}
