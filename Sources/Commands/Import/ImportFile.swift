import Glibc
import Interchange
import Pages
import Storage

/// A file to import, with the document, annotator and text that its path points to.
struct ImportFile {
  let path: String
  /// The document's name, made from the file's.
  let document: String
  /// Nil if the path names nobody.
  let annotator: String?
  /// The path of its text file; nil if there is none.
  let textPath: String?
  /// Whether it is a bare text without annotations.
  var isText = false

  /// The files of a format among the paths and inside the folders among them, by name.
  static func find(
    _ paths: [String], for importer: any Importer.Type, disk: any Disk
  ) throws(Complaint) -> [ImportFile] {
    var found: [(path: String, isNamed: Bool, root: String)] = []
    do throws(DiskFault) {
      for path in paths {
        guard let entry = try disk.entry(path) else { throw DiskFault(operation: "open", path: path, code: ENOENT) }
        if entry.isFolder { try walk(path, path, disk, &found) } else { found.append((path, true, "")) }
      }
    } catch {
      throw Complaint(error)
    }
    let isBeside = importer.textPlace == .beside
    let texts = isBeside ? found.filter { $0.path.hasSuffix(".txt") }.map(\.path) : []
    let annotations = found.filter { file in
      (file.isNamed && !(isBeside && file.path.hasSuffix(".txt"))) || matches(file.path, importer)
    }
    var files: [ImportFile] = []
    let known = Dictionary(grouping: texts) { stem($0) }
    var used: Set<String> = []
    for annotation in annotations {
      var file = place(annotation.path, in: annotation.root)
      if isBeside { file = try withText(file, known, disk) }
      if let text = file.textPath { used.insert(text) }
      files.append(file)
    }
    // A text without annotations becomes a document without annotators.
    for text in texts where !used.contains(text) {
      files.append(ImportFile(path: text, document: stem(text), annotator: nil, textPath: text, isText: true))
    }
    guard !files.isEmpty else {
      throw Complaint(
        "No file to import at \(Complaint.list(paths)).",
        "Files in the format “\(importer.name)” end in \(Complaint.list(importer.endings.map { ".\($0)" }, "or")).")
    }
    return files
  }

  private static func walk(
    _ folder: String, _ root: String, _ disk: any Disk, _ found: inout [(path: String, isNamed: Bool, root: String)]
  ) throws(DiskFault) {
    for name in try disk.names(in: folder) where !name.hasPrefix(".") {
      let path = Paths.join(folder, name)
      guard let entry = try disk.entry(path), entry.kind != .special else { continue }
      // Following links to folders could go round in circles.
      if entry.isFolder, try disk.linkTarget(path) != nil { continue }
      if entry.isFolder { try walk(path, root, disk, &found) } else { found.append((path, false, root)) }
    }
  }

  private static func matches(_ path: String, _ importer: any Importer.Type) -> Bool {
    let name = Paths.split(path).name.lowercased()
    // Slate numbers annotation files after the extension.
    let bare = importer.name == Slate.name ? String(name.reversed().drop { $0.isNumber }.reversed()) : name
    return importer.endings.contains { bare.hasSuffix(".\($0)") }
  }

  /// A file's name without its extension.
  private static func stem(_ path: String) -> String {
    let name = Paths.split(path).name
    return name.lastIndex(of: ".").map { $0 > name.startIndex ? String(name[..<$0]) : name } ?? name
  }

  private static func place(_ path: String, in root: String) -> ImportFile {
    let folder = Paths.split(path).folder
    let isInside = !root.isEmpty && folder != root && folder != String(root.dropLast(root.hasSuffix("/") ? 1 : 0))
    return ImportFile(
      path: path, document: stem(path), annotator: isInside ? Paths.split(folder).name : nil, textPath: nil)
  }

  /// The file with its text: the one of the same name, in the same folder or else anywhere; else the one whose name,
  /// followed by `_`, `-` or `.` and the annotator's, is the file's.
  private static func withText(
    _ file: ImportFile, _ texts: [String: [String]], _ disk: any Disk
  ) throws(Complaint) -> ImportFile {
    func with(_ text: String, _ document: String, _ annotator: String?) -> ImportFile {
      ImportFile(path: file.path, document: document, annotator: annotator, textPath: text)
    }
    // Slate names its file after the text's whole file name.
    if let end = file.path.range(of: ".txt.", last: true)?.lowerBound {
      let text = file.path[..<end] + ".txt"
      return with(String(text), stem(String(text)), file.annotator)
    }
    let folder = Paths.split(file.path).folder
    let beside = Paths.join(folder, file.document + ".txt")
    do throws(DiskFault) {
      if try disk.entry(beside) != nil { return with(beside, file.document, file.annotator) }
    } catch {
      throw Complaint(error)
    }
    if let same = texts[file.document]?.first { return with(same, file.document, file.annotator) }
    let prefixes = texts.keys.filter { stem in
      guard file.document.hasPrefix(stem) else { return false }
      let rest = file.document.dropFirst(stem.count)
      return rest.count > 1 && "_-.".contains(rest.first ?? "x")
    }
    if let longest = prefixes.max(by: { $0.count < $1.count }), let text = texts[longest]?.first {
      return with(text, longest, String(file.document.dropFirst(longest.count + 1)))
    }
    return file
  }
}
