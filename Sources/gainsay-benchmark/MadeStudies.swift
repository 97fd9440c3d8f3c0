import Agreement
import Storage

/// Items that annotators have put into five categories, four fifths of them into the first; made from a seed.
struct Codings {
  static let categories = 5

  /// Annotators × items.
  let columns: [[UInt8]]

  /// - Parameter missing: the share of values that are not there.
  init(items: Int, annotators: Int, missing: Double) {
    var generator = SeededGenerator(seed: 1)
    func chance(_ share: Double) -> Bool { Double(generator.next() >> 11) * 0x1p-53 < share }
    func category() -> UInt8 { chance(0.8) ? 0 : UInt8(generator.next() % 4 + 1) }
    var columns = [[UInt8]](repeating: [UInt8](repeating: 0, count: items), count: annotators)
    for item in 0..<items {
      let truth = category()
      for annotator in 0..<annotators {
        let value = chance(0.85) ? truth : category()
        columns[annotator][item] = chance(missing) ? CodingStudy.missing : value
      }
    }
    self.columns = columns
  }

  /// Writes what the peers read.
  func write(in folder: String, documents: [Int]? = nil, resamples: Int? = nil) throws -> String {
    let path = Paths.join(folder, "items")
    let disk = POSIXDisk()
    try disk.makeFolder(path)
    try disk.replace(Paths.join(path, "columns.u8"), with: Array(columns.joined()))
    let (items, annotators) = (columns[0].count, columns.count)
    var shape = "{\"annotators\": \(annotators), \"categories\": \(Self.categories), \"items\": \(items)"
    if let resamples { shape += ", \"resamples\": \(resamples)" }
    try disk.replace(Paths.join(path, "shape.json"), with: Array((shape + "}\n").utf8))
    if let documents { try disk.replace(Paths.join(path, "documents.i32"), with: littleEndian(documents)) }
    return path
  }
}

/// Spans that two annotators have marked, about twenty in a document of 150 tokens, none over another; made from a seed.
struct SpanSets {
  /// Document, annotator, start, end, label.
  private let rows: [[Int]]
  private let documents: Int
  private static let length = 150

  init(documents: Int) {
    self.documents = documents
    var generator = SeededGenerator(seed: 2)
    func number(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(generator.next() % UInt64(range.count))
    }
    var rows: [[Int]] = []
    for document in 0..<documents {
      var layers: [[[Int]]] = [[], []]
      var (start, ends) = (number(0...4), [0, 0])
      while start < Self.length - 12 {
        let (end, label) = (start + number(1...6), number(0...2))
        for annotator in 0...1 where number(0...9) > 0 {
          let changed = number(0...9) < 3
          let shifted = max(ends[annotator], start + (changed ? number(-1...1) : 0))
          let finish = max(shifted + 1, end + (changed ? number(-1...1) : 0))
          layers[annotator].append([document, annotator, shifted, finish, number(0...9) == 0 ? number(0...2) : label])
          ends[annotator] = finish
        }
        start = max(end, ends[0], ends[1]) + number(0...6)
      }
      rows += layers.joined()
    }
    self.rows = rows
  }

  var study: UnitizingStudy {
    var layers = [[[UnitizingStudy.Unit]]](repeating: [[], []], count: documents)
    for row in rows { layers[row[0]][row[1]].append(UnitizingStudy.Unit(row[2]..<row[3], label: row[4])) }
    var study = UnitizingStudy(annotators: 2)
    for layer in layers { study.append(UnitizingStudy.Continuum(length: Self.length, units: layer)) }
    return study
  }

  /// Writes what the peers read.
  func write(in folder: String) throws -> String {
    let path = Paths.join(folder, "spans")
    let disk = POSIXDisk()
    try disk.makeFolder(path)
    try disk.replace(Paths.join(path, "spans.i32"), with: littleEndian(Array(rows.joined())))
    let lengths = [Int](repeating: Self.length, count: documents)
    try disk.replace(Paths.join(path, "lengths.i32"), with: littleEndian(lengths))
    return path
  }
}

private func littleEndian(_ numbers: [Int]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(numbers.count * 4)
  for number in numbers {
    let value = UInt32(truncatingIfNeeded: number)
    for shift in stride(from: 0, to: UInt32(32), by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
  return bytes
}
