import Commands
import LineEditor
import Standoff
import Storage

/// A workspace with one made-up document, annotated by one person.
struct Corpus {
  struct Size {
    let name: String
    /// Bytes of text, about.
    let bytes: Int
    let spans: Int
  }

  /// A news article.
  static let article = Size(name: "5 kB, 20 spans", bytes: 5_000, spans: 20)
  /// As long a text as anyone annotates.
  static let book = Size(name: "10 MB, 10000 spans", bytes: 10_000_000, spans: 10_000)

  static let annotator = "bench"
  static let time = Timestamp(secondsSince1970: 1_795_000_000)

  let size: Size
  let workspace: Workspace
  let document: Document

  init(_ size: Size, in folder: String) throws {
    self.size = size
    let root = Paths.join(folder, "\(size.bytes)")
    let disk = POSIXDisk()
    _ = try NewWorkspace.make(in: root, disk: disk)
    workspace = Workspace(root: root, disk: disk)
    let bytes = Self.text(bytes: size.bytes)
    document = Document(
      id: "text", text: try DocumentText(utf8: bytes), sha256: SHA256.hex(of: bytes), title: "Text", source: nil)
    try workspace.add(document)
    try annotate(document, status: .inProgress)
  }

  /// Adds other documents of the same size, which the person has finished.
  func addFinished(_ count: Int) throws {
    for number in 1...count {
      let bytes = Self.text(bytes: size.bytes, seed: UInt64(number + 1))
      let other = Document(
        id: "finished-\(number)", text: try DocumentText(utf8: bytes), sha256: SHA256.hex(of: bytes), title: "Text",
        language: document.language)
      try workspace.add(other)
      try annotate(other, status: .complete)
    }
  }

  /// Paragraphs of sentences with quotations, from a seed, so that every run measures the same text.
  static func text(bytes: Int, seed: UInt64 = 1) -> [UInt8] {
    let names = ["Mr. Adler", "The council", "Ms. Tarn", "The U.S. envoy", "Renée Tidd"]
    let verbs = ["said", "denied", "insisted", "told reporters", "wrote on Oct. 17"]
    let words = ["ferry", "tender", "bridge", "budget", "river", "school", "figures", "harbour", "strike", "water"]
    var seed = seed
    func pick(_ list: [String]) -> String {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return list[Int(seed >> 33) % list.count]
    }
    var text: [UInt8] = []
    while text.count < bytes {
      for _ in 0..<4 {
        let claim = "the \(pick(words)) and the \(pick(words)) would cost more than the \(pick(words))"
        text += Array("\(pick(names)) \(pick(verbs)) that \(claim). ".utf8)
        text += Array("“We never saw the \(pick(words)),” \(pick(names)) \(pick(verbs)), and left.\n".utf8)
      }
      text += [0x0A]
    }
    return text
  }

  /// Spreads spans over the whole text: the quotation or the first words of every so manyth sentence.
  private func annotate(_ document: Document, status: AnnotationSet.Status) throws {
    let scheme = try workspace.scheme(workspace.defaultSchemeName())
    var set = AnnotationSet(
      document: document.id, annotator: Self.annotator, scheme: scheme, textSHA256: document.sha256,
      textLength: document.text.count)
    let step = max(1, document.sentences.count / size.spans)
    let spans = (0..<min(size.spans, document.sentences.count)).map { index in
      let words = Words.ranges(in: document.sentences[index * step], of: document.text)
      return Annotation(
        id: index + 1, label: ["claim", "denial", "quote"][index % 3],
        fragments: [TextRange(words[0].start, words[min(6, words.count - 1)].end)],
        attributes: ["speaker": "Adler"], created: Self.time)
    }
    try set.fill(spans: spans, relations: [], status: status, seenTo: document.text.count / 2)
    try workspace.disk.replace(
      workspace.path(of: Self.annotator, on: document.id), with: AnnotationFile.encode(set, text: document.text))
  }

  static func temporaryFolder() throws -> String {
    let folder = Paths.join(
      Terminal.environment("TMPDIR") ?? "/tmp", "gainsay-benchmark-\(Terminal.processNumber)")
    try POSIXDisk().makeFolder(folder)
    return folder
  }

  /// Removes a folder and all in it.
  static func remove(_ path: String) {
    let disk = POSIXDisk()
    if (try? disk.entry(path))??.isFolder == true {
      for name in (try? disk.names(in: path)) ?? [] { remove(Paths.join(path, name)) }
    }
    try? disk.remove(path)
  }
}
