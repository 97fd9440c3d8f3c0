import JSONText
package import Pages
import Standoff
package import Storage

/// The documents of a workspace, as a page and as JSON.
package struct DocumentList {
  private let documents: [(document: Document, annotators: [String])]

  package init(in workspace: Workspace) throws(Complaint) {
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

  package var page: Page {
    if documents.isEmpty { return Page("No documents yet. “gainsay add FILE…” adds some.") }
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

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("documents", .block) { writer in
        for (document, annotators) in documents {
          let words = Words.count(in: document.text.range, of: document.text)
          writer.object { writer in
            writer.strings("annotators", annotators)
            writer.integer("characters", document.text.count)
            writer.string("id", document.id)
            writer.string("language", document.language)
            writer.string("published", document.published)
            writer.integer("sentences", document.sentences.count)
            writer.string("sha256", document.sha256)
            writer.string("source", document.source)
            writer.string("title", document.title)
            writer.string("url", document.url)
            writer.integer("words", words)
          }
        }
      }
    }
  }
}
