import CLibEdit
import Glibc

/// A line editor at the terminal: libedit with history, key maps and `~/.editrc`, behind Swift types.
///
/// It is a class because libedit keeps a pointer to it.
@safe public final class LineEditor {
  /// The result of reading a line.
  public enum Input: Equatable {
    case line(String)
    /// Ctrl-C: the line was abandoned.
    case interrupted
    /// Ctrl-D on an empty line, hang-up or the end of the terminal.
    case end
  }

  /// The candidates for the line up to the cursor, and how many characters before the cursor they replace.
  public var complete: (String) -> (candidates: [String], replaced: Int) = { _ in ([], 0) }
  /// Shows several candidates below the line.
  public var showCandidates: ([String]) -> Void = { _ in }
  /// Redraws what is above the line after the terminal's size has changed.
  public var redraw: () -> Void = {}
  /// Called after ``pause`` milliseconds without a key.
  public var idle: () -> Void = {}
  /// Called with each line that was read and is not blank.
  public var remember: (String) -> Void = { _ in }
  /// The milliseconds without a key before ``idle``; -1 for never.
  public var pause: Int32 = -1

  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let keys: KeyReader
  private var promptText: UnsafeMutablePointer<CChar>?
  /// The line, if it was pasted as a whole and nothing was typed; else nil.
  public private(set) var pastedLine: String?
  private var isVi: Bool
  /// Whether Ctrl-C abandoned the line.
  private var wasInterrupted = false
  /// Whether to ask for marked pastes; a terminal without escape sequences would show the marks.
  private let takesPastes = !Terminal.isDumb

  /// - Parameters:
  ///   - keys: the source of keys.
  ///   - lines: the history, oldest line first.
  /// - Returns: nil if libedit does not start, for example without a terminal.
  public init?(keys: KeyReader, history lines: [String]) {
    guard let history = unsafe history_init(),
      let editor = unsafe el_init("gainsay", gainsay_stdin(), gainsay_stdout(), gainsay_stderr())
    else { return nil }
    unsafe self.editor = editor
    unsafe self.history = history
    self.keys = keys
    isVi = false
    unsafe promptText = nil
    unsafe gainsay_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    unsafe gainsay_set_signal(editor, 0)
    unsafe gainsay_set_reader(editor) { unsafe LineEditor.owner(of: $0)?.readKey($1) ?? -1 }
    unsafe gainsay_set_prompt(editor) { unsafe LineEditor.owner(of: $0)?.promptText }
    unsafe gainsay_history_size(history, 1000)
    for line in lines { unsafe gainsay_history_enter(history, line) }
    unsafe gainsay_set_history(editor, history)
    unsafe gainsay_set_editor(editor, "emacs")
    // The person's own file comes first, because a “bind -v” in it removes all earlier bindings.
    _ = unsafe el_source(editor, nil)
    unsafe gainsay_add_function(editor, "gainsay-complete", "complete the word at the cursor") { editor, _ in
      unsafe LineEditor.owner(of: editor)?.completeAtCursor() ?? UInt8(CC_ERROR)
    }
    unsafe gainsay_bind(editor, "\\t", "gainsay-complete")
    unsafe gainsay_bind(editor, "^R", "em-inc-search-prev")
    unsafe gainsay_add_function(editor, "gainsay-paste", "take pasted text as one piece") { editor, _ in
      unsafe LineEditor.owner(of: editor)?.paste() ?? UInt8(CC_ERROR)
    }
    isVi = unsafe String(cString: gainsay_editor(editor)) == "vi"
    if isVi {
      // In vi's insert mode an escape leaves the mode at once; the rest of the sequence is a key of command mode.
      unsafe gainsay_bind_command(editor, "\\033[200~", "gainsay-paste")
      unsafe gainsay_bind_command(editor, "[200~", "gainsay-paste")
    } else {
      unsafe gainsay_bind(editor, "\\033[200~", "gainsay-paste")
      // For a paste right after an escape.
      unsafe gainsay_bind(editor, "\\033\\033[200~", "gainsay-paste")
    }
  }

  deinit {
    unsafe el_end(editor)
    unsafe history_end(history)
    unsafe free(promptText)
  }

  /// Shows the prompt and reads one line.
  public func readLine(prompt: String) -> Input {
    unsafe free(promptText)
    unsafe promptText = strdup(prompt)
    // Raw mode before the prompt is shown, so that no early key is lost.
    unsafe gainsay_prepare_terminal(editor, 1)
    if takesPastes { Terminal.write("\u{1B}[?2004h") }
    var count: Int32 = 0
    wasInterrupted = false
    pastedLine = nil
    let bytes = unsafe keys.whileReading { unsafe el_gets(editor, &count) }
    if takesPastes { Terminal.write("\u{1B}[?2004l") }
    guard let bytes = unsafe bytes, count > 0 else {
      unsafe gainsay_prepare_terminal(editor, 0)
      Terminal.write("\n")
      return wasInterrupted ? .interrupted : .end
    }
    var line = unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    while line.last?.isNewline == true { line.removeLast() }
    if line.contains(where: { !$0.isWhitespace }) {
      unsafe gainsay_history_enter(history, line)
      remember(line)
    }
    return .line(line)
  }

  private static func owner(of editor: OpaquePointer?) -> LineEditor? {
    guard let owner = unsafe gainsay_owner(editor) else { return nil }
    return unsafe Unmanaged<LineEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  // MARK: keys

  /// Reads one character: returns 1 with the character, 0 at the end, -1 if a signal abandons the line.
  private func readKey(_ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    unsafe keepCursorInLine(editor)
    while true {
      switch keys.next(pause: pause) {
      case .idle: idle()
      case .interrupted:
        // libedit's history search forgets why it was interrupted.
        wasInterrupted = true
        errno = EINTR
        return -1
      case .end: return 0
      case .resized: resize()
      case .stopped: suspend()
      case .scalar(let scalar):
        unsafe character?.pointee = wchar_t(bitPattern: scalar)
        return 1
      }
    }
  }

  private func resize() {
    Terminal.write("\u{1B}[H\u{1B}[2J")
    redraw()
    unsafe el_resize(editor)
    unsafe gainsay_refresh(editor)
  }

  /// Ctrl-Z: restores the terminal, stops the process, and sets the terminal up again when it continues.
  private func suspend() {
    if takesPastes { Terminal.write("\u{1B}[?2004l") }
    unsafe gainsay_prepare_terminal(editor, 0)
    keys.stop()
    unsafe gainsay_prepare_terminal(editor, 1)
    if takesPastes { Terminal.write("\u{1B}[?2004h") }
    resize()
  }

  private func paste() -> UInt8 {
    let text = keys.takePaste()
    guard !text.isEmpty else { return UInt8(CC_NORM) }
    if let info = unsafe el_wline(editor)?.pointee, unsafe info.buffer == info.lastchar { pastedLine = text }
    // The escape that begins the sequence has left insert mode and moved the cursor back.
    if isVi { _ = unsafe el_cursor(editor, 1) }
    guard unsafe el_insertstr(editor, text) == 0 else { return UInt8(CC_ERROR) }
    if isVi { unsafe el_push(editor, "a") }
    return UInt8(CC_REFRESH)
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
