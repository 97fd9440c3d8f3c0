import Foundation
import Standoff
import Storage

/// What a workspace holds, without times and whatever else differs between two runs of one command.
struct WorkspaceState: Equatable {
  /// Documents, sets of annotations, schemes and assignments, each as one text by its name.
  private(set) var parts: [String: String] = [:]
  /// The words of each annotator's spans of each document.
  private(set) var words: [String: [String]] = [:]
  /// The speakers that each annotator named in each document.
  private(set) var speakers: [String: [String]] = [:]

  /// - Throws: the first fault in any file; everything must be sound at any time.
  init(of root: String) throws {
    let disk = POSIXDisk()
    guard try Workspace.isWorkspace(root, disk: disk) else { return }
    let workspace = Workspace(root: root, disk: disk)
    parts["assignments"] = String(decoding: try workspace.assignments().encoded(), as: UTF8.self)
    for name in try workspace.schemeNames() {
      let scheme = try workspace.scheme(name)
      parts["scheme \(name)"] = "\(scheme.version) \(scheme.labels.map(\.name))"
    }
    for name in try workspace.documentNames() {
      let document = try workspace.document(name)
      parts["document \(name)"] = document.text.string
      for annotator in try workspace.allAnnotators(of: name) + ["gold"] {
        if let fault = try workspace.checked(annotator, on: document).faults.first { throw fault }
        guard let set = try workspace.annotations(of: annotator, on: document) else { continue }
        let spans = set.spans.map { span in
          "\(span.id) \(span.label) \(span.fragments) \(span.attributes.sorted { $0.key < $1.key })"
        }
        let relations = set.relations.map { "\($0.id) \($0.type) \($0.from) \($0.to)" }
        parts["\(annotator) on \(name)"] = "\(spans) \(relations) \(set.status) \(set.declined)"
        words["\(annotator) on \(name)"] = set.spans.map { span in
          span.fragments.map { document.text[$0] }.joined(separator: " … ")
        }
        speakers["\(annotator) on \(name)"] = set.spans.flatMap(\.attributes).filter { $0.key == "speaker" }.map(
          \.value)
      }
    }
  }
}
