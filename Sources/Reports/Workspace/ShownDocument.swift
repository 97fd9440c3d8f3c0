import Comparison
import JSONText
package import Pages
package import Standoff
package import Storage

/// A text with its annotators' spans, as a page and as JSON.
package struct ShownDocument {
  package let document: Document
  private let sets: [AnnotationSet]

  /// - Parameter annotators: those to show; empty for all but gold.
  package init(_ id: String, annotators: [String], in workspace: Workspace) throws(Complaint) {
    try DocumentChoice.checkName(id, in: workspace)
    do throws(FileFault) {
      document = try workspace.document(id)
      var sets: [AnnotationSet] = []
      for annotator in try annotators.isEmpty ? workspace.annotators(of: id) : annotators {
        guard Scheme.isPlainName(annotator), annotator.lowercased() != "document" else {
          throw FileFault(annotator, .nameNotAllowed(annotator))
        }
        guard let set = try workspace.annotations(of: annotator, on: document) else {
          throw FileFault(workspace.path(of: annotator, on: id), .missing)
        }
        sets.append(set)
      }
      self.sets = sets
    } catch {
      throw Complaint(error)
    }
  }

  /// The annotators who are shown.
  package var annotators: [String] { sets.map(\.annotator) }

  package var page: Page { DocumentView(document: document, sets: sets).page() }

  /// A page with the words' numbers above them.
  package func numberedPage(width: Int) -> Page {
    DocumentView(document: document, sets: sets, numberedWidth: width).page()
  }

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("annotations", .block) { writer in
        for set in sets { AnnotationFile.write(set, text: document.text, to: &writer) }
      }
      writer.string("id", document.id)
      writer.integer("segmentation", Segmentation.version)
      writer.array("sentences", .block) { writer in
        for index in 0..<document.sentences.count { write(document.sentences[index], to: &writer) }
      }
      writer.string("text", document.text.string)
      writer.string("title", document.title)
    }
  }

  private func write(_ sentence: TextRange, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.integer("end", sentence.end)
      writer.integer("start", sentence.start)
      writer.array("words") { writer in
        for word in Words.ranges(in: sentence, of: document.text) {
          writer.array { writer in
            writer.integer(word.start)
            writer.integer(word.end)
          }
        }
      }
    }
  }
}
