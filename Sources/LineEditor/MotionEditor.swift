import CLibEdit
import Glibc

/// A line editor whose line is never changed: libedit decodes keys and moves the cursor by the person's own key
/// bindings, and draws nothing.
///
/// Keys that are not motions in the person's key map, `~/.editrc` included, are handed out. It is a class because
/// libedit keeps a pointer to it.
@safe public final class MotionEditor {
  /// An event at the terminal.
  public enum Event: Equatable {
    /// The cursor may have moved.
    case moved
    /// A key; special ones come as the control characters that mean the same: Ctrl-P for up, Ctrl-N for down.
    case key(Unicode.Scalar)
    case pasted(String)
    case interrupted
    /// The terminal has a new size, or the process continued after a stop.
    case resized
    /// No key arrived for ``pause`` milliseconds.
    case idle
    /// Hang-up or the end of the terminal.
    case end
  }

  /// The milliseconds without a key before ``Event/idle``; -1 for never.
  public var pause: Int32 = -1
  /// Restores the screen before the process stops, and sets it up again when the process continues.
  public var giveBack: () -> Void = {}
  public var takeAgain: () -> Void = {}
  /// Whether the person's key map is vi's.
  public let isVi: Bool

  private let editor: OpaquePointer
  private let keys: KeyReader
  private var line: [wchar_t] = []
  private var waiting: Event?

  /// How long to wait for the rest of an escape sequence, in milliseconds.
  private static let escapePause: Int32 = 40
  /// The codes in libedit's key map for keys that are handed out.
  private enum Stand { static let (escape, event) = (UInt32(0x1C), UInt32(0x1E)) }
  /// The libedit functions that move the cursor and change nothing.
  private static let motions: Set<String> = [
    "ed-next-char", "ed-prev-char", "ed-move-to-beg", "ed-move-to-end", "em-next-word", "ed-prev-word", "vi-next-word",
    "vi-prev-word", "vi-end-word", "vi-next-big-word", "vi-prev-big-word", "vi-end-big-word", "vi-next-char",
    "vi-prev-char", "vi-to-next-char", "vi-to-prev-char", "vi-repeat-next-char", "vi-repeat-prev-char", "vi-zero",
    "vi-match", "vi-to-column", "ed-argument-digit",
  ]

  /// - Parameter reserved: keys to hand out even if the person's key map binds motions to them.
  /// - Returns: nil if libedit does not start, for example without a terminal.
  public init?(keys: KeyReader, reserved: Set<Character>) {
    guard let output = unsafe tmpfile(),
      let editor = unsafe el_init_fd("gainsay", gainsay_stdin(), output, output, 0, 1, 2)
    else { return nil }
    unsafe self.editor = editor
    self.keys = keys
    unsafe gainsay_set_signal(editor, 0)
    unsafe gainsay_set_editor(editor, "emacs")
    _ = unsafe el_source(editor, nil)
    isVi = unsafe String(cString: gainsay_editor(editor)) == "vi"
    unsafe gainsay_print_bindings(editor)
    let bindings = unsafe Self.takeText(of: output)
    _ = unsafe freopen("/dev/null", "w", output)
    unsafe gainsay_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    unsafe gainsay_set_reader(editor) { unsafe MotionEditor.owner(of: $0)?.readKey($1) ?? -1 }
    bindKeys(bindings, reserved)
  }

  deinit { unsafe el_end(editor) }

  /// Takes over the terminal until ``finish()``.
  public func begin() {
    unsafe gainsay_set_unbuffered(editor, 1)
    guard isVi else { return }
    // vi begins a line in insert mode.
    unsafe el_push(editor, "\u{1C}")
    var count: Int32 = 0
    _ = unsafe el_wgets(editor, &count)
  }

  public func finish() { unsafe gainsay_set_unbuffered(editor, 0) }

  /// Loads a line to move in, with one scalar for each cell that the cursor can be on.
  public func load(_ cells: [Unicode.Scalar], cursor: Int) {
    // libedit knows only the first 256 characters, and motions only need to tell spaces from letters.
    line = cells.map { wchar_t(bitPattern: $0.value < 0x20 || $0.value == 0x7F ? 0x20 : $0.value) }
    fill(cursor: cursor)
  }

  /// The number of cells before the cursor.
  public var cursor: Int {
    get {
      guard let info = unsafe el_wline(editor)?.pointee, let start = unsafe info.buffer, let place = unsafe info.cursor
      else { return 0 }
      return unsafe start.distance(to: place)
    }
    set { _ = unsafe el_cursor(editor, Int32(min(max(newValue, 0), line.count) - cursor)) }
  }

  /// Waits for the next event.
  ///
  /// - Parameters:
  ///   - raw: whether to hand out every key, so that none is a motion.
  ///   - taken: keys to hand out although they may be motions.
  public func next(raw: Bool, besides taken: ClosedRange<Unicode.Scalar>? = nil) -> Event {
    keys.whileReading {
      if raw { return nextKey() }
      if let taken {
        let event = keys.next(pause: pause)
        if case .scalar(let value) = event, let key = Unicode.Scalar(value), taken.contains(key) { return .key(key) }
        keys.putBack(event)
      }
      return nextCommand()
    }
  }

  // MARK: keys that libedit decodes

  private func nextCommand() -> Event {
    waiting = nil
    var count: Int32 = 0
    let answer = unsafe el_wgets(editor, &count)
    if let event = waiting {
      restore()
      return event
    }
    if unsafe answer == nil { return .end }
    restore()
    return .moved
  }

  /// Restores the line and keeps the cursor.
  private func restore() {
    guard let info = unsafe el_wline(editor)?.pointee, let start = unsafe info.buffer, let end = unsafe info.lastchar
    else { return }
    let isSame =
      unsafe start.distance(to: end) == line.count
      && line.indices.allSatisfy { unsafe start[$0] == line[$0] }
    if !isSame { fill(cursor: min(cursor, line.count)) }
  }

  private func fill(cursor: Int) {
    if let info = unsafe el_wline(editor)?.pointee, let start = unsafe info.buffer, let end = unsafe info.lastchar {
      let length = unsafe start.distance(to: end)
      _ = unsafe el_cursor(editor, Int32(length))
      unsafe el_deletestr(editor, Int32(length))
    }
    var text = line + [0]
    _ = unsafe el_winsertstr(editor, &text)
    _ = unsafe el_cursor(editor, -Int32(line.count - min(max(cursor, 0), line.count)))
  }

  private func readKey(_ character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    unsafe keepCursorInLine(editor)
    var scalar = Stand.event
    switch keys.next(pause: pause) {
    case .idle: waiting = .idle
    case .interrupted: waiting = .interrupted
    case .resized: waiting = .resized
    case .stopped:
      stop()
      waiting = .resized
    case .end:
      waiting = .end
      return 0
    case .scalar(0x1B):
      // An escape by itself is a key; libedit would wait for the rest of a sequence.
      if !follows() { scalar = Stand.escape } else { scalar = 0x1B }
    case .scalar(let value):
      if value >= 0x80 { waiting = Unicode.Scalar(value).map(Event.key) } else { scalar = value }
    }
    unsafe character?.pointee = wchar_t(bitPattern: scalar)
    return 1
  }

  private func stop() {
    let cursor = cursor
    finish()
    giveBack()
    keys.stop()
    takeAgain()
    begin()
    fill(cursor: cursor)
  }

  private func follows() -> Bool {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&source, 1, Self.escapePause) > 0
  }

  private static func owner(of editor: OpaquePointer?) -> MotionEditor? {
    guard let owner = unsafe gainsay_owner(editor) else { return nil }
    return unsafe Unmanaged<MotionEditor>.fromOpaque(owner).takeUnretainedValue()
  }

  // MARK: keys handed out as they are

  private func nextKey() -> Event {
    while true {
      switch keys.next(pause: pause) {
      case .idle: return .idle
      case .interrupted: return .interrupted
      case .resized: return .resized
      case .stopped:
        stop()
        return .resized
      case .end: return .end
      case .scalar(0x1B):
        guard follows() else { return .key("\u{1B}") }
        if let event = sequence() { return event }
      case .scalar(let value):
        if let scalar = Unicode.Scalar(value) { return .key(scalar) }
      }
    }
  }

  /// Reads the rest of an escape sequence; nil if it has no meaning here.
  private func sequence() -> Event? {
    guard case .scalar(let lead) = keys.next(pause: Self.escapePause) else { return nil }
    guard lead == 0x5B || lead == 0x4F else { return nil }
    var parameters = ""
    while case .scalar(let value) = keys.next(pause: Self.escapePause), let scalar = Unicode.Scalar(value) {
      guard (0x40...0x7E).contains(value) else {
        parameters.unicodeScalars.append(scalar)
        continue
      }
      switch (scalar, parameters) {
      case ("A", _): return .key("\u{10}")
      case ("B", _): return .key("\u{E}")
      case ("~", "200"): return .pasted(keys.takePaste())
      default: return nil
      }
    }
    return nil
  }

  // MARK: the key map

  /// Parses libedit's printed key map: `"^A"  ->  ed-move-to-beg`, `"1"  to "9"  ->  ed-argument-digit`.
  static func motions(in bindings: String, vi: Bool) -> [(key: String, function: String)] {
    var found: [(String, String)] = []
    var isActive = false
    for line in bindings.split(separator: "\n") {
      if line.hasSuffix("bindings") {
        isActive = line.hasPrefix(vi ? "Alternative" : "Standard") || line.hasPrefix("Multi")
        continue
      }
      let parts = line.split(separator: "->").map { $0.trimmingPrefix { $0 == " " } }
      guard isActive, parts.count == 2, Self.motions.contains(String(parts[1])) else { continue }
      let ends = parts[0].split(separator: " to ").map { $0.filter { $0 != " " } }
      let keys = ends.map { String($0.dropFirst().dropLast()) }
      if keys.count == 2, let low = keys[0].unicodeScalars.first, let high = keys[1].unicodeScalars.first,
        keys.allSatisfy({ $0.unicodeScalars.count == 1 }), low <= high, high.value < 0x7F
      {
        for value in low.value...high.value {
          if let scalar = Unicode.Scalar(value) { found.append((String(scalar), String(parts[1]))) }
        }
      } else if keys.count == 1, keys[0].utf8.allSatisfy({ $0 < 0x80 }) {
        found.append((keys[0], String(parts[1])))
      }
    }
    return found
  }

  private func bindKeys(_ bindings: String, _ reserved: Set<Character>) {
    func add(_ name: String, _ function: @escaping gainsay_key_function) {
      unsafe gainsay_add_function(editor, name, "gainsay", function)
    }
    unsafe add("gainsay-key") { editor, scalar in
      unsafe MotionEditor.owner(of: editor)?.press(Unicode.Scalar(scalar)) ?? UInt8(CC_NORM)
    }
    unsafe add("gainsay-escape") { editor, _ in
      unsafe MotionEditor.owner(of: editor)?.press("\u{1B}") ?? UInt8(CC_NORM)
    }
    unsafe add("gainsay-up") { editor, _ in unsafe MotionEditor.owner(of: editor)?.press("\u{10}") ?? UInt8(CC_NORM) }
    unsafe add("gainsay-down") { editor, _ in unsafe MotionEditor.owner(of: editor)?.press("\u{E}") ?? UInt8(CC_NORM) }
    unsafe add("gainsay-paste") { editor, _ in unsafe MotionEditor.owner(of: editor)?.paste() ?? UInt8(CC_NORM) }
    unsafe add("gainsay-nothing") { _, _ in UInt8(CC_NORM) }
    func bind(_ key: String, _ function: String) {
      if isVi {
        unsafe gainsay_bind_command(editor, key, function)
      } else {
        unsafe gainsay_bind(editor, key, function)
      }
    }
    func octal(_ value: Int) -> String {
      let digits = String(value, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    for value in 0..<128 where value != 0x1B { bind(octal(value), "gainsay-key") }
    for value in 0x21..<0x7F where value != 0x5B && value != 0x4F { bind("\\033" + octal(value), "gainsay-nothing") }
    for (key, function) in Self.motions(in: bindings, vi: isVi) where !Self.isReserved(key, reserved) {
      bind(key, function)
    }
    if !isVi {
      // libedit has no such motion in emacs style; these are readline's keys.
      bind("^]", "vi-next-char")
      bind("\\033^]", "vi-prev-char")
    }
    for lead in ["\\033[", "\\033O"] {
      bind(lead + "A", "gainsay-up")
      bind(lead + "B", "gainsay-down")
      bind(lead + "C", "ed-next-char")
      bind(lead + "D", "ed-prev-char")
      bind(lead + "H", "ed-move-to-beg")
      bind(lead + "F", "ed-move-to-end")
    }
    bind("\\033[1~", "ed-move-to-beg")
    bind("\\033[4~", "ed-move-to-end")
    bind("\\033[1;5C", "em-next-word")
    bind("\\033[1;5D", "ed-prev-word")
    bind("\\033[3~", "gainsay-nothing")
    bind("\\033[200~", "gainsay-paste")
    bind(octal(Int(Stand.escape)), "gainsay-escape")
    bind(octal(Int(Stand.event)), "gainsay-nothing")
    if isVi { unsafe gainsay_bind(editor, "\\034", "vi-command-mode") }
  }

  private static func isReserved(_ key: String, _ reserved: Set<Character>) -> Bool {
    key.count == 1 && key.first.map(reserved.contains) == true
  }

  private func press(_ scalar: Unicode.Scalar?) -> UInt8 {
    if waiting == nil { waiting = scalar.map(Event.key) }
    return UInt8(CC_NORM)
  }

  private func paste() -> UInt8 {
    waiting = .pasted(keys.takePaste())
    return UInt8(CC_NORM)
  }

  private static func takeText(of file: UnsafeMutablePointer<FILE>) -> String {
    unsafe fflush(file)
    unsafe rewind(file)
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
