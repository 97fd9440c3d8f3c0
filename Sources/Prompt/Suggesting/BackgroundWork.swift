import Dispatch
import Glibc
import Pages
import Programs
import Standoff
import Suggestion
import Synchronization

/// Work done while the person types: learning from spans, and running another program.
///
/// It is a class because the work outlives the call that started it; the next answer picks up the results.
final class BackgroundWork: Sendable {
  /// The results that are ready, and what is still running.
  struct Results: Sendable {
    var learning: Learning?
    /// What was learned suggests for each sentence of the document that is open; empty if that is not known beforehand.
    var suggestions: [[Suggestion]] = []
    var isLearning = false
    /// When learning may begin anew: after ten times as long as it took, so that it does not go on all day.
    var rest: ContinuousClock.Instant?
    /// What is to be learned once the learning under way has ended: the latest that was asked for.
    var next: (@Sendable () -> Learning?)?
    /// The places for a second look that were found, or why there are none.
    var secondLooks: Result<[SecondLook], Complaint>?
    var isLooking = false
    /// The other program's suggestions, or why there are none.
    var fromProgram: Result<[Suggestion], Complaint>?
    var isRunningProgram = false
    /// The process id of the running program.
    var process: Int32?
  }

  private let results = Mutex(Results())

  /// The most sentences of a document for which suggestions are found beforehand.
  private static let mostSentences = 5000

  init() {}

  /// What was learned suggests for a sentence; nil while nothing is learned.
  func suggestions(in sentence: Int, of document: Document) -> [Suggestion]? {
    let (learning, known) = results.withLock {
      ($0.learning, $0.suggestions.indices.contains(sentence) ? $0.suggestions[sentence] : nil)
    }
    return known ?? learning?.suggestions(in: sentence, of: document)
  }

  /// Whether so much time has gone by since the last learning that it may begin anew.
  var isRested: Bool { results.withLock { $0.rest.map { $0 <= .now } ?? true } }
  var isLearning: Bool { results.withLock { $0.isLearning } }
  var hasLearned: Bool { results.withLock { $0.learning != nil } }
  var isRunningProgram: Bool { results.withLock { $0.isRunningProgram } }

  /// Starts learning; while learning is under way, the latest request waits for its end.
  ///
  /// - Parameters:
  ///   - document: what suggestions will be asked for, so that they are there when a key is pressed.
  ///   - waiting: whether to wait for the result, so that runs without a person come out the same each time.
  func learn(for document: Document, waiting: Bool, _ learn: @escaping @Sendable () -> Learning?) {
    let begins = results.withLock { results in
      if results.isLearning { results.next = learn }
      defer { results.isLearning = true }
      return !results.isLearning
    }
    guard begins else { return }
    begin(waiting: waiting) { [self] in
      var now: (@Sendable () -> Learning?)? = learn
      while let learn = now {
        let start = ContinuousClock.now
        let learned = learn()
        let suggestions = document.sentences.count > Self.mostSentences ? nil : learned?.suggestions(of: document)
        now = results.withLock { results in
          (results.learning, results.suggestions) = (learned, suggestions ?? [])
          results.rest = .now + (.now - start) * 10
          defer { results.next = nil }
          results.isLearning = results.next != nil
          return results.next
        }
      }
    }
  }

  /// Looks for places where a second look pays, unless that is under way or has ended.
  func look(waiting: Bool, _ look: @escaping @Sendable () -> Result<[SecondLook], Complaint>) {
    let begins = results.withLock { results in
      guard !results.isLooking, results.secondLooks == nil else { return false }
      results.isLooking = true
      return true
    }
    guard begins else { return }
    begin(waiting: waiting) { [self] in
      let found = look()
      results.withLock { ($0.secondLooks, $0.isLooking) = (found, false) }
    }
  }

  /// The places that were found since the last call, waiting for a moment; nil if they are still looked for.
  func takeSecondLooks() -> Result<[SecondLook], Complaint>? {
    wait { $0.isLooking }
    return results.withLock { results in
      defer { results.secondLooks = nil }
      return results.secondLooks
    }
  }

  /// What was learned, waiting for a moment; nil if there is nothing.
  func takeLearning() -> Learning? {
    wait { $0.isLearning }
    return results.withLock { $0.learning }
  }

  /// Waits for two seconds at most.
  private func wait(while isBusy: (Results) -> Bool) {
    let end = ContinuousClock.now + .seconds(2)
    while results.withLock({ isBusy($0) }), ContinuousClock.now < end { usleep(5000) }
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
