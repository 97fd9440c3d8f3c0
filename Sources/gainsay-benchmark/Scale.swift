import Pages
import ArgumentParser
import Commands
import Dispatch
import JSONText
import PseudoTerminals
import Standoff
import Storage
import Synchronization

/// A corpus of many documents and annotators: agreement over all of it, and reading its files.
struct Scale {
  let workspace: Workspace
  private let documents: Int
  private let peers: Peers?
  private static let annotators = ["dana", "eli", "noor"]
  private static let spans = 50

  init(documents: Int, in folder: String, peers: Peers?) throws {
    self.documents = documents
    self.peers = peers
    let root = Paths.join(folder, "scale")
    let disk = UnsyncedDisk()
    if try disk.entry(folder) == nil { try disk.makeFolder(folder) }
    _ = try NewWorkspace.make(in: root, disk: disk)
    workspace = Workspace(root: root, disk: disk)
    let scheme = try workspace.scheme(workspace.defaultSchemeName())
    for number in 0..<documents { try add(number, scheme) }
  }

  private func add(_ number: Int, _ scheme: Scheme) throws {
    let bytes = Corpus.text(bytes: 6_000, seed: UInt64(number + 1))
    let document = Document(
      id: "text-\(number)", text: try DocumentText(utf8: bytes), sha256: SHA256.hex(of: bytes), title: "Text \(number)",
      source: nil)
    // Not by way of the workspace, which looks at all names before it adds one.
    let folder = Paths.join(Paths.join(workspace.root, "Annotations"), document.id)
    try workspace.disk.makeFolder(folder)
    try workspace.disk.replace(Paths.join(folder, "document.txt"), with: bytes)
    try workspace.disk.replace(Paths.join(folder, "document.json"), with: DocumentFile.encode(document))
    for (index, annotator) in Self.annotators.enumerated() {
      var set = AnnotationSet(
        document: document.id, annotator: annotator, scheme: scheme, textSHA256: document.sha256,
        textLength: document.text.count)
      let spans = (0..<Self.spans).compactMap { Self.span($0, by: index, number, document) }
      try set.fill(spans: spans, relations: [], status: .complete, seenTo: document.text.count)
      try workspace.disk.replace(
        workspace.path(of: annotator, on: document.id), with: AnnotationFile.encode(set, text: document.text))
    }
  }

  /// A stretch of a sentence; each annotator passes over some and begins or ends some a word later.
  private static func span(_ place: Int, by annotator: Int, _ number: Int, _ document: Document) -> Annotation? {
    let chance = (place * 7 + annotator * 13 + number * 3) % 20
    let words = Words.ranges(in: document.sentences[place * document.sentences.count / spans], of: document.text)
    guard chance > 1, words.count > 8 else { return nil }
    let (first, last) = (chance == 2 ? 1 : 0, chance == 3 ? 6 : 5)
    let label = ["claim", "denial", "quote", "source", "cue"][(place + (chance == 4 ? 1 : 0)) % 5]
    return Annotation(
      id: place + 1, label: label, fragments: [TextRange(words[first].start, words[last].end)],
      attributes: ["claim", "denial", "quote"].contains(label) ? ["speaker": "Adler"] : [:], created: Corpus.time)
  }

  func measure() throws {
    let name = "\(documents) documents x \(Self.annotators.count) annotators x \(Self.spans) spans"
    // The first pass brings the files into the system's memory, as the peer's does.
    _ = try decode()
    let before = Memory.current
    Memory.resetPeak()
    let start = PseudoTerminal.now
    let outcome = try AgreeOptions.parse(["--json"]).outcome(
      in: Surroundings(workspace, width: 80, isColoured: false))
    report("scale", case: name, "agree", PseudoTerminal.now - start, unit: "s")
    report("scale", case: name, "agree-memory", Double(Memory.peak - before) / 1_000_000, unit: "MB")
    precondition(outcome.status == 0)
    try measureCommands(name)
    let peer = try peers?.time("orjson", "decode", workspace.root)
    let (bytes, seconds) = try decode()
    report("scale", case: name, "decode", seconds, unit: "s", peer: peer ?? nil)
    report("scale", case: name, "decode-speed", Double(bytes) / 1_000_000 / seconds, unit: "MB/s")
    let alone = try decode(atOnce: 1).seconds
    report("scale", case: name, "decode-on-one-thread", alone, unit: "s", peer: peer ?? nil)
  }

  /// The commands that walk a corpus, each a process of its own, beside a floor: reading all files and decoding their JSON.
  private func measureCommands(_ name: String) throws {
    let floor = try peers?.time("orjson", "read", workspace.root) ?? nil
    let root = "-C '\(workspace.root)'"
    let file = workspace.root + ".jsonl"
    for line in ["agree --json", "status", "list", "ledger", "compare --quiet", "check", "export jsonl --to '\(file)'"]
    {
      let measure = line.split(separator: " --to ")[0]
      let run = try CommandRun("\(line) \(root)")
      report("scale", case: name, String(measure), run.seconds, unit: "s", peer: floor)
      report("scale", case: name, "\(measure): memory", Double(run.memory) / 1_000_000, unit: "MB")
    }
    let target = workspace.root + "-imported"
    _ = try NewWorkspace.make(in: target, disk: POSIXDisk())
    let imported = try CommandRun("import jsonl '\(file)' -C '\(target)'")
    precondition(imported.status == 0)
    report("scale", case: name, "import jsonl", imported.seconds, unit: "s", peer: floor)
    try measureTallies(name, root)
  }

  /// Counting on many machines, on this one: the documents, their tallies, and the figures of those.
  private func measureTallies(_ name: String, _ root: String) throws {
    let base = workspace.root
    for (measure, line, target) in [
      ("tally --plan-from", "tally --plan-from '\(base)'", "\(base).plan"),
      ("export jsonl --grouped", "export jsonl --grouped \(root)", "\(base).documents"),
      ("tally --plan", "tally --plan '\(base).plan' < '\(base).documents'", "\(base).tallies"),
      ("tally --merge", "tally --merge < '\(base).tallies'", "\(base).merged"),
      ("agree --from-tallies", "agree --from-tallies '\(base).merged' --plan '\(base).plan' --json", "/dev/null"),
    ] {
      let run = try CommandRun(line, to: target)
      precondition(run.status == 0)
      report("scale", case: name, measure, run.seconds, unit: "s")
    }
    let bytes = try POSIXDisk().entry("\(base).merged")?.size ?? 0
    report("scale", case: name, "a line of tallies", Double(bytes) / Double(documents), unit: "B")
  }

  /// Reads every annotation file and decodes its JSON into typed values.
  ///
  /// - Parameter atOnce: files at a time; nil for as many as there are cores, as agree does.
  private func decode(atOnce: Int? = nil) throws -> (bytes: Int, seconds: Double) {
    let paths = try workspace.documentNames().flatMap { name in
      Self.annotators.map { workspace.path(of: $0, on: name) }
    }
    let bytes = Mutex(0)
    let start = PseudoTerminal.now
    let parts = atOnce ?? paths.count
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      for index in stride(from: part, to: paths.count, by: parts) {
        guard let file = try? workspace.read(paths[index]) else { continue }
        var reader = JSONReader(file)
        if (try? AnnotationRecord(&reader)) != nil { bytes.withLock { $0 += file.count } }
      }
    }
    return (bytes.withLock { $0 }, PseudoTerminal.now - start)
  }
}

/// The disk without waiting for it: a made corpus need not outlive a power cut.
private struct UnsyncedDisk: Disk {
  var disk: any Disk = POSIXDisk()

  func beneath(_ folder: String) -> any Disk { UnsyncedDisk(disk: disk.beneath(folder)) }
  func read(_ path: String, limit: Int) throws(DiskFault) -> [UInt8] { try disk.read(path, limit: limit) }
  func read(_ path: String, from offset: Int, atMost count: Int) throws(DiskFault) -> [UInt8] {
    try disk.read(path, from: offset, atMost: count)
  }
  func entry(_ path: String) throws(DiskFault) -> DiskEntry? { try disk.entry(path) }
  func entry(_ file: OpenFile) throws(DiskFault) -> DiskEntry { try disk.entry(file) }
  func inode(at path: String) throws(DiskFault) -> UInt64? { try disk.inode(at: path) }
  func linkTarget(_ path: String) throws(DiskFault) -> String? { try disk.linkTarget(path) }
  func names(in folder: String) throws(DiskFault) -> [String] { try disk.names(in: folder) }
  func makeFolder(_ path: String, permissions: UInt32?) throws(DiskFault) {
    try disk.makeFolder(path, permissions: permissions)
  }
  func create(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    try disk.create(path, permissions: permissions)
  }
  func openForAppending(_ path: String, permissions: UInt32) throws(DiskFault) -> OpenFile {
    try disk.openForAppending(path, permissions: permissions)
  }
  func write(_ bytes: [UInt8], to file: OpenFile) throws(DiskFault) { try disk.write(bytes, to: file) }
  func truncate(_ file: OpenFile, to length: Int) throws(DiskFault) { try disk.truncate(file, to: length) }
  func sync(_ file: OpenFile) throws(DiskFault) {}
  func syncFileSystem(of file: OpenFile) throws(DiskFault) {}
  func close(_ file: OpenFile) { disk.close(file) }
  func rename(_ path: String, to newPath: String) throws(DiskFault) { try disk.rename(path, to: newPath) }
  func renameWithoutReplacing(_ path: String, to newPath: String) throws(DiskFault) {
    try disk.renameWithoutReplacing(path, to: newPath)
  }
  func exchange(_ path: String, with other: String) throws(DiskFault) { try disk.exchange(path, with: other) }
  func remove(_ path: String) throws(DiskFault) { try disk.remove(path) }
  func syncFolder(_ path: String) throws(DiskFault) {}
  func lock(_ path: String) throws(DiskFault) -> OpenFile? { try disk.lock(path) }
}
