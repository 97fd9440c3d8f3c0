import Synchronization

/// A counter of the distinct rows of a table with columns of bytes.
///
/// The values of a row are the digits of its number, so that counting is one pass with an addition for each item. A
/// short table or a dictionary maps numbers to rows.
struct RowCounter {
  /// The greatest length of a table that is counted into directly.
  private static let longestTable = 1 << 16
  /// The number of items that one thread counts at a time.
  private static let slice = 1 << 18

  private let columns: [[UInt8]]
  /// The number of categories plus one, since 0 is a missing value.
  private let base: Int
  /// The number of possible rows, base to the power of annotators; nil if a table of that length is too long.
  private let length: Int?
  /// The index of each row plus one, by its number; 0 if it has not occurred.
  private var places: [Int32] = []
  private var sparsePlaces: [[UInt8]: Int32] = [:]
  /// The distinct rows so far, concatenated; -1 is a missing value.
  private(set) var rows: [Int32] = []
  private var rowCount: Int32 = 0

  init(_ columns: [[UInt8]]) {
    self.columns = columns
    let greatest = Mutex<UInt8>(0)
    inParallel(columns.count) { index in
      let found = Self.greatest(columns[index])
      greatest.withLock { $0 = max($0, found) }
    }
    base = Int(greatest.withLock { $0 }) + 1
    var length = 1
    for _ in columns where length <= Self.longestTable { length *= base }
    self.length = length <= Self.longestTable ? length : nil
    places = [Int32](repeating: 0, count: self.length ?? 0)
  }

  /// The greatest value plus one; 0 if all are missing.
  private static func greatest(_ column: [UInt8]) -> UInt8 {
    var greatest: UInt8 = 0
    for value in column { greatest = max(greatest, value &+ 1) }
    return greatest
  }

  /// The distinct rows of some items, by index in ``rows``, with their counts.
  mutating func count(_ items: Range<Int>) -> [CodingStudy.Entry] {
    guard let length else { return countSparsely(items) }
    return items.count < length ? countFew(items, length) : countMany(items, length)
  }

  private mutating func entry(_ code: Int, _ count: Int) -> CodingStudy.Entry {
    if places[code] == 0 {
      rowCount += 1
      places[code] = rowCount
      var rest = code
      for _ in columns {
        rows.append(Int32(truncatingIfNeeded: rest % base) - 1)
        rest /= base
      }
    }
    return CodingStudy.Entry(row: Int(places[code]) - 1, count: count)
  }

  /// Counts more items than the table is long, reading the whole table in the end.
  private mutating func countMany(_ items: Range<Int>, _ length: Int) -> [CodingStudy.Entry] {
    let totals = Mutex([Int](repeating: 0, count: length))
    let slices = (items.count + Self.slice - 1) / Self.slice
    let counter = self
    inParallel(slices) { slice in
      let start = items.lowerBound + slice * Self.slice
      let found = counter.table(start..<min(start + Self.slice, items.upperBound), length)
      totals.withLock { totals in
        for code in found.indices where found[code] > 0 { totals[code] += Int(found[code]) }
      }
    }
    var entries: [CodingStudy.Entry] = []
    for (code, count) in totals.withLock({ $0 }).enumerated() where count > 0 { entries.append(entry(code, count)) }
    return entries
  }

  /// Counts fewer items than the table is long, reading only the entries that they touch.
  private mutating func countFew(_ items: Range<Int>, _ length: Int) -> [CodingStudy.Entry] {
    var entries: [CodingStudy.Entry] = []
    for code in codes(items).sorted() {
      let next = entry(Int(code), 1)
      if entries.last?.row == next.row {
        entries[entries.count - 1].count += 1
      } else {
        entries.append(next)
      }
    }
    return entries
  }

  /// The row number of each item.
  private func codes(_ items: Range<Int>) -> [UInt16] {
    var codes = [UInt16](repeating: 0, count: items.count)
    for column in columns.reversed() {
      Self.multiply(&codes, by: UInt16(truncatingIfNeeded: base), adding: column.span.extracting(items))
    }
    return codes
  }

  /// The number of items with each row number.
  private func table(_ items: Range<Int>, _ length: Int) -> [UInt32] {
    // Two tables in turn, so that equal rows in succession do not wait for each other's addition.
    var table = [UInt32](repeating: 0, count: 2 * length)
    let codes = codes(items)
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

  private mutating func countSparsely(_ items: Range<Int>) -> [CodingStudy.Entry] {
    var counts: [[UInt8]: Int] = [:]
    for item in items { counts[columns.map { $0[item] }, default: 0] += 1 }
    return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { values, count in
      if let place = sparsePlaces[values] { return CodingStudy.Entry(row: Int(place), count: count) }
      sparsePlaces[values] = rowCount
      rowCount += 1
      rows += values.map { $0 == CodingStudy.missing ? -1 : Int32($0) }
      return CodingStudy.Entry(row: Int(rowCount) - 1, count: count)
    }
  }
}
