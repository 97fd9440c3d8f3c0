import Pages
import Standoff
import Storage

/// Replaces one spelling of a speaker or matter by another in every file of the workspace, through its journal.
struct Renaming {
  let attribute: String
  let old: String
  let new: String

  /// One file with the edit that it needs.
  private struct Part {
    let document: Document
    let annotator: String
    let edit: Edit
    let scheme: Scheme
  }

  /// Changes every file that has the old spelling, or none.
  func carryOut(
    in workspace: Workspace, isDry: Bool, me: String, at time: Timestamp
  ) throws(Complaint) -> Page {
    guard old != new else { throw Complaint("Both spellings are the same.", "Name the old one, then the new one.") }
    guard !new.isEmpty, !old.isEmpty else {
      throw Complaint("A spelling is missing.", "Name the old one, then the new one.")
    }
    guard !new.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw Complaint("The new spelling contains a line break or another control character.", "Use plain text.")
    }
    for document in workspace.veiledDocuments() {
      do throws(FileFault) { try workspace.checkUnveiled(document) } catch { throw Complaint(error) }
    }
    let parts = try parts(workspace, at: time)
    guard !parts.isEmpty else {
      throw Complaint(
        "No span has the \(attribute) “\(old)”.", "“gainsay check” lists similar spellings.", culprit: old)
    }
    if !isDry {
      try write(parts, workspace, me: me, at: time)
    }
    var page = Page()
    for part in parts {
      page.append("\(part.annotator) on \(part.document.id): \(counted(part.edit.changes.count, "span"))", indent: 2)
    }
    let spans = parts.reduce(0) { $0 + $1.edit.changes.count }
    page.append(
      "\(isDry ? "Would change" : "Changed"): \(attribute) “\(old)” to “\(new)” in \(counted(spans, "span")) of "
        + "\(counted(parts.count, "file")).\(isDry ? "" : " “u” undoes it, file by file.")", .bold)
    return page
  }

  private func parts(_ workspace: Workspace, at time: Timestamp) throws(Complaint) -> [Part] {
    var parts: [Part] = []
    do throws(FileFault) {
      for name in try workspace.documentNames() {
        let document = try workspace.document(name)
        for annotator in try workspace.allAnnotators(of: name) + (workspace.hasGold(name) ? ["gold"] : []) {
          guard let set = try workspace.annotations(of: annotator, on: document) else { continue }
          let edit = edit(of: set, at: time)
          guard !edit.changes.isEmpty else { continue }
          var copy = set
          do throws(AnnotationSet.Refusal) { try copy.apply(edit) } catch {
            throw FileFault(
              workspace.path(of: annotator, on: name), .spanNotAllowed(id: set.spans.first?.id ?? 0, error))
          }
          parts.append(Part(document: document, annotator: annotator, edit: edit, scheme: set.scheme))
        }
      }
    } catch {
      throw Complaint(error)
    }
    return parts
  }

  private func edit(of set: AnnotationSet, at time: Timestamp) -> Edit {
    Edit(
      set.spans.filter { $0.attributes[attribute] == old }.flatMap { span in
        set.changing(span.id, at: time) { $0.attributes[attribute] = new }?.changes ?? []
      })
  }

  /// Opens a file, which nobody else can change from then on.
  ///
  /// - Throws: if somebody is editing it, or has changed it since it was read.
  private func open(
    _ part: Part, _ workspace: Workspace, me: String, at time: Timestamp
  ) throws(Complaint) -> AnnotationStore {
    var store: AnnotationStore
    do throws(FileFault) {
      store = try AnnotationStore(
        annotator: part.annotator, document: part.document, scheme: part.scheme, in: workspace, me: me, now: time)
    } catch {
      throw Complaint(error)
    }
    guard store.isWritable, edit(of: store.set, at: time) == part.edit else {
      let (isHeld, fault, holder) = (!store.isWritable, store.lockFault, store.holder ?? "another session")
      try? store.close()
      if let fault { throw Complaint(fault) }
      throw Complaint(
        isHeld
          ? "\(holder) is editing \(part.annotator)'s annotations of \(part.document.id)."
          : "\(part.annotator)'s annotations of \(part.document.id) were changed at the same moment.",
        "Nothing was changed; try again later.")
    }
    return store
  }

  private func write(_ parts: [Part], _ workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) {
    var change: WorkspaceChange
    do throws(FileFault) { change = try WorkspaceChange(of: workspace, by: "rename") } catch { throw Complaint(error) }
    var stores: [AnnotationStore] = []
    defer {
      change.abandon()
      for index in stores.indices { try? stores[index].close() }
    }
    // All are held before the first is prepared.
    for part in parts { stores.append(try open(part, workspace, me: me, at: time)) }
    for (index, part) in parts.enumerated() {
      do throws(AnnotationStore.CommitFault) { try stores[index].prepare(part.edit, at: time, in: &change) } catch {
        throw Complaint(error, annotator: part.annotator)
      }
    }
    do throws(FileFault) { try change.commit() } catch { throw Complaint(error) }
  }
}
