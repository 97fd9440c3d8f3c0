/// Items that annotators have put into categories: a table of items × annotators with missing values.
///
/// Equal rows are kept once with their count, so a text of a million characters under a hundred spans is a few
/// hundred rows. Every sum over items is one of integers: neither their order nor that of the annotators changes a
/// digit.
public struct CodingStudy: Equatable, Sendable {
  /// A row of the table: a category for each annotator, nil where the value is missing.
  public typealias Row = [Int?]

  /// Number of annotators, the columns.
  public let annotators: Int
  /// The different rows in the order of their first item, with the number of items that have them.
  public private(set) var rows: [(values: Row, count: Int)] = []
  private var places: [Row: Int] = [:]

  public init(annotators: Int) { self.annotators = annotators }

  /// Adds items that all have the same values.
  ///
  /// - Precondition: a value for each annotator, categories counted from 0, *count* ≥ 0.
  public mutating func append(_ values: Row, count: Int = 1) {
    precondition(values.count == annotators && count >= 0 && values.allSatisfy { $0 ?? 0 >= 0 })
    guard count > 0 else { return }
    if let place = places[values] {
      rows[place].count += count
    } else {
      places[values] = rows.count
      rows.append((values, count))
    }
  }

  /// The study of two annotators alone, by their indices.
  public func pair(_ first: Int, _ second: Int) -> CodingStudy {
    var study = CodingStudy(annotators: 2)
    for row in rows { study.append([row.values[first], row.values[second]], count: row.count) }
    return study
  }

  /// The study of one category against all others.
  public func collapsed(to category: Int) -> CodingStudy {
    var study = CodingStudy(annotators: annotators)
    for row in rows { study.append(row.values.map { $0.map { $0 == category ? 1 : 0 } }, count: row.count) }
    return study
  }

  /// Items with values of at least two annotators.
  public var pairableItems: Int {
    rows.reduce(0) { $0 + ($1.values.count { $0 != nil } > 1 ? $1.count : 0) }
  }

  /// One more than the greatest category.
  public var categories: Int { rows.reduce(0) { max($0, $1.values.reduce(0) { max($0, ($1 ?? -1) + 1) }) } }

  public static func == (a: CodingStudy, b: CodingStudy) -> Bool {
    a.annotators == b.annotators && a.rows.elementsEqual(b.rows) { $0.values == $1.values && $0.count == $1.count }
  }

  /// How often each category stands in a row, n_uk by k, with m_u, their sum.
  static func tally(_ values: Row, categories: Int) -> (counts: [Int], values: Int) {
    var counts = [Int](repeating: 0, count: categories)
    var present = 0
    for case let category? in values {
      counts[category] += 1
      present += 1
    }
    return (counts, present)
  }
}
