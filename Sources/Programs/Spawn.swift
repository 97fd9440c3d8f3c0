import CLinux
import Glibc

/// Starting of programs, with no signal blocked and none ignored.
package enum Spawn {
  /// The program's standard streams.
  package enum Streams {
    /// Descriptors of this process.
    case pipes(input: Int32, output: Int32, errors: Int32)
    /// The path of a terminal, which becomes the controlling terminal of a session led by the program.
    case terminal([CChar])
  }

  /// Starts a program as leader of its own process group or session.
  ///
  /// - Parameter environment: entries such as `NAME=value`; nil for this process's own.
  /// - Returns: the process id, or the `errno` for which there is none.
  package static func start(
    _ program: String, _ arguments: [String], environment: [String]? = nil, _ streams: Streams
  ) -> (process: Int32, code: Int32) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    let group: Int16
    switch streams {
    case .pipes(let input, let output, let errors):
      for (descriptor, target) in [(input, 0), (output, 1), (errors, 2)] {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
      }
      group = Int16(POSIX_SPAWN_SETPGROUP)
    case .terminal(let path):
      unsafe posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      for target in [1, 2] { unsafe posix_spawn_file_actions_adddup2(&actions, 0, Int32(target)) }
      group = gainsay_spawn_session()
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | group)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe (environment ?? []).map { unsafe strdup($0) } + [nil]
    let copies = unsafe words + variables
    defer {
      for index in unsafe copies.indices { unsafe free(copies[index]) }
    }
    var process: Int32 = 0
    let code =
      if environment == nil {
        unsafe posix_spawn(&process, program, &actions, &attributes, &words, environ)
      } else {
        unsafe posix_spawn(&process, program, &actions, &attributes, &words, &variables)
      }
    return (process, code)
  }

  /// The exit status in a status of `waitpid`; after a signal, 128 plus its number.
  package static func exitStatus(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
