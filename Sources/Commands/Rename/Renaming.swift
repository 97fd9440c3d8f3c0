import Pages
import Standoff
import Storage

/// Replaces one spelling of a speaker or matter by another in every file of the workspace, through its journal.
struct Renaming {
  let attribute: String
  let old: String
  let new: String
  /// Whose files to change; nil for everybody's.
  let annotator: String?
  let changesUnfinished: Bool

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
    let change = CorpusEdit(
      annotator: annotator, viewer: workspace.viewerName, changesUnfinished: changesUnfinished
    ) { set, _ in edit(of: set, at: time) }
    let parts = CorpusEdit.batched(try change.parts(workspace), at: time)
    guard !parts.isEmpty else {
      throw Complaint(
        "No span\(annotator.map { " of \($0)" } ?? "") has the \(attribute) “\(old)”.",
        "“gainsay check” lists similar spellings.", culprit: old)
    }
    if !isDry {
      try change.checkFinished(parts, workspace)
      try CorpusEdit.write(parts, workspace, by: "rename", me: me, at: time)
    }
    var page = Page()
    for part in parts {
      page.append("\(part.annotator) on \(part.document.id): \(counted(part.edit.changes.count, "span"))", indent: 2)
    }
    for part in isDry ? change.unfinished(parts, workspace) : [] {
      page.append("\(part.annotator) is not done with \(part.document.id): see --in-progress.")
    }
    let spans = parts.reduce(0) { $0 + $1.edit.changes.count }
    page.append(
      "\(isDry ? "Would change" : "Changed"): \(attribute) “\(old)” to “\(new)” in \(counted(spans, "span")) of "
        + "\(counted(parts.count, "file")).\(isDry ? "" : " “gainsay rename --undo” takes it back.")", .bold)
    return page
  }

  private func edit(of set: AnnotationSet, at time: Timestamp) -> Edit {
    Edit(
      set.spans.filter { $0.attributes[attribute] == old }.flatMap { span in
        set.changing(span.id, at: time) { $0.attributes[attribute] = new }?.changes ?? []
      })
  }
}
