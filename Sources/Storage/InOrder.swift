import Dispatch
import Synchronization

/// Work on many documents: done on several threads, handed over one by one in the documents' order.
///
/// No more than a batch of results is held at a time, and what comes out hangs neither on threads nor on cores.
public enum InOrder {
  private static let batch = 256

  /// Makes a value of each item and hands it over.
  ///
  /// - Parameters:
  ///   - make: called from several threads.
  ///   - take: called in the order of the items.
  /// - Throws: what *make* threw for the first item for which it did, or what *take* threw.
  public static func forEach<Item: Sendable, Value: Sendable, Failure: Error>(
    _ items: [Item], _ make: @Sendable (Item) throws(Failure) -> Value, take: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    for start in stride(from: 0, to: items.count, by: batch) {
      let part = items[start..<min(start + batch, items.count)]
      let results = Mutex([Result<Value, Failure>?](repeating: nil, count: part.count))
      DispatchQueue.concurrentPerform(iterations: part.count) { index in
        let result: Result<Value, Failure>
        do throws(Failure) { result = .success(try make(part[start + index])) } catch { result = .failure(error) }
        results.withLock { $0[index] = result }
      }
      for result in results.withLock({ $0 }) {
        if let result { try take(try result.get()) }
      }
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
