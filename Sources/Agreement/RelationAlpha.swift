/// Nominal alpha of two annotators' relations between the units that both have marked.
///
/// The items are the ordered pairs of different aligned units whose labels some type may relate; the value is the set of
/// types that an annotator has drawn between the two, the empty set where there is none; sets of three types and more
/// are one value. What was marked by one annotator
/// alone is a disagreement about units and counts here for nothing, nor do relations to absent ends.
///
/// Undefined as ``KrippendorffAlpha`` is.
public struct RelationAlpha: Measure {
  /// Documents that both have annotated, items and disagreeing ones, then how often each set of types is a value.
  public struct Evidence: PairTally {
    public var counts: [Int]
    public var isApart: Bool { counts[0] == 0 }
    /// Pairs of aligned units that may be related.
    public var items: Int { counts[1] }
  }

  /// That a type of relation may lead from units of a label to units of a label.
  public struct Permission: Hashable, Sendable {
    public let type: Int
    public let from: Int
    public let to: Int

    public init(type: Int, from: Int, to: Int) {
      self.type = type
      self.from = from
      self.to = to
    }
  }

  private let criterion: SpanCriterion
  private let permitted: Set<Permission>
  /// The labels that some type may relate.
  private let mayRelate: Set<LabelPair>
  /// Where the count of each set of types stands, the empty set first.
  private let places: [Set<Int>: Int]

  /// - Parameters:
  ///   - criterion: when units are the same; a pair that does not count fully is none.
  ///   - permitted: which labels which types may relate; other relations are left out.
  public init(by criterion: SpanCriterion, permitted: Set<Permission>) {
    self.criterion = criterion
    self.permitted = permitted
    mayRelate = Set(permitted.map { LabelPair(from: $0.from, to: $0.to) })
    places = Self.places(permitted)
  }

  /// The tally of no document.
  public var zero: Evidence { Evidence(counts: [Int](repeating: 0, count: 4 + places.count)) }

  /// - Precondition: the study has two annotators.
  /// - Complexity: linear in units and relations, although the items are pairs of units.
  public func tallies(of study: RelationStudy) -> Tallies<Evidence> {
    precondition(study.annotators == 2)
    return Tallies(
      zero,
      study.documents.map { layers in
        guard let first = layers[0], let second = layers[1] else { return zero }
        return tally(first, second, Alignment(first.units, second.units, by: criterion))
      })
  }

  /// The counts of one document, with its units aligned.
  public func tally(
    _ first: RelationStudy.Layer, _ second: RelationStudy.Layer, _ alignment: Alignment
  ) -> Evidence {
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

  /// Where the count of each set of up to two types stands that may join two units, the empty set first.
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
    let items = tally.items
    guard items > 0 else { throw .noPairableItems }
    let n = 2 * items
    let unequal = tally.counts.dropFirst(3).reduce(0) { $0 + $1 * (n - $1) }
    guard unequal > 0 else { throw .oneCategory }
    let observed = Double(tally.counts[2]) / Double(items)
    let expected = Double(unequal) / (Double(n) * Double(n - 1))
    return Coefficient(value: 1 - observed / expected, items: items, observed: observed, expected: expected)
  }
}

/// The labels of two units.
private struct LabelPair: Hashable { let from, to: Int }

/// The pairs of aligned units of a document that may be related, and what two annotators say of those that one has related.
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
    var unitsOf: [Int: Int] = [:]
    for (unit, partner) in zip(first.units, partners) where partner != nil { unitsOf[unit.label, default: 0] += 1 }
    for ends in mayRelate {
      let from = unitsOf[ends.from] ?? 0
      items += from * ((unitsOf[ends.to] ?? 0) - (ends.from == ends.to ? 1 : 0))
    }
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
