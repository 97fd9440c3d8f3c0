import JSONText
package import Pages
package import Standoff
package import Storage

/// What was done to annotators' annotations of a document, as a page and as JSON.
package struct EditLogPage {
  private let document: Document
  private let logs: [(annotator: String, edits: [LoggedEdit])]
  /// The only span to show; nil for all.
  private let span: Int?

  /// - Parameters:
  ///   - annotators: those to show, who need no annotation file any more.
  ///   - span: the number of the only span to show; nil for all.
  package init(
    _ document: Document, annotators: [String], span: Int? = nil, in workspace: Workspace
  ) throws(Complaint) {
    self.document = document
    self.span = span
    do throws(FileFault) {
      logs = try annotators.map { (name) throws(FileFault) in
        (name, try workspace.editLog(of: name, on: document.id))
      }
    } catch {
      throw Complaint(error)
    }
  }

  package var page: Page {
    var page = Page()
    let descriptions = Descriptions(document)
    for (annotator, edits) in logs {
      if logs.count > 1 { page.append(annotator, .bold) }
      var day = ""
      var isEmpty = true
      let width = String(edits.count).count
      for (index, logged) in edits.enumerated() {
        let lines = logged.edit.changes.filter(isShown).map { descriptions.change($0, from: nil) }.filter {
          !$0.isEmpty
        }
        guard !lines.isEmpty else { continue }
        isEmpty = false
        let local = LocalTime(logged.at)
        if local.day != day { page.append(local.day, .dim) }
        day = local.day
        let number = String(repeating: " ", count: width - String(index + 1).count) + String(index + 1)
        let who = logged.by.map { $0 == annotator ? "" : " (\($0))" } ?? ""
        let lead = "\(number)  \(local.time)  "
        page.append("\(lead)\(Self.word(logged.did))\(lines[0])\(who)", indent: lead.count + 2)
        let pad = String(repeating: " ", count: lead.count)
        for line in lines.dropFirst() { page.append(pad + line, indent: lead.count + 2) }
      }
      if isEmpty { page.append(span.map { "Nothing was done to span \($0)." } ?? "No edits yet.") }
    }
    if logs.isEmpty { page.append("Nobody has annotated this document.") }
    return page
  }

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("annotators", .block) { writer in
        for (annotator, edits) in logs {
          writer.object { writer in
            writer.array("edits", .block) { writer in
              for (index, logged) in edits.enumerated() where logged.edit.changes.contains(where: isShown) {
                writer.object { writer in
                  writer.string("at", logged.at.description)
                  if let batch = logged.edit.batch { writer.string("batch", batch) }
                  if let by = logged.by { writer.string("by", by) }
                  writer.array("changes") { writer in logged.writeChanges(to: &writer) }
                  writer.string("did", logged.did.rawValue)
                  writer.integer("number", index + 1)
                }
              }
            }
            writer.string("name", annotator)
          }
        }
      }
      writer.string("document", document.id)
    }
  }

  private static func word(_ deed: LoggedEdit.Deed) -> String {
    switch deed {
    case .edit: ""
    case .undo: "undone: "
    case .redo: "redone: "
    }
  }

  private func isShown(_ change: Edit.Change) -> Bool {
    guard let span else { return true }
    switch change {
    case .span(let from, let to): return (from ?? to)?.id == span
    case .relation(let from, let to): return (from ?? to)?.touches(span) == true
    case .declined, .document, .status: return false
    }
  }
}
