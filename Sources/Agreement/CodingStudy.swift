/// Items that annotators put into categories: for each document, a table of items × annotators with missing values.
///
/// Equal rows are kept once with their count, so a million characters under a hundred spans are a few hundred rows.
/// Sums over items are sums of integers: no digit depends on the order of items or annotators.
public struct CodingStudy: PairedStudy, Equatable {
  /// A row of the table: a category for each annotator; nil if the value is missing.
  public typealias Row = [Int?]

  /// A row, by index, with the number of a document's items that have it.
  struct Entry: Equatable { var row, count: Int }

  /// The number of annotators.
  public let annotators: Int
  /// The distinct rows, concatenated, in the order of their first item; -1 is a missing value.
  private var rows: [Int32] = []
  private var rowCount = 0
  /// The distinct rows of each document, in the order of their first item.
  private(set) var documents: [[Entry]] = []
  /// The index of each row; may be incomplete, see ``place(of:)``.
  private var places: [Row: Int] = [:]
  /// The entry of each row in the last document.
  private var entryOf: [Int: Int] = [:]

  /// The least number of categories, used or not.
  private var leastCategories = 0

  /// Creates a study of no items.
  ///
  /// - Parameters:
  ///   - annotators: the number of annotators.
  ///   - categories: the least number of categories, used or not. Studies whose tallies are compared or added need the
  ///     same number.
  public init(annotators: Int, categories: Int = 0) {
    self.annotators = annotators
    leastCategories = categories
  }

  /// Begins a new document, to which the items appended from here on belong.
  public mutating func beginDocument() {
    documents.append([])
    entryOf = [:]
  }

  /// Appends items with equal values to the last document.
  ///
  /// - Precondition: one value for each annotator; categories counted from 0; *count* ≥ 0.
  public mutating func append(_ values: Row, count: Int = 1) {
    precondition(values.count == annotators && count >= 0 && values.allSatisfy { $0 ?? 0 >= 0 })
    guard count > 0 else { return }
    add(place(of: values), count)
  }

  private func row(_ place: Int) -> Row {
    rows[place * annotators..<(place + 1) * annotators].map { $0 < 0 ? nil : Int($0) }
  }

  private mutating func place(of values: Row) -> Int {
    // Rows counted from columns are indexed only when others are added.
    for known in places.count..<max(rowCount, places.count) { places[row(known)] = known }
    if let place = places[values] { return place }
    places[values] = rowCount
    rows += values.map { $0.map { Int32(truncatingIfNeeded: $0) } ?? -1 }
    rowCount += 1
    return rowCount - 1
  }

  private mutating func add(_ row: Int, _ count: Int) {
    if documents.isEmpty { beginDocument() }
    if entryOf.isEmpty {
      for (index, entry) in documents[documents.count - 1].enumerated() { entryOf[entry.row] = index }
    }
    if let entry = entryOf[row] {
      documents[documents.count - 1][entry].count += count
    } else {
      entryOf[row] = documents[documents.count - 1].count
      documents[documents.count - 1].append(Entry(row: row, count: count))
    }
  }

  /// The study with the values of each row changed.
  private func mapping(annotators: Int, _ change: (Row) -> Row) -> CodingStudy {
    var study = CodingStudy(annotators: annotators)
    let placeOf = (0..<rowCount).map { study.place(of: change(row($0))) }
    // The entry of each row in the current document; -1 for none.
    var entryOf = [Int](repeating: -1, count: study.rowCount)
    for document in documents {
      var entries: [Entry] = []
      for entry in document {
        let row = placeOf[entry.row]
        if entryOf[row] < 0 {
          entryOf[row] = entries.count
          entries.append(Entry(row: row, count: entry.count))
        } else {
          entries[entryOf[row]].count += entry.count
        }
      }
      for entry in entries { entryOf[entry.row] = -1 }
      study.documents.append(entries)
    }
    return study
  }

  public func pair(_ first: Int, _ second: Int) -> CodingStudy { choosing([first, second]) }

  /// The study of some annotators, by index and in this order, with all documents.
  ///
  /// It keeps all categories of this study, even those that these annotators do not use.
  public func choosing(_ annotators: [Int]) -> CodingStudy {
    var study = mapping(annotators: annotators.count) { row in annotators.map { row[$0] } }
    study.leastCategories = categories
    return study
  }

  /// The study of one category, as 1, against all others, as 0.
  public func collapsed(to category: Int) -> CodingStudy {
    mapping(annotators: annotators) { row in row.map { $0.map { $0 == category ? 1 : 0 } } }
  }

  /// The study with renumbered categories; categories that receive the same number become one.
  public func renamed(_ name: (Int) -> Int) -> CodingStudy {
    mapping(annotators: annotators) { row in row.map { $0.map(name) } }
  }

  /// The study of some documents, by index.
  public func documents(_ indices: some Sequence<Int>) -> CodingStudy {
    var study = self
    study.documents = indices.map { documents[$0] }
    study.entryOf = [:]
    return study
  }

  /// The distinct rows with the number of items of each, in the order of their first item.
  public var distinctRows: [(values: Row, count: Int)] {
    var counts = [Int](repeating: 0, count: rowCount)
    for entry in documents.joined() { counts[entry.row] += entry.count }
    return counts.enumerated().map { (row($0), $1) }
  }

  /// The number of documents.
  public var documentCount: Int { documents.count }

  /// The number of items.
  public var items: Int { documents.joined().reduce(0) { $0 + $1.count } }

  /// The number of items with values of at least two annotators.
  public var pairableItems: Int {
    let isPairable = (0..<rowCount).map { place in row(place).count { $0 != nil } > 1 }
    return documents.joined().reduce(0) { $0 + (isPairable[$1.row] ? $1.count : 0) }
  }

  /// The number of categories: the declared number, or one more than the greatest category if that is greater.
  public var categories: Int { max(leastCategories, Int(rows.max() ?? -1) + 1) }

  /// Whether two studies have the same items with the same values in the same documents.
  public static func == (a: CodingStudy, b: CodingStudy) -> Bool {
    guard a.annotators == b.annotators, a.documents.count == b.documents.count else { return false }
    return zip(a.documents, b.documents).allSatisfy { one, other in
      Dictionary(one.map { (a.row($0.row), $0.count) }, uniquingKeysWith: +)
        == Dictionary(other.map { (b.row($0.row), $0.count) }, uniquingKeysWith: +)
    }
  }

  /// The tallies of all documents.
  ///
  /// - Parameter contribute: from the values of a row, -1 for a missing one, the amounts that an item adds and the
  ///   counts that it adds them to.
  func tallies<Evidence: Tally>(
    _ zero: Evidence, _ contribute: (ArraySlice<Int32>, (_ place: Int, _ count: Int) -> Void) -> Void
  ) -> Tallies<Evidence> {
    // The contributions of all rows, concatenated.
    var (places, amounts, starts): ([Int], [Int], [Int]) = ([], [], [0])
    for row in 0..<rowCount {
      contribute(rows[row * annotators..<(row + 1) * annotators]) { place, count in
        places.append(place)
        amounts.append(count)
      }
      starts.append(places.count)
    }
    let width = zero.counts.count
    var matrix = [Int](repeating: 0, count: documents.count * width)
    for (document, entries) in documents.enumerated() {
      for entry in entries {
        for index in starts[entry.row]..<starts[entry.row + 1] {
          matrix[document * width + places[index]] += amounts[index] * entry.count
        }
      }
    }
    return Tallies(zero, matrix: matrix, documents: documents.count)
  }
}

extension CodingStudy {
  /// The byte for a missing value in columns of bytes.
  public static let missing: UInt8 = 255

  /// Creates a study from one column of bytes for each annotator.
  ///
  /// - Parameters:
  ///   - columns: annotators × items; categories counted from 0 to 254, ``missing`` for a missing value.
  ///   - documents: the number of items of each document, in order; nil for one document.
  /// - Precondition: columns of equal length, which is the sum of *documents*.
  /// - Complexity: O(*annotators* · *items*), a few bytes a nanosecond as long as (*categories* + 1) to the power of
  ///   *annotators* is at most some ten thousand; memory beyond the columns does not grow with the items.
  public init(columns: [[UInt8]], documents: [Int]? = nil) {
    self.init(annotators: columns.count)
    let items = columns.first?.count ?? 0
    let lengths = documents ?? [items]
    precondition(columns.allSatisfy { $0.count == items } && lengths.reduce(0, +) == items)
    var counter = RowCounter(columns)
    var start = 0
    for length in lengths {
      self.documents.append(counter.count(start..<start + length))
      start += length
    }
    rows = counter.rows
    rowCount = columns.isEmpty ? 0 : rows.count / columns.count
  }
}
