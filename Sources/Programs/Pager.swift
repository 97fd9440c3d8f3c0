import CLinux
import Glibc

/// A pager: a program that shows text a screen at a time.
package enum Pager {
  /// Shows text in a pager and waits until the person leaves it.
  ///
  /// - Parameter command: for the shell, such as `less -FRX`.
  /// - Returns: false if there is no such program; nothing was shown then.
  package static func show(_ text: [UInt8], with command: String) -> Bool {
    var ends: [Int32] = [0, 0]
    guard unsafe gainsay_pipe(&ends) == 0 else { return false }
    // The pager answers Ctrl-C for itself, and may be left before it has read all.
    let interrupt = signal(SIGINT, SIG_IGN)
    let broken = signal(SIGPIPE, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGPIPE, broken)
    }
    // As git does: colours are shown as such, also by a less that was told nothing.
    unsafe setenv("LESS", "FRX", 0)
    let (process, code) = Spawn.start(command, input: ends[0])
    close(ends[0])
    var rest = text[...]
    while code == 0, !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(ends[1], $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    close(ends[1])
    guard code == 0 else { return false }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Spawn.exitStatus(status) != 127
  }
}
