import CLibEdit
import Glibc

/// Keys and signals of the terminal in the order in which they come.
///
/// libedit's own reader loses keys that come before it has switched to raw mode, and signals with them. A class because
/// it owns a descriptor, which both editors read from.
@safe public final class KeyReader {
  enum Event {
    case scalar(UInt32)
    /// No key for as long as was waited.
    case idle
    case interrupted, stopped, resized, end
  }

  private let signals: Int32

  public init() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in [SIGINT, SIGWINCH, SIGTSTP, SIGTERM, SIGHUP] { unsafe sigaddset(&mask, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    signals = unsafe signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
  }

  deinit { Glibc.close(signals) }

  /// Signals that end the program come to the reader while it reads; while a command runs, they end it as they end
  /// any: what was answered is on disk.
  func whileReading<Value>(_ body: () -> Value) -> Value {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in [SIGTERM, SIGHUP] { unsafe sigaddset(&mask, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    defer { unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil) }
    return body()
  }

  /// The next key or signal.
  ///
  /// - Parameter pause: milliseconds to wait for a key; -1 for ever.
  func next(pause: Int32) -> Event {
    var value: UInt32 = 0
    var missing = 0
    while true {
      var sources = [
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&sources, 2, pause)
      if ready == 0 { return .idle }
      if ready < 0 { continue }
      if sources[0].revents & Int16(POLLIN) != 0, let event = takeSignal() { return event }
      guard sources[1].revents != 0 else { continue }
      var byte: UInt8 = 0
      let count = unsafe read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count == 1 else { return .end }
      if let scalar = Self.decode(byte, &value, &missing) { return .scalar(scalar) }
    }
  }

  private func takeSignal() -> Event? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard unsafe read(signals, &info, size) == size else { return nil }
    switch Int32(info.ssi_signo) {
    case SIGINT: return .interrupted
    case SIGTERM, SIGHUP: return .end
    case SIGWINCH: return .resized
    case SIGTSTP: return .stopped
    default: return nil
    }
  }

  /// Takes one byte of UTF-8; the scalar when it is whole, nothing of what is malformed.
  static func decode(_ byte: UInt8, _ value: inout UInt32, _ missing: inout Int) -> UInt32? {
    if missing > 0, byte & 0xC0 == 0x80 {
      value = value << 6 | UInt32(byte & 0x3F)
      missing -= 1
      return missing == 0 && Unicode.Scalar(value) != nil ? value : nil
    }
    missing = 0
    switch byte {
    case 0..<0x80: return UInt32(byte)
    case 0xC2..<0xE0: (value, missing) = (UInt32(byte & 0x1F), 1)
    case 0xE0..<0xF0: (value, missing) = (UInt32(byte & 0x0F), 2)
    case 0xF0..<0xF5: (value, missing) = (UInt32(byte & 0x07), 3)
    default: break
    }
    return nil
  }

  /// Takes a pasted block up to its end mark: line breaks are blanks, other controls are left out.
  func takePaste() -> String {
    let endMark = "\u{1B}[201~"
    var text = String.UnicodeScalarView()
    while case .scalar(let value) = next(pause: 5000) {
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
      if value == 0x7E, text.suffix(endMark.unicodeScalars.count).elementsEqual(endMark.unicodeScalars) { break }
    }
    var lines = String(text)
    if lines.hasSuffix(endMark) { lines.removeLast(endMark.count) }
    let blanks = lines.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }
    return String(String.UnicodeScalarView(blanks.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }))
      .trimmingBreaks()
  }

  /// Stops the process as Ctrl-Z does, and comes back when it goes on.
  func stop() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGTSTP)
    raise(SIGTSTP)
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
  }
}

extension String {
  /// Without blanks at the edges, and with one where there were several.
  fileprivate func trimmingBreaks() -> String {
    split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }
}
