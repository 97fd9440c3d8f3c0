package import Agreement
import Storage

/// How many documents it takes until a figure's interval is as narrow as wished.
package struct FigureSize {
  package let key: Figure.Key
  /// Nil for more than ``SampleSize/mostDocuments``.
  package let documents: Result<Int?, Interval.Absence>
}

/// A figure of two groups of documents, and whether they differ by more than chance.
package struct FigureDifference {
  package let key: Figure.Key
  /// The values of the first group and of the second, and their difference; or why one has none.
  package let result: Result<(first: Double, second: Double, difference: PermutationTest.Difference), Undefined>
}

extension FigureGroup {
  /// The figures of all annotators together, by index.
  private var ofAll: [Int] { keys.indices.filter { keys[$0].annotators == nil } }

  func sizes(_ search: SampleSize) -> [FigureSize] {
    guard let estimands, !ofAll.isEmpty else { return [] }
    let found = search.documents(of: estimands)
    return ofAll.map { FigureSize(key: keys[$0], documents: found[$0]) }
  }

  /// - Parameter first: the number of documents of the first group.
  func differences(_ test: PermutationTest, first: Int) -> [FigureDifference] {
    guard let estimands, !ofAll.isEmpty else { return [] }
    let found = test.unpaired(estimands, first: first)
    return ofAll.map { FigureDifference(key: keys[$0], result: found[$0]) }
  }
}

extension AgreementStudy {
  /// The differences between the first documents of this study and the others, in the order of units, labels and measures.
  package func differences(
    _ test: PermutationTest, first: Int, _ choice: AgreementFigures.Request
  ) -> [FigureDifference] {
    let ofLabels = [nil] + labels.indices.map { $0 as Int? }
    var groups: [FigureGroup] = []
    for coding in codings {
      for label in ofLabels { groups += self.groups(coding, label: label, choice.distance, choice.measures) }
    }
    for items in coded { groups += self.groups(items, choice.weighting, choice.measures) }
    groups += pairRows.indices.compactMap { group($0, choice.measures) }
    return InOrder.map(groups) { $0.differences(test, first: first) }.flatMap { $0 }
  }
}
