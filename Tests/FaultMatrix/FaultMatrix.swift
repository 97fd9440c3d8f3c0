import Foundation

/// Attacks the built program with faults of the disk, with races, with git and with kills.
@main
enum FaultMatrix {
  static func main() throws {
    let arguments = CommandLine.arguments
    let kinds = ["faults", "races", "checkouts", "kills"]
    guard (4...5).contains(arguments.count), kinds.contains(arguments[3]) else {
      FileHandle.standardError.write(
        Data("usage: fault-matrix PROGRAM SHIM faults|races|checkouts|kills [NUMBER]\n".utf8))
      exit(2)
    }
    let folder = NSTemporaryDirectory() + "fault-matrix-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let bench = Bench(program: arguments[1], shim: arguments[2], folder: folder)
    let number = arguments.count == 5 ? Int(arguments[4]) : nil
    let isClean: Bool
    do {
      try bench.fill()
      switch arguments[3] {
      case "faults": isClean = try Matrix(bench: bench).run(most: number)
      case "races": isClean = try Races(bench: bench).run(most: number)
      case "checkouts": isClean = try Checkouts(bench: bench).run(most: number)
      default: isClean = try Storm(bench: bench).run(kills: number ?? 5000)
      }
    } catch {
      print("\(error)")
      isClean = false
    }
    try? FileManager.default.removeItem(atPath: folder)
    exit(isClean ? 0 : 1)
  }
}
