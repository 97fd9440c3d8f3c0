import Standoff
public import Storage

/// Makes workspaces and adds documents to them.
public enum Making {
  /// Makes a workspace in a folder that is none yet.
  ///
  /// - Returns: what was made.
  public static func workspace(in folder: String, disk: any Disk) throws(Complaint) -> Page {
    do throws(DiskFault) {
      let annotations = Paths.join(folder, "Annotations")
      let schemas = Paths.join(folder, "Schemas")
      let unfinished = Paths.join(folder, ".Schemas.tmp")
      var isEmpty = true
      if try disk.entry(annotations) != nil { isEmpty = try disk.names(in: annotations).isEmpty }
      if try disk.entry(schemas) != nil || !isEmpty {
        throw DiskFault(operation: "make", path: isEmpty ? schemas : annotations, code: 17)
      }
      if try disk.entry(folder) == nil { try disk.makeFolder(folder) }
      if try disk.entry(annotations) == nil { try disk.makeFolder(annotations) }
      // What makes it a workspace comes last and whole, so that an init broken off can be told again.
      if try disk.entry(unfinished) == nil { try disk.makeFolder(unfinished) }
      for file in Defaults.files {
        try disk.replace(Paths.join(unfinished, file.name), with: Array(file.text.utf8))
      }
      try disk.rename(unfinished, to: schemas)
      try disk.syncFolder(folder)
    } catch {
      throw Complaint(error)
    }
    return Page("A workspace: \(folder)\n“gainsay add FILE…” adds documents to it, “gainsay” opens the first.")
  }

  /// What can be said of a document besides its text.
  public struct Facts: Sendable {
    public var id: String?
    public var title: String?
    public var source: String?
    public var url: String?
    public var published: String?
    public var language: String?

    public init(
      id: String? = nil, title: String? = nil, source: String? = nil, url: String? = nil, published: String? = nil,
      language: String? = nil
    ) {
      self.id = id
      self.title = title
      self.source = source
      self.url = url
      self.published = published
      self.language = language
    }
  }

  /// Adds texts as documents; all are read before the first is added. A name comes from the file's where none is
  /// given.
  public static func documents(
    from paths: [String], _ facts: Facts, in workspace: Workspace
  ) throws(Complaint) -> Page {
    for (key, value) in [
      ("published", facts.published), ("language", facts.language), ("title", facts.title), ("source", facts.source),
      ("url", facts.url),
    ] {
      if let value, let expected = DocumentFile.fault(key, value) {
        throw Complaint("--\(key) is \(expected), not “\(value)”.", "Nothing was added.", culprit: value)
      }
    }
    var page = Page()
    var documents: [Document] = []
    for path in paths { documents.append(try read(path, facts, workspace, &page)) }
    for document in documents {
      do throws(FileFault) { try workspace.add(document) } catch { throw Complaint(error) }
      let words = Words.ranges(in: document.text.range, of: document.text).count
      let size = "\(counted(document.sentences.count, "sentence")), \(counted(words, "word"))"
      page.append("\(document.id): \(size). “gainsay annotate \(document.id)” opens it.")
      if !document.zones.isEmpty {
        let kinds = Zone.Kind.allCases.compactMap { kind -> String? in
          let count = document.zones.count { $0.kind == kind }
          return count == 0 ? nil : count == 1 ? kind.rawValue : "\(count) of \(kind.rawValue)"
        }
        page.append("  Zones: \(Complaint.list(kinds)); “zones” in document.json says where.", indent: 2)
      }
    }
    return page
  }

  private static func read(
    _ path: String, _ facts: Facts, _ workspace: Workspace, _ page: inout Page
  ) throws(Complaint) -> Document {
    var bytes: [UInt8]
    do throws(FileFault) { bytes = try workspace.read(path) } catch { throw Complaint(error) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes.removeFirst(3)
      page.append("\(path): the byte order mark at its beginning was dropped.")
    }
    let text = try text(bytes, path)
    let id = facts.id ?? name(from: path)
    return Document(
      id: id, text: text, sha256: SHA256.hex(of: bytes), title: facts.title ?? title(of: text, else: id),
      source: facts.source, url: facts.url, published: facts.published, language: facts.language,
      zones: Zone.proposed(in: text))
  }

  private static func text(_ bytes: [UInt8], _ path: String) throws(Complaint) -> DocumentText {
    let text: DocumentText
    do { text = try DocumentText(utf8: bytes) } catch {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        throw Complaint(
          "\(path): this is UTF-16 text.", "Convert it with “iconv -f UTF-16 -t UTF-8” and add it again.")
      }
      throw Complaint(FileFault(path, .notUTF8(byteOffset: error.byteOffset)))
    }
    guard text.string.contains(where: { !$0.isWhitespace }) else {
      throw Complaint("\(path): there is no text in it.", "Nothing was added.")
    }
    return text
  }

  /// A name made of a file's.
  private static func name(from path: String) -> String {
    let file = Paths.split(path).name
    return plainName(file.lastIndex(of: ".").map { $0 > file.startIndex ? String(file[..<$0]) : file } ?? file)
  }

  /// A name in which what no name may hold has become a hyphen.
  static func plainName(_ stem: String) -> String {
    var name = ""
    for character in stem {
      let isPlain = character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
      if isPlain { name.append(character) } else if !name.hasSuffix("-") { name.append("-") }
    }
    let trimmed = name.drop { !($0.isLetter || $0.isNumber) }.prefix(128)
    return trimmed.isEmpty ? stem : String(trimmed.last == "-" ? trimmed.dropLast() : trimmed)
  }

  static func title(of text: DocumentText, else id: String) -> String {
    let start = text.string.prefix(2000).split(whereSeparator: \.isNewline).map { $0.trimmingBlanks() }
    return start.first { !$0.isEmpty }.map { String($0.prefix(120)) } ?? id
  }
}
