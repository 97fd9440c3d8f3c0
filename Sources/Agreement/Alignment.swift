/// The best one-to-one pairing of two annotators' units in a document.
///
/// Of all pairings of units that have a place in common it has the greatest credit by its criterion; among those the most
/// pairs; among those the greatest length in common.
///
/// Source of the method: Jonker and Volgenant, “A shortest augmenting path algorithm for dense and sparse linear
/// assignment problems”, *Computing* 38 (1987), pages 325–340.
public struct Alignment: Equatable, Sendable {
  /// A unit of either annotator, by its index.
  public struct Pair: Equatable, Sendable {
    public let first: Int
    public let second: Int
    /// Twice the credit: 2 for a correct pair, 1 for one that counts by half, 0 for an incorrect one.
    let credit: Int
  }

  /// In the order of the first annotator's units by place.
  public private(set) var pairs: [Pair] = []

  /// - Complexity: O(*n* log *n*) for units that overlap few others; up to O(*n*³) where all overlap all.
  public init(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], by criterion: SpanCriterion) {
    let (ours, theirs) = (Self.byPlace(first), Self.byPlace(second))
    var (a, b) = (0, 0)
    // Stretches that no unit leaves are paired each for itself.
    while a < ours.count, b < theirs.count {
      let (startA, startB) = (a, b)
      var end = min(first[ours[a]].hull.lowerBound, second[theirs[b]].hull.lowerBound) + 1
      while true {
        if a < ours.count, first[ours[a]].hull.lowerBound < end {
          end = max(end, first[ours[a]].hull.upperBound)
          a += 1
        } else if b < theirs.count, second[theirs[b]].hull.lowerBound < end {
          end = max(end, second[theirs[b]].hull.upperBound)
          b += 1
        } else {
          break
        }
      }
      if a - startA == 1, b - startB == 1 {
        pair(first, second, ours[startA], theirs[startB], criterion)
      } else if a > startA, b > startB {
        pair(first, second, Array(ours[startA..<a]), Array(theirs[startB..<b]), criterion)
      }
    }
  }

  private static func byPlace(_ units: [UnitizingStudy.Unit]) -> [Int] {
    let isSorted = zip(units, units.dropFirst()).allSatisfy { $0.hull.lowerBound <= $1.hull.lowerBound }
    if isSorted { return Array(units.indices) }
    return units.indices.sorted { (units[$0].hull.lowerBound, $0) < (units[$1].hull.lowerBound, $1) }
  }

  private mutating func pair(
    _ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], _ one: Int, _ other: Int,
    _ criterion: SpanCriterion
  ) {
    let common = first[one].intersection(second[other])
    guard common > 0, let credit = criterion.credit(first[one], second[other], common: common) else { return }
    pairs.append(Pair(first: one, second: other, credit: credit))
  }

  /// Pairs the units of a stretch, given by index and sorted by place.
  private mutating func pair(
    _ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], _ ours: [Int], _ theirs: [Int],
    _ criterion: SpanCriterion
  ) {
    var furthest: [Int] = []
    for other in theirs { furthest.append(max(furthest.last ?? 0, second[other].hull.upperBound)) }
    var assignment = Assignment(columns: theirs.count)
    for one in ours {
      let unit = first[one]
      var edges: [(column: Int, gain: Assignment.Gain)] = []
      var column = Self.firstIndex(of: furthest) { $0 > unit.hull.lowerBound }
      while column < theirs.count, second[theirs[column]].hull.lowerBound < unit.hull.upperBound {
        let other = second[theirs[column]]
        let common = unit.intersection(other)
        if common > 0, let credit = criterion.credit(unit, other, common: common) {
          edges.append((column, Assignment.Gain(credit: credit, pairs: 1, common: common)))
        }
        column += 1
      }
      assignment.insert(edges)
    }
    for (row, column) in assignment.columns.enumerated() {
      guard let column else { continue }
      pair(first, second, ours[row], theirs[column], criterion)
    }
  }

  /// The first index from which on a condition holds.
  private static func firstIndex(of values: [Int], where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(values[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
