/// The value of a measure with what it was computed from.
public struct Coefficient: Equatable, Sendable {
  public let value: Double
  /// What the value rests on: pairable items for measures of items, spans of both annotators for measures of spans;
  /// summed over pairs in a mean over pairs.
  public let items: Int
  /// Agreement or disagreement observed, by the measure's own definition; nil where it is not corrected for chance.
  public let observed: Double?
  /// The same as expected by chance.
  public let expected: Double?

  public init(value: Double, items: Int, observed: Double? = nil, expected: Double? = nil) {
    self.value = value
    self.items = items
    self.observed = observed
    self.expected = expected
  }

  /// The mean of pairwise values over the pairs that share items.
  ///
  /// - Parameters:
  ///   - annotators: how many there are; pairs are taken in order.
  ///   - pair: the value of two annotators, by index; nil where the two share nothing, which leaves the pair out.
  /// - Throws: ``Undefined/pair(_:_:_:)`` where one pair has no value, ``Undefined/noPairableItems`` where no pair is
  ///   left.
  static func mean(
    overPairsOf annotators: Int, _ pair: (Int, Int) throws(Undefined) -> Coefficient?
  ) throws(Undefined) -> Coefficient {
    guard annotators > 1 else { throw .fewerThanTwoAnnotators }
    var values: [Coefficient] = []
    for first in 0..<annotators {
      for second in first + 1..<annotators {
        do throws(Undefined) {
          if let value = try pair(first, second) { values.append(value) }
        } catch {
          throw .pair(first, second, error)
        }
      }
    }
    guard !values.isEmpty else { throw .noPairableItems }
    func mean(_ part: (Coefficient) -> Double?) -> Double? {
      let parts = values.compactMap(part).sorted()
      return parts.count == values.count ? parts.reduce(0, +) / Double(parts.count) : nil
    }
    return Coefficient(
      value: mean(\.value) ?? 0, items: values.reduce(0) { $0 + $1.items }, observed: mean(\.observed),
      expected: mean(\.expected))
  }
}
