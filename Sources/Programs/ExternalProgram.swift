import CLinux
import Glibc

/// Another program that is given bytes and returns bytes.
package enum ExternalProgram {
  /// The output and the exit status of a program.
  package struct Answer: Equatable, Sendable {
    package let output: [UInt8]
    /// The program's standard error, truncated.
    package let errors: [UInt8]
    /// The exit status; after a signal, 128 plus its number.
    package let status: Int32
    /// Whether it took longer than it was given, and was ended.
    package let isLate: Bool
  }

  /// The `errno` for which a program could not be started.
  package struct Unstartable: Error, Equatable {
    package let code: Int32
  }

  /// The most bytes that a program may write.
  package static let limit = 16 << 20

  /// Runs a shell command line, writes to its standard input and reads its output until it ends.
  ///
  /// The processes that it started are ended with it; so is a program that writes more than ``limit`` or takes too long.
  /// When this process ends, however it does, the program ends as well. It has no terminal.
  ///
  /// - Parameters:
  ///   - seconds: the time that it has.
  ///   - started: called with the number by which ``end(_:)`` ends the program.
  /// - Throws: if the program cannot be started.
  package static func run(
    _ command: String, input: [UInt8], within seconds: Int, started: (Int32) -> Void = { _ in }
  ) throws(Unstartable) -> Answer {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var pipes: [(read: Int32, write: Int32)] = []
    for _ in 0..<4 {
      var ends: [Int32] = [-1, -1]
      guard unsafe gainsay_pipe(&ends) == 0 else {
        let code = errno
        for pipe in pipes { for descriptor in [pipe.read, pipe.write] { close(descriptor) } }
        throw Unstartable(code: code)
      }
      pipes.append((ends[0], ends[1]))
    }
    let (toChild, fromChild, errors, lifeline) = (pipes[0], pipes[1], pipes[2], pipes[3])
    let process = unsafe gainsay_start_watched(command, toChild.read, fromChild.write, errors.write, lifeline.read)
    for descriptor in [toChild.read, fromChild.write, errors.write, lifeline.read] { close(descriptor) }
    defer { close(lifeline.write) }
    guard process > 0 else {
      for descriptor in [toChild.write, fromChild.read, errors.read] { close(descriptor) }
      throw Unstartable(code: -process)
    }
    started(process)
    var status: Int32 = 0
    var hasEnded = false
    var isLate = false
    let (output, said) = exchange(input, toChild.write, fromChild.read, errors.read) {
      if !hasEnded { hasEnded = unsafe waitpid(process, &status, WNOHANG) == process }
      isLate = !hasEnded && ContinuousClock.now >= deadline
      return hasEnded || isLate
    }
    if output.count > limit || hasEnded || isLate { end(process) }
    // A program may close its output and go on.
    while !hasEnded, unsafe waitpid(process, &status, WNOHANG) == 0 {
      if !isLate, ContinuousClock.now >= deadline {
        isLate = true
        end(process)
      }
      usleep(1000)
    }
    return Answer(output: output, errors: said, status: Spawn.exitStatus(status), isLate: isLate)
  }

  /// Ends a program and everything that it started.
  package static func end(_ process: Int32) {
    // It may not lead a session yet.
    if kill(-process, SIGKILL) < 0 { kill(process, SIGKILL) }
  }

  /// Writes as much as fits. If the program has closed its input, the result says so instead of a signal that would end
  /// this process.
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

  /// Writes and reads at once, so that neither side waits for the other for ever. Once it is over, as a program that has
  /// ended, other holders of its pipes are not waited for.
  private static func exchange(
    _ input: [UInt8], _ sink: Int32, _ source: Int32, _ errors: Int32, isOver: () -> Bool
  ) -> (output: [UInt8], errors: [UInt8]) {
    _ = fcntl(sink, F_SETFL, O_NONBLOCK)
    var rest = input[...]
    var (output, said): ([UInt8], [UInt8]) = ([], [])
    var next = ContinuousClock.now + .milliseconds(100)
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
      if ready == 0 || ContinuousClock.now >= next {
        if isOver() { break }
        next = .now + .milliseconds(100)
      }
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
        // A program that stops reading has all that it wants.
        if rest.isEmpty || count < 0 && errno != EAGAIN && errno != EINTR { closeSink() }
      }
    }
    closeSink()
    close(source)
    close(errors)
    return (output, said)
  }
}
