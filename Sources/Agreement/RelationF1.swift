/// F1 of two annotators' relations: those of one type whose ends are the same, or overlap.
///
/// Units are aligned one to one first, see ``Alignment``; then a relation is matched by one of the same type between the
/// partners of its ends. An absent end matches an absent end.
///
///     F1 = 2 matched / (relations of the first + relations of the second)
///
/// Undefined where neither has a relation.
public struct RelationF1: Measure {
  /// Documents that both have annotated, matched relations, and those of either.
  public struct Evidence: PairTally {
    public var counts = [0, 0, 0, 0]

    public init() {}
    public var isApart: Bool { counts[0] == 0 }
    /// Relations of both.
    public var relations: Int { counts[2] + counts[3] }
  }

  private let criterion: SpanCriterion
  private let type: Int?

  /// - Parameters:
  ///   - criterion: when ends are the same; a pair that does not count fully is none.
  ///   - type: of relations; nil for all.
  public init(by criterion: SpanCriterion, type: Int? = nil) {
    self.criterion = criterion
    self.type = type
  }

  /// - Precondition: the study has two annotators.
  public func tallies(of study: RelationStudy) -> Tallies<Evidence> {
    precondition(study.annotators == 2)
    return Tallies(
      Evidence(),
      study.documents.map { layers in
        guard let first = layers[0], let second = layers[1] else { return Evidence() }
        return tally(first, second, Alignment(first.units, second.units, by: criterion))
      })
  }

  /// The counts of one document, with its units aligned.
  public func tally(
    _ first: RelationStudy.Layer, _ second: RelationStudy.Layer, _ alignment: Alignment
  ) -> Evidence {
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
    guard !tally.isApart else { throw .noSharedDocument }
    guard tally.relations > 0 else { throw .noRelations }
    return Coefficient(value: Double(2 * tally.counts[1]) / Double(tally.relations), items: tally.relations)
  }
}
