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
    public var isApart: Bool { counts[0] == 0 }
    /// Relations of both.
    public var relations: Int { counts[2] + counts[3] }
  }

  private let criterion: SpanCriterion

  /// - Parameter criterion: when ends are the same; a pair that does not count fully is none.
  public init(by criterion: SpanCriterion) { self.criterion = criterion }

  /// - Precondition: the study has two annotators.
  public func tallies(of study: RelationStudy) -> Tallies<Evidence> {
    precondition(study.annotators == 2)
    return Tallies(
      Evidence(),
      study.documents.map { layers in
        guard let first = layers[0], let second = layers[1] else { return Evidence() }
        let partners = Alignment(first.units, second.units, by: criterion).partners
        var open: [RelationStudy.Relation: Int] = [:]
        for relation in second.relations { open[relation, default: 0] += 1 }
        var matched = 0
        for relation in first.relations {
          guard let from = partners[relation.from], relation.to.map({ partners[$0] != nil }) ?? true else { continue }
          let meant = RelationStudy.Relation(
            type: relation.type, from: from, to: relation.to.flatMap { partners[$0] })
          guard let left = open[meant], left > 0 else { continue }
          open[meant] = left - 1
          matched += 1
        }
        return Evidence(counts: [1, matched, first.relations.count, second.relations.count])
      })
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    guard !tally.isApart else { throw .noSharedDocument }
    guard tally.relations > 0 else { throw .noRelations }
    return Coefficient(value: Double(2 * tally.counts[1]) / Double(tally.relations), items: tally.relations)
  }
}

extension Alignment {
  /// For each unit of the first annotator that has a correct partner, that partner.
  var partners: [Int: Int] {
    Dictionary(pairs.filter { $0.credit == 2 }.map { ($0.first, $0.second) }) { first, _ in first }
  }
}
