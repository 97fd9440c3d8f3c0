package import Foundation
package import PseudoTerminals
import Testing

/// A copy of the sample corpus in a temporary folder.
package final class Workplace {
  package let root: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gainsay-\(UUID().uuidString)")
    root = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for part in ["Annotations", "Schemas"] {
      try FileManager.default.copyItem(
        at: Program.repository.appendingPathComponent(part), to: url.appendingPathComponent(part))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  package func run(_ arguments: String..., input: String = "") throws -> Program.Result {
    try Program.run(arguments + ["-C", root], input: Data(input.utf8))
  }

  /// Opens a document at a terminal; returns when the prompt is there.
  package func open(
    _ document: String = "ferry-contract", as annotator: String = "me", command: String = "annotate", rows: Int = 40,
    columns: Int = 80, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let variables = ["TERM": "xterm", "HOME": root, "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
    let terminal = try PseudoTerminal(
      Program.path, [command, document, "--as", annotator, "-C", root],
      environment: variables.merging(environment) { $1 }, rows: rows, columns: columns)
    try terminal.expect("> ")
    return terminal
  }

  package func file(_ path: String) -> URL { URL(fileURLWithPath: root).appendingPathComponent(path) }

  /// The span ids and labels of an annotator's file, by the standard library's reader of JSON.
  package func spans(_ annotator: String, on document: String = "ferry-contract") throws -> [(id: Int, label: String)] {
    struct File: Decodable {
      struct Span: Decodable {
        let id: Int
        let label: String
      }
      let spans: [Span]
    }
    let data = try Data(contentsOf: file("Annotations/\(document)/\(annotator).json"))
    return try JSONDecoder().decode(File.self, from: data).spans.map { ($0.id, $0.label) }.sorted { $0.id < $1.id }
  }
}
