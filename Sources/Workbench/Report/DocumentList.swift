import JSONText
import Standoff
public import Storage

/// The documents of a workspace.
public struct DocumentList {
  private let documents: [(document: Document, annotators: [String])]

  public init(in workspace: Workspace) throws(Complaint) {
    do throws(FileFault) {
      var documents: [(Document, [String])] = []
      for name in try workspace.documentNames() {
        let gold = try workspace.hasGold(name) ? ["gold"] : []
        documents.append((try workspace.document(name), try workspace.annotators(of: name) + gold))
      }
      self.documents = documents
    } catch {
      throw Complaint(error)
    }
  }

  public var page: Page {
    if documents.isEmpty { return Page("No documents yet. “gainsay add FILE” adds one.") }
    let rows = documents.map { document, annotators in
      [
        document.id, counted(document.sentences.count, "sentence"),
        annotators.isEmpty ? "–" : annotators.joined(separator: " "),
      ]
    }
    let width = rows.map { $0[0].count }.max() ?? 0
    var page = Page()
    for (row, entry) in zip(rows, documents) {
      let pad = String(repeating: " ", count: width + 2 - row[0].count)
      page.append("\(row[0])\(pad)\(entry.document.title) (\(row[1]); \(row[2]))", indent: width + 2)
    }
    return page
  }

  public var json: [UInt8] {
    JSONWriter.document { writer in
      writer.key("documents")
      writer.array(.block) { writer in
        for (document, annotators) in documents {
          let words = Words.ranges(in: document.text.range, of: document.text).count
          writer.object { writer in
            writer.key("annotators")
            writer.strings(annotators)
            writer.key("characters")
            writer.integer(document.text.count)
            writer.key("id")
            writer.string(document.id)
            writer.key("language")
            writer.string(document.language)
            writer.key("published")
            writer.string(document.published)
            writer.key("sentences")
            writer.integer(document.sentences.count)
            writer.key("sha256")
            writer.string(document.sha256)
            writer.key("source")
            writer.string(document.source)
            writer.key("title")
            writer.string(document.title)
            writer.key("url")
            writer.string(document.url)
            writer.key("words")
            writer.integer(words)
          }
        }
      }
    }
  }
}
