/// Krippendorff's nominal alpha of two annotators' relations between units that both marked.
///
/// The items are the ordered pairs of different aligned units whose labels some type may relate. The value is the set
/// of types that an annotator drew between the two units: the empty set if none, one value for all sets of three or
/// more. Units that only one annotator marked, and relations to absent ends, do not count.
///
/// Undefined as ``KrippendorffAlpha`` is.
public struct RelationAlpha: Measure {
  /// Counts of documents that both annotated, of items, of disagreeing items, and of the use of each set of types.
  public struct Evidence: PairTally {
    public var counts: [Int]
    public var isApart: Bool { counts.first ?? 0 == 0 }
    /// The number of ordered pairs of aligned units that may be related.
    public var items: Int { counts.count > 1 ? counts[1] : 0 }
  }

  /// A rule that a type of relation may lead from units of one label to units of another.
  public struct Permission: Hashable, Sendable {
    /// The type of relation, counted from 0.
    public let type: Int
    /// The label at the start, counted from 0.
    public let from: Int
    /// The label at the end, counted from 0.
    public let to: Int

    /// Creates a rule.
    public init(type: Int, from: Int, to: Int) {
      self.type = type
      self.from = from
      self.to = to
    }
  }

  private let criterion: SpanCriterion
  private let permitted: Set<Permission>
  /// The pairs of labels that some type may relate.
  private let mayRelate: Set<LabelPair>
  /// The position of the count of each set of types, the empty set first.
  private let places: [Set<Int>: Int]

  /// Creates the measure.
  ///
  /// - Parameters:
  ///   - criterion: the condition for units to match; pairs with partial credit do not count.
  ///   - permitted: the relations that may be drawn; others do not count.
  public init(by criterion: SpanCriterion, permitted: Set<Permission>) {
    self.criterion = criterion
    self.permitted = permitted
    mayRelate = Set(permitted.map { LabelPair(from: $0.from, to: $0.to) })
    places = Self.places(permitted)
  }

  /// The tally of no document.
  public var zero: Evidence { Evidence(counts: [Int](repeating: 0, count: 4 + places.count)) }

  /// The counts of each document of a study of two annotators, with its units aligned.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  /// - Complexity: linear in units and relations, although the items are pairs of units.
  public func tallies(of study: RelationStudy) throws(Undefined) -> Tallies<Evidence> {
    try study.checkPair()
    return try Tallies(zero, study.documents) { (first, second) throws(Undefined) in
      try tally(first, second, Alignment(first.units, second.units, by: criterion))
    }
  }

  /// The counts of one document, with its units aligned.
  ///
  /// - Throws: what is wrong with a layer; ``InvalidInput/noSuchUnit`` if the alignment is not one of these layers.
  public func tally(
    _ first: RelationStudy.Layer, _ second: RelationStudy.Layer, _ alignment: Alignment
  ) throws(Undefined) -> Evidence {
    if let fault = first.fault ?? second.fault { throw .invalid(fault) }
    try alignment.check(first.units, second.units)
    var tally = zero
    let aligned = Aligned(first, second, permitted, mayRelate, alignment)
    tally.counts[0] = 1
    tally.counts[1] = aligned.items
    tally.counts[3] = 2 * (aligned.items - aligned.values.count)
    for (ours, theirs) in aligned.values {
      let values = [ours, theirs].map { places[$0] ?? 3 + places.count }
      if values[0] != values[1] { tally.counts[2] += 1 }
      for value in values { tally.counts[value] += 1 }
    }
    return tally
  }

  /// The position of the count of each possible set of up to two types, the empty set first.
  private static func places(_ permitted: Set<Permission>) -> [Set<Int>: Int] {
    var types: [[Int]: [Int]] = [:]
    for permission in permitted { types[[permission.from, permission.to], default: []].append(permission.type) }
    var sets: Set<[Int]> = [[]]
    for choice in Set(types.values.map { $0.sorted() }) {
      for (index, type) in choice.enumerated() {
        sets.insert([type])
        for other in choice.dropFirst(index + 1) { sets.insert([type, other]) }
      }
    }
    let sorted = sets.sorted { ($0.count, $0.description) < ($1.count, $1.description) }
    return Dictionary(sorted.enumerated().map { (Set($1), 3 + $0) }) { first, _ in first }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(4 + places.count)
    let items = tally.items
    guard items > 0 else { throw .noPairableItems }
    let n = 2 * items
    let unequal = tally.counts.dropFirst(3).reduce(Int128(0)) { $0 + Int128($1) * Int128(n - $1) }
    guard unequal > 0 else { throw .oneCategory }
    let observed = Double(tally.counts[2]) / Double(items)
    let expected = unequal.nearest / (Double(n) * Double(n - 1))
    return Coefficient(value: 1 - observed / expected, items: items, observed: observed, expected: expected)
  }
}

/// The labels of two units.
private struct LabelPair: Hashable { let from, to: Int }

/// The aligned pairs of units of a document that may be related, and the relations that two annotators drew between
/// them.
private struct Aligned {
  private(set) var items = 0
  /// Both annotators' sets of types, in an order that depends on the units alone.
  private(set) var values: [(Set<Int>, Set<Int>)] = []

  init(
    _ first: RelationStudy.Layer, _ second: RelationStudy.Layer, _ permitted: Set<RelationAlpha.Permission>,
    _ mayRelate: Set<LabelPair>, _ alignment: Alignment
  ) {
    struct Ends: Hashable { let from, to: Int }
    let partners = alignment.partners
    // The number of aligned units of each label.
    var unitsOf = [Int](repeating: 0, count: first.units.reduce(0) { max($0, $1.label + 1) })
    for place in first.units.indices where partners[place] != nil { unitsOf[first.units[place].label] += 1 }
    func units(_ label: Int) -> Int { unitsOf.indices ~= label ? unitsOf[label] : 0 }
    for ends in mayRelate { items += units(ends.from) * (units(ends.to) - (ends.from == ends.to ? 1 : 0)) }
    var types: [Ends: (Set<Int>, Set<Int>)] = [:]
    func note(_ relation: RelationStudy.Relation, _ change: (inout (Set<Int>, Set<Int>)) -> Void) {
      guard let to = relation.to, to != relation.from, partners[relation.from] != nil, partners[to] != nil else {
        return
      }
      let permission = RelationAlpha.Permission(
        type: relation.type, from: first.units[relation.from].label, to: first.units[to].label)
      guard permitted.contains(permission) else { return }
      change(&types[Ends(from: relation.from, to: to), default: ([], [])])
    }
    for relation in first.relations { note(relation) { $0.0.insert(relation.type) } }
    for relation in second.relations {
      guard let from = alignment.partnersOfSecond[relation.from],
        let to = relation.to.flatMap({ alignment.partnersOfSecond[$0] })
      else { continue }
      note(RelationStudy.Relation(type: relation.type, from: from, to: to)) { $0.1.insert(relation.type) }
    }
    values = types.sorted { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }.map(\.value)
  }
}
