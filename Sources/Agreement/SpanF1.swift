/// Which units count as the same.
public enum SpanMatching: Equatable, Sendable {
  /// The same fragments under the same label.
  case exact
  /// The same label, and an intersection over union of at least this share; at 0 any common place will do.
  case overlap(minimum: Double)
}

/// Units of two annotators that were paired one to one, and those that were not.
public struct SpanCounts: Equatable, Sendable {
  /// Pairs.
  public private(set) var matched = 0
  /// Units of the first annotator, the reference.
  public private(set) var reference = 0
  /// Units of the second annotator.
  public private(set) var response = 0
  /// Whether both have annotated a document.
  public private(set) var isShared = false

  public init() {}

  /// Counts added over documents: nothing is paired across their borders.
  ///
  /// - Precondition: the study has two annotators. Documents that only one of them annotated do not count.
  /// - Complexity: O(*n* log *n* + *overlaps*) for each document in practice.
  public init(_ study: UnitizingStudy, _ matching: SpanMatching) {
    precondition(study.annotators == 2)
    for continuum in study.continua {
      guard let first = continuum.units[0], let second = continuum.units[1] else { continue }
      isShared = true
      reference += first.count
      response += second.count
      switch matching {
      case .exact: matched += Self.equalUnits(first, second)
      case .overlap(let minimum): matched += Self.mostPairs(first, second, minimum: minimum)
      }
    }
  }

  /// Matched / response. Undefined where there is no response.
  public func precision() throws(Undefined) -> Coefficient { try share(matched, of: response) }

  /// Matched / reference. Undefined where there is no reference.
  public func recall() throws(Undefined) -> Coefficient { try share(matched, of: reference) }

  /// The harmonic mean of precision and recall, 2·matched / (reference + response); the same for either order of the
  /// annotators.
  ///
  /// - Throws: ``Undefined/noSpans`` where neither has a unit.
  public func f1() throws(Undefined) -> Coefficient { try share(2 * matched, of: reference + response) }

  private func share(_ part: Int, of whole: Int) throws(Undefined) -> Coefficient {
    guard isShared else { throw .noSharedDocument }
    guard whole > 0 else { throw .noSpans }
    return Coefficient(value: Double(part) / Double(whole), items: reference + response)
  }

  /// Equal units, each counted as often as both have it.
  private static func equalUnits(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit]) -> Int {
    var open: [UnitizingStudy.Unit: Int] = [:]
    for unit in first { open[unit, default: 0] += 1 }
    var matched = 0
    for unit in second {
      guard let left = open[unit], left > 0 else { continue }
      open[unit] = left - 1
      matched += 1
    }
    return matched
  }

  /// The most pairs that a one-to-one matching of overlapping units can have, by augmenting paths.
  private static func mostPairs(
    _ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], minimum: Double
  ) -> Int {
    let partners = partners(of: first, in: second, minimum: minimum)
    var firstOf = [Int](repeating: -1, count: second.count)
    var secondOf = [Int](repeating: -1, count: first.count)
    var seen = [Int](repeating: -1, count: second.count)
    var reachedFrom = [Int](repeating: -1, count: second.count)
    var matched = 0
    for root in first.indices {
      var queue = [root]
      var next = 0
      var end = -1
      search: while next < queue.count {
        let unit = queue[next]
        next += 1
        for partner in partners[unit] where seen[partner] != root {
          seen[partner] = root
          reachedFrom[partner] = unit
          if firstOf[partner] < 0 {
            end = partner
            break search
          }
          queue.append(firstOf[partner])
        }
      }
      guard end >= 0 else { continue }
      matched += 1
      while end >= 0 {
        let unit = reachedFrom[end]
        let before = secondOf[unit]
        firstOf[end] = unit
        secondOf[unit] = end
        end = unit == root ? -1 : before
      }
    }
    return matched
  }

  /// For each unit of the first annotator those of the second that may be its pair.
  private static func partners(
    of first: [UnitizingStudy.Unit], in second: [UnitizingStudy.Unit], minimum: Double
  ) -> [[Int]] {
    let order = second.indices.sorted { (second[$0].hull.lowerBound, $0) < (second[$1].hull.lowerBound, $1) }
    var furthest: [Int] = []
    for index in order { furthest.append(max(furthest.last ?? 0, second[index].hull.upperBound)) }
    func firstPlace(where reached: (Int) -> Bool) -> Int {
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        if reached(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first.map { unit in
      let from = firstPlace { furthest[$0] > unit.hull.lowerBound }
      let to = firstPlace { second[order[$0]].hull.lowerBound >= unit.hull.upperBound }
      guard from < to else { return [] }
      return order[from..<to].filter { index in
        let other = second[index]
        guard other.label == unit.label else { return false }
        let common = unit.intersection(other)
        return common > 0 && Double(common) >= minimum * Double(unit.length + other.length - common)
      }
    }
  }
}

/// The mean of F1 over all pairs of annotators that share a document.
///
/// - Parameters:
///   - annotators: how many there are.
///   - study: the two-annotator study of a pair, by their indices.
/// - Throws: ``Undefined/pair(_:_:_:)`` where a pair that shares documents has no spans at all.
public func meanSpanF1(
  annotators: Int, _ matching: SpanMatching, study: (Int, Int) -> UnitizingStudy
) throws(Undefined) -> Coefficient {
  try Coefficient.mean(overPairsOf: annotators) { (first, second) throws(Undefined) in
    let counts = SpanCounts(study(first, second), matching)
    return counts.isShared ? try counts.f1() : nil
  }
}

extension UnitizingStudy {
  /// The study of two annotators alone, on the documents that both annotated.
  public func pair(_ first: Int, _ second: Int) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: 2)
    for continuum in continua where continuum.units[first] != nil && continuum.units[second] != nil {
      study.append(Continuum(length: continuum.length, units: [continuum.units[first], continuum.units[second]]))
    }
    return study
  }
}
