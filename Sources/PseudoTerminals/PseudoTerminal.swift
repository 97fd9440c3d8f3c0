import CLinux
import Glibc
import Programs

/// A program run at a pseudo-terminal, for tests and benchmarks.
///
/// It is a class because it owns a process, which ends with it.
package final class PseudoTerminal {
  /// A failure of the terminal or the program, with the output not yet read.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private let master: Int32
  private let process: pid_t
  private var isRunning = true
  /// All bytes that the program has written.
  package private(set) var output: [UInt8] = []
  private var read = 0

  /// Starts a program as leader of a session whose controlling terminal this is.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String], rows: Int = 24, columns: Int = 80
  ) throws(Fault) {
    master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    var name = [CChar](repeating: 0, count: 128)
    guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, unsafe ptsname_r(master, &name, name.count) == 0
    else { throw Fault(description: "no pseudo-terminal: errno \(errno)") }
    gainsay_set_size(master, UInt16(rows), UInt16(columns))
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let (process, code) = Spawn.start(program, arguments, environment: variables, terminal: name)
    guard code == 0 else {
      close(master)
      throw Fault(description: "\(program) does not start: errno \(code)")
    }
    self.process = process
  }

  deinit {
    kill()
    close(master)
  }

  /// Sends keys as a person's terminal would.
  package func send(_ keys: String) throws(Fault) {
    var rest = Array(keys.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(master, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { throw Fault(description: "the terminal takes no keys: errno \(errno)") }
      rest = rest.dropFirst(count)
    }
  }

  package func resize(rows: Int, columns: Int) { gainsay_set_size(master, UInt16(rows), UInt16(columns)) }

  /// Waits for a text after the last one waited for; returns the output up to its end.
  @discardableResult
  package func expect(_ text: String, seconds: Double = 20) throws(Fault) -> String {
    let wanted = Array(text.utf8)
    var from = read
    let found = pump(seconds) {
      while from + wanted.count <= self.output.count {
        if self.output[from] == wanted[0], self.output[from..<from + wanted.count].elementsEqual(wanted) { return true }
        from += 1
      }
      return false
    }
    let unread = String(decoding: output[read...], as: UTF8.self)
    guard found else { throw Fault(description: "“\(text)” did not come; instead: \(unread.debugDescription)") }
    defer { read = from + wanted.count }
    return String(decoding: output[read..<from + wanted.count], as: UTF8.self)
  }

  /// Waits until the whole output so far meets a condition.
  ///
  /// - Returns: whether it did within the time.
  package func wait(seconds: Double = 20, until isMet: ([UInt8]) -> Bool) -> Bool {
    defer { read = output.count }
    return pump(seconds) { isMet(self.output) }
  }

  /// Waits for the program to end.
  ///
  /// - Returns: its exit status; after a signal, 128 plus its number.
  package func wait(seconds: Double = 20) throws(Fault) -> Int32 {
    var status: Int32 = 0
    let ended = pump(seconds, whileOpen: false) { unsafe waitpid(self.process, &status, WNOHANG) == self.process }
    guard ended else { throw Fault(description: "the program does not end") }
    isRunning = false
    return Spawn.exitStatus(status)
  }

  /// The output after the last text waited for, until the program closes the terminal.
  package func drain(seconds: Double = 5) -> String {
    _ = pump(seconds) { false }
    defer { read = output.count }
    return String(decoding: output[read...], as: UTF8.self)
  }

  /// Ends the program with `SIGKILL`.
  package func kill() {
    guard isRunning else { return }
    isRunning = false
    Glibc.kill(process, SIGKILL)
    var status: Int32 = 0
    _ = unsafe waitpid(process, &status, 0)
  }

  /// Sends a signal.
  package func signal(_ number: Int32) { Glibc.kill(process, number) }

  /// Reads the program's output until a condition holds.
  private func pump(_ seconds: Double, whileOpen: Bool = true, until isDone: () -> Bool) -> Bool {
    let end = Self.now + seconds
    var piece = [UInt8](repeating: 0, count: 65536)
    while true {
      if isDone() { return true }
      let left = end - Self.now
      guard left > 0 else { return false }
      var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&source, 1, Int32(min(left, 0.05) * 1000) + 1) > 0 else { continue }
      let count = unsafe Glibc.read(master, &piece, piece.count)
      if count > 0 {
        output += piece[..<count]
      } else if count < 0, errno == EINTR || errno == EAGAIN {
        continue
      } else if whileOpen {
        return isDone()
      } else {
        usleep(1000)
      }
    }
  }

  /// The time of a monotonic clock, in seconds.
  package static var now: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
