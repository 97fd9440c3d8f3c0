/// Spans that pairs of annotators have in common, and all that they have.
package struct ExactMatches: Equatable {
  var common = 0
  var all = 0

  /// Exact F1: twice what is common by all; nil where there is nothing.
  package var f1: Double? { all == 0 ? nil : 2 * Double(common) / Double(all) }

  static func + (a: ExactMatches, b: ExactMatches) -> ExactMatches {
    ExactMatches(common: a.common + b.common, all: a.all + b.all)
  }
  static func - (a: ExactMatches, b: ExactMatches) -> ExactMatches {
    ExactMatches(common: a.common - b.common, all: a.all - b.all)
  }
}
