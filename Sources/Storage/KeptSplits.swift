import JSONText
public import Standoff

/// The splits that were exported, `Annotations/splits.json`: no document ever moves from one part to another.
struct KeptSplits: Equatable {
  /// The parts of documents, by the names and shares of the parts and the seed.
  private var all: [String: [String: String]] = [:]

  static let format = 1

  init() {}

  /// What tells one split from another, such as “train=0.8,test=0.2 1”.
  private static func key(_ split: Split) -> String {
    split.parts.map { "\($0.name)=\($0.share)" }.joined(separator: ",") + " \(split.seed)"
  }

  subscript(split: Split) -> [String: String] {
    get { all[Self.key(split)] ?? [:] }
    set { all[Self.key(split)] = newValue }
  }

  /// The file's bytes, with a document per line.
  func encoded() -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    writer.object(.block) { writer in
      writer.array("documents", .block) { writer in
        for (split, documents) in all.sorted(by: { $0.key < $1.key }) {
          for (document, part) in documents.sorted(by: { $0.key < $1.key }) {
            writer.object { writer in
              writer.string("document", document)
              writer.string("part", part)
              writer.string("split", split)
            }
          }
        }
      }
      writer.integer("format", Self.format)
    }
    writer.newline()
    return writer.bytes
  }

  init(_ bytes: [UInt8], path: String) throws(FileFault) {
    var found: [String: [String: String]] = [:]
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      try reader.readRecord(["documents", "format"]) { (key, reader) throws(JSONFault) in
        guard key == "documents" else { return try reader.readFormat(Self.format) }
        try reader.readArray { (reader) throws(JSONFault) in
          var (document, part, split) = ("", "", "")
          try reader.readRecord(["document", "part", "split"]) { (key, reader) throws(JSONFault) in
            switch key {
            case "document": document = try reader.readNonEmptyString()
            case "part": part = try reader.readNonEmptyString()
            default: split = try reader.readNonEmptyString()
            }
          }
          found[split, default: [:]][document] = part
        }
      }
      try reader.finish()
    } catch {
      throw FileFault(path, error)
    }
    all = found
  }
}

extension Workspace {
  public var splitsPath: String { Paths.join(annotationsFolder, "splits.json") }

  /// - Throws: if the file of splits is there and cannot be read.
  public func checkSplits() throws(FileFault) {
    if let bytes = try readIfThere(splitsPath, limit: FileLimit.list) { _ = try KeptSplits(bytes, path: splitsPath) }
  }

  /// The parts of documents in a split; those that are new are remembered.
  ///
  /// - Throws: if the file cannot be read or written, or another change of the workspace is in progress.
  public func keepingParts(of documents: [String], in split: Split) throws(FileFault) -> [String: String] {
    let lock = try lockForChange(waiting: 2)
    defer { disk.release(lock) }
    let seen: DiskEntry?
    do throws(DiskFault) { seen = try disk.entry(splitsPath) } catch { throw FileFault(error) }
    var kept = KeptSplits()
    if let bytes = try readIfThere(splitsPath, limit: FileLimit.list) { kept = try KeptSplits(bytes, path: splitsPath) }
    let before = kept
    kept[split] = split.parts(of: documents, kept: kept[split])
    if kept != before {
      do throws(DiskFault) { _ = try disk.replace(splitsPath, with: kept.encoded(), inPlaceOf: seen) } catch {
        throw FileFault(error)
      }
    }
    return kept[split]
  }
}
