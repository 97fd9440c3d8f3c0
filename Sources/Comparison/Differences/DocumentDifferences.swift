package import Standoff

/// One document with the annotators who count.
package struct DocumentDifferences {
  package let document: Document
  package let scheme: Scheme
  package let alignment: DocumentAlignment
  /// All that differs, in reading order.
  package let all: [Disagreement]
  /// What is to be shown of it.
  package let shown: [Disagreement]

  package var annotators: [String] { alignment.layers.map(\.annotator) }
}
