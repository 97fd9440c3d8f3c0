import Standoff

/// The values that two annotators gave to an attribute of the same spans, with the number of spans for each pair.
package struct AttributePairs {
  package struct Pair: Hashable {
    /// The values; nil where the attribute is not set.
    package let first: String?
    package let second: String?
  }

  package let attribute: String
  package let first: String
  package let second: String
  /// The pairs of values, the commonest first.
  package let counts: [(pair: Pair, count: Int)]

  /// The number of spans to which both gave the same value.
  package var same: Int { counts.reduce(0) { $0 + ($1.pair.first == $1.pair.second ? $1.count : 0) } }
  package var all: Int { counts.reduce(0) { $0 + $1.count } }

  /// The values that two annotators give in a group; nil where one has no say in it, or neither sets the attribute.
  static func pair(
    of attribute: String, _ group: Int, _ first: Int, _ second: Int, _ alignment: DocumentAlignment
  ) -> Pair? {
    guard let one = alignment.value(of: attribute, group, first),
      let other = alignment.value(of: attribute, group, second), one ?? other != nil
    else { return nil }
    return Pair(first: one, second: other)
  }

  /// The pairs of an attribute's values for every two annotators, over several documents.
  package static func all(of attribute: String, in parts: [DocumentDifferences]) -> [AttributePairs] {
    var counts: [ExactMatches.Pair: [Pair: Int]] = [:]
    for part in parts where part.scheme.attribute(attribute) != nil {
      let alignment = part.alignment
      for group in alignment.groups.indices {
        for first in part.annotators.indices {
          for second in part.annotators.indices where part.annotators[first] < part.annotators[second] {
            guard let pair = Self.pair(of: attribute, group, first, second, alignment) else { continue }
            let ends = ExactMatches.Pair(part.annotators[first], part.annotators[second])
            counts[ends, default: [:]][pair, default: 0] += 1
          }
        }
      }
    }
    return counts.sorted { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }.map { ends, counts in
      AttributePairs(
        attribute: attribute, first: ends.first, second: ends.second,
        counts: counts.map { (pair: $0.key, count: $0.value) }.sorted { a, b in
          a.count != b.count
            ? a.count > b.count
            : (a.pair.first ?? "", a.pair.second ?? "") < (b.pair.first ?? "", b.pair.second ?? "")
        })
    }
  }
}

extension DocumentAlignment {
  /// An annotator's value of an attribute in a group, as it counts: the outer nil if the annotator has no say in it, the
  /// inner if the attribute is not set.
  fileprivate func value(of attribute: String, _ group: Int, _ layer: Int) -> String?? {
    guard
      let span = groups[group].held(by: layer).first(where: { span in
        scheme.attribute(attribute)?.labels.contains(span.label) == true
          && !saysElsewhere(attribute, span, layer, group)
      })
    else { return .none }
    return .some(layers[layer].attributes[span.id]?[attribute])
  }
}
