import DefaultFiles
package import Foundation
package import Standoff
package import Storage
import Testing

import Commands
import Pages
package import Prompt

/// A workspace in a temporary folder, made with the project's own `Schemas/`; it is there until the process ends.
package struct Desk {
  package let root: String
  package let workspace: Workspace
  package static let time = Timestamp(secondsSince1970: 1_795_000_000)

  package init() throws {
    root = try TemporaryFolders.make().path
    _ = try NewWorkspace.make(in: root, disk: POSIXDisk())
    workspace = Workspace(root: root, disk: POSIXDisk())
  }

  /// A copy of the sample corpus.
  package static func sample() throws -> Desk {
    let desk = try Desk()
    let target = desk.file("Annotations")
    try FileManager.default.removeItem(at: target)
    try FileManager.default.copyItem(at: Program.repository.appendingPathComponent("Annotations"), to: target)
    return desk
  }

  /// Documents `d10`, `d11` and so on, of two sentences each.
  package static func documents(_ count: Int) throws -> Desk {
    let desk = try Desk()
    for index in 0..<count {
      try desk.add("The mayor said taxes fall. The premier denied it.", id: "d\(index + 10)")
    }
    return desk
  }

  /// A text with a headline, a caption, an advertisement, a repeat and a notice.
  package static let article = """
    Board denies leak

    Photo: A door in the harbour

    The board said nothing leaked from its office in May.
    ADVERTISEMENT
    The mayor said taxes would fall in the coming year.
    The board said nothing leaked from its office in May.
    © 2026 The Paper. All rights reserved.
    """

  /// Two short documents that dana and eli have annotated: in “taxes” they differ, in “ferry” they do not.
  package static func compared() throws -> Desk {
    let desk = try Desk()
    try desk.add(
      "The mayor said taxes will fall in May. “That is baseless,” Ms. Tarn said, “and he knows it.” Taxes rose.",
      id: "taxes")
    try desk.add("The ferry sank, an officer said. The company denied that it sank.", id: "ferry")
    let agreed = ["c 1-3", "s an officer", "by 1 2", "d 2:4-6", "s 2:1-2", "by 3 4", "3 > 1"]
    let lines = [
      "dana taxes": ["c taxes..May", "s The mayor", "k 3", "by 1 2", "d 2:1-3", "4 > 1", "set 4 about taxes"],
      "eli taxes": ["c taxes..fall", "s The mayor", "by 1 2", "q 2:1-3", "c 3:rose"], "dana ferry": agreed,
      "eli ferry": agreed,
    ]
    for (who, lines) in lines.sorted(by: { $0.key < $1.key }) {
      let words = who.split(separator: " ").map(String.init)
      var session = try desk.open(words[1], as: words[0])
      for line in lines where session.answer(line).isRefusal { throw Complaint("\(who) cannot “\(line)”.") }
      _ = session.answer("done!")
      _ = session.close()
    }
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

  /// A workspace whose scheme has two attributes of documents: `tone`, which is required, and `place`.
  package static func withDocumentAttributes() throws -> Desk {
    let desk = try Desk()
    let path = "Schemas/claims-denials-quotes.scheme.json"
    let scheme = try String(contentsOf: desk.file(path), encoding: .utf8)
    try desk.write(
      scheme.replacing(
        "  \"relations\": [",
        with: """
            "documentAttributes": [
              {"name": "tone", "type": "choice", "values": ["calm", "hostile"], "required": true, "description": "T."},
              {"name": "place", "type": "text", "description": "P."}
            ],
            "relations": [
          """), to: path)
    return desk
  }

  package func file(_ path: String) -> URL { URL(fileURLWithPath: root).appendingPathComponent(path) }

  /// Writes a file of the workspace.
  package func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: file(path)) }

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
  /// What is typed and what is answered, line by line.
  package mutating func transcript(_ lines: [String]) -> String {
    lines.map { line in
      let prompt = prompt
      return "\(prompt)\(line)\n\(answer(line).text)"
    }.joined()
  }

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
