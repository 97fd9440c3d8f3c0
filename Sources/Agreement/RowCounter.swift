import Dispatch
import Synchronization

/// Counts the different rows of a table whose columns are bytes.
///
/// A row is numbered by its values as digits, so that counting is one pass with an addition for each item; the number
/// is looked up in a table where that is small, otherwise in a dictionary.
struct RowCounter {
  /// Tables up to this length are counted into directly.
  private static let longestTable = 1 << 16
  /// Items that one thread counts at a time.
  private static let slice = 1 << 18

  private let columns: [[UInt8]]
  /// One more than the categories: 0 stands for a missing value.
  private let base: Int
  /// base to the power of annotators; nil where a table of that length is too long.
  private let length: Int?

  init(_ columns: [[UInt8]]) {
    self.columns = columns
    let greatest = Mutex<UInt8>(0)
    Self.parallel(columns.count) { index in
      let found = Self.greatest(columns[index])
      greatest.withLock { $0 = max($0, found) }
    }
    base = Int(greatest.withLock { $0 }) + 1
    var length = 1
    for _ in columns where length <= Self.longestTable { length *= base }
    self.length = length <= Self.longestTable ? length : nil
  }

  /// The greatest value plus one, 0 where all are missing.
  private static func greatest(_ column: [UInt8]) -> UInt8 {
    var greatest: UInt8 = 0
    for value in column { greatest = max(greatest, value &+ 1) }
    return greatest
  }

  /// Calls *body* with each different row of some items, in an order that depends on the values alone, and its count.
  func count(_ items: Range<Int>, _ body: (CodingStudy.Row, Int) -> Void) {
    guard let length else { return countSparsely(items, body) }
    let totals = Mutex([Int](repeating: 0, count: length))
    let slices = (items.count + Self.slice - 1) / Self.slice
    Self.parallel(slices) { slice in
      let start = items.lowerBound + slice * Self.slice
      let found = table(start..<min(start + Self.slice, items.upperBound), length)
      totals.withLock { totals in
        for code in found.indices where found[code] > 0 { totals[code] += Int(found[code]) }
      }
    }
    for (code, count) in totals.withLock({ $0 }).enumerated() where count > 0 { body(row(code), count) }
  }

  /// How often each row number occurs.
  private func table(_ items: Range<Int>, _ length: Int) -> [UInt32] {
    // Two tables in turn: equal rows in succession do not wait for each other's addition.
    var table = [UInt32](repeating: 0, count: 2 * length)
    var codes = [UInt16](repeating: 0, count: items.count)
    for column in columns.reversed() {
      Self.multiply(&codes, by: UInt16(truncatingIfNeeded: base), adding: column.span.extracting(items))
    }
    var counts = table.mutableSpan
    let all = codes.span
    var index = 0
    while index + 1 < all.count {
      counts[Int(all[index])] &+= 1
      counts[length + Int(all[index + 1])] &+= 1
      index += 2
    }
    if index < all.count { counts[Int(all[index])] &+= 1 }
    for code in 0..<length { counts[code] &+= counts[length + code] }
    table.removeLast(length)
    return table
  }

  private static func multiply(_ codes: inout [UInt16], by base: UInt16, adding column: borrowing Span<UInt8>) {
    var span = codes.mutableSpan
    for index in 0..<min(span.count, column.count) {
      span[index] = span[index] &* base &+ UInt16(column[index] &+ 1)
    }
  }

  private func row(_ code: Int) -> CodingStudy.Row {
    var rest = code
    return columns.map { _ in
      defer { rest /= base }
      return rest % base == 0 ? nil : rest % base - 1
    }
  }

  private func countSparsely(_ items: Range<Int>, _ body: (CodingStudy.Row, Int) -> Void) {
    var counts: [[UInt8]: Int] = [:]
    for item in items { counts[columns.map { $0[item] }, default: 0] += 1 }
    for (values, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      body(values.map { $0 == CodingStudy.missing ? nil : Int($0) }, count)
    }
  }

  /// Runs a body for each index, on several threads where there is more than one.
  static func parallel(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count == 1 { return body(0) }
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
}
