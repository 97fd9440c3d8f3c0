import CLibEdit
import Glibc

/// Reads keys and signals of the terminal in the order in which they come.
///
/// libedit's own reader loses keys that arrive before it has switched to raw mode, and signals with them. This is a
/// class because it owns a descriptor that both editors read from.
@safe public final class KeyReader {
  enum Event {
    case scalar(UInt32)
    /// No key arrived within the pause.
    case idle
    case interrupted, stopped, resized, end
  }

  private let signals: Int32
  /// Events that arrived in the middle of a paste or were put back, to be returned next.
  private var waiting: [Event] = []

  public init() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in [SIGINT, SIGWINCH, SIGTSTP, SIGTERM, SIGHUP] { unsafe sigaddset(&mask, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    signals = unsafe signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
  }

  deinit { Glibc.close(signals) }

  /// Calls a function while signals that end the program go to the reader. At other times, while a command runs, such
  /// a signal ends the program as usual; everything answered is on disk.
  func whileReading<Value>(_ body: () -> Value) -> Value {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in [SIGTERM, SIGHUP] { unsafe sigaddset(&mask, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    defer { unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil) }
    return body()
  }

  /// Whether keys were typed that are not taken yet.
  public var hasInput: Bool { !waiting.isEmpty || Terminal.hasInput() }

  /// The next key or signal.
  ///
  /// - Parameter pause: how long to wait for a key, in milliseconds; -1 for ever.
  func next(pause: Int32) -> Event { waiting.isEmpty ? read(pause: pause) : waiting.removeFirst() }

  /// Returns an event that was taken too early.
  func putBack(_ event: Event) { waiting.insert(event, at: 0) }

  private func read(pause: Int32) -> Event {
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
      let count = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count == 1 else { return .end }
      if let scalar = Self.decode(byte, &value, &missing) { return .scalar(scalar) }
    }
  }

  private func takeSignal() -> Event? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard unsafe Glibc.read(signals, &info, size) == size else { return nil }
    switch Int32(info.ssi_signo) {
    case SIGINT: return .interrupted
    case SIGTERM, SIGHUP: return .end
    case SIGWINCH: return .resized
    case SIGTSTP: return .stopped
    default: return nil
    }
  }

  /// Adds a byte of UTF-8; returns the scalar when it is complete. Malformed bytes are dropped.
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

  /// Reads a pasted block up to its end mark, or until nothing more comes. Line breaks become spaces; other control
  /// characters are dropped. Signals wait for the end of the block, except those that end the program or the line.
  func takePaste() -> String {
    let endMark = Array("\u{1B}[201~".unicodeScalars)
    var text: [Unicode.Scalar] = []
    reading: while true {
      let event = read(pause: 2000)
      switch event {
      case .scalar(let value):
        if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        if value == 0x7E, text.suffix(endMark.count).elementsEqual(endMark) {
          text.removeLast(endMark.count)
          break reading
        }
      case .idle: break reading
      case .end, .interrupted:
        waiting.append(event)
        break reading
      case .resized, .stopped: waiting.append(event)
      }
    }
    let blanks = text.map { $0.properties.isWhitespace ? " " : $0 }
    let shown = blanks.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    return String(String.UnicodeScalarView(shown)).split(separator: " ").joined(separator: " ")
  }

  /// Stops the process as Ctrl-Z does; returns when it continues.
  func stop() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGTSTP)
    raise(SIGTSTP)
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
  }
}

/// Moves the cursor back into the line: in vi style, the key for the end of an empty line moves it before the start,
/// where libedit would write.
func keepCursorInLine(_ editor: OpaquePointer) {
  guard let info = unsafe el_wline(editor)?.pointee, let start = unsafe info.buffer, let cursor = unsafe info.cursor,
    unsafe cursor < start
  else { return }
  _ = unsafe el_cursor(editor, Int32(cursor.distance(to: start)))
}
