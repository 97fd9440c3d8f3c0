/// Counts of a study that add up over its documents and suffice for a family of measures.
///
/// Agreement of a corpus is a function of a sum over its documents, and a tally is that sum. A resample of documents
/// adds tallies again, a part of a corpus counted elsewhere contributes its tally, and nothing else need be kept of a
/// document once it is read.
public protocol Tally: Equatable, Sendable {
  /// The counts, in the same order for all documents of a study.
  var counts: [Int] { get set }

  /// Takes other counts in place of its own.
  mutating func replaceCounts(with counts: ArraySlice<Int>)
}

extension Tally {
  public mutating func replaceCounts(with counts: ArraySlice<Int>) { self.counts = Array(counts) }

  /// The bits that a count of a study takes at most.
  static var mostBits: Int { 54 }

  /// - Parameters:
  ///   - width: the number of counts that there have to be.
  ///   - bits: the bits that any count of a study takes.
  /// - Throws: ``InvalidInput/differentTallies``, ``InvalidInput/tooLarge``.
  func check(_ width: Int, bits: Int = Self.mostBits) throws(Undefined) {
    let counts = counts
    guard counts.count == width else { throw .invalid(.differentTallies) }
    var all: UInt = 0
    for count in counts { all |= count.magnitude }
    guard all >> bits == 0 else { throw .invalid(.tooLarge) }
  }
}

/// The tallies of a study's documents.
public struct Tallies<Evidence: Tally>: Sendable {
  /// The sum over all documents.
  public private(set) var total: Evidence
  /// How many documents there are.
  public let documents: Int
  /// The counts that are not zero in every document, by position in a tally: the columns of ``matrix``.
  @usableFromInline let columns: [Int]
  /// Documents × columns.
  @usableFromInline let matrix: CountMatrix

  /// - Parameters:
  ///   - zero: the tally of no document.
  ///   - all: documents × counts of a tally, row after row.
  init(_ zero: Evidence, matrix all: [Int], documents: Int) {
    let width = zero.counts.count
    var isUsed = [Bool](repeating: false, count: width)
    for start in stride(from: 0, to: all.count, by: max(1, width)) {
      for place in 0..<width where all[start + place] != 0 { isUsed[place] = true }
    }
    let columns = isUsed.indices.filter { isUsed[$0] }
    var builder = CountMatrix.Builder(columns: columns.count)
    for document in 0..<documents {
      for (column, place) in columns.enumerated() where all[document * width + place] != 0 {
        builder.append(all[document * width + place], at: column)
      }
      builder.endDocument()
    }
    self.init(zero, columns: columns, builder.finished(), documents: documents)
  }

  /// - Parameters:
  ///   - zero: the tally of no document.
  ///   - columns: the places of the counts that may not be zero, ascending.
  ///   - matrix: documents × columns.
  init(_ zero: Evidence, columns: [Int], _ matrix: CountMatrix, documents: Int) {
    (total, self.columns, self.matrix, self.documents) = (zero, columns, matrix, documents)
    var sums = [Int](repeating: 0, count: columns.count)
    for document in 0..<documents { matrix.add(document, times: 1, to: &sums) }
    var counts = [Int](repeating: 0, count: zero.counts.count)
    for (column, place) in columns.enumerated() { counts[place] = sums[column] }
    total.counts = counts
  }

  /// Creates tallies.
  ///
  /// - Parameters:
  ///   - zero: the tally of no document.
  ///   - documents: the tally of each document, with as many counts.
  /// - Throws: ``InvalidInput`` where one has another number of counts, or their sums are too large.
  public init(_ zero: Evidence, _ documents: [Evidence]) throws(Undefined) {
    let width = zero.counts.count
    var rows: [Int] = []
    rows.reserveCapacity(width * documents.count)
    for document in documents {
      let counts = document.counts
      guard counts.count == width else { throw .invalid(.differentTallies) }
      rows.append(contentsOf: counts)
    }
    try self.init(zero, rows: rows, documents: documents.count)
  }

  /// Creates tallies.
  ///
  /// - Parameters:
  ///   - zero: the tally of no document.
  ///   - rows: documents × counts of a tally, row after row.
  ///   - documents: the number of documents.
  /// - Throws: ``InvalidInput`` where there is another number of counts, or their sums are too large.
  public init(_ zero: Evidence, rows: [Int], documents: Int) throws(Undefined) {
    let size = zero.counts.count.multipliedReportingOverflow(by: documents)
    guard documents >= 0, !size.overflow, rows.count == size.partialValue else { throw .invalid(.differentTallies) }
    var largest: UInt = 0
    for count in rows { largest = max(largest, count.magnitude) }
    let (sum, isTooLarge) = largest.multipliedReportingOverflow(by: UInt(max(1, documents)))
    guard !isTooLarge, sum <= UInt(Int.max) else { throw .invalid(.tooLarge) }
    self.init(zero, matrix: rows, documents: documents)
  }

  /// Creates tallies of documents with two annotators' layers; a document that one did not annotate counts nothing.
  init<Layer>(
    _ zero: Evidence, _ documents: [[Layer?]], _ tally: (Layer, Layer) throws(Undefined) -> Evidence
  ) throws(Undefined) {
    var tallies: [Evidence] = []
    for layers in documents {
      if let first = layers[0], let second = layers[1] {
        tallies.append(try tally(first, second))
      } else {
        tallies.append(zero)
      }
    }
    try self.init(zero, tallies)
  }

  /// The tally of one document, by index.
  ///
  /// - Throws: ``InvalidInput/noSuchDocument``.
  public subscript(document: Int) -> Evidence {
    get throws(Undefined) {
      guard 0..<documents ~= document else { throw .invalid(.noSuchDocument) }
      return tally(of: matrix.row(document))
    }
  }

  /// The tally of all documents but one.
  ///
  /// - Throws: ``InvalidInput/noSuchDocument``.
  public func total(without document: Int) throws(Undefined) -> Evidence {
    guard 0..<documents ~= document else { throw .invalid(.noSuchDocument) }
    let counts = total.counts
    var sums = columns.map { counts[$0] }
    matrix.add(document, times: -1, to: &sums)
    return tally(of: sums)
  }

  /// The tally with these counts in the columns.
  @inlinable
  func tally(of sums: [Int]) -> Evidence {
    var tally = total
    guard columns.count < tally.counts.count else {
      tally.counts = sums
      return tally
    }
    var counts = tally.counts
    for column in columns.indices { counts[columns[column]] = sums[column] }
    tally.counts = counts
    return tally
  }
}
