import Foundation
import LineEditor
import Testing

/// The built program, run as a person or another program runs it.
enum Program {
  static var path: String { products.appendingPathComponent("gainsay").path }
  /// Products stand beside the test bundle.
  static var products: URL { URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent() }

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs a program to its end.
  static func run(_ arguments: [String], program: String = path, input: Data = Data()) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
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

/// A copy of the sample corpus in a temporary folder.
final class Workplace {
  let root: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gainsay-\(UUID().uuidString)")
    root = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for part in ["Annotations", "Schemas"] {
      try FileManager.default.copyItem(
        at: Program.repository.appendingPathComponent(part), to: url.appendingPathComponent(part))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func run(_ arguments: String..., input: String = "") throws -> Program.Result {
    try Program.run(arguments + ["-C", root], input: Data(input.utf8))
  }

  /// Opens a document at a terminal; returns when the prompt is there.
  func open(
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

  func file(_ path: String) -> URL { URL(fileURLWithPath: root).appendingPathComponent(path) }

  /// The span ids and labels of an annotator's file, by the standard library's reader of JSON.
  func spans(_ annotator: String, on document: String = "ferry-contract") throws -> [(id: Int, label: String)] {
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
