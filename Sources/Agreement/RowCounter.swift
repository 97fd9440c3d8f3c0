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
  /// For each number one more than the place of its row, 0 where it has none yet.
  private var places: [Int32] = []
  private var sparsePlaces: [[UInt8]: Int32] = [:]
  /// The different rows so far, one after another; -1 stands for a missing value.
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

  /// The greatest value plus one, 0 where all are missing.
  private static func greatest(_ column: [UInt8]) -> UInt8 {
    var greatest: UInt8 = 0
    for value in column { greatest = max(greatest, value &+ 1) }
    return greatest
  }

  /// Each different row of some items, by its place among ``rows``, with its count.
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

  /// Items that are more than the table is long: all of it is looked through in the end.
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

  /// Fewer items than the table is long: only what they touch is looked at.
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

  /// The number of each item's row.
  private func codes(_ items: Range<Int>) -> [UInt16] {
    var codes = [UInt16](repeating: 0, count: items.count)
    for column in columns.reversed() {
      Self.multiply(&codes, by: UInt16(truncatingIfNeeded: base), adding: column.span.extracting(items))
    }
    return codes
  }

  /// How often each row number occurs.
  private func table(_ items: Range<Int>, _ length: Int) -> [UInt32] {
    // Two tables in turn: equal rows in succession do not wait for each other's addition.
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
