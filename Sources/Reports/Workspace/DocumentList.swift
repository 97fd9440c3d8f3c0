import JSONText
package import Pages
import Standoff
package import Storage

/// The documents of a workspace, as a page and as JSON.
package struct DocumentList {
  /// What is kept of a document; its text is not.
  private struct Row: Sendable {
    let document: Document
    let characters: Int
    let sentences: Int
    /// Nil unless it is to be written.
    let words: Int?
    let annotators: [String]
  }

  private let rows: [Row]

  /// - Parameter countsWords: whether ``json`` is wanted, which says how many words a document has.
  package init(in workspace: Workspace, countsWords: Bool = false) throws(Complaint) {
    do throws(FileFault) {
      rows = try InOrder.map(workspace.documentNames()) { (name) throws(FileFault) in
        let document = try workspace.document(name)
        let text = document.text
        let gold = try workspace.hasGold(name) ? ["gold"] : []
        return Row(
          document: document.withoutText, characters: text.count, sentences: document.sentences.count,
          words: countsWords ? Words.count(in: text.range, of: text) : nil,
          annotators: try workspace.annotators(of: name) + gold)
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
    JSONWriter.document { writer in
      writer.array("documents", .block) { writer in
        for row in rows {
          let document = row.document
          writer.object { writer in
            writer.strings("annotators", row.annotators)
            writer.integer("characters", row.characters)
            writer.string("id", document.id)
            writer.string("language", document.language)
            writer.string("published", document.published)
            writer.integer("sentences", row.sentences)
            writer.string("sha256", document.sha256)
            writer.string("source", document.source)
            writer.string("title", document.title)
            writer.string("url", document.url)
            writer.integer("words", row.words)
          }
        }
      }
    }
  }
}

extension Document {
  /// The document's metadata, with an empty text.
  fileprivate var withoutText: Document {
    Document(
      id: id, text: DocumentText(""), sha256: sha256, title: title, source: source, url: url, published: published,
      language: language)
  }
}
