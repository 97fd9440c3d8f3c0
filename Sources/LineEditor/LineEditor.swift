import CLibEdit
import Glibc

/// A line editor at the terminal: libedit with its history, key maps and `~/.editrc`, behind Swift types.
///
/// A class because libedit keeps a pointer to it. It reads the terminal itself: libedit's own reader loses keys that
/// come before it has switched to raw mode, and signals with them.
@safe public final class LineEditor {
  /// What the person did.
  public enum Input: Equatable {
    case line(String)
    /// Ctrl-C: the line is given up.
    case interrupted
    /// Ctrl-D on an empty line, hang-up or the end of the terminal.
    case end
  }

  /// What may stand at the cursor, for the line up to it, and how many characters before the cursor it replaces.
  public var complete: (String) -> (candidates: [String], replaced: Int) = { _ in ([], 0) }
  /// Shows several candidates below the line.
  public var showCandidates: ([String]) -> Void = { _ in }
  /// Draws anew what stands above the line, after the terminal's size has changed.
  public var redraw: () -> Void = {}
  /// Called when no key has come for ``pause`` milliseconds.
  public var idle: () -> Void = {}
  /// Milliseconds without a key before ``idle``; -1 for never.
  public var pause: Int32 = -1

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let historyPath: String?
  private let signals: Int32
  private var promptText: UnsafeMutablePointer<CChar>?

  /// - Parameter historyPath: where lines are kept between sessions; nil for nowhere.
  /// - Returns: nil where libedit does not start, as without a terminal.
  public init?(historyPath: String?) {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in [SIGINT, SIGWINCH, SIGTSTP, SIGTERM, SIGHUP] { unsafe sigaddset(&mask, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    signals = unsafe signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    guard let history = unsafe history_init(),
      let editor = unsafe el_init("gainsay", gainsay_stdin(), gainsay_stdout(), gainsay_stderr())
    else { return nil }
    unsafe self.editor = editor
    unsafe self.history = history
    self.historyPath = historyPath
    unsafe promptText = nil
    unsafe gainsay_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    unsafe gainsay_set_signal(editor, 0)
    unsafe gainsay_set_reader(editor) { unsafe LineEditor.owner(of: $0)?.readKey($1) ?? -1 }
    unsafe gainsay_set_prompt(editor) { unsafe LineEditor.owner(of: $0)?.promptText }
    unsafe gainsay_history_size(history, 1000)
    if let historyPath { _ = unsafe gainsay_history_load(history, historyPath) }
    unsafe gainsay_set_history(editor, history)
    unsafe gainsay_set_editor(editor, "emacs")
    // The person's own file first: a “bind -v” in it wipes every binding made before.
    _ = unsafe el_source(editor, nil)
    unsafe gainsay_add_function(editor, "gainsay-complete", "completes the word at the cursor") { editor, _ in
      unsafe LineEditor.owner(of: editor)?.completeAtCursor() ?? UInt8(CC_ERROR)
    }
    unsafe gainsay_bind(editor, "\\t", "gainsay-complete")
    unsafe gainsay_bind(editor, "^R", "em-inc-search-prev")
  }

  deinit {
    unsafe el_end(editor)
    unsafe history_end(history)
    unsafe free(promptText)
    Glibc.close(signals)
  }

  /// Shows the prompt and reads one line.
  public func readLine(prompt: String) -> Input {
    unsafe free(promptText)
    unsafe promptText = strdup(prompt)
    // Raw before the prompt is shown, so that a key that comes at once is not lost.
    unsafe gainsay_prepare_terminal(editor, 1)
    var ending = Self.endingSignals
    unsafe pthread_sigmask(SIG_BLOCK, &ending, nil)
    // While a command runs, these end the program as they end any; what was answered is on disk.
    defer { unsafe pthread_sigmask(SIG_UNBLOCK, &ending, nil) }
    var count: Int32 = 0
    errno = 0
    guard let bytes = unsafe el_gets(editor, &count), count > 0 else {
      let wasInterrupted = count < 0 && errno == EINTR
      unsafe gainsay_prepare_terminal(editor, 0)
      Terminal.write("\n")
      return wasInterrupted ? .interrupted : .end
    }
    var line = unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    while line.last?.isNewline == true { line.removeLast() }
    if line.contains(where: { !$0.isWhitespace }) {
      unsafe gainsay_history_enter(history, line)
      if let historyPath { _ = unsafe gainsay_history_save(history, historyPath) }
    }
    return .line(line)
  }

  private static func owner(of editor: OpaquePointer?) -> LineEditor? {
    guard let owner = unsafe gainsay_owner(editor) else { return nil }
    return unsafe Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  private static var endingSignals: sigset_t {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for signal in [SIGTERM, SIGHUP] { unsafe sigaddset(&mask, signal) }
    return mask
  }

  // MARK: keys

  /// Reads one character: 1 and the character, 0 at the end, -1 where a signal gives the line up.
  private func readKey(_ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    var value: UInt32 = 0
    var missing = 0
    while true {
      switch waitForKey() {
      case .idle: idle()
      case .signal(let signal):
        switch signal {
        case SIGINT:
          errno = EINTR
          return -1
        case SIGTERM, SIGHUP: return 0
        case SIGWINCH: resize()
        case SIGTSTP: suspend()
        default: break
        }
      case .key:
        var byte: UInt8 = 0
        let count = unsafe read(STDIN_FILENO, &byte, 1)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count == 1 else { return 0 }
        guard let scalar = Self.decode(byte, &value, &missing) else { continue }
        unsafe character?.pointee = wchar_t(bitPattern: scalar)
        return 1
      }
    }
  }

  private enum Event {
    case key, idle
    case signal(Int32)
  }

  private func waitForKey() -> Event {
    while true {
      var sources = [
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&sources, 2, pause)
      if ready == 0 { return .idle }
      if ready < 0 { continue }
      if sources[0].revents & Int16(POLLIN) != 0 {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        if unsafe read(signals, &info, size) == size { return .signal(Int32(info.ssi_signo)) }
      }
      if sources[1].revents != 0 { return .key }
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

  private func resize() {
    Terminal.write("\u{1B}[H\u{1B}[2J")
    redraw()
    unsafe el_resize(editor)
    unsafe gainsay_refresh(editor)
  }

  /// Ctrl-Z: the terminal as it was, then stop, then go on.
  private func suspend() {
    unsafe gainsay_prepare_terminal(editor, 0)
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGTSTP)
    raise(SIGTSTP)
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    unsafe gainsay_prepare_terminal(editor, 1)
    resize()
  }

  // MARK: completion

  private func completeAtCursor() -> UInt8 {
    guard let info = unsafe el_wline(editor)?.pointee else { return UInt8(CC_ERROR) }
    var before = String.UnicodeScalarView()
    var place = unsafe info.buffer
    while unsafe place != info.cursor, let next = unsafe place {
      if let scalar = unsafe Unicode.Scalar(UInt32(bitPattern: next.pointee)) { before.append(scalar) }
      unsafe place = unsafe next.advanced(by: 1)
    }
    let line = String(before)
    let (candidates, replaced) = complete(line)
    guard let first = candidates.first else { return UInt8(CC_ERROR) }
    let common = candidates.dropFirst().reduce(first) { Self.commonPrefix($0, $1) }
    if candidates.count == 1 {
      insert(first + " ", replacing: String(line.suffix(replaced)))
      return UInt8(CC_REFRESH)
    }
    if common.count > replaced {
      insert(common, replacing: String(line.suffix(replaced)))
      return UInt8(CC_REFRESH)
    }
    Terminal.write("\n")
    showCandidates(candidates)
    return UInt8(CC_REDISPLAY)
  }

  private func insert(_ text: String, replacing old: String) {
    if !old.isEmpty { unsafe el_deletestr(editor, Int32(old.unicodeScalars.count)) }
    _ = unsafe el_insertstr(editor, text)
  }

  private static func commonPrefix(_ a: String, _ b: String) -> String {
    String(zip(a, b).prefix { $0 == $1 }.map(\.0))
  }
}
