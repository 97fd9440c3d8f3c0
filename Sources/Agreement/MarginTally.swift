/// Counts of two annotators' agreements and of either one's use of each category, on the items that both coded.
public struct MarginTally: PairTally {
  public var counts: [Int]
  /// The number of categories.
  public let categories: Int

  fileprivate init(categories: Int) {
    self.categories = categories
    counts = [Int](repeating: 0, count: 2 + 2 * categories)
  }

  /// The number of items that both coded.
  public var items: Int { counts[0] }
  /// The number of items on which they agree.
  public var agreeing: Int { counts[1] }
  public var isApart: Bool { items == 0 }

  /// The number of times that an annotator, 0 or 1, uses a category.
  func margin(_ annotator: Int, _ category: Int) -> Int { counts[2 + annotator * categories + category] }

  /// The tallies of each document of a study.
  ///
  /// - Precondition: the study has two annotators; see ``CodingStudy/pair(_:_:)``.
  public static func tallies(of study: CodingStudy) -> Tallies<MarginTally> {
    precondition(study.annotators == 2)
    let zero = MarginTally(categories: study.categories)
    return study.tallies(zero) { row, add in
      guard let first = row.first, let second = row.last, first >= 0, second >= 0 else { return }
      add(0, 1)
      add(1, first == second ? 1 : 0)
      add(2 + Int(first), 1)
      add(2 + zero.categories + Int(second), 1)
    }
  }
}

/// A measure of two annotators that is computed from a ``MarginTally``.
public protocol MarginMeasure: Measure where Study == CodingStudy, Evidence == MarginTally {}

extension MarginMeasure {
  /// The margin tallies of each document.
  public func tallies(of study: CodingStudy) -> Tallies<MarginTally> { MarginTally.tallies(of: study) }
}
