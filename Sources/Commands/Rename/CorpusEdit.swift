import Pages
import Standoff
import Storage

/// A change of many people's files, made in all of them or in none, each through its journal.
///
/// The edits share the name of a batch, by which ``Undoing`` finds them again.
struct CorpusEdit {
  /// Whose files to change; nil for everybody's and the adjudicated versions.
  let annotator: String?
  /// The viewer, whose own unfinished files are no reason to stop.
  let viewer: String?
  /// Whether to change files that others have not finished, though git may then meet two versions.
  let changesUnfinished: Bool
  /// The edit that a file needs; of no changes if none.
  let edit: (AnnotationSet, Document) -> Edit

  /// One file with the edit that it needs.
  struct Part {
    let document: Document
    let set: AnnotationSet
    let edit: Edit
    let did: LoggedEdit.Deed

    var annotator: String { self.set.annotator }
  }

  /// The files that need an edit.
  func parts(_ workspace: Workspace) throws(Complaint) -> [Part] {
    for document in workspace.veiledDocuments() {
      do throws(FileFault) { try workspace.checkUnveiled(document) } catch { throw Complaint(error) }
    }
    var parts: [Part] = []
    do throws(FileFault) {
      for name in try workspace.documentNames() {
        let document = try workspace.document(name)
        for annotator in try workspace.allAnnotators(of: name) + (workspace.hasGold(name) ? ["gold"] : [])
        where self.annotator == nil || self.annotator == annotator {
          guard let set = try workspace.annotations(of: annotator, on: document) else { continue }
          let edit = edit(set, document)
          guard !edit.changes.isEmpty else { continue }
          var copy = set
          do throws(AnnotationSet.Refusal) { try copy.apply(edit) } catch {
            throw FileFault(
              workspace.path(of: annotator, on: name), .spanNotAllowed(id: set.spans.first?.id ?? 0, error))
          }
          parts.append(Part(document: document, set: set, edit: edit, did: .edit))
        }
      }
    } catch {
      throw Complaint(error)
    }
    return parts
  }

  /// Whose unfinished files are among these, if others may have clones of them.
  func unfinished(_ parts: [Part], _ workspace: Workspace) -> [Part] {
    guard workspace.isInGit else { return [] }
    return parts.filter { $0.set.status == .inProgress && $0.annotator != viewer && $0.annotator != "gold" }
  }

  func checkFinished(_ parts: [Part], _ workspace: Workspace) throws(Complaint) {
    let open = unfinished(parts, workspace)
    guard let first = open.first, !changesUnfinished else { return }
    let names = open.map { "\($0.annotator) on \($0.document.id)" }
    throw Complaint(
      "\(Complaint.list(names)) \(open.count == 1 ? "is" : "are") not done: if \(first.annotator) goes on in another "
        + "clone, git will meet two versions of the file.",
      "Wait until they are done, or say --in-progress. Nothing was changed.")
  }

  /// Opens a file, which nobody else can change from then on.
  ///
  /// - Throws: if somebody is editing it, or has changed it since it was read.
  private static func open(
    _ part: Part, _ workspace: Workspace, me: String, at time: Timestamp
  ) throws(Complaint) -> AnnotationStore {
    var store: AnnotationStore
    do throws(FileFault) {
      store = try AnnotationStore(
        annotator: part.annotator, document: part.document, scheme: part.set.scheme, in: workspace, me: me, now: time)
    } catch {
      throw Complaint(error)
    }
    guard store.isWritable, store.set == part.set else {
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

  /// Throws if somebody is editing one of the files, or has changed it since it was read.
  static func checkFree(
    _ parts: [Part], _ workspace: Workspace, me: String, at time: Timestamp
  ) throws(Complaint) {
    for part in parts {
      var store = try open(part, workspace, me: me, at: time)
      do throws(FileFault) { try store.close() } catch { throw Complaint(error) }
    }
  }

  static func write(
    _ parts: [Part], _ workspace: Workspace, by command: String, me: String, at time: Timestamp
  ) throws(Complaint) {
    var change: WorkspaceChange
    do throws(FileFault) { change = try WorkspaceChange(of: workspace, by: command) } catch { throw Complaint(error) }
    var stores: [AnnotationStore] = []
    defer {
      change.abandon()
      for index in stores.indices { try? stores[index].close() }
    }
    // All are held before the first is prepared.
    for part in parts { stores.append(try open(part, workspace, me: me, at: time)) }
    for (index, part) in parts.enumerated() {
      do throws(AnnotationStore.CommitFault) {
        try stores[index].prepare(part.edit, did: part.did, at: time, in: &change)
      } catch {
        throw Complaint(error, annotator: part.annotator)
      }
    }
    do throws(FileFault) { try change.commit() } catch { throw Complaint(error) }
  }

  // MARK: batches

  /// How the names of these batches begin.
  static let mark = LoggedEdit.corpusBatch

  /// The same edits with the name of their batch.
  static func batched(_ parts: [Part], at time: Timestamp) -> [Part] {
    let facts = [time.description] + parts.flatMap { [$0.document.id, $0.annotator, String($0.edit.changes.count)] }
    let name = mark + SHA256.hex(of: Array(facts.joined(separator: "\n").utf8)).prefix(8)
    return parts.map {
      Part(document: $0.document, set: $0.set, edit: Edit($0.edit.changes, batch: name), did: $0.did)
    }
  }
}

/// Takes back the last change of many people's files.
struct Undoing {
  func carryOut(in workspace: Workspace, isDry: Bool, me: String, at time: Timestamp) throws(Complaint) -> Page {
    var found: [(part: CorpusEdit.Part, batch: String, at: Timestamp, isLast: Bool)] = []
    do throws(FileFault) {
      for name in try workspace.documentNames() {
        let document = try workspace.document(name)
        for annotator in try workspace.allAnnotators(of: name) + (workspace.hasGold(name) ? ["gold"] : []) {
          let standing = Self.standing(try workspace.editLog(of: annotator, on: name))
          guard let place = standing.lastIndex(where: { $0.edit.batch?.hasPrefix(CorpusEdit.mark) == true }),
            let set = try workspace.annotations(of: annotator, on: document), let batch = standing[place].edit.batch
          else { continue }
          let part = CorpusEdit.Part(document: document, set: set, edit: standing[place].edit.inverse, did: .undo)
          found.append((part, batch, standing[place].at, place == standing.count - 1))
        }
      }
    } catch {
      throw Complaint(error)
    }
    guard let last = found.max(by: { $0.at < $1.at }) else {
      throw Complaint("Nothing was renamed or moved that could be taken back.")
    }
    let batch = found.filter { $0.batch == last.batch }
    let parts = batch.filter(\.isLast).map(\.part)
    if !isDry { try CorpusEdit.write(parts, workspace, by: "rename", me: me, at: time) }
    var page = Page()
    for one in batch {
      let what = one.isLast ? counted(one.part.edit.changes.count, "span") : "has changed since, and is left as it is"
      page.append("\(one.part.annotator) on \(one.part.document.id): \(what)", indent: 2)
    }
    page.append(
      "\(isDry ? "Would take back" : "Took back") what was done at \(last.at) in \(counted(parts.count, "file")).",
      .bold)
    return page
  }

  /// The edits of a log that still stand.
  private static func standing(_ log: [LoggedEdit]) -> [LoggedEdit] {
    var (done, undone): ([LoggedEdit], [LoggedEdit]) = ([], [])
    for entry in log {
      switch entry.did {
      case .edit:
        done.append(entry)
        undone = []
      case .undo: if let last = done.popLast() { undone.append(last) }
      case .redo: if let last = undone.popLast() { done.append(last) }
      }
    }
    return done
  }
}
