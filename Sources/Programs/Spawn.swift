import CLinux
import Glibc

/// Starting of programs, with no signal blocked and none ignored.
package enum Spawn {
  /// Starts a program as leader of a session at a terminal.
  ///
  /// - Parameters:
  ///   - environment: entries such as `NAME=value`.
  ///   - terminal: the path of the terminal, which becomes the session's own and the program's standard streams.
  /// - Returns: the process id, or the `errno` for which there is none.
  package static func start(
    _ program: String, _ arguments: [String], environment: [String], terminal: [CChar]
  ) -> (process: Int32, code: Int32) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    for target in [1, 2] { unsafe posix_spawn_file_actions_adddup2(&actions, 0, Int32(target)) }
    return unsafe start(program, arguments, environment, &actions, flags: gainsay_spawn_session())
  }

  /// Starts a shell command in this session, whose standard input is what the caller writes.
  ///
  /// - Parameter input: the end of a pipe from which the command reads.
  package static func start(_ command: String, input: Int32) -> (process: Int32, code: Int32) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    var variables: [String] = []
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      unsafe variables.append(String(cString: entry))
      unsafe next += 1
    }
    return unsafe start("/bin/sh", ["-c", command], variables, &actions, flags: 0)
  }

  private static func start(
    _ program: String, _ arguments: [String], _ environment: [String],
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, flags: Int16
  ) -> (process: Int32, code: Int32) {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | flags)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    let copies = unsafe words + variables
    defer {
      for index in unsafe copies.indices { unsafe free(copies[index]) }
    }
    var process: Int32 = 0
    let code = unsafe posix_spawn(&process, program, actions, &attributes, &words, &variables)
    return (process, code)
  }

  /// The exit status in a status of `waitpid`; after a signal, 128 plus its number.
  package static func exitStatus(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
