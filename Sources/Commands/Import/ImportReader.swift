import Glibc
import Interchange
import Pages
import Standoff
import Storage
import Synchronization

/// Reads files for an import chunk by chunk, so that no more than a line, or a few files, are in memory.
struct ImportReader: Sendable {
  let importer: any Importer.Type
  let workspace: Workspace
  /// The unit of offsets from `--unit`; nil for auto.
  let unit: OffsetUnit?
  let choices: ImportChoices

  private let contents = Contents()

  init(importer: any Importer.Type, workspace: Workspace, unit: OffsetUnit?, choices: ImportChoices) {
    self.importer = importer
    self.workspace = workspace
    self.unit = unit
    self.choices = choices
  }

  /// What each file held when it was first read, so that the second reading is held to it.
  private final class Contents: Sendable {
    private let hashes = Mutex<[String: Int]>([:])

    func check(_ path: String, _ hash: Int) throws(Complaint) {
      let first = hashes.withLock { hashes in
        defer { hashes[path] = hashes[path] ?? hash }
        return hashes[path]
      }
      guard first == nil || first == hash else {
        throw Complaint("\(path): it changed while it was being imported.", "Nothing was imported; try again.")
      }
    }
  }

  /// The most bytes in a line.
  private static let longestLine = 1 << 26
  private static let longestFile = 1 << 28

  /// The result of reading: a part, or why a chunk cannot be read.
  enum Read: Sendable {
    case part(ImportPart)
    /// One of several texts, which is empty.
    case empty(ImportReport.Place)
    case fault(ImportReport.Place, problem: String, advice: String)
  }

  typealias Body = (Read) throws(Complaint) -> Void

  /// The most files to read in parallel, and the most bytes in them.
  private static let batch = (files: 64, bytes: 1 << 25)

  /// Reads all files in order: lines one after another, small files several at once.
  func read(_ files: [ImportFile], _ body: Body) throws(Complaint) {
    var open: [ImportFile] = []
    var bytes = 0
    for file in files {
      if importer.piece == .line {
        try read(file, body)
        continue
      }
      open.append(file)
      bytes += try attempt { () throws(DiskFault) in try workspace.wholeDisk.entry(file.path)?.size ?? 0 }
      if open.count >= Self.batch.files || bytes > Self.batch.bytes {
        try readSideBySide(open, body)
        (open, bytes) = ([], 0)
      }
    }
    try readSideBySide(open, body)
  }

  private func readSideBySide(_ files: [ImportFile], _ body: Body) throws(Complaint) {
    try InOrder.forEach(files) { (file) throws(Complaint) in
      var reads: [Read] = []
      try read(file) { reads.append($0) }
      return reads
    } take: { (reads) throws(Complaint) in
      for read in reads { try body(read) }
    }
  }

  /// Reads a file, part by part.
  private func read(_ file: ImportFile, _ body: Body) throws(Complaint) {
    var source: (text: DocumentText, hadMark: Bool)?
    if let path = file.textPath {
      guard let text = try text(at: path, body) else { return }
      source = text
    }
    if let source, file.isText {
      let place = { @Sendable (_: Int) in ImportReport.Place(file: file.path, line: 1) }
      var bare = ForeignDocument(text: source.text)
      bare.isBare = true
      return try body(.part(ImportPart(file.document, by: nil, ImportContent(bare, unit: unit), place: place)))
    }
    switch importer.piece {
    case .line:
      guard try isReadable(file.path, atMost: .max, body) else { return }
      var inputs = Inputs()
      let start = try attempt { () throws(DiskFault) in
        try workspace.wholeDisk.read(file.path, from: 0, atMost: 1 << 20)
      }
      guard JSONValues.areLines(start) else { return try readValues(of: file, &inputs, body) }
      try readLines(of: file, &inputs, body)
    case .file:
      guard try isReadable(file.path, atMost: Self.longestFile, body) else { return }
      let bytes = try content(of: file.path)
      var inputs = Inputs()
      try read([Chunk(bytes: bytes, linesBefore: 0, number: nil, source: source)], of: file, &inputs, body)
    }
  }

  /// The documents of a file that have no names, by what tells their texts apart.
  private struct Inputs {
    private var suffixes: [String: String] = [:]

    /// The suffix of the first document of a group; for a document without a group, its own.
    mutating func suffix(_ group: String?, _ own: String) -> String {
      guard let group else { return own }
      defer { suffixes[group] = suffixes[group] ?? own }
      return suffixes[group] ?? own
    }
  }

  /// Reads a file that is one array, or values over several lines, where a value a line is usual.
  private func readValues(of file: ImportFile, _ inputs: inout Inputs, _ body: Body) throws(Complaint) {
    guard try isReadable(file.path, atMost: Self.longestFile, body) else { return }
    let bytes = try content(of: file.path)
    var (line, counted) = (0, 0)
    var chunks: [Chunk] = []
    for (index, range) in JSONValues.split(bytes).enumerated() {
      line += bytes[counted..<range.lowerBound].count { $0 == 10 }
      counted = range.lowerBound
      chunks.append(Chunk(bytes: Array(bytes[range]), linesBefore: line, number: index + 1))
    }
    try read(chunks, of: file, &inputs, body)
  }

  private func content(of path: String) throws(Complaint) -> [UInt8] {
    let bytes = try attempt { () throws(DiskFault) in try workspace.wholeDisk.read(path) }
    var hasher = Hasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    try contents.check(path, hasher.finalize())
    return bytes
  }

  private func attempt<Value>(_ body: () throws(DiskFault) -> Value) throws(Complaint) -> Value {
    do throws(DiskFault) { return try body() } catch { throw Complaint(error) }
  }

  /// Reports a pipe, which cannot be read twice, and a file that is too long.
  private func isReadable(_ path: String, atMost most: Int, _ body: Body) throws(Complaint) -> Bool {
    let entry = try attempt { () throws(DiskFault) in
      guard let entry = try workspace.wholeDisk.entry(path) else {
        throw DiskFault(operation: "open", path: path, code: ENOENT)
      }
      return entry
    }
    if entry.kind == .file, entry.size <= most { return true }
    let isLong = entry.kind == .file
    try body(
      .fault(
        ImportReport.Place(file: path, line: 1),
        problem: "expected a plain file\(isLong ? " of at most \(most >> 20) MiB" : "").",
        advice: isLong ? "Split the file." : "Files are read twice; save the pipe's output to a file first."))
    return false
  }

  /// The text of a file, and whether a byte order mark stood before it.
  private func text(at path: String, _ body: Body) throws(Complaint) -> (text: DocumentText, hadMark: Bool)? {
    guard try isReadable(path, atMost: Self.longestFile, body) else { return nil }
    var bytes = try content(of: path)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if hasMark { bytes.removeFirst(3) }
    do { return (try DocumentText(utf8: bytes), hasMark) } catch {
      let fault = ImportFault(at: error.byteOffset, in: bytes, expected: "UTF-8 text", found: "other bytes")
      try body(
        .fault(
          ImportReport.Place(file: path, line: fault.line, column: fault.column),
          problem: "expected UTF-8 text, found other bytes.", advice: "Convert it with iconv."))
      return nil
    }
  }

  private func readLines(of file: ImportFile, _ inputs: inout Inputs, _ body: Body) throws(Complaint) {
    var (offset, line): (Int, Int) = (0, 0)
    var rest: [UInt8] = []
    var hasher = Hasher()
    var lines: [Chunk] = []
    while true {
      let piece = try attempt { () throws(DiskFault) in
        try workspace.wholeDisk.read(file.path, from: offset, atMost: 1 << 23)
      }
      offset += piece.count
      unsafe piece.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
      var start = 0
      while let end = piece[start...].firstIndex(of: 10) {
        lines.append(Chunk(bytes: rest + piece[start..<end], linesBefore: line, number: line + 1))
        rest = []
        line += 1
        start = end + 1
      }
      rest += piece[start...]
      try read(lines, of: file, &inputs, body)
      lines = []
      if rest.count > Self.longestLine {
        return try body(
          .fault(
            ImportReport.Place(file: file.path, line: line + 1, column: Self.longestLine + 1),
            problem: "expected a line of at most 64 MiB.", advice: "Each line holds one document."))
      }
      if piece.isEmpty { break }
    }
    try contents.check(file.path, hasher.finalize())
    guard !rest.isEmpty else { return }
    try read([Chunk(bytes: rest, linesBefore: line, number: line + 1)], of: file, &inputs, body)
  }

  /// A piece of a file that is read by itself: all of it, or a line.
  private struct Chunk: Sendable {
    let bytes: [UInt8]
    let linesBefore: Int
    /// The line's number, where the chunk is a line.
    let number: Int?
    /// The text that stands beside the file.
    var source: (text: DocumentText, hadMark: Bool)?
  }

  /// What a chunk holds, found out without looking at others.
  private enum Found: Sendable {
    case documents([Document])
    case fault(ImportFault)

    /// A document; without content if its text is empty and one among several.
    struct Document: Sendable {
      let name: String?
      let annotator: String?
      let group: String?
      let content: ImportContent?
    }
  }

  private func find(in chunk: Chunk, of file: ImportFile) -> Found {
    let fallback = DocumentName.plain(file.document)
    func known(_ name: String?) -> DocumentText? {
      chunk.source?.text ?? (try? workspace.document(name.map(DocumentName.plain) ?? fallback))?.text
    }
    let found: [ForeignDocument]
    var choices = choices
    choices.typeSystem = { [workspace] in Self.typeSystem(beside: file.path, in: workspace) }
    choices.datasetInfo = { [workspace] in
      try? workspace.wholeDisk.read(Paths.join(Paths.split(file.path).folder, "dataset_info.json"))
    }
    do { found = try importer.read(chunk.bytes, texts: known, choices: choices) } catch { return .fault(error) }
    let isOneOfMany = chunk.number != nil || found.count > 1
    return .documents(
      found.map { foreign in
        var foreign = foreign
        foreign.hadMark = chunk.source?.hadMark ?? false
        let isEmpty = isOneOfMany && foreign.spans.isEmpty && foreign.text.string.allSatisfy(\.isWhitespace)
        return Found.Document(
          name: foreign.name, annotator: foreign.annotator, group: foreign.group,
          content: isEmpty ? nil : ImportContent(foreign, unit: unit))
      })
  }

  private func read(_ chunks: [Chunk], of file: ImportFile, _ inputs: inout Inputs, _ body: Body) throws(Complaint) {
    var waiting = chunks[...]
    try InOrder.forEach(chunks) { (chunk) throws(Complaint) in
      find(in: chunk, of: file)
    } take: { (found) throws(Complaint) in
      try take(found, waiting.removeFirst(), of: file, &inputs, body)
    }
  }

  private func take(
    _ found: Found, _ chunk: Chunk, of file: ImportFile, _ inputs: inout Inputs, _ body: Body
  ) throws(Complaint) {
    let place = { @Sendable (byte: Int) -> ImportReport.Place in
      let fault = ImportFault(at: byte, in: chunk.bytes, expected: "", found: nil).moved(down: chunk.linesBefore)
      return ImportReport.Place(file: file.path, line: fault.line, column: fault.column)
    }
    switch found {
    case .fault(let fault):
      let fault = fault.moved(down: chunk.linesBefore)
      let stands = fault.found.map { ", found \($0)" } ?? ", found nothing"
      try body(
        .fault(
          ImportReport.Place(file: file.path, line: fault.line, column: fault.column),
          problem: "expected \(fault.expected)\(stands).",
          advice: "Correct the file, or leave it out. Is it in the format “\(importer.name)”?"))
    case .documents(let documents):
      // A text file beside it is the text of the whole file.
      let isMany = documents.count > 1 && importer.textPlace != .beside
      for (index, document) in documents.enumerated() {
        guard let content = document.content else {
          try body(.empty(place(0)))
          continue
        }
        let suffix = inputs.suffix(
          document.group, chunk.number.map { "-\($0)" } ?? (isMany ? "-\(index + 1)" : ""))
        try body(
          .part(
            ImportPart(
              document.name ?? file.document + suffix, by: document.annotator ?? file.annotator, content,
              place: place)))
      }
    }
  }

  /// The type system in a file's folder: `TypeSystem.xml`, else the one file whose name has “typesystem” in it.
  private static func typeSystem(beside path: String, in workspace: Workspace) -> [UInt8]? {
    let (folder, name) = Paths.split(path)
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    do throws(DiskFault) {
      let names = try workspace.wholeDisk.names(in: folder).filter { $0.lowercased().hasSuffix(".xml") }
      let wanted =
        names.first { $0.lowercased() == "typesystem.xml" }
        ?? names.first {
          $0.lowercased() == "\(stem.lowercased())-typesystem.xml"
        }
      let others = names.filter { $0.lowercased().contains("typesystem") }
      guard let found = wanted ?? (others.count == 1 ? others[0] : nil) else { return nil }
      return try workspace.wholeDisk.read(Paths.join(folder, found))
    } catch {
      return nil
    }
  }
}
