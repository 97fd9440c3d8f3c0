import DefaultFiles
package import Foundation
package import Standoff
package import Storage
import Testing

import Commands
import Pages
package import Prompt

/// A workspace in a temporary folder, made with the project's own `Schemas/`.
package final class Desk {
  package let root: String
  package let workspace: Workspace
  package static let time = Timestamp(secondsSince1970: 1_795_000_000)

  package static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  package init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gainsay-\(UUID().uuidString)")
    root = url.path
    _ = try NewWorkspace.make(in: root, disk: POSIXDisk())
    workspace = Workspace(root: root, disk: POSIXDisk())
  }

  /// A copy of the sample corpus.
  package static func sample() throws -> Desk {
    let desk = try Desk()
    let target = URL(fileURLWithPath: desk.root).appendingPathComponent("Annotations")
    try FileManager.default.removeItem(at: target)
    try FileManager.default.copyItem(at: repository.appendingPathComponent("Annotations"), to: target)
    return desk
  }

  /// The sample corpus without its adjudicated versions.
  package static func unadjudicated() throws -> Desk {
    let desk = try Desk.sample()
    for name in try desk.workspace.documentNames() {
      try FileManager.default.removeItem(atPath: desk.workspace.path(of: "gold", on: name))
    }
    return desk
  }

  /// Opens the adjudication of a document.
  package func adjudicate(
    _ document: String = "ferry-contract", blind: Bool = false, canAsk: Bool = false
  ) throws -> Session {
    try Session(
      adjudicating: document, in: workspace, by: "lead", annotators: [], isBlind: blind, canAsk: canAsk, me: "a test"
    ) { Self.time }
  }

  /// A scheme that the program carries.
  package static func scheme(_ name: String = "claims-denials-quotes") throws -> Scheme {
    let file = name + ".scheme.json"
    return try SchemeFile.decode(DefaultFile.schema(named: file)?.bytes ?? [], path: file)
  }

  /// The folder goes with the desk: said at the end of a test that needs it until then.
  package func keep() {}

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Adds a text as a document.
  package func add(_ text: String, id: String = "doc") throws {
    let bytes = Array(text.utf8)
    try workspace.add(Document(id: id, text: DocumentText(text), sha256: SHA256.hex(of: bytes), title: "Title"))
  }

  package func open(_ id: String = "doc", as annotator: String = "me", canAsk: Bool = false) throws -> Session {
    try Session(in: workspace, document: id, annotator: annotator, canAsk: canAsk, me: "a test") { Self.time }
  }
}

extension Session {
  /// The text with its spans as `⟦label: words⟧`, inner ones inside outer ones.
  package var marked: String {
    var inserts: [(offset: Int, order: Int, text: String)] = []
    for span in set.spans {
      for fragment in span.fragments {
        inserts.append((fragment.start, 1_000_000 - fragment.count, "⟦\(span.label): "))
        inserts.append((fragment.end, fragment.count - 1_000_000, "⟧"))
      }
    }
    var text = ""
    var offset = 0
    for insert in inserts.sorted(by: { ($0.offset, $0.order) < ($1.offset, $1.order) }) {
      text += document.text[TextRange(offset, insert.offset)] + insert.text
      offset = insert.offset
    }
    return text + document.text[TextRange(offset, document.text.count)]
  }
}
