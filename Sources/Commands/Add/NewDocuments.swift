package import Pages
import Standoff
package import Storage

/// Adds texts to a workspace as documents.
package enum NewDocuments {
  /// What is known of a document besides its text; nil if nothing was given.
  package struct Facts: Sendable {
    package var id: String?
    package var title: String?
    package var source: String?
    package var url: String?
    package var published: String?
    package var language: String?

    package init(
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

  /// Adds texts as documents; reads all of them before it adds the first. Without an id, the name comes from the
  /// file's.
  package static func add(
    _ paths: [String], _ facts: Facts, in workspace: Workspace
  ) throws(Complaint) -> Page {
    for (key, value) in [
      ("published", facts.published), ("language", facts.language), ("title", facts.title), ("source", facts.source),
      ("url", facts.url),
    ] {
      if let value, let expected = DocumentFile.fault(key, value) {
        throw Complaint("--\(key) takes \(expected), not “\(value)”.", "Nothing was added.", culprit: value)
      }
    }
    var page = Page()
    var documents: [Document] = []
    for path in paths { documents.append(try read(path, facts, workspace, &page)) }
    do throws(FileFault) { try workspace.add(documents) } catch { throw Complaint(error) }
    for document in documents {
      let words = Words.count(in: document.text.range, of: document.text)
      let size = "\(counted(document.sentences.count, "sentence")), \(counted(words, "word"))"
      page.append("\(document.id): \(size). “gainsay annotate \(document.id)” opens it.")
      if !document.zones.isEmpty {
        let kinds = Zone.Kind.allCases.compactMap { kind -> String? in
          let count = document.zones.count { $0.kind == kind }
          return count == 0 ? nil : count == 1 ? kind.rawValue : "\(count) of \(kind.rawValue)"
        }
        page.append("  Zones: \(Complaint.list(kinds)); see “zones” in document.json.", indent: 2)
      }
    }
    return page
  }

  private static func read(
    _ path: String, _ facts: Facts, _ workspace: Workspace, _ page: inout Page
  ) throws(Complaint) -> Document {
    let read = try PlainText(path, in: workspace)
    if read.hadMark { page.append("\(path): dropped the byte order mark at the start.") }
    let id = facts.id ?? name(from: path)
    return Document(
      id: id, text: read.text, sha256: SHA256.hex(of: read.text.utf8),
      title: facts.title ?? DocumentName.title(of: read.text, else: id), source: facts.source, url: facts.url,
      published: facts.published, language: facts.language, zones: Zone.proposed(in: read.text))
  }

  /// A document's name made from a file's, without its extension.
  private static func name(from path: String) -> String {
    let file = Paths.split(path).name
    return DocumentName.plain(file.lastIndex(of: ".").map { $0 > file.startIndex ? String(file[..<$0]) : file } ?? file)
  }
}
