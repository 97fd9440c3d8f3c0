import Commands
import LineEditor
import Standoff
import Storage

/// How time and memory grow: each command on 1, 10 and 100 times as much.
///
/// Each figure is followed by its growth since the one before: 10 is linear, 100 quadratic.
struct Curve {
  let folder: String
  let isQuick: Bool

  func measure() throws {
    try measureText()
    try measureSpans()
    try measureDocuments()
  }

  private func report(
    _ measure: String, _ unit: String, _ points: [(size: Int, make: () throws -> String)]
  ) throws {
    var before: CommandRun?
    for point in points {
      let name = "\(point.size) \(unit)"
      let run = try CommandRun(try point.make())
      precondition(run.status < 2)
      gainsay_benchmark.report("curve", case: name, measure, run.seconds, unit: "s")
      gainsay_benchmark.report("curve", case: name, "\(measure): memory", Double(run.memory) / 1_000_000, unit: "MB")
      if let before {
        gainsay_benchmark.report("curve", case: name, "\(measure): growth", run.seconds / before.seconds, unit: "times")
      }
      before = run
    }
  }

  private static let walks = [
    "status", "list", "check", "ledger", "compare --quiet", "agree --json --bootstrap 200", "export jsonl",
  ]

  private func measureDocuments() throws {
    let sizes = isQuick ? [3, 30] : [1_000, 10_000, 100_000]
    var roots: [Int: String] = [:]
    for size in sizes {
      roots[size] = try Scale(documents: size, in: Paths.join(folder, "documents-\(size)"), peers: nil).workspace.root
    }
    for line in Self.walks {
      try report(line, "documents x 3 x 50", sizes.map { size in (size, { "\(line) -C '\(roots[size] ?? "")'" }) })
    }
  }

  private func measureSpans() throws {
    let sizes = isQuick ? [10, 100] : [1_000, 10_000, 100_000]
    for line in Self.walks + ["report --to '\(folder)/page.html'"] {
      try report(
        String(line.split(separator: " --to ")[0]), "spans in a document x 2",
        sizes.map { size in (size, { "\(line) -C '\(try spans(size))'" }) })
    }
  }

  /// A workspace with one document of so many spans of each of two annotators.
  private func spans(_ count: Int) throws -> String {
    let root = Paths.join(folder, "spans-\(count)")
    let disk = POSIXDisk()
    if try disk.entry(root) != nil { return root }
    _ = try NewWorkspace.make(in: root, disk: disk)
    let workspace = Workspace(root: root, disk: disk)
    let bytes = Corpus.text(bytes: 100 * count)
    let document = Document(
      id: "text", text: try DocumentText(utf8: bytes), sha256: SHA256.hex(of: bytes), title: "Text")
    try workspace.add(document)
    let scheme = try workspace.scheme(workspace.defaultSchemeName())
    let words = Words.ranges(in: document.text.range, of: document.text)
    for (index, annotator) in ["dana", "eli"].enumerated() {
      var set = AnnotationSet(
        document: document.id, annotator: annotator, scheme: scheme, textSHA256: document.sha256,
        textLength: document.text.count)
      let spans = (0..<count).compactMap { number -> Annotation? in
        let first = number * words.count / count + ((number + index) % 7 == 0 ? 1 : 0)
        guard first + 5 < words.count, (number + 3 * index) % 11 != 0 else { return nil }
        return Annotation(
          id: number + 1, label: ["claim", "denial", "quote"][number % 3],
          fragments: [TextRange(words[first].start, words[first + 5].end)], created: Corpus.time)
      }
      try set.fill(spans: spans, relations: [], status: .complete, seenTo: document.text.count)
      try disk.replace(
        workspace.path(of: annotator, on: document.id), with: AnnotationFile.encode(set, text: document.text))
    }
    return root
  }

  private func measureText() throws {
    let sizes = isQuick ? [1_000, 10_000] : [2_000_000, 20_000_000, 200_000_000]
    let lines = isQuick ? [1_000, 10_000] : [200_000, 2_000_000, 20_000_000]
    for (unit, sizes, isOneLine) in [("bytes of text", sizes, false), ("bytes in one line", lines, true)] {
      for (measure, line) in [
        ("add", "add"), ("status", "status"), ("check", "check"), ("show", "show text"),
        ("first sentence", "annotate text --as dana"),
      ] {
        try report(
          measure, unit,
          sizes.map { size in
            let root = root(size, isOneLine)
            return (size, { "\(line == "add" ? "add \(try text(size, isOneLine))" : line) -C '\(root)'" })
          })
      }
    }
  }

  private func root(_ bytes: Int, _ isOneLine: Bool) -> String {
    Paths.join(folder, "text-\(bytes)\(isOneLine ? "-line" : "")")
  }

  /// The path of a text of so many bytes, for a workspace that is made for it.
  private func text(_ bytes: Int, _ isOneLine: Bool) throws -> String {
    let (root, disk) = (root(bytes, isOneLine), POSIXDisk())
    _ = try NewWorkspace.make(in: root, disk: disk)
    let folder = Paths.join(root, "new")
    try disk.makeFolder(folder)
    let path = Paths.join(folder, "text.txt")
    let text = Corpus.text(bytes: bytes)
    try disk.replace(path, with: isOneLine ? text.map { $0 == 0x0A ? 0x20 : $0 } : text)
    return "'\(path)'"
  }
}
