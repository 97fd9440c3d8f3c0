import Dispatch
import LineEditor
import Pages
import Synchronization

/// The progress of a command on standard error, shown after half a second and erased before the command's answer.
///
/// It counts documents as they are read, then alignments of gamma with an estimate, or lines of a stream, or seconds. It
/// is a class because a timer draws it while the command works.
final class ProgressBar: Sendable {
  private struct State {
    var read = 0
    var total = 0
    /// Lines and bytes of a stream; all bytes are nil where its end is not known.
    var stream = (lines: 0, bytes: 0, all: Int?.none)
    /// Alignments found and wanted, and when the first was found.
    var aligned: (found: Int, wanted: Int, begun: DispatchTime)?
    var begun = DispatchTime.now()
    var isDrawn = false
    var isRunning = false
    /// The number of the current run, so that a timer set for an earlier run draws nothing.
    var run = 0
  }

  /// The running command's bar; nil if nobody would see it.
  @TaskLocal static var current: ProgressBar?

  private let state = Mutex(State())

  /// A bar if standard error is a terminal that can erase a line, else nil.
  static func forThisTerminal() -> ProgressBar? {
    Terminal.isTerminal(.error) && !Terminal.isDumb ? ProgressBar() : nil
  }

  func count(of documents: Int) { state.withLock { $0.total = documents } }

  func step() { state.withLock { $0.read += 1 } }

  func read(lines: Int, bytes: Int, of all: Int?) { state.withLock { $0.stream = (lines, bytes, all) } }

  func align(_ found: Int, of wanted: Int) {
    state.withLock { state in
      let isLater = state.aligned.map { $0.wanted == wanted && $0.found < found } ?? false
      // A smaller number belongs to the next figure, unless two threads report out of order.
      if !isLater, let known = state.aligned, known.wanted == wanted, known.found < known.wanted { return }
      state.aligned = (found, wanted, isLater ? state.aligned?.begun ?? .now() : .now())
    }
  }

  func start() {
    let run = state.withLock { state in
      (state.read, state.stream, state.begun, state.isRunning) = (0, (0, 0, nil), .now(), true)
      state.aligned = nil
      state.run += 1
      return state.run
    }
    draw(run, in: 500)
  }

  /// Erases the bar; nothing is drawn after this returns.
  func stop() {
    state.withLock { state in
      state.isRunning = false
      if state.isDrawn { Terminal.write("\r\u{1B}[K", to: .error) }
      state.isDrawn = false
    }
  }

  /// Draws repeatedly while a run goes on.
  private func draw(_ run: Int, in milliseconds: Int) {
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
      guard let self else { return }
      let goesOn = state.withLock { state in
        guard state.isRunning, state.run == run else { return false }
        state.isDrawn = true
        Terminal.write("\r\u{1B}[K" + Self.line(state), to: .error)
        return true
      }
      if goesOn { draw(run, in: 100) }
    }
  }

  private static func line(_ state: State) -> String {
    func seconds(since begun: DispatchTime) -> Int {
      Int((DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1_000_000_000)
    }
    if let (found, wanted, begun) = state.aligned, found < wanted {
      return line(aligned: found, of: wanted, seconds: seconds(since: begun))
    }
    let stream = state.stream
    if stream.lines > 0, stream.bytes < stream.all ?? .max {
      return line(lines: stream.lines, bytes: stream.bytes, of: stream.all, seconds: seconds(since: state.begun))
    }
    return line(read: state.read, total: state.total, seconds: seconds(since: state.begun))
  }

  /// The bar's text while a stream is read, `[███░░░░░░░] 3412 lines, about 12 s left`, or `3412 lines, 12 s` where its
  /// end is not known; at most 40 columns.
  static func line(lines: Int, bytes: Int, of all: Int?, seconds: Int) -> String {
    let read = counted(lines, "line")
    guard let all else { return "\(read), \(seconds) s" }
    let left = seconds > 0 ? ", about \(Int(Double(seconds) * Double(all - bytes) / Double(max(1, bytes)))) s left" : ""
    return "\(bar(bytes, all)) \(read)\(left)"
  }

  /// The bar's text while alignments are sought, `[███░░░░░░░] aligning, about 12 s left`; at most 40 columns.
  static func line(aligned found: Int, of wanted: Int, seconds: Int) -> String {
    let left = found > 1 ? ", about \(seconds * (wanted - found) / found) s left" : ""
    return "\(bar(found, wanted)) aligning\(left)"
  }

  private static func bar(_ done: Int, _ all: Int) -> String {
    let full = done * 10 / max(1, all)
    return "[" + String(repeating: "█", count: full) + String(repeating: "░", count: 10 - full) + "]"
  }

  /// The bar's text, `[██████░░░░] 412 of 1000 documents`, then `working, 12 s`; at most 40 columns.
  static func line(read: Int, total: Int, seconds: Int) -> String {
    guard read < total, read > 0 else { return "working, \(seconds) s" }
    return "\(bar(read, total)) \(read) of \(total) documents"
  }
}
