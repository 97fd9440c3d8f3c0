extension AnnotationSet {
  /// Whether two sets say the same about a document.
  ///
  /// Compared are the name of the scheme, the status, the spans (labels, fragments, attributes, notes), the relations
  /// between them, and what is said of the document. Ids, times, origins, declined spans and the position of the reader
  /// are not.
  public func isEqualInContent(to other: AnnotationSet) -> Bool {
    guard scheme.name == other.scheme.name, status == other.status, spans.count == other.spans.count,
      relations.count == other.relations.count, ofDocument == other.ofDocument
    else { return false }
    let (mine, theirs) = (contents, other.contents)
    guard mine.map(\.content) == theirs.map(\.content) else { return false }
    return ties(mine.map(\.id)) == other.ties(theirs.map(\.id))
  }

  private struct Content: Equatable {
    let label: String
    let fragments: [TextRange]
    let attributes: [[String]]
    let note: String
    let event: String
  }

  /// The spans sorted by content, which is unique in a set.
  private var contents: [(id: Int, content: Content)] {
    spans.map { span in
      let attributes = span.attributes.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
      return (
        span.id,
        Content(
          label: span.label, fragments: span.fragments, attributes: attributes, note: span.note, event: span.event ?? ""
        )
      )
    }.sorted { a, b in
      let (first, second) = (a.content, b.content)
      if first.fragments != second.fragments { return first.fragments.lexicographicallyPrecedes(second.fragments) }
      if first.label != second.label { return first.label < second.label }
      if first.event != second.event { return first.event < second.event }
      return first.attributes.lexicographicallyPrecedes(second.attributes) { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// The relations with their ends as positions in a list of ids.
  private func ties(_ ids: [Int]) -> [[String]] {
    let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, "\($0)") })
    return relations.map { relation in
      switch relation.to {
      case .span(let id): [relation.type, places[relation.from] ?? "", "to", places[id] ?? ""]
      case .absent(let words): [relation.type, places[relation.from] ?? "", "absent", words]
      }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
