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

  /// The rules of the guideline on labels, or on attributes if any are named.
  ///
  /// A rule is on a label if it names few others: what holds for all says little about one. It is on an attribute if its
  /// text names it.
  public func rules(on labels: [String], attributes: [String] = []) -> [Rule] {
    guideline.filter { rule in
      if !attributes.isEmpty {
        let words = Set(rule.text.lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init))
        return attributes.contains(where: words.contains)
      }
      return labels.allSatisfy { rule.labels.contains($0) } && rule.labels.count <= labels.count + 1
    }
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
