/// The number of spans that pairs of annotators share exactly, and of all their spans.
package struct ExactMatches: Equatable {
  var common = 0
  var all = 0

  /// Exact F1: twice the shared spans by all spans; nil if there are none.
  package var f1: Double? { all == 0 ? nil : 2 * Double(common) / Double(all) }

  static func + (a: ExactMatches, b: ExactMatches) -> ExactMatches {
    ExactMatches(common: a.common + b.common, all: a.all + b.all)
  }
  static func - (a: ExactMatches, b: ExactMatches) -> ExactMatches {
    ExactMatches(common: a.common - b.common, all: a.all - b.all)
  }
}
