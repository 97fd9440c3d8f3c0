import Pages
import Standoff
import Storage

/// Edits of several documents that are made, undone and redone together.
extension Session {
  /// A document that is not open, with the edit that belongs to the batch.
  struct Elsewhere {
    let document: Document
    /// The annotations for which the edit was made.
    let set: AnnotationSet
    let edit: Edit
  }

  /// Commits the edit of the open document, then those of others; one that has changed since is named and left.
  ///
  /// - Parameter others: whose edits add spans only.
  mutating func commit(_ own: Edit, and others: [Elsewhere]) throws(Complaint) -> Page {
    guard !others.isEmpty else { return try commit(own) }
    // The same work at the same moment has the same name.
    let facts = [document.id, annotator, now.description, String(editCount)] + others.map(\.document.id)
    let batch = String(SHA256.hex(of: Array(facts.joined(separator: "\n").utf8)).prefix(8))
    var page = try commit(Edit(own.changes, batch: batch))
    for other in others {
      let edit = Edit(other.edit.changes, batch: batch)
      let spans = counted(edit.changes.count, "span")
      page.append(
        changed(other.document, other.set.scheme) { (store) throws(AnnotationStore.CommitFault) in
          guard store.set == other.set else { return "has changed since, and is left as it is" }
          try store.commit(edit, at: now)
          return "+ \(spans)"
        }, indent: 2)
    }
    return page
  }

  /// Undoes or redoes a batch in the documents that are not open, where nothing came after it.
  ///
  /// - Returns: a line for each document.
  func elsewhere(_ deed: LoggedEdit.Deed, _ batch: String) -> [String] {
    let names = ((try? workspace.documentNames()) ?? []).filter { $0 != document.id }
    return names.compactMap { name in
      guard let log = try? workspace.editLog(of: annotator, on: name), log.contains(where: { $0.edit.batch == batch }),
        let other = try? workspace.document(name), let set = try? workspace.annotations(of: annotator, on: other)
      else { return nil }
      return changed(other, set.scheme) { (store) throws(AnnotationStore.CommitFault) in
        let edits = deed == .undo ? store.history.done : store.history.undone
        guard edits.last?.batch == batch else {
          return edits.contains { $0.batch == batch } ? "has changed since, and is left as it is" : "nothing to \(deed)"
        }
        let edit = try deed == .undo ? store.undo(at: now) : store.redo(at: now)
        return "\(deed == .undo ? "−" : "+") \(counted(edit?.changes.count ?? 0, "span"))"
      }
    }
  }

  /// Opens an annotator's file of a document that is not open, changes it and closes it.
  ///
  /// - Returns: the document's name with what became of it.
  private func changed(
    _ other: Document, _ scheme: Scheme,
    _ change: (inout AnnotationStore) throws(AnnotationStore.CommitFault) -> String
  ) -> String {
    do throws(FileFault) {
      var store = try AnnotationStore(
        annotator: annotator, document: other, scheme: scheme, in: workspace, me: me, now: now)
      let said: String
      do throws(AnnotationStore.CommitFault) { said = try change(&store) } catch {
        try? store.close()
        return "\(other.id): left as it is. \(Complaint(error, annotator: annotator).problem)"
      }
      try store.close()
      return "\(other.id): \(said)"
    } catch {
      return "\(other.id): left as it is. \(Complaint(error).problem)"
    }
  }
}
