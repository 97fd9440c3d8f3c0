/// Several values to be estimated from the same tallies, so that one pass of resamples serves all.
public struct Estimands: Sendable {
  let documents: Int
  /// The sum over all documents, by column.
  let total: [Int]
  private let matrix: CountMatrix
  /// All values for a sum of counts.
  let values: @Sendable ([Int]) -> [Result<Double, Undefined>]

  /// Creates estimands of some measures.
  ///
  /// - Parameters:
  ///   - tallies: the tallies of the documents.
  ///   - measures: functions from a tally to a value; see ``Measure/result(of:)``.
  @inlinable
  public init<Evidence: Tally>(
    _ tallies: Tallies<Evidence>, _ measures: [@Sendable (Evidence) -> Result<Coefficient, Undefined>]
  ) {
    let counts = tallies.total.counts
    self.init(tallies.matrix, tallies.documents, total: tallies.columns.map { counts[$0] }) { sums in
      let tally = tallies.tally(of: sums)
      return measures.map { $0(tally).map(\.value) }
    }
  }

  /// - Parameter rows: documents × columns.
  @usableFromInline
  init(
    _ rows: [Int], _ documents: Int, total: [Int], _ values: @escaping @Sendable ([Int]) -> [Result<Double, Undefined>]
  ) {
    self.documents = documents
    self.total = total
    self.values = values
    matrix = CountMatrix(rows, documents: documents, columns: total.count)
  }

  /// The sums of several resamples, each document counted as often as it is drawn.
  func sums(_ resamples: [[Int32]]) -> [[Int]] { matrix.sums(resamples) }

  /// The sum over documents, each counted so many times.
  func sum(_ times: [Int]) -> [Int] {
    var sum = [Int](repeating: 0, count: total.count)
    for (document, count) in times.enumerated() where count > 0 {
      for column in sum.indices { sum[column] &+= count &* matrix.count(document, column) }
    }
    return sum
  }

  /// The sum over all documents but one.
  func total(without document: Int) -> [Int] {
    total.enumerated().map { column, count in count - matrix.count(document, column) }
  }
}

/// Counts of documents × columns, laid out to add several columns of a row at once.
private enum CountMatrix: Sendable {
  /// Eight columns to a vector, for sums that fit 32 bits; each vector for all documents before the next.
  case narrow([SIMD8<Int32>], documents: Int, columns: Int)
  /// Four columns to a vector.
  case wide([SIMD4<Int>], documents: Int, columns: Int)

  /// - Parameter rows: documents × columns, row after row.
  init(_ rows: [Int], documents: Int, columns: Int) {
    let greatest = rows.reduce(0) { max($0, abs($1)) }
    if greatest.multipliedReportingOverflow(by: documents).overflow || greatest * documents > Int(Int32.max) {
      var vectors = [SIMD4<Int>](repeating: .zero, count: (columns + 3) / 4 * documents)
      for document in 0..<documents {
        for column in 0..<columns {
          vectors[column / 4 * documents + document][column % 4] = rows[document * columns + column]
        }
      }
      self = .wide(vectors, documents: documents, columns: columns)
    } else {
      var vectors = [SIMD8<Int32>](repeating: .zero, count: (columns + 7) / 8 * documents)
      for document in 0..<documents {
        for column in 0..<columns {
          vectors[column / 8 * documents + document][column % 8] = Int32(
            truncatingIfNeeded: rows[document * columns + column])
        }
      }
      self = .narrow(vectors, documents: documents, columns: columns)
    }
  }

  func count(_ document: Int, _ column: Int) -> Int {
    switch self {
    case .narrow(let vectors, let documents, _): Int(vectors[column / 8 * documents + document][column % 8])
    case .wide(let vectors, let documents, _): vectors[column / 4 * documents + document][column % 4]
    }
  }

  /// The sums of the rows of several resamples, each row counted as often as it is drawn.
  ///
  /// All resamples read one vector of columns before the next is loaded into the cache.
  func sums(_ resamples: [[Int32]]) -> [[Int]] {
    var sums = [[Int]](repeating: [], count: resamples.count)
    switch self {
    case .narrow(let vectors, let documents, let columns):
      for start in stride(from: 0, to: (columns + 7) / 8 * documents, by: documents) {
        for (index, chosen) in resamples.enumerated() {
          let sum = Self.sum(vectors, start, chosen)
          for lane in 0..<8 where sums[index].count < columns { sums[index].append(Int(sum[lane])) }
        }
      }
    case .wide(let vectors, let documents, let columns):
      for start in stride(from: 0, to: (columns + 3) / 4 * documents, by: documents) {
        for (index, chosen) in resamples.enumerated() {
          let sum = Self.sum(vectors, start, chosen)
          for lane in 0..<4 where sums[index].count < columns { sums[index].append(sum[lane]) }
        }
      }
    }
    return sums
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
}
