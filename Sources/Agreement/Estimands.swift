/// Several values to be estimated from the same tallies, so that one pass of resamples serves all.
public struct Estimands: Sendable {
  let documents: Int
  /// The sum over all documents, by column.
  let total: [Int]
  let matrix: CountMatrix
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
    self.init(tallies, results: { tally in measures.map { $0(tally) } })
  }

  /// Creates estimands that are computed from a tally together.
  ///
  /// - Parameters:
  ///   - tallies: the tallies of the documents.
  ///   - results: from a tally, all values in the same order.
  @inlinable
  public init<Evidence: Tally>(
    _ tallies: Tallies<Evidence>, results: @escaping @Sendable (Evidence) -> [Result<Coefficient, Undefined>]
  ) {
    let counts = tallies.total.counts
    self.init(tallies.matrix, tallies.documents, total: tallies.columns.map { counts[$0] }) { sums in
      results(tallies.tally(of: sums)).map { $0.map(\.value) }
    }
  }

  @usableFromInline
  init(
    _ matrix: CountMatrix, _ documents: Int, total: [Int],
    _ values: @escaping @Sendable ([Int]) -> [Result<Double, Undefined>]
  ) {
    (self.matrix, self.documents, self.total, self.values) = (matrix, documents, total, values)
  }

  /// The sum over documents, each counted so many times.
  func sum(_ times: [Int]) -> [Int] {
    var sum = [Int](repeating: 0, count: total.count)
    for (document, count) in times.enumerated() where count > 0 { matrix.add(document, times: count, to: &sum) }
    return sum
  }

  /// The sum over all documents but one.
  func total(without document: Int) -> [Int] {
    var sum = total
    matrix.add(document, times: -1, to: &sum)
    return sum
  }
}
