package import Foundation
package import PseudoTerminals
import Testing

/// The built program, run as a person or another program runs it.
package enum Program {
  package static var path: String { products.appendingPathComponent("gainsay").path }
  /// Products stand beside the test bundle.
  package static var products: URL { URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent() }

  package static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  package struct Result {
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Runs a program to its end.
  package static func run(_ arguments: [String], program: String = path, input: Data = Data()) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let folder = try TemporaryFolders.make()
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ data: Data = Data()) throws -> FileHandle {
      let url = folder.appendingPathComponent(name)
      try data.write(to: url)
      return try FileHandle(forUpdating: url)
    }
    process.standardInput = try file("in", input)
    process.standardOutput = try file("out")
    process.standardError = try file("err")
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Result(status: status, output: try text("out"), errors: try text("err"))
  }
}

extension Desk {
  /// Runs the program at the desk's workspace.
  package func run(_ arguments: String..., input: String = "") throws -> Program.Result {
    try Program.run(arguments + ["-C", root], input: Data(input.utf8))
  }

  /// Opens a document at a terminal; returns when the prompt is there.
  package func terminal(
    _ document: String = "ferry-contract", as annotator: String = "me", command: String = "annotate", rows: Int = 40,
    columns: Int = 80, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    var variables = [
      "TERM": "xterm", "HOME": root, "PATH": "/usr/bin:/bin", "PAGER": "cat", "SWIFT_BACKTRACE": "enable=no",
    ]
    // What a sanitizer may find.
    variables["LSAN_OPTIONS"] = ProcessInfo.processInfo.environment["LSAN_OPTIONS"]
    let terminal = try PseudoTerminal(
      Program.path, [command, document, "--as", annotator, "-C", root],
      environment: variables.merging(environment) { $1 }, rows: rows, columns: columns)
    try terminal.expect("> ")
    return terminal
  }

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
