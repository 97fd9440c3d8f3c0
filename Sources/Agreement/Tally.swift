/// Counts of a study that add up over its documents and suffice for a family of measures.
///
/// Agreement of a corpus is a function of a sum over its documents. A tally is that sum: it is what a resample of
/// documents adds up again, what a part of a corpus that was counted elsewhere contributes, and all that must be kept
/// of a document once it is read.
public protocol Tally: Equatable, Sendable {
  /// The counts; all documents of a study have them in the same order.
  var counts: [Int] { get set }
}

/// The tallies of a study's documents.
public struct Tallies<Evidence: Tally>: Sendable {
  /// The sum over all documents.
  public private(set) var total: Evidence
  /// How many documents there are.
  public private(set) var documents = 0
  /// Columns of ``matrix``: counts that are not zero in every document, by their place in a tally.
  private(set) var columns: [Int]
  /// Documents × columns, row after row.
  private(set) var matrix: [Int] = []

  /// - Parameters:
  ///   - zero: a tally of no document.
  ///   - documents: each document's counts that are not zero, by place in the tally.
  init(_ zero: Evidence, documents: [[(place: Int, count: Int)]]) {
    total = zero
    self.documents = documents.count
    var isUsed = [Bool](repeating: false, count: zero.counts.count)
    for document in documents {
      for (place, count) in document {
        isUsed[place] = true
        total.counts[place] += count
      }
    }
    columns = isUsed.indices.filter { isUsed[$0] }
    var columnOf = [Int](repeating: 0, count: isUsed.count)
    for (column, place) in columns.enumerated() { columnOf[place] = column }
    matrix = [Int](repeating: 0, count: columns.count * documents.count)
    for (index, document) in documents.enumerated() {
      for (place, count) in document { matrix[index * columns.count + columnOf[place]] += count }
    }
  }

  /// - Parameter documents: each document's tally, of the same shape as *zero*, the tally of no document.
  public init(_ zero: Evidence, _ documents: [Evidence]) {
    self.init(
      zero,
      documents: documents.map { document in
        precondition(document.counts.count == zero.counts.count)
        return document.counts.enumerated().compactMap { $0.element == 0 ? nil : (place: $0.offset, count: $0.element) }
      })
  }

  /// The tally of one document.
  public subscript(document: Int) -> Evidence {
    tally(of: Array(matrix[document * columns.count..<(document + 1) * columns.count]))
  }

  /// The tally of all documents but one.
  public func total(without document: Int) -> Evidence {
    var tally = total
    for (column, place) in columns.enumerated() { tally.counts[place] -= matrix[document * columns.count + column] }
    return tally
  }

  /// A tally with these counts in the columns.
  func tally(of sums: [Int]) -> Evidence {
    var tally = total
    for (column, place) in columns.enumerated() { tally.counts[place] = sums[column] }
    return tally
  }
}
