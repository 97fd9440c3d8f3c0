import Dispatch
import Pages
import Programs
import Suggestion
import Synchronization

/// Work done while the person types: learning from spans, and running another program.
///
/// It is a class because the work outlives the call that started it; the next answer picks up the results.
final class BackgroundWork: Sendable {
  /// The results that are ready, and what is still running.
  struct Results: Sendable {
    var learning: Learning?
    var isLearning = false
    /// What is to be learned once the learning under way has ended: the latest that was asked for.
    var next: (@Sendable () -> Learning?)?
    /// The other program's suggestions, or why there are none.
    var fromProgram: Result<[Suggestion], Complaint>?
    var isRunningProgram = false
    /// The process id of the running program.
    var process: Int32?
  }

  private let results = Mutex(Results())

  init() {}

  var learning: Learning? { results.withLock { $0.learning } }
  var isRunningProgram: Bool { results.withLock { $0.isRunningProgram } }

  /// Starts learning; while learning is under way, the latest request waits for its end.
  ///
  /// - Parameter waiting: whether to wait for the result, so that runs without a person come out the same each time.
  func learn(waiting: Bool, _ learn: @escaping @Sendable () -> Learning?) {
    let begins = results.withLock { results in
      if results.isLearning { results.next = learn }
      defer { results.isLearning = true }
      return !results.isLearning
    }
    guard begins else { return }
    begin(waiting: waiting) { [self] in
      var now: (@Sendable () -> Learning?)? = learn
      while let learn = now {
        let learned = learn()
        now = results.withLock { results in
          results.learning = learned
          defer { results.next = nil }
          results.isLearning = results.next != nil
          return results.next
        }
      }
    }
  }

  func runProgram(waiting: Bool, _ run: @escaping @Sendable () -> Result<[Suggestion], Complaint>) {
    results.withLock { $0.isRunningProgram = true }
    begin(waiting: waiting) { [self] in
      let found = run()
      results.withLock {
        $0.fromProgram = found
        $0.isRunningProgram = false
        $0.process = nil
      }
    }
  }

  /// Records the process id of the running program.
  func note(process: Int32) { results.withLock { $0.process = process } }

  /// Ends the running program, if there is one.
  func endProgram() {
    if let process = results.withLock({ $0.process }) { ExternalProgram.end(process) }
  }

  /// The other program's results since the last call; nil if there are none.
  func takeFromProgram() -> Result<[Suggestion], Complaint>? {
    results.withLock { results in
      defer { results.fromProgram = nil }
      return results.fromProgram
    }
  }

  private func begin(waiting: Bool, _ work: @escaping @Sendable () -> Void) {
    if waiting { work() } else { DispatchQueue.global(qos: .utility).async(execute: work) }
  }
}
