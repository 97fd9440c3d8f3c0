/// Counts of two annotators' agreements on each category and of either one's use of it, on the items that both coded.
public struct MarginTally: PairTally {
  public var counts: [Int]
  private let numbers: CategoryNumbers

  /// The number of categories.
  public var categories: Int { numbers.count }

  private init(_ numbers: CategoryNumbers) {
    self.numbers = numbers
    counts = [Int](repeating: 0, count: 2 + 3 * numbers.count)
  }

  /// The number of items that both coded.
  public var items: Int { counts.first ?? 0 }
  /// The number of items on which they agree.
  public var agreeing: Int { counts.count > 1 ? counts[1] : 0 }
  public var isApart: Bool { items == 0 }

  /// How often an annotator, 0 or 1, uses a category, by its number; 0 for one that the study does not have.
  public func margin(_ annotator: Int, _ category: Int) -> Int {
    0...1 ~= annotator ? count(annotator, category) : 0
  }

  /// The number of items that both put into a category, by its number.
  public func agreeing(on category: Int) -> Int { count(2, category) }

  private func count(_ row: Int, _ category: Int) -> Int {
    guard let index = numbers.index(of: category) else { return 0 }
    let place = 2 + row * categories + index
    return place < counts.count ? counts[place] : 0
  }

  /// How often each category is used by the first and by the second annotator, in the order of the categories' numbers.
  ///
  /// - Throws: ``Undefined`` unless the tally has a count for each.
  public func margins() throws(Undefined) -> [(first: Int, second: Int)] {
    try check(2 + 3 * categories)
    return (0..<categories).map { (counts[2 + $0], counts[2 + categories + $0]) }
  }

  /// The tallies of each document of a study of two annotators.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public static func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<MarginTally> {
    try study.checkPair()
    let numbers = study.numbers
    return try study.tallies(width: 2 + 3 * numbers.count, { MarginTally(numbers) }) { row, add in
      guard let first = row.first, let second = row.last, first >= 0, second >= 0 else { return }
      add(0, 1)
      if first == second {
        add(1, 1)
        add(2 + 2 * numbers.count + Int(first), 1)
      }
      add(2 + Int(first), 1)
      add(2 + numbers.count + Int(second), 1)
    }
  }
}

/// A measure of two annotators that is computed from a ``MarginTally``.
public protocol MarginMeasure: Measure where Study == CodingStudy, Evidence == MarginTally {}

extension MarginMeasure {
  /// The margin tallies of each document.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<MarginTally> {
    try MarginTally.tallies(of: study)
  }
}
