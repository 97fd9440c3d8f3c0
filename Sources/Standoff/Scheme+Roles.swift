/// Labels by what they are for.
extension Scheme {
  /// The label for quotations: the one whose key alone selects a quotation.
  public var quotationLabel: Label? { labels.first { $0.selects == .quotation } }

  /// The label from which the relation `denies` leads.
  public var denialLabel: Label? {
    relation("denies").flatMap { relation in labels.first { relation.from.contains($0.name) } }
  }

  /// The label for reported content that denies nothing.
  public var claimLabel: Label? {
    labels.first { $0.kind == .content && $0.selects == .sentence && $0.name != denialLabel?.name }
  }

  /// The label of a kind to which a content label can be related, with the relation.
  public func part(_ kind: Label.Kind, of label: String) -> (label: Label, relation: RelationType)? {
    for relation in relations where relation.from.contains(label) {
      if let target = labels.first(where: { $0.kind == kind && relation.to.contains($0.name) }) {
        return (target, relation)
      }
    }
    return nil
  }
}
