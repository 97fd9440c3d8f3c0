import Commands
import DefaultFiles
import Foundation
import Interchange
import Standoff
import Storage

/// A document with the annotations that count as right.
struct Gold {
  let document: Document
  let set: AnnotationSet

  /// All that a folder holds: a workspace with `gold.json` files, or a brat collection.
  ///
  /// Of a workspace the files of *annotator* are read, and without `Schemas` the scheme is the built-in one.
  /// Of a brat collection every `.ann` file is read; its annotator is the folder that it stands in, or what follows the
  /// last `_` of its name; its text is the `.txt` file of the same name, with or without that ending. The gold of a text
  /// is its first annotator's, by name.
  ///
  /// - Parameter folder: a place for a copy of the workspace.
  static func read(_ path: String, of annotator: String, in folder: String) throws -> [Gold] {
    let disk = POSIXDisk()
    let annotations = Paths.join(path, "Annotations")
    guard try disk.entry(annotations)?.isFolder == true else { return try brat(URL(fileURLWithPath: path)) }
    var root = path
    if try disk.entry(Paths.join(path, "Schemas")) == nil {
      root = Paths.join(folder, "gold")
      _ = try NewWorkspace.make(in: root, disk: disk)
      try FileManager.default.removeItem(atPath: Paths.join(root, "Annotations"))
      try FileManager.default.copyItem(atPath: annotations, toPath: Paths.join(root, "Annotations"))
    }
    let workspace = Workspace(root: root, disk: disk)
    return try workspace.documentNames().compactMap { name in
      let document = try workspace.document(name)
      return try workspace.annotations(of: annotator, on: document).map { Gold(document: document, set: $0) }
    }
  }

  // MARK: brat

  private static func brat(_ folder: URL) throws -> [Gold] {
    var annotations: [(annotator: String, url: URL, text: URL)] = []
    var texts: [String: URL] = [:]
    var files: [URL] = []
    for case let url as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? .init() {
      files.append(url)
      if url.pathExtension == "txt" { texts[url.deletingPathExtension().lastPathComponent] = url }
    }
    for url in files where url.pathExtension == "ann" {
      let stem = url.deletingPathExtension().lastPathComponent
      if let text = texts[stem] {
        annotations.append((url.deletingLastPathComponent().lastPathComponent, url, text))
      } else if let cut = stem.lastIndex(of: "_"), let text = texts[String(stem[..<cut])] {
        annotations.append((String(stem[stem.index(after: cut)...]), url, text))
      }
    }
    annotations.sort { ($0.text.lastPathComponent, $0.annotator) < ($1.text.lastPathComponent, $1.annotator) }
    var golds: [Gold] = []
    var last: String?
    for (_, url, text) in annotations where text.lastPathComponent != last {
      last = text.lastPathComponent
      golds.append(try gold(url, text))
    }
    return golds
  }

  /// PolNeAR's Source, Cue and Content become the scheme “attribution”, its events the relations.
  private static func gold(_ url: URL, _ textURL: URL) throws -> Gold {
    let bytes = Array(try Data(contentsOf: textURL))
    let id = textURL.deletingPathExtension().lastPathComponent
    let document = Document(
      id: id, text: try DocumentText(utf8: bytes), sha256: SHA256.hex(of: bytes), title: id, language: "en")
    let file = BratFile(String(decoding: try Data(contentsOf: url), as: UTF8.self))
    let scheme = try Self.scheme
    var set = AnnotationSet(
      document: id, annotator: "gold", role: .gold, scheme: scheme, textSHA256: document.sha256,
      textLength: document.text.count)
    let time = Timestamp(secondsSince1970: 0)
    var ids: [String: Int] = [:]
    for textBound in file.textBounds {
      let label = textBound.type.lowercased()
      guard scheme.labels.contains(where: { $0.name == label }) else { continue }
      let edit = set.adding(label: label, fragments: textBound.fragments, at: time)
      let next = set.nextSpanID
      // The same words marked twice are one span.
      do { try set.apply(edit) } catch {
        if case .duplicate(let twin) = error { ids[textBound.id] = twin }
        continue
      }
      ids[textBound.id] = next
    }
    for event in file.events {
      let contents = event.arguments.filter { $0.role.hasPrefix("Content") }.compactMap { ids[$0.id] }
      for content in contents {
        for (role, type) in [("Source", "said-by"), ("Cue", "cued-by")] {
          for part in event.arguments.filter({ $0.role.hasPrefix(role) }).compactMap({ ids[$0.id] }) {
            _ = try? set.apply(set.relating(type, from: content, to: .span(part), at: time))
          }
        }
      }
    }
    return Gold(document: document, set: set)
  }

  private static var scheme: Scheme {
    get throws {
      let file = "attribution.scheme.json"
      return try SchemeFile.decode(DefaultFile.schema(named: file)?.bytes ?? [], path: file)
    }
  }
}
