/// A test of whether two groups of annotators, or two rounds, differ by more than chance.
///
/// Under the null hypothesis the labels of the groups (or rounds) are arbitrary, so they are reassigned at random many
/// times; p is the share of reassignments with a difference at least as great.
///
/// Source: Phipson and Smyth, “Permutation p-values should never be zero”, *Statistical Applications in Genetics and
/// Molecular Biology* 9 (2010), for p = (b + 1)/(n + 1).
public struct PermutationTest: Sendable {
  /// A difference, with its p-value.
  public struct Difference: Equatable, Sendable {
    /// The first value minus the second.
    public let difference: Double
    /// The two-sided p-value.
    public let p: Double
    /// The number of reassignments that p rests on.
    public let permutations: Int
    /// Whether these are all possible reassignments.
    public let isExact: Bool
  }

  /// The greatest number of random reassignments.
  public static let mostPermutations = 100_000_000

  /// The number of random reassignments.
  public let permutations: Int
  /// The seed of the draws.
  public let seed: UInt64

  /// Creates a test.
  ///
  /// - Parameters:
  ///   - permutations: the number of random reassignments, from 1 to ``mostPermutations``.
  ///   - seed: the seed of the draws.
  public init(permutations: Int = 10_000, seed: UInt64 = 1) {
    self.permutations = permutations
    self.seed = seed
  }

  /// The difference of two groups of annotators that coded the same documents: each document's two tallies are swapped
  /// or not.
  ///
  /// If there are no more than ``permutations`` of the 2ⁿ ways, all are tried. A reassignment without a value counts as
  /// a difference at least as great.
  ///
  /// The tallies are of the same shape and documents, such as those of ``CodingStudy/choosing(_:)`` of one study with
  /// equally many annotators.
  ///
  /// - Throws: ``Undefined`` if a group has no value, or the tallies do not belong together.
  public func paired<M: Measure>(
    _ measure: M, _ first: Tallies<M.Evidence>, _ second: Tallies<M.Evidence>
  ) throws(Undefined) -> Difference {
    try check(first, second)
    guard first.documents == second.documents else { throw .invalid(.differentTallies) }
    var changes: [[Int]] = []
    for document in 0..<first.documents {
      changes.append(zip(try second[document].counts, try first[document].counts).map { $0 - $1 })
    }
    let ways = first.documents < 30 && 1 << first.documents <= permutations ? 1 << first.documents : nil
    return try difference(measure, first.total, second.total, ways) { number, one, other in
      var generator = SeededGenerator(seed: seed, stream: number)
      var bits: UInt64 = 0
      for (document, change) in changes.enumerated() {
        if document % 64 == 0 { bits = ways == nil ? generator.next() : UInt64(number) }
        defer { bits >>= 1 }
        guard bits & 1 == 1 else { continue }
        for place in change.indices {
          one[place] += change[place]
          other[place] -= change[place]
        }
      }
    }
  }

  /// The difference of two rounds: all documents are divided anew into rounds of the same sizes.
  ///
  /// The tallies are of the same shape, such as those of ``CodingStudy/documents(_:)`` of one study, or of studies with
  /// equally many annotators and declared categories.
  ///
  /// - Throws: ``Undefined`` if a round has no value, or the tallies do not belong together.
  public func unpaired<M: Measure>(
    _ measure: M, _ first: Tallies<M.Evidence>, _ second: Tallies<M.Evidence>
  ) throws(Undefined) -> Difference {
    try check(first, second)
    // A round without documents has no value, and says why.
    _ = (try measure.coefficient(of: first.total), try measure.coefficient(of: second.total))
    var documents: [M.Evidence] = []
    for tallies in [first, second] {
      for document in 0..<tallies.documents { documents.append(try tallies[document]) }
    }
    let all = try Tallies(first.total, documents)
    return try unpaired(Estimands(all, [measure.result]), first: first.documents)[0].get().difference
  }

  /// The differences of two rounds for several measures of the documents of both: all are divided anew into rounds of the
  /// same sizes.
  ///
  /// - Parameters:
  ///   - estimands: of the documents of both rounds, the first round's before the second's.
  ///   - first: the number of documents of the first round.
  /// - Returns: for each measure the values of both rounds and their difference, or why one has none.
  public func unpaired(
    _ estimands: Estimands, first: Int
  ) -> [Result<(first: Double, second: Double, difference: Difference), Undefined>] {
    let documents = estimands.documents
    guard 1..<max(1, documents) ~= first, 1...Self.mostPermutations ~= permutations else {
      return estimands.values(estimands.total).map { _ in .failure(.invalid(.settingOutOfRange)) }
    }
    func values(_ ofFirst: [Int]) -> [(Result<Double, Undefined>, Result<Double, Undefined>)] {
      let rest = zip(estimands.total, ofFirst).map { $0 &- $1 }
      return Array(zip(estimands.values(ofFirst), estimands.values(rest)))
    }
    let observed = values(estimands.sum((0..<documents).map { $0 < first ? 1 : 0 }))
    var asGreat = [Int](repeating: 0, count: observed.count)
    for number in 0..<permutations {
      var generator = SeededGenerator(seed: seed, stream: number)
      var order = Array(0..<documents)
      var times = [Int](repeating: 0, count: documents)
      for place in 0..<first {
        order.swapAt(place, place + generator.index(below: documents - place))
        times[order[place]] = 1
      }
      for (place, (one, other)) in values(estimands.sum(times)).enumerated() {
        guard case .success(let ours) = observed[place].0, case .success(let theirs) = observed[place].1 else {
          continue
        }
        // Differences equal but for rounding count as equal; a dealing without a value as one at least as great.
        if let one = try? one.get(), let other = try? other.get(), abs(one - other) < abs(ours - theirs) - 1e-12 {
          continue
        }
        asGreat[place] += 1
      }
    }
    return observed.enumerated().map { place, values in
      values.0.flatMap { one in
        values.1.map { other in
          let p = (Double(asGreat[place]) + 1) / (Double(permutations) + 1)
          return (one, other, Difference(difference: one - other, p: p, permutations: permutations, isExact: false))
        }
      }
    }
  }

  /// - Throws: ``InvalidInput`` unless the tallies have equally many counts, and there is a permutation.
  private func check<Evidence>(_ first: Tallies<Evidence>, _ second: Tallies<Evidence>) throws(Undefined) {
    guard 1...Self.mostPermutations ~= permutations else { throw .invalid(.settingOutOfRange) }
    guard first.total.counts.count == second.total.counts.count else { throw .invalid(.differentTallies) }
  }

  /// - Parameters:
  ///   - ways: how many dealings there are, where all are to be tried.
  ///   - deal: changes the counts of the two groups to those of a dealing, by its number.
  private func difference<M: Measure>(
    _ measure: M, _ first: M.Evidence, _ second: M.Evidence, _ ways: Int?,
    _ deal: (Int, inout [Int], inout [Int]) -> Void
  ) throws(Undefined) -> Difference {
    let observed = try measure.coefficient(of: first).value - measure.coefficient(of: second).value
    var asGreat = 0
    for number in 0..<(ways ?? permutations) {
      var (one, other) = (first, second)
      deal(number, &one.counts, &other.counts)
      do throws(Undefined) {
        let dealt = try measure.coefficient(of: one).value - measure.coefficient(of: other).value
        // Differences equal but for rounding count as equal.
        if abs(dealt) >= abs(observed) - 1e-12 { asGreat += 1 }
      } catch {
        asGreat += 1
      }
    }
    let p = ways.map { Double(asGreat) / Double($0) } ?? (Double(asGreat) + 1) / (Double(permutations) + 1)
    return Difference(difference: observed, p: p, permutations: ways ?? permutations, isExact: ways != nil)
  }
}
