package import Foundation
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
