import Pages
import Standoff
import Storage

/// Moves speakers from what is said to the sources that say it, where each then stands once.
struct SpeakerMove {
  let annotator: String?
  let changesUnfinished: Bool

  /// What a file keeps: contents whose speaker is not that of one source, or differs from it.
  private struct Outcome {
    var edit = Edit([])
    var moved = 0
    var left: [Annotation] = []
  }

  func carryOut(in workspace: Workspace, isDry: Bool, me: String, at time: Timestamp) throws(Complaint) -> Page {
    let change = CorpusEdit(
      annotator: annotator, viewer: workspace.viewerName, changesUnfinished: changesUnfinished
    ) { set, _ in Self.outcome(of: set, at: time).edit }
    let parts = CorpusEdit.batched(try change.parts(workspace), at: time)
    guard !parts.isEmpty else { return Page("No speaker stands on a content that could stand on its source.") }
    if !isDry {
      try change.checkFinished(parts, workspace)
      try CorpusEdit.write(parts, workspace, by: "rename", me: me, at: time)
    }
    var page = Page()
    var moved = 0
    for part in parts {
      let outcome = Self.outcome(of: part.set, at: time)
      moved += outcome.moved
      let left = outcome.left.isEmpty ? "" : ", \(outcome.left.count) left"
      page.append(
        "\(part.annotator) on \(part.document.id): \(counted(outcome.moved, "speaker")) moved\(left)", indent: 2)
    }
    for part in isDry ? change.unfinished(parts, workspace) : [] {
      page.append("\(part.annotator) is not done with \(part.document.id): see --in-progress.")
    }
    page.append("Left are contents without a source, with several, or whose speaker is not that of the source.", .dim)
    page.append(
      "\(isDry ? "Would move" : "Moved") \(counted(moved, "speaker")) from contents to their sources in "
        + "\(counted(parts.count, "file")).\(isDry ? "" : " “gainsay rename --undo” takes it back.")", .bold)
    return page
  }

  private static func outcome(of set: AnnotationSet, at time: Timestamp) -> Outcome {
    let name = EffectiveSpeakers.attribute
    let scheme = set.scheme
    var outcome = Outcome()
    var changes: [Edit.Change] = []
    var sources: [Int: [Int]] = [:]
    for relation in set.relations {
      guard case .span(let id) = relation.to, let source = set.span(id), scheme.label(source.label)?.kind == .source
      else { continue }
      sources[relation.from, default: []].append(id)
    }
    let contents = set.inReadingOrder.filter { scheme.label($0.label)?.kind != .source && $0.attributes[name] != nil }
    let bySource = Dictionary(grouping: contents) { sources[$0.id]?.count == 1 ? sources[$0.id]?[0] : nil }
    for (id, said) in bySource.sorted(by: { ($0.key ?? 0) < ($1.key ?? 0) }) {
      guard let id, let source = set.span(id), scheme.attribute(name)?.labels.contains(source.label) == true else {
        outcome.left += said
        continue
      }
      let values = Set(said.compactMap { $0.attributes[name] })
      guard let value = source.attributes[name] ?? (values.count == 1 ? values.first : nil) else {
        outcome.left += said
        continue
      }
      if source.attributes[name] == nil {
        changes += set.changing(id, at: time) { $0.attributes[name] = value }?.changes ?? []
      }
      for span in said {
        guard span.attributes[name] == value else {
          outcome.left.append(span)
          continue
        }
        outcome.moved += 1
        changes += set.changing(span.id, at: time) { $0.attributes[name] = nil }?.changes ?? []
      }
    }
    outcome.edit = Edit(changes)
    return outcome
  }
}
