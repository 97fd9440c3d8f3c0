import Foundation

/// A run of the program to its end.
struct Run {
  let status: Int32
  let output: String
  let errors: String

  /// A run that goes on.
  final class Running {
    private let process = Process()
    private let folder: String

    /// - Parameter folder: a folder for its input and output, which is made, and removed with the end of the run.
    init(
      _ program: String, _ arguments: [String], input: String, environment: [String: String], in folder: String
    ) throws {
      self.folder = folder
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "SWIFT_BACKTRACE": "enable=no"]
        .merging(environment) { $1 }
      func file(_ name: String, _ text: String = "") throws -> FileHandle {
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        guard let handle = FileHandle(forUpdatingAtPath: path) else { throw CocoaError(.fileReadUnknown) }
        return handle
      }
      process.standardInput = try file("in", input)
      process.standardOutput = try file("out")
      process.standardError = try file("err")
      try process.run()
    }

    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    /// Returns when the process has stopped itself, or has ended.
    func waitUntilStopped() {
      while process.isRunning {
        let line = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        // The state follows the name, which stands in parentheses.
        if line.split(separator: ")").last?.hasPrefix(" T") == true { return }
        usleep(500)
      }
    }

    private func text(_ name: String) -> String {
      String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))) ?? Data(), as: UTF8.self)
    }

    /// The words of the edits that were answered so far, in order.
    var answeredWords: [String] { Run.answeredWords(text("out")) }

    /// Lets the process go on to its end.
    func goOn() -> Run {
      Glibc.kill(process.processIdentifier, SIGCONT)
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
      return Run(status: status, output: text("out"), errors: text("err"))
    }
  }

  init(status: Int32, output: String, errors: String) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// Runs a program to its end.
  init(
    _ program: String, _ arguments: [String], input: String = "", environment: [String: String] = [:], in folder: String
  ) throws {
    self = try Running(
      program, arguments, input: input, environment: environment,
      in: "\(folder)/run-\(UInt32.random(in: 0...UInt32.max))"
    ).goOn()
  }

  /// The words of the edits that were answered, in order.
  var answeredWords: [String] { Self.answeredWords(output) }

  /// The words of lines such as “+ label id ‹words›”.
  private static func answeredWords(_ output: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("+ ") }.compactMap { line in
      line.split(separator: "‹").last?.split(separator: "›").first.map(String.init)
    }
  }
}
