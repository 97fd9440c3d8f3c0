/// Counts of documents × columns, laid out so that the counts of many documents add up quickly.
@usableFromInline
enum CountMatrix: Sendable {
  /// Eight columns to a vector, for sums that fit 32 bits; each vector for all documents before the next.
  case narrow([SIMD8<Int32>], documents: Int, columns: Int)
  /// Four columns to a vector.
  case wide([SIMD4<Int>], documents: Int, columns: Int)
  /// For many columns of which a document has few: the counts that are not 0 with their columns, document after document.
  case sparse([Cell], starts: [Int], columns: Int)

  /// A count that is not 0.
  @usableFromInline
  struct Cell: Sendable {
    let column: Int
    let count: Int
  }

  /// Rows that are counted one after another.
  struct Builder {
    private let columns: Int
    private var cells: [Cell] = []
    private var starts = [0]
    private var greatest: UInt = 0

    init(columns: Int) { self.columns = columns }

    /// Adds a count that is not 0 to the document that is not ended.
    mutating func append(_ count: Int, at column: Int) {
      greatest = max(greatest, count.magnitude)
      cells.append(Cell(column: column, count: count))
    }

    mutating func endDocument() { starts.append(cells.count) }

    func finished() -> CountMatrix {
      let documents = starts.count - 1
      // A vector adds eight columns in about the time of one cell.
      if columns > 64, cells.count < columns * documents / 16 {
        return .sparse(cells, starts: starts, columns: columns)
      }
      let sum = greatest.multipliedReportingOverflow(by: UInt(documents))
      if !sum.overflow, sum.partialValue <= UInt(Int32.max) {
        var vectors = [SIMD8<Int32>](repeating: .zero, count: (columns + 7) / 8 * documents)
        for document in 0..<documents {
          for cell in cells[starts[document]..<starts[document + 1]] {
            vectors[cell.column / 8 * documents + document][cell.column % 8] += Int32(truncatingIfNeeded: cell.count)
          }
        }
        return .narrow(vectors, documents: documents, columns: columns)
      }
      var vectors = [SIMD4<Int>](repeating: .zero, count: (columns + 3) / 4 * documents)
      for document in 0..<documents {
        for cell in cells[starts[document]..<starts[document + 1]] {
          vectors[cell.column / 4 * documents + document][cell.column % 4] += cell.count
        }
      }
      return .wide(vectors, documents: documents, columns: columns)
    }
  }

  /// The number of columns.
  var columns: Int {
    switch self {
    case .narrow(_, _, let columns), .wide(_, _, let columns), .sparse(_, _, let columns): columns
    }
  }

  /// The counts of one document.
  func row(_ document: Int) -> [Int] {
    var row = [Int](repeating: 0, count: columns)
    add(document, times: 1, to: &row)
    return row
  }

  /// Calls a body with the counts of a document that are not 0, and their columns.
  func forEachCell(of document: Int, _ body: (_ column: Int, _ count: Int) -> Void) {
    guard case .sparse(let cells, let starts, _) = self else {
      for (column, count) in row(document).enumerated() where count != 0 { body(column, count) }
      return
    }
    for cell in cells[starts[document]..<starts[document + 1]] { body(cell.column, cell.count) }
  }

  /// Adds the counts of a document so many times.
  func add(_ document: Int, times: Int, to sum: inout [Int]) {
    switch self {
    case .narrow(let vectors, let documents, let columns):
      for start in stride(from: 0, to: columns, by: 8) {
        let vector = vectors[start / 8 * documents + document]
        for lane in 0..<min(8, columns - start) { sum[start + lane] &+= times &* Int(vector[lane]) }
      }
    case .wide(let vectors, let documents, let columns):
      for start in stride(from: 0, to: columns, by: 4) {
        let vector = vectors[start / 4 * documents + document]
        for lane in 0..<min(4, columns - start) { sum[start + lane] &+= times &* vector[lane] }
      }
    case .sparse(let cells, let starts, _):
      for place in starts[document]..<starts[document + 1] {
        sum[cells[place].column] &+= times &* cells[place].count
      }
    }
  }

  /// The sums of the rows of several resamples, each row counted as often as it is drawn.
  ///
  /// All resamples read one vector of columns before the next is loaded into the cache.
  func sums(_ resamples: [[Int32]]) -> [[Int]] {
    switch self {
    case .narrow(let vectors, let documents, let columns):
      var sums = [[Int]](repeating: [], count: resamples.count)
      for start in stride(from: 0, to: (columns + 7) / 8 * documents, by: documents) {
        for (index, chosen) in resamples.enumerated() {
          let sum = Self.sum(vectors, start, chosen)
          for lane in 0..<8 where sums[index].count < columns { sums[index].append(Int(sum[lane])) }
        }
      }
      return sums
    case .wide(let vectors, let documents, let columns):
      var sums = [[Int]](repeating: [], count: resamples.count)
      for start in stride(from: 0, to: (columns + 3) / 4 * documents, by: documents) {
        for (index, chosen) in resamples.enumerated() {
          let sum = Self.sum(vectors, start, chosen)
          for lane in 0..<4 where sums[index].count < columns { sums[index].append(sum[lane]) }
        }
      }
      return sums
    case .sparse(let cells, let starts, let columns):
      return resamples.map { chosen in
        var sum = [Int](repeating: 0, count: columns)
        Self.add(cells, starts, chosen, to: &sum)
        return sum
      }
    }
  }

  private static func sum(_ vectors: [SIMD8<Int32>], _ start: Int, _ chosen: [Int32]) -> SIMD8<Int32> {
    let (vectors, chosen) = (vectors.span, chosen.span)
    var sum = SIMD8<Int32>.zero
    for index in chosen.indices { sum &+= vectors[start &+ Int(chosen[index])] }
    return sum
  }

  private static func sum(_ vectors: [SIMD4<Int>], _ start: Int, _ chosen: [Int32]) -> SIMD4<Int> {
    let (vectors, chosen) = (vectors.span, chosen.span)
    var sum = SIMD4<Int>.zero
    for index in chosen.indices { sum &+= vectors[start &+ Int(chosen[index])] }
    return sum
  }

  private static func add(_ cells: [Cell], _ starts: [Int], _ chosen: [Int32], to sum: inout [Int]) {
    let (cells, starts, chosen) = (cells.span, starts.span, chosen.span)
    var sum = sum.mutableSpan
    var index = 0
    while index < chosen.count {
      let document = Int(chosen[index])
      // Sorted draws of a document follow one another.
      var times = 0
      while index < chosen.count, Int(chosen[index]) == document {
        times += 1
        index += 1
      }
      var place = starts[document]
      let end = starts[document + 1]
      while place < end {
        sum[cells[place].column] &+= times &* cells[place].count
        place += 1
      }
    }
  }
}
