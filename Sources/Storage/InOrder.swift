import Dispatch
import Synchronization

/// Work on many documents: done on several threads, handed over one by one in the documents' order.
///
/// No more than two batches of results are held at a time, and what comes out hangs neither on threads nor on cores.
public enum InOrder {
  private static let batch = 128

  /// Makes a value of each item and hands it over.
  ///
  /// - Parameters:
  ///   - make: called from several threads.
  ///   - take: called in the order of the items, on one thread at a time but not always the same.
  /// - Throws: what *make* threw for the first item for which it did, or what *take* threw.
  public static func forEach<Item: Sendable, Value: Sendable, Failure: Error>(
    _ items: [Item], _ make: @Sendable (Item) throws(Failure) -> Value, take: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    try withoutActuallyEscaping(take) { (take) throws(Failure) in
      let receiver = Receiver(take: take)
      var waiting: [Result<Value, Failure>?] = []
      for start in stride(from: 0, to: items.count + batch, by: batch) {
        let (part, made) = (items[min(start, items.count)..<min(start + batch, items.count)], waiting)
        let results = Mutex([Result<Value, Failure>?](repeating: nil, count: part.count))
        let fault = Mutex<Failure?>(nil)
        // One batch is handed over while the next is made.
        DispatchQueue.concurrentPerform(iterations: part.count + 1) { index in
          if index == 0 {
            do throws(Failure) { try receiver.hand(over: made) } catch { fault.withLock { $0 = error } }
            return
          }
          let result: Result<Value, Failure>
          do throws(Failure) { result = .success(try make(part[start + index - 1])) } catch { result = .failure(error) }
          results.withLock { $0[index - 1] = result }
        }
        if let fault = fault.withLock({ $0 }) { throw fault }
        waiting = results.withLock { $0 }
      }
    }
  }

  /// A function that only one thread at a time calls.
  private struct Receiver<Value, Failure: Error>: @unchecked Sendable {
    let take: (Value) throws(Failure) -> Void

    func hand(over results: [Result<Value, Failure>?]) throws(Failure) {
      for result in results { if let result { try take(try result.get()) } }
    }
  }

  /// The values of all items, in their order.
  ///
  /// - Throws: what *make* threw for the first item for which it did.
  public static func map<Item: Sendable, Value: Sendable, Failure: Error>(
    _ items: [Item], _ make: @Sendable (Item) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(items.count)
    try forEach(items, make) { (value) throws(Failure) in values.append(value) }
    return values
  }
}
