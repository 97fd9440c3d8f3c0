import Dispatch
import LineEditor
import Synchronization

/// The progress of a command on standard error, shown after half a second and erased before the command's answer.
///
/// It counts documents as they are read, then seconds. It is a class because a timer draws it while the command works.
final class ProgressBar: Sendable {
  private struct State {
    var read = 0
    var total = 0
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

  func start() {
    let run = state.withLock { state in
      (state.read, state.begun, state.isRunning) = (0, .now(), true)
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
        let seconds = Int((DispatchTime.now().uptimeNanoseconds - state.begun.uptimeNanoseconds) / 1_000_000_000)
        Terminal.write("\r\u{1B}[K" + Self.line(read: state.read, total: state.total, seconds: seconds), to: .error)
        return true
      }
      if goesOn { draw(run, in: 100) }
    }
  }

  /// The bar's text, `[██████░░░░] 412 of 1000 documents`, then `working, 12 s`; at most 40 columns.
  static func line(read: Int, total: Int, seconds: Int) -> String {
    guard read < total, read > 0 else { return "working, \(seconds) s" }
    let full = read * 10 / total
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 10 - full)
    return "[\(bar)] \(read) of \(total) documents"
  }
}
