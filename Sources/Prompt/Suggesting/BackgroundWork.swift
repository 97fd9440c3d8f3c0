import Dispatch
import Pages
import Programs
import Standoff
import Storage
import Suggestion
import Synchronization

/// Work that goes on while the person types: learning from spans, and other programs.
///
/// A class because the work outlives the call that began it; what it came to is picked up with the next answer.
final class BackgroundWork: Sendable {
  /// What came of it.
  struct Results: Sendable {
    var learning: Learning?
    var isLearning = false
    /// What another program proposed, or why it did not.
    var fromProgram: Result<[Suggestion], Complaint>?
    var isRunningProgram = false
    /// The program that runs, once it has been started.
    var process: Int32?
  }

  private let results = Mutex(Results())

  init() {}

  var learning: Learning? { results.withLock { $0.learning } }
  var isRunningProgram: Bool { results.withLock { $0.isRunningProgram } }

  /// Learns anew, unless it is at it.
  ///
  /// - Parameter waiting: whether to wait for it, where nobody types and every run must come to the same.
  func learn(waiting: Bool, _ learn: @escaping @Sendable () -> Learning?) {
    let begins = results.withLock { results in
      defer { results.isLearning = true }
      return !results.isLearning
    }
    guard begins else { return }
    begin(waiting: waiting) { [self] in
      let learned = learn()
      results.withLock {
        $0.learning = learned
        $0.isLearning = false
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

  /// The program that runs has this number.
  func note(process: Int32) { results.withLock { $0.process = process } }

  /// Ends the program that runs, if one does.
  func endProgram() {
    if let process = results.withLock({ $0.process }) { ExternalProgram.end(process) }
  }

  /// What another program came to since this was asked last.
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
