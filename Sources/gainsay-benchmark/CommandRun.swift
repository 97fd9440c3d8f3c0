import Glibc
import LineEditor
import Programs
import PseudoTerminals
import Storage

/// A run of the real program, as a person at a shell would run it, its output thrown away.
struct CommandRun {
  /// Seconds from start to end.
  let seconds: Double
  /// The most that the program held in memory, in bytes, seen every two milliseconds.
  let memory: Int
  let status: Int32

  struct Unstartable: Error, CustomStringConvertible {
    let code: Int32
    var description: String { "The program cannot be started (errno \(code))." }
  }

  /// The program that was built beside this one.
  static let program = Paths.join(Paths.split(CommandLine.arguments[0]).folder, "gainsay")

  /// - Parameters:
  ///   - line: what follows the program's name on a shell's line.
  ///   - target: the file for its output.
  init(_ line: String, to target: String = "/dev/null") throws {
    let nothing = unsafe open("/dev/null", O_RDONLY)
    defer { close(nothing) }
    let start = PseudoTerminal.now
    let (process, code) = Spawn.start(
      "exec '\(Self.program)' \(line) > '\(target)' 2> /dev/null", input: nothing)
    guard code == 0 else { throw Unstartable(code: code) }
    var (ended, most): (Int32, Int) = (0, 0)
    // What a process has held at the most cannot be asked for once it has ended.
    while unsafe waitpid(process, &ended, WNOHANG) == 0 {
      most = max(most, Memory.peak(of: process))
      usleep(2000)
    }
    seconds = PseudoTerminal.now - start
    memory = most
    status = ended >> 8 & 0xFF
  }
}
