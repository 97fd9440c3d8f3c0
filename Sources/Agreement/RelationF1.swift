/// F1 of two annotators' relations: relations match if they have the same type and matching ends.
///
/// Units are first aligned one to one (see ``Alignment``); a relation then matches one of the same type between the
/// partners of its ends. An absent end matches an absent end.
///
///     F1 = 2 matched / (relations of the first + relations of the second)
///
/// Undefined if neither annotator has a relation.
public struct RelationF1: Measure {
  /// Counts of documents that both annotated, of matched relations, and of each annotator's relations.
  public struct Evidence: PoolableTally {
    public var counts = [0, 0, 0, 0]

    /// Creates the tally of no document.
    public init() {}
    public var isApart: Bool { counts.first ?? 0 == 0 }
    /// The number of relations of both annotators.
    public var relations: Int { counts.count > 3 ? counts[2] &+ counts[3] : 0 }
  }

  private let criterion: SpanCriterion
  private let type: Int?

  /// Creates the measure.
  ///
  /// - Parameters:
  ///   - criterion: the condition for ends to match; pairs with partial credit do not count.
  ///   - type: the type of relation, counted from 0; nil for all.
  public init(by criterion: SpanCriterion, type: Int? = nil) {
    self.criterion = criterion
    self.type = type
  }

  /// The counts of each document of a study of two annotators, with its units aligned.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: RelationStudy) throws(Undefined) -> Tallies<Evidence> {
    try study.checkPair()
    return try Tallies(Evidence(), study.documents) { (first, second) throws(Undefined) in
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
    var tally = Evidence()
    tally.counts[0] = 1
    let partners = alignment.partners
    var open: [RelationStudy.Relation: Int] = [:]
    for relation in second.relations where type == nil || relation.type == type {
      open[relation, default: 0] += 1
      tally.counts[3] += 1
    }
    for relation in first.relations where type == nil || relation.type == type {
      tally.counts[2] += 1
      guard let from = partners[relation.from], relation.to.map({ partners[$0] != nil }) ?? true else { continue }
      let meant = RelationStudy.Relation(type: relation.type, from: from, to: relation.to.flatMap { partners[$0] })
      guard let left = open[meant], left > 0 else { continue }
      open[meant] = left - 1
      tally.counts[1] += 1
    }
    return tally
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(4)
    guard !tally.isApart else { throw .noSharedDocument }
    guard tally.relations > 0 else { throw .noRelations }
    return Coefficient(value: Double(2 * tally.counts[1]) / Double(tally.relations), items: tally.relations)
  }
}
