import JSONText
package import Pages
import Standoff
package import Storage

/// The documents of a workspace, as a page and as JSON.
package struct DocumentList {
  private struct Row: Sendable {
    let document: Document
    let sentences: Int
    let annotators: [String]
  }

  private let rows: [Row]

  package init(in workspace: Workspace) throws(Complaint) {
    do throws(FileFault) {
      rows = try InOrder.map(workspace.documentNames()) { (name) throws(FileFault) in
        let gold = try workspace.hasGold(name) ? ["gold"] : []
        let document = try workspace.document(name)
        let sentences = document.sentences.count
        return Row(document: document, sentences: sentences, annotators: try workspace.annotators(of: name) + gold)
      }
    } catch {
      throw Complaint(error)
    }
  }

  package var page: Page {
    if rows.isEmpty { return Page("No documents yet. “gainsay add FILE…” adds some.") }
    let width = rows.map { $0.document.id.count }.max() ?? 0
    var page = Page()
    for row in rows {
      let id = row.document.id
      let annotators = row.annotators.isEmpty ? "–" : row.annotators.joined(separator: " ")
      let pad = String(repeating: " ", count: width + 2 - id.count)
      page.append(
        "\(id)\(pad)\(row.document.title) (\(counted(row.sentences, "sentence")); \(annotators))", indent: width + 2)
    }
    return page
  }

  package var json: [UInt8] {
    let words = InOrder.map(rows) { row in Words.count(in: row.document.text.range, of: row.document.text) }
    return JSONWriter.document { writer in
      writer.array("documents", .block) { writer in
        for (row, words) in zip(rows, words) {
          let document = row.document
          writer.object { writer in
            writer.strings("annotators", row.annotators)
            writer.integer("characters", document.text.count)
            writer.string("id", document.id)
            writer.string("language", document.language)
            writer.string("published", document.published)
            writer.integer("sentences", row.sentences)
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
