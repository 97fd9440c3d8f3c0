import Glibc

/// Another program, given bytes and asked for bytes.
public enum ExternalProgram {
  /// What it came to.
  public struct Answer: Equatable, Sendable {
    public let output: [UInt8]
    /// What it said on standard error, cut short.
    public let errors: [UInt8]
    /// Its exit status; of one that a signal ended, 128 and the signal's number.
    public let status: Int32
  }

  /// What it may write before it is ended.
  public static let limit = 16 << 20

  /// Runs a command line of the shell, writes to its standard input and reads what it writes until it ends.
  ///
  /// What it started in its turn is ended with it, and where it writes more than ``limit`` it is ended.
  ///
  /// - Parameter started: is told the number by which ``end(_:)`` ends it.
  /// - Throws: where it cannot be started.
  public static func run(
    _ command: String, input: [UInt8], started: (Int32) -> Void = { _ in }
  ) throws(DiskFault) -> Answer {
    var (toChild, fromChild, errors) = (
      [Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2)
    )
    guard unsafe pipe(&toChild) == 0, unsafe pipe(&fromChild) == 0, unsafe pipe(&errors) == 0 else {
      throw DiskFault(operation: "start", path: command, code: errno)
    }
    for descriptor in toChild + fromChild + errors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let (process, code) = spawn(command, toChild[0], fromChild[1], errors[1])
    for descriptor in [toChild[0], fromChild[1], errors[1]] { close(descriptor) }
    guard code == 0 else {
      for descriptor in [toChild[1], fromChild[0], errors[0]] { close(descriptor) }
      throw DiskFault(operation: "start", path: command, code: code)
    }
    started(process)
    var status: Int32 = 0
    var hasEnded = false
    let (output, said) = exchange(input, toChild[1], fromChild[0], errors[0]) {
      if !hasEnded { hasEnded = unsafe waitpid(process, &status, WNOHANG) == process }
      return hasEnded
    }
    if output.count > limit || hasEnded { end(process) }
    while !hasEnded, unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Answer(output: output, errors: said, status: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F)
  }

  /// Ends a program and all that it has started.
  public static func end(_ process: Int32) { kill(-process, SIGKILL) }

  private static func spawn(
    _ command: String, _ input: Int32, _ output: Int32, _ errors: Int32
  ) -> (process: pid_t, code: Int32) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, target) in [(input, 0), (output, 1), (errors, 2)] {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // Signals are held back in this process while keys are read; not in that one.
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    let line: [String] = ["/bin/sh", "-c", command]
    var words = unsafe line.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
    }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ)
    return (process, code)
  }

  /// Writes what fits; a program that has closed its input is told by the answer, not by a signal that would end this
  /// one.
  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Int {
    var (pipe, before) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &before)
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let code = errno
    if count < 0, code == EPIPE {
      var none = timespec()
      _ = unsafe sigtimedwait(&pipe, nil, &none)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = code
    return count
  }

  /// Writes and reads at once, so that neither side waits for the other for ever; whoever holds the other end of a pipe
  /// after the program has ended is not waited for.
  private static func exchange(
    _ input: [UInt8], _ sink: Int32, _ source: Int32, _ errors: Int32, hasEnded: () -> Bool
  ) -> (output: [UInt8], errors: [UInt8]) {
    _ = fcntl(sink, F_SETFL, O_NONBLOCK)
    var rest = input[...]
    var (output, said): ([UInt8], [UInt8]) = ([], [])
    var isOpen = (sink: true, source: true, errors: true)
    var piece = [UInt8](repeating: 0, count: 65536)
    func closeSink() {
      if isOpen.sink { close(sink) }
      isOpen.sink = false
    }
    if rest.isEmpty { closeSink() }
    while isOpen.source || isOpen.errors {
      var waits = [
        pollfd(fd: isOpen.source ? source : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen.errors ? errors : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen.sink ? sink : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let ready = unsafe poll(&waits, 3, 100)
      if ready == 0, hasEnded() { break }
      if ready <= 0 { continue }
      if waits[0].revents != 0 {
        let count = unsafe read(source, &piece, piece.count)
        if count > 0 { output += piece[..<count] } else { isOpen.source = false }
        if output.count > limit { break }
      }
      if waits[1].revents != 0 {
        let count = unsafe read(errors, &piece, piece.count)
        if count > 0 { said += piece[..<min(count, max(0, 4096 - said.count))] } else { isOpen.errors = false }
      }
      if waits[2].revents != 0 {
        let count = write(rest, to: sink)
        if count > 0 { rest = rest.dropFirst(count) }
        // A program that reads no more has what it wants.
        if rest.isEmpty || count < 0 && errno != EAGAIN && errno != EINTR { closeSink() }
      }
    }
    closeSink()
    close(source)
    close(errors)
    return (output, said)
  }
}
