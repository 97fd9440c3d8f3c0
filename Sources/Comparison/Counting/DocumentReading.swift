import Agreement
package import Interchange
package import Pages
import Standoff
import Storage

/// What counting found in one document.
package struct DocumentReading: Sendable {
  package let document: String
  /// The annotators whose files count, by name.
  package var annotators: [String] = []
  package var omissions: [Omission] = []
  /// The names of the schemes of the files that count.
  package var schemes: Set<String> = []
  /// The versions of the scheme with which the files that count were started.
  package var versions: Set<String> = []
  package var suggestedLeftOut = 0
  /// Nil if fewer than two annotators count.
  package var contribution: DocumentContribution?

  package init(_ document: String) { self.document = document }

  /// Counts a document.
  ///
  /// - Throws: if spans do not fit the text.
  package init(
    _ counted: CountedAnnotations, _ plan: CountingPlan, bySentence: Bool = false
  ) throws(Complaint) {
    document = counted.document.id
    let files = counted.files
    omissions = counted.omissions
    annotators = files.map(\.annotator)
    schemes = Set(files.map(\.set.scheme.name))
    versions = Set(files.map(\.set.schemeVersion))
    guard files.count > 1, schemes == [plan.scheme?.name] else { return }
    var spans = files.map(\.spans)
    if plan.choice.withoutSuggested {
      let removed = Self.suggested(files.map(\.set))
      suggestedLeftOut = removed.reduce(0) { $0 + $1.count }
      spans = zip(spans, removed).map { spans, removed in spans.filter { !removed.contains($0.id) } }
    }
    var columns: [ItemsAndUnits.AnnotatorColumn] = []
    for (place, annotator) in plan.annotators.enumerated() {
      guard let index = files.firstIndex(where: { $0.annotator == annotator }) else { continue }
      let set = files[index].set
      columns.append(
        ItemsAndUnits.AnnotatorColumn(
          annotator: place, spans: spans[index], labels: plan.labels,
          attributes: !plan.alignsSpans ? [:] : plan.lists.counted(set, in: counted.document),
          relations: set.relations, ofDocument: set.ofDocument.attributes, limit: files[index].limit))
    }
    if plan.choice.gamma != nil, columns.count > DocumentAlignment.mostAnnotators {
      throw DocumentAlignment.tooMany(columns.count)
    }
    let compared = ItemsAndUnits(
      document: counted.document, labels: plan.labels, columns: columns, leftOut: counted.leftOut,
      hasWords: !plan.rows.isEmpty || plan.choice.units.contains(.word))
    do throws(Undefined) {
      contribution = try DocumentContribution(compared, plan, bySentence: bySentence)
    } catch {
      throw Complaint(
        "The spans of “\(document)” do not fit its text, so they cannot be compared.",
        "“gainsay check \(document)” says where.")
    }
  }

  /// Counts a document whose annotations came with it.
  ///
  /// - Throws: if spans do not fit the text.
  package init(_ grouped: GroupedDocument, _ plan: CountingPlan) throws(Complaint) {
    let sets = plan.annotators.compactMap { name -> AnnotationSet? in
      let found = grouped.annotators.first { $0.set.annotator == name }
      // The adjudicated version belongs to every round.
      guard let round = plan.choice.round, name != "gold" else { return found?.set }
      return found.flatMap { $0.rounds.contains(round) ? $0.set : nil }
    }
    try self.init(CountedAnnotations(of: grouped.document, sets, plan.rule()), plan)
  }

  /// The part of this reading that a narrower request needs.
  package func choosing(_ choice: CountingRequest, of plan: CountingPlan) -> DocumentReading {
    var narrow = self
    narrow.contribution?.choose(choice, of: plan)
    return narrow
  }

  /// For each annotator of a document, the ids of the spans accepted from suggestions, and of those aligned with such a
  /// span of another annotator.
  private static func suggested(_ sets: [AnnotationSet]) -> [Set<Int>] {
    var removed = sets.map { set in Set(set.spans.filter { $0.origin["suggestedBy"] != nil }.map(\.id)) }
    // Spans aligned with a removed one are removed as well, so that nobody seems to have missed it.
    var isGrowing = true
    while isGrowing {
      let before = removed
      for first in sets.indices {
        for second in sets.indices where second > first {
          for (one, other) in aligned(sets[first], sets[second])
          where removed[first].contains(one) || removed[second].contains(other) {
            removed[first].insert(one)
            removed[second].insert(other)
          }
        }
      }
      isGrowing = removed != before
    }
    return removed
  }

  /// The ids of best-aligned spans, with the same label where possible.
  private static func aligned(_ first: AnnotationSet, _ second: AnnotationSet) -> [(Int, Int)] {
    let units = [first, second].map { set in set.spans.map { $0.unit(in: set.scheme) } }
    return Alignment(units[0], units[1], by: .type).pairs.map {
      (first.spans[$0.first].id, second.spans[$0.second].id)
    }
  }
}
