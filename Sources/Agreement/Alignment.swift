/// The best one-to-one pairing of two annotators' units in a document.
///
/// Only units with a place in common are paired. Units that are equal in label and fragments are paired with each other
/// before any other. Of all such pairings it has the greatest credit by its criterion; among those, the most pairs; among
/// those, the greatest length in common. Among equals the choice depends neither on the order of the units nor on which
/// annotator comes first; only equal units are told apart by their order.
///
/// Source: Jonker and Volgenant, “A shortest augmenting path algorithm for dense and sparse linear assignment
/// problems”, *Computing* 38 (1987), pages 325–340.
public struct Alignment: Equatable, Sendable {
  /// A pair of units, one of each annotator.
  public struct Pair: Equatable, Sendable {
    /// The index of the first annotator's unit.
    public let first: Int
    /// The index of the second annotator's unit.
    public let second: Int
    /// Twice the credit: 2 for a correct pair, 1 for a partial one, 0 for an incorrect one.
    public let credit: Int
  }

  /// The pairs, in reading order of the first annotator's units.
  public let pairs: [Pair]
  /// The correct partner of each of the first annotator's units; nil if there is none.
  let partners: [Int?]
  /// The correct partner of each of the second annotator's units; nil if there is none.
  let partnersOfSecond: [Int?]

  /// Aligns two annotators' units by the credit that a criterion gives each pair.
  ///
  /// - Complexity: O(*n* log *n*) for units that overlap few others; up to O(*n*³) if all overlap all.
  public init(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], by criterion: SpanCriterion) {
    var pairs: [Pair] = []
    var (ours, theirs) = ([Int?](repeating: nil, count: first.count), [Int?](repeating: nil, count: second.count))
    Self.forEachPair(first, second, by: criterion) { pair in
      pairs.append(pair)
      guard pair.credit == 2 else { return }
      ours[pair.first] = pair.second
      theirs[pair.second] = pair.first
    }
    self.pairs = pairs
    partners = ours
    partnersOfSecond = theirs
  }

  /// - Throws: ``InvalidInput/noSuchUnit`` unless the alignment can be one of these units.
  func check(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit]) throws(Undefined) {
    guard partners.count == first.count, partnersOfSecond.count == second.count else {
      throw .invalid(.noSuchUnit)
    }
  }

  /// Calls *body* with each pair.
  static func forEachPair(
    _ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], by criterion: SpanCriterion, _ body: (Pair) -> Void
  ) {
    guard isSorted(first), isSorted(second) else {
      let (ours, theirs) = (byPlace(first), byPlace(second))
      return forEachPair(ours.map { first[$0] }, theirs.map { second[$0] }, by: criterion) { pair in
        body(Pair(first: ours[pair.first], second: theirs[pair.second], credit: pair.credit))
      }
    }
    if second.lexicographicallyPrecedes(first, by: { $0.precedes($1) }) {
      return forEachPairOfSorted(second, first, by: criterion) { pair in
        body(Pair(first: pair.second, second: pair.first, credit: pair.credit))
      }
    }
    forEachPairOfSorted(first, second, by: criterion, body)
  }

  private static func forEachPairOfSorted(
    _ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], by criterion: SpanCriterion, _ body: (Pair) -> Void
  ) {
    var (a, b) = (0, 0)
    // No unit crosses the ends of such a stretch, so each is paired by itself.
    while a < first.count, b < second.count {
      let (startA, startB) = (a, b)
      var end = min(first[a].hull.lowerBound, second[b].hull.lowerBound) + 1
      while true {
        if a < first.count, first[a].hull.lowerBound < end {
          end = max(end, first[a].hull.upperBound)
          a += 1
        } else if b < second.count, second[b].hull.lowerBound < end {
          end = max(end, second[b].hull.upperBound)
          b += 1
        } else {
          break
        }
      }
      if a - startA == 1, b - startB == 1 {
        if let pair = pair(first, second, startA, startB, criterion) { body(pair) }
      } else if a > startA, b > startB {
        pair(first[startA..<a], second[startB..<b], criterion, body)
      }
    }
  }

  private static func isSorted(_ units: [UnitizingStudy.Unit]) -> Bool {
    for index in units.indices.dropFirst() where units[index].precedes(units[index - 1]) { return false }
    return true
  }

  private static func byPlace(_ units: [UnitizingStudy.Unit]) -> [Int] {
    units.indices.sorted { units[$0].precedes(units[$1]) || !units[$1].precedes(units[$0]) && $0 < $1 }
  }

  private static func pair(
    _ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], _ one: Int, _ other: Int,
    _ criterion: SpanCriterion
  ) -> Pair? {
    let common = first[one].intersection(second[other])
    guard common > 0, let credit = criterion.credit(first[one], second[other], common: common) else { return nil }
    return Pair(first: one, second: other, credit: credit)
  }

  /// Pairs the units of a stretch, sorted by place.
  private static func pair(
    _ first: ArraySlice<UnitizingStudy.Unit>, _ second: ArraySlice<UnitizingStudy.Unit>, _ criterion: SpanCriterion,
    _ body: (Pair) -> Void
  ) {
    var furthest: [Int] = []
    for other in second { furthest.append(max(furthest.last ?? 0, other.hull.upperBound)) }
    var assignment = LinearAssignment(columns: second.count)
    for unit in first {
      var edges: [(column: Int, gain: LinearAssignment.Gain)] = []
      var column = firstIndex(of: furthest) { $0 > unit.hull.lowerBound }
      while column < second.count, second[second.startIndex + column].hull.lowerBound < unit.hull.upperBound {
        let other = second[second.startIndex + column]
        let common = unit.intersection(other)
        if common > 0, let credit = criterion.credit(unit, other, common: common) {
          let equal = unit == other ? 1 : 0
          edges.append((column, LinearAssignment.Gain(equal: equal, credit: credit, pairs: 1, common: common)))
        }
        column += 1
      }
      assignment.insert(edges)
    }
    for (row, found) in assignment.pairs.enumerated() {
      guard let (column, gain) = found else { continue }
      body(Pair(first: first.startIndex + row, second: second.startIndex + column, credit: gain.credit))
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
