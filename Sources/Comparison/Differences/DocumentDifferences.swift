package import Standoff

/// One document with the annotators who count, and their disagreements.
package struct DocumentDifferences {
  package let document: Document
  package let scheme: Scheme
  package let alignment: DocumentAlignment
  /// All disagreements, in reading order.
  package let all: [Disagreement]
  /// The disagreements to show.
  package let shown: [Disagreement]

  package var annotators: [String] { alignment.layers.map(\.annotator) }
}
