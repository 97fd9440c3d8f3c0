import Interchange
import Pages
import Standoff
import Storage

/// An export in progress: a writer for each part of a split, with what they have written and lost so far.
struct ExportRun {
  let workspace: Workspace
  let split: Split?
  /// The names of parts by document.
  private let places: [String: String]
  private(set) var parts: [Part]
  private(set) var versions = 0
  private(set) var spans = 0
  private var unfinished = 0
  private(set) var scheme: Scheme?
  private(set) var annotators: Set<String> = []
  /// Where the only file goes while it is made; nil if it is kept until the end.
  var stream: ExportStream?
  /// Losses from cutting texts into sentences; each writer keeps its own.
  private var cuttingLosses: [Loss] = []

  struct Part {
    /// Empty without a split.
    let name: String
    var exporter: any Exporter
    var sink = ExportSink()
    var texts = 0
    var documents: Set<String> = []
    var labels: [String: Int] = [:]

    /// - Parameter written: what was written of the pieces already; nil to write them.
    mutating func add(_ pieces: [AnnotatedDocument], _ written: ExportSink?) {
      if let written { sink.append(written) } else { for piece in pieces { exporter.add(piece, to: &sink) } }
      texts += pieces.count
      for span in pieces.lazy.flatMap(\.set.spans) { labels[span.label, default: 0] += 1 }
    }

    mutating func finish() { exporter.finish(&sink) }
  }

  init(_ exporter: any Exporter, split: Split?, places: [String: String], of workspace: Workspace) {
    self.workspace = workspace
    self.split = split
    self.places = places
    parts = (split?.parts.map(\.name) ?? [""]).map { Part(name: $0, exporter: exporter) }
  }

  /// One set of annotations with the texts that are written of it.
  struct Version: Sendable {
    let version: AnnotatedDocument
    let pieces: [AnnotatedDocument]
    /// The losses from cutting it into pieces.
    let losses: [Loss]
    /// What was written of the pieces; nil if it hangs on what is written before.
    let written: ExportSink?

    init(
      _ version: AnnotatedDocument, _ cut: (pieces: [AnnotatedDocument], losses: [Loss]), by exporter: any Exporter
    ) {
      self.version = version
      (pieces, losses) = cut
      guard type(of: exporter).writesApart else {
        written = nil
        return
      }
      var (exporter, sink) = (exporter, ExportSink())
      for piece in pieces { exporter.add(piece, to: &sink) }
      written = sink
    }
  }

  mutating func add(_ found: Version) throws(Complaint) {
    let version = found.version
    if let other = scheme, other.name != version.set.scheme.name {
      throw Complaint(
        "The files use different schemes: \(Complaint.list([other.name, version.set.scheme.name].sorted())).",
        "Name documents or annotators that use one scheme.")
    }
    scheme = scheme ?? version.set.scheme
    versions += 1
    spans += version.set.spans.count
    annotators.insert(version.set.annotator)
    if version.set.status == .inProgress { unfinished += 1 }
    let name = split == nil ? "" : places[version.document.id] ?? ""
    guard let place = parts.firstIndex(where: { $0.name == name }) else { return }
    cuttingLosses += found.losses
    let carries = type(of: parts[place].exporter).carriesDocumentAttributes
    if let loss = Loss(ofDocument: version, carriesAttributes: carries) { cuttingLosses.append(loss) }
    parts[place].add(found.pieces, found.written)
    parts[place].documents.insert(version.document.id)
    try stream?.write(parts[place].sink.takeBytes())
  }

  mutating func finish() throws(Complaint) {
    for place in parts.indices { parts[place].finish() }
    try stream?.write(parts[0].sink.takeBytes())
  }

  var losses: [Loss] { cuttingLosses + parts.flatMap(\.sink.losses) }

  /// The files to write, by path.
  func files(at target: String) -> [(path: String, bytes: [UInt8])] {
    let features = split.flatMap { _ in scheme }.flatMap { parts[0].exporter.features($0) }
    return filesOfParts(at: target) + (features.map { [(Paths.join(target, "features.json"), $0)] } ?? [])
  }

  private func filesOfParts(at target: String) -> [(path: String, bytes: [UInt8])] {
    parts.flatMap { part -> [(path: String, bytes: [UInt8])] in
      switch type(of: part.exporter).layout {
      case .folder:
        let folder = part.name.isEmpty ? target : Paths.join(target, part.name)
        return part.sink.files.map { (Paths.join(folder, $0.name), $0.bytes) }
      case .file(let ending):
        let path = part.name.isEmpty ? target : Paths.join(target, "\(part.name).\(ending)")
        // A part without documents still gets a file, an empty one.
        let files = part.sink.files.isEmpty ? [(name: "", bytes: [])] : part.sink.files
        return files.map { (Self.path(path, layer: $0.name), $0.bytes) }
      }
    }
  }

  /// The path with a layer's name before the extension.
  private static func path(_ path: String, layer: String) -> String {
    if layer.isEmpty { return path }
    let (folder, name) = Paths.split(path)
    let dot = name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? $0 : nil } ?? name.endIndex
    let file = "\(name[..<dot]).\(layer)\(name[dot...])"
    return path.contains("/") ? Paths.join(folder, file) : file
  }

  // MARK: report

  /// The most losses of one kind to list.
  private static let named = 8

  /// A page with the counts, the unit of offsets, what the format never carries, and every loss.
  var report: Page {
    let format = type(of: parts[0].exporter)
    var page = Page()
    let texts = parts.reduce(0) { $0 + $1.texts }
    page.append(
      "\(counted(texts, "text")) from \(counted(versions, "annotation file")), \(counted(spans, "span")); offsets: "
        + "\(format.offsetUnit).")
    if let split {
      let given = zip(parts, split.parts).map { part, wanted in
        let share = Double(part.documents.count) / Double(max(1, parts.reduce(0) { $0 + $1.documents.count }))
        return "\(part.name): \(counted(part.documents.count, "document")) (\(Decimals.rounded(share, places: 2)) of "
          + "\(Decimals.rounded(wanted.share, places: 2)))"
      }
      page.append("\(given.joined(separator: ", ")). \(Paths.split(workspace.splitsPath).name) keeps who is where.")
      if parts.contains(where: { $0.documents.isEmpty }) { page.append("A part has no documents.", .bold) }
    }
    if unfinished > 0 { page.append("\(unfinished) of the files \(unfinished == 1 ? "is" : "are") not done yet.") }
    page.append("This format never carries \(format.notCarried).")
    let byReason = Dictionary(grouping: losses) { $0.reason }
    for reason in Loss.Reason.allCases {
      guard let found = byReason[reason] else { continue }
      var spans: [String] = []
      for place in found.map({ "\($0.document) \($0.annotator)\($0.span > 0 ? " \($0.span)" : "")" })
      where spans.last != place {
        spans.append(place)
      }
      let places = spans.prefix(Self.named).joined(separator: ", ")
      let rest = spans.count > Self.named ? " and \(spans.count - Self.named) more" : ""
      page.append("\(Self.sentence(reason, found.count)): \(places)\(rest).", indent: 2)
    }
    if losses.isEmpty { page.append("No span was lost.") }
    return page
  }

  static func sentence(_ reason: Loss.Reason, _ count: Int) -> String {
    switch reason {
    case .gap: "\(counted(count, "span")) with gaps, written as one span per fragment"
    case .hull: "\(counted(count, "span")) with gaps, written from first to last word without the gaps"
    case .trimmed: "\(counted(count, "span")) written without the blanks at their edges"
    case .blank: "\(counted(count, "span")) of blanks left out"
    case .tokenBorder: "\(counted(count, "span")) left out because they begin or end inside a token"
    case .sentenceBorder: "\(counted(count, "span")) left out because they cross a sentence's end"
    case .loneSpan: "\(counted(count, "span")) left out because they belong to no quote"
    case .attribute: "attributes of \(counted(count, "span")) not written"
    case .attributeName: "attributes of \(counted(count, "span")) written under other names"
    case .note: "\(counted(count, "note")) not written"
    case .document: "what is said of \(counted(count, "document")) as a whole not written"
    case .control: "control characters of \(counted(count, "text")) written as U+FFFD"
    case .formula: "\(counted(count, "text")) with an apostrophe before it, so that no spreadsheet runs it"
    case .lineBreak: "\(counted(count, "text")) with line ends or tabs replaced by spaces"
    case .relation: "\(counted(count, "relation")) not written (source span given)"
    case .absentTarget: "\(counted(count, "relation")) not written because the target is not in the text"
    }
  }
}
