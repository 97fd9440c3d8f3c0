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

  /// An attribute of the document with the value of each annotator; nil for those who have not set it.
  package struct OfDocument: Equatable {
    package let name: String
    package let values: [String?]

    /// The distinct values, with the annotators who give each; the first annotator's come first.
    package var versions: [(value: String?, annotators: [Int])] {
      var versions: [(value: String?, annotators: [Int])] = []
      for (layer, value) in values.enumerated() {
        if let same = versions.firstIndex(where: { $0.value == value }) {
          versions[same].annotators.append(layer)
        } else {
          versions.append((value, [layer]))
        }
      }
      return versions
    }
  }

  /// The attributes of the document on which annotators differ.
  package var ofDocument: [OfDocument] { saidOfDocument.filter { Set($0.values).count > 1 } }

  /// The attributes of the document that anybody has set.
  var saidOfDocument: [OfDocument] {
    scheme.documentAttributes.map { attribute in
      OfDocument(name: attribute.name, values: alignment.layers.map { $0.ofDocument[attribute.name] })
    }.filter { $0.values.contains { $0 != nil } }
  }
}
