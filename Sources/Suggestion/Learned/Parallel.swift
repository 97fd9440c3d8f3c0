import Dispatch
import Synchronization

/// Independent work on all cores.
enum Parallel {
  /// The results in the order of their numbers, whatever the order in which they come.
  static func map<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    let found = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { place in
      let result = work(place)
      found.withLock { $0[place] = result }
    }
    return found.withLock { $0.compactMap(\.self) }
  }
}
