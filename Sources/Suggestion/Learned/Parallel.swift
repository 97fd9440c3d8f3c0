import Dispatch
import Glibc
import Synchronization

/// Independent work on all cores.
enum Parallel {
  /// The results in the order of their numbers, whatever the order in which they come.
  ///
  /// - Parameter givingWay: whether a thread that a person waits for goes first, where there are too few cores for both;
  ///   not to be asked for on that thread itself, which would be slow from then on.
  static func map<Result: Sendable>(
    _ count: Int, givingWay: Bool = false, _ work: @Sendable (Int) -> Result
  ) -> [Result] {
    let found = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { place in
      // Of this thread alone and for good: the queue's threads never are those that a person waits for.
      if givingWay { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
      let result = work(place)
      found.withLock { $0[place] = result }
    }
    return found.withLock { $0.compactMap(\.self) }
  }
}
