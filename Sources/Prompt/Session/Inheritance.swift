import Comparison
import Pages
import Standoff

/// What a span takes over from another by itself: a denial the matter of what it denies; a quote and the claim or denial
/// that it lies over source, cue and matter from each other.
extension Session {
  /// Gives a span in a draft what it takes over and the line does not give.
  ///
  /// - Returns: a sentence for each span from which something is taken.
  func takeOver(_ id: Int, _ chain: ChainSyntax, in draft: inout EditDraft) throws(Complaint) -> [String] {
    guard let span = draft.set.span(id), scheme.label(span.label)?.kind == .content else { return [] }
    let companions = set.span(id) == nil ? companions(of: span, in: draft.set) : []
    var taken: [(donor: Annotation, what: String)] = []
    let given = chain.steps.count { $0.sign == "<" }
    for (place, kind) in [Scheme.Label.Kind.source, .cue].enumerated() where place >= given {
      guard let type = scheme.part(kind, of: span.label)?.relation.name,
        !draft.set.relations.contains(where: { $0.from == id && $0.type == type }),
        let (donor, part) = only(companions.compactMap { part(of: $0, type, draft.set) }),
        let words = draft.set.span(part), !words.fragments.contains(where: span.covers)
      else { continue }
      try draft.relate(type, id, to: .span(part))
      taken.append((donor, kind.rawValue))
    }
    if span.attributes["about"] == nil, scheme.attributes(of: span.label).contains(where: { $0.name == "about" }),
      !chain.attributes.contains(where: { $0.name == "about" })
    {
      let denied = denied(by: id, newIn: draft.set)
      let donors = (denied.isEmpty ? companions : denied).compactMap { donor in
        donor.attributes["about"].map { (donor, $0) }
      }
      if let (donor, matter) = only(donors) {
        try draft.change(id) { $0.attributes["about"] = matter }
        taken.append((donor, "about"))
      }
    }
    var donors: [Annotation] = []
    for (donor, _) in taken where !donors.contains(donor) { donors.append(donor) }
    return donors.map { donor in
      let what = Complaint.list(taken.filter { $0.donor == donor }.map(\.what))
      return "Taken over from \(donor.label) \(donor.id): \(what)."
    }
  }

  /// The quotes on a claim or denial, or the claims and denials under a quote: the narrowest around it, else those in it.
  private func companions(of span: Annotation, in set: AnnotationSet) -> [Annotation] {
    guard let quotation = scheme.quotationLabel?.name else { return [] }
    let others = set.spans.filter { other in
      other.id != span.id && scheme.label(other.label)?.kind == .content
        && (other.label == quotation) != (span.label == quotation)
    }
    let around = others.filter { $0.hull.contains(span.hull) }
    if let narrowest = around.map(\.hull.count).min() { return around.filter { $0.hull.count == narrowest } }
    return others.filter { span.hull.contains($0.hull) }
  }

  /// The spans that a span denies in a draft and did not deny before.
  private func denied(by id: Int, newIn draft: AnnotationSet) -> [Annotation] {
    draft.relations.compactMap { relation in
      guard relation.from == id, relation.type == "denies", set.relation(relation.id) == nil,
        case .span(let target) = relation.to
      else { return nil }
      return draft.span(target)
    }
  }

  private func part(of span: Annotation, _ type: String, _ set: AnnotationSet) -> (donor: Annotation, Int)? {
    let parts = set.relations.filter { $0.from == span.id && $0.type == type }
    if parts.count == 1, case .span(let part) = parts[0].to { return (span, part) }
    return nil
  }

  /// The first of several, if all give the same.
  private func only<Value: Equatable>(_ given: [(donor: Annotation, Value)]) -> (donor: Annotation, Value)? {
    guard let first = given.first, given.allSatisfy({ $0.1 == first.1 }) else { return nil }
    return first
  }
}
