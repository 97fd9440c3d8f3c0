import Foundation
import Storage

/// A folder with workspaces to run the program on.
struct Bench: Sendable {
  let program: String
  let shim: String
  let folder: String

  struct Broken: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// Arguments with the places that they stand for.
  private func replaced(_ words: [String], _ root: String) -> [String] {
    words.map {
      $0.replacingOccurrences(of: "ROOT", with: root).replacingOccurrences(of: "OUT", with: "\(folder)/beside")
    }
  }

  private func make(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Writes what the commands take from beside the workspaces.
  func fill() throws {
    try make("\(folder)/beside")
    try Command.fill("\(folder)/beside")
  }

  func remove(_ name: String) { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }

  /// A new workspace with one document, after some commands.
  func workspace(_ name: String, before: [([String], String)]) throws -> String {
    let root = "\(folder)/\(name)/w"
    try make("\(folder)/\(name)")
    for (words, input) in [(["init", "ROOT"], ""), (["add", "OUT/doc.txt", "-C", "ROOT"], "")]
      + before.map({ ($0.0 + ["-C", "ROOT"], $0.1) })
    {
      let run = try Run(program, replaced(words, root), input: input, in: "\(folder)/\(name)")
      guard run.status == 0 else { throw Broken("\(words) ended with \(run.status): \(run.errors)\(run.output)") }
    }
    return root
  }

  /// A copy of a workspace, in a folder of this name.
  func copy(_ root: String, _ name: String) throws -> String {
    remove(name)
    try make("\(folder)/\(name)")
    try FileManager.default.copyItem(atPath: root, toPath: "\(folder)/\(name)/w")
    return "\(folder)/\(name)/w"
  }

  /// A command begun, with a plan for one of its calls.
  func start(
    _ command: Command, _ root: String, input: String? = nil, plan: String? = nil, counts: String? = nil
  ) throws -> Run.Running {
    var environment: [String: String] = [:]
    if plan != nil || counts != nil { environment = ["LD_PRELOAD": shim, "GAINSAY_FAULT_ROOT": root] }
    environment["GAINSAY_FAULT"] = plan
    environment["GAINSAY_FAULT_COUNTS"] = counts
    return try Run.Running(
      program, replaced(command.arguments, root), input: input ?? command.input, environment: environment,
      in: "\(root)-\(UInt32.random(in: 0...UInt32.max))")
  }

  func run(_ command: Command, _ root: String, input: String? = nil, plan: String? = nil) throws -> Run {
    try start(command, root, input: input, plan: plan).goOn()
  }

  /// Runs a command without a fault, and counts its calls of each kind.
  func run(_ command: Command, _ root: String, counting: Bool) throws -> (run: Run, calls: [String: Int]) {
    let path = "\(root).counts"
    let run = try start(command, root, counts: path).goOn()
    guard run.status == 0 else { throw Broken("\(command.name) ended with \(run.status): \(run.errors)") }
    var calls: [String: Int] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      calls[String(words[0])] = Int(words[1])
    }
    return (run, calls)
  }

  /// A script of the shell, begun in a workspace; in it `g` is git with a name.
  func startScript(_ script: String, in root: String) throws -> Run.Running {
    let before = "set -e; g() { git -c user.name=a -c user.email=a@b.example -c gc.auto=0 \"$@\"; }; cd '\(root)'; "
    return try Run.Running(
      "/bin/sh", ["-c", before + script], input: "", environment: [:],
      in: "\(folder)/script-\(UInt32.random(in: 0...UInt32.max))")
  }

  /// Runs a script of the shell to its end.
  func script(_ script: String, in root: String) throws {
    let run = try startScript(script, in: root).goOn()
    guard run.status == 0 else { throw Broken("the script ended with \(run.status): \(run.errors)") }
  }

  /// Whether git is installed.
  var hasGit: Bool { (try? script("git --version", in: folder)) != nil }
}
