/// Krippendorff's alpha: agreement of any number of annotators, corrected for chance, with missing values.
///
/// With o_ck the coincidences of categories c and k, n_c their margins and n = Σ n_c,
///
///     α = 1 − Dₒ/Dₑ,   Dₒ = Σ o_ck δ²_ck / n,   Dₑ = Σ n_c n_k δ²_ck / (n(n − 1))
///
/// Items with fewer than two values do not count. Coincidences are integers, counted separately for each number of
/// values of an item and each δ² that occurs.
///
/// Source: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), sections C and D.
///
/// Undefined if no item has two values, or if all pairable values are of one category or of categories at distance 0.
///
/// - Complexity: O(n log n) in the values for ``Distance/nominal``, ``Distance/ordinal``, ``Distance/interval(_:)`` and
///   ``Distance/ratio(_:)``; O(*categories*²) for other distances. Tallies of two studies with more than 64 categories
///   do not add up, except nominal ones.
public struct KrippendorffAlpha: Measure {
  /// Counts of pairs of values by distance, and of the use of each category, in items with at least two values.
  public struct Evidence: Tally {
    public var counts: [Int]
    fileprivate let shape: Shape
    /// The number of items with at least two values.
    public var pairableItems: Int { counts.first ?? 0 }

    /// Whether two tallies have the same counts.
    public static func == (a: Self, b: Self) -> Bool { a.counts == b.counts }
  }

  /// The number of categories up to which all pairs of them have a place in the counts; beyond it, pairs that occur.
  static let fewCategories = 64

  /// The layout of the counts: items, the margins of categories, then ordered pairs for each number of values of an
  /// item and each class.
  fileprivate struct Shape: Sendable {
    let annotators: Int
    let numbers: CategoryNumbers
    /// The classes of pairs of categories at equal distance, nearest first; for ranks each pair is one, and so it is
    /// where there are many categories.
    let classes: [Class]
    /// The class of each pair of categories, row by row; nil for distance 0.
    private let classOf: [Int?]
    /// The class of each pair that occurs, by row and column, where there are many categories.
    private let places: [Int: Int]
    let distance: Distance

    var isNominal: Bool { distance.isNominal }

    var categories: Int { numbers.count }

    var hasManyCategories: Bool { !isNominal && categories > KrippendorffAlpha.fewCategories }

    struct Class: Sendable {
      let squared: Double
      var pairs: [(Int, Int)]
    }

    init(_ study: CodingStudy, _ distance: Distance) {
      annotators = study.annotators
      numbers = study.numbers
      let categories = numbers.count
      self.distance = distance
      guard !distance.isNominal else {
        classes = categories > 1 ? [Class(squared: 1, pairs: [])] : []
        (classOf, places) = ([], [:])
        return
      }
      if categories > KrippendorffAlpha.fewCategories {
        classOf = []
        (classes, places) = Self.occurring(study, numbers, distance)
        return
      }
      places = [:]
      var classes: [Class] = []
      var classOf = [Int?](repeating: nil, count: categories * categories)
      var pairs: [(squared: Double, first: Int, second: Int)] = []
      for first in 0..<categories {
        for second in 0..<first {
          let squared = distance.squared(numbers[first], numbers[second])
          if distance.isOrdinal || squared > 0 { pairs.append((squared, first, second)) }
        }
      }
      for (squared, first, second) in pairs.sorted(by: { $0 < $1 }) {
        if distance.isOrdinal || classes.last?.squared != squared { classes.append(Class(squared: squared, pairs: [])) }
        classes[classes.count - 1].pairs.append((first, second))
        classOf[first * categories + second] = classes.count - 1
        classOf[second * categories + first] = classes.count - 1
      }
      self.classes = classes
      self.classOf = classOf
    }

    /// The pairs of categories that occur, each a class, in their order.
    private static func occurring(
      _ study: CodingStudy, _ numbers: CategoryNumbers, _ distance: Distance
    ) -> (classes: [Class], places: [Int: Int]) {
      var (classes, places): ([Class], [Int: Int]) = ([], [:])
      for place in study.pairsThatOccur.sorted() {
        let (first, second) = (place / numbers.count, place % numbers.count)
        places[place] = classes.count
        let squared = distance.squared(numbers[first], numbers[second])
        classes.append(Class(squared: squared, pairs: [(first, second)]))
      }
      return (classes, places)
    }

    /// The class of two different categories; nil for distance 0.
    func kind(_ first: Int, _ second: Int) -> Int? {
      if isNominal { return 0 }
      return hasManyCategories
        ? places[min(first, second) * categories + max(first, second)] : classOf[first * categories + second]
    }

    func margin(_ category: Int) -> Int { 1 + category }

    func pairs(_ values: Int, _ kind: Int) -> Int { 1 + categories + (values - 2) * classes.count + kind }

    var length: Int { 1 + categories + max(0, annotators - 1) * classes.count }
  }

  let distance: Distance

  /// Creates the measure.
  ///
  /// - Parameter distance: δ², nominal unless stated.
  public init(_ distance: Distance = .nominal) { self.distance = distance }

  public func tallies(of study: CodingStudy) throws(Undefined) -> Tallies<Evidence> {
    try study.check()
    if let values = distance.values, let last = study.numbers.last, last >= values { throw .invalid(.noSuchCategory) }
    let shape = Shape(study, distance)
    let zero = { Evidence(counts: [Int](repeating: 0, count: shape.length), shape: shape) }
    return try study.tallies(width: shape.length, zero) { row, add in
      let values = row.count { $0 >= 0 }
      guard values > 1 else { return }
      add(0, 1)
      for (index, first) in row.enumerated() where first >= 0 {
        add(shape.margin(Int(first)), 1)
        for second in row.dropFirst(index + 1) where second >= 0 && second != first {
          guard let kind = shape.kind(Int(first), Int(second)) else { continue }
          add(shape.pairs(values, kind), 2)
        }
      }
    }
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    let (shape, distance) = (tally.shape, tally.shape.distance)
    try tally.check(shape.length)
    guard shape.annotators > 1 else { throw .fewerThanTwoAnnotators }
    let margins = (0..<shape.categories).map { tally.counts[shape.margin($0)] }
    let n = margins.reduce(0, +)
    guard n > 0 else { throw .noPairableItems }
    var (observed, expected) = (0.0, shape.hasManyCategories ? distance.expected(margins, shape.numbers) : 0)
    let below = distance.isOrdinal ? Distance.twiceMidranks(margins) : []
    for (index, kind) in shape.classes.enumerated() {
      var squared = kind.squared
      if distance.isOrdinal {
        let difference = Double(below[kind.pairs[0].0] - below[kind.pairs[0].1]) / 2
        squared = difference * difference
      }
      var coincidences = 0.0
      for values in 2...shape.annotators {
        coincidences += Double(tally.counts[shape.pairs(values, index)]) / Double(values - 1)
      }
      observed += squared * coincidences
      if shape.hasManyCategories { continue }
      let products =
        shape.isNominal
        ? margins.reduce(Int128(0)) { $0 + Int128($1) * Int128(n - $1) }
        : 2 * kind.pairs.reduce(Int128(0)) { $0 + Int128(margins[$1.0]) * Int128(margins[$1.1]) }
      expected += squared * products.nearest
    }
    guard observed.isFinite, expected.isFinite else { throw .invalid(.tooLarge) }
    guard expected > 0 else { throw .oneCategory }
    observed /= Double(n)
    expected /= Double(n) * Double(n - 1)
    return Coefficient(
      value: 1 - observed / expected, items: tally.pairableItems, observed: observed, expected: expected)
  }
}
