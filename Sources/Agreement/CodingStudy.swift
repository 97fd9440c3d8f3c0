/// Items that annotators put into categories: for each document, a table of items × annotators with missing values.
///
/// Equal rows are kept once with their count, so a million characters under a hundred spans are a few hundred rows.
/// Sums over items are sums of integers: no digit depends on the order of items or annotators.
public struct CodingStudy: PairedStudy, Equatable {
  /// A row of the table: a category for each annotator; nil if the value is missing.
  ///
  /// Categories are numbers from 0. Those below 65,536 count from the first to the greatest that is used or declared;
  /// greater ones, such as the identifiers of a database, count where they are used.
  public typealias Row = [Int?]

  /// A row, by index, with the number of a document's items that have it.
  struct Entry: Equatable { var row, count: Int }

  /// The number of annotators.
  public let annotators: Int
  public private(set) var fault: InvalidInput?
  /// The distinct rows, concatenated, in the order of their first item: the number of a category, or
  /// ``CategoryNumbers/dense`` and the place of its number in ``names``; -1 is a missing value.
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
  /// The categories of great numbers, in the order of their first row, and the place of each.
  private var names: [Int] = []
  private var nameOf: [Int: Int] = [:]

  /// Creates a study of no items.
  ///
  /// - Parameters:
  ///   - annotators: the number of annotators.
  ///   - categories: the least number of categories, used or not. Studies whose tallies are compared or added need the
  ///     same number.
  public init(annotators: Int, categories: Int = 0) {
    (self.annotators, fault) = InvalidInput.annotators(annotators)
    leastCategories = max(0, min(categories, CategoryNumbers.dense))
    if categories != leastCategories { note(categories < 0 ? .malformedItems : .tooLarge) }
  }

  /// Begins a new document, to which the items appended from here on belong.
  public mutating func beginDocument() {
    documents.append([])
    entryOf = [:]
  }

  /// Appends items with equal values to the last document.
  ///
  /// The study is at fault if there is not one value for each annotator, a category or *count* is negative, or the
  /// items are more than ``InvalidInput/largest``.
  public mutating func append(_ values: Row, count: Int = 1) {
    guard values.count == annotators else { return note(.annotatorsMissing) }
    guard count >= 0, values.allSatisfy({ $0 ?? 0 >= 0 }) else { return note(.malformedItems) }
    guard count <= InvalidInput.largest - items else { return note(.tooLarge) }
    guard count > 0 else { return }
    items += count
    add(place(of: values), count)
  }

  /// Keeps the first fault.
  private mutating func note(_ fault: InvalidInput) {
    if self.fault == nil { self.fault = fault }
  }

  private func row(_ place: Int) -> Row {
    rows[place * annotators..<(place + 1) * annotators].map { value in
      let value = Int(value)
      return value < 0 ? nil : value < CategoryNumbers.dense ? value : names[value - CategoryNumbers.dense]
    }
  }

  /// How a category is kept in ``rows``.
  private mutating func kept(_ category: Int) -> Int32 {
    guard category >= CategoryNumbers.dense else { return Int32(truncatingIfNeeded: category) }
    let name = nameOf[category] ?? names.count
    if name == names.count {
      names.append(category)
      nameOf[category] = name
    }
    return Int32(truncatingIfNeeded: CategoryNumbers.dense + name)
  }

  private mutating func place(of values: Row) -> Int {
    // Rows counted from columns are indexed only when others are added.
    for known in places.count..<max(rowCount, places.count) { places[row(known)] = known }
    if let place = places[values] { return place }
    places[values] = rowCount
    for value in values { rows.append(value.map { kept($0) } ?? -1) }
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
    study.fault = study.fault ?? fault
    study.items = items
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
    guard annotators.allSatisfy({ 0..<self.annotators ~= $0 }) else {
      var study = CodingStudy(annotators: annotators.count)
      study.note(.noSuchAnnotator)
      return study
    }
    var study = mapping(annotators: annotators.count) { row in annotators.map { row[$0] } }
    study.leastCategories = numbers.plain
    for name in names { _ = study.kept(name) }
    return study
  }

  /// The study of one category, as 1, against all others, as 0.
  public func collapsed(to category: Int) -> CodingStudy {
    mapping(annotators: annotators) { row in row.map { $0.map { $0 == category ? 1 : 0 } } }
  }

  /// The study with renumbered categories; categories that receive the same number become one.
  public func renamed(_ name: (Int) -> Int) -> CodingStudy {
    var isNegative = false
    var study = mapping(annotators: annotators) { row in
      row.map { value in
        let renamed = value.map(name)
        if renamed ?? 0 < 0 { isNegative = true }
        return renamed.map { max(0, $0) }
      }
    }
    if isNegative { study.note(.malformedItems) }
    return study
  }

  /// The study of some documents, by index.
  public func documents(_ indices: some Sequence<Int>) -> CodingStudy {
    var study = self
    study.documents = []
    study.items = 0
    for index in indices {
      guard documents.indices ~= index else {
        study.note(.noSuchDocument)
        continue
      }
      let count = documents[index].reduce(0) { $0 + $1.count }
      guard count <= InvalidInput.largest - study.items else {
        study.note(.tooLarge)
        break
      }
      study.documents.append(documents[index])
      study.items += count
    }
    study.entryOf = [:]
    return study
  }

  /// The distinct rows of each document with the number of items of each, in the order of their first item there.
  ///
  /// From these a measure of one's own can count a ``Tally`` for each document.
  public var rowsOfDocuments: [[(values: Row, count: Int)]] {
    documents.map { entries in entries.map { (row($0.row), $0.count) } }
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
  public private(set) var items = 0

  /// The number of items with values of at least two annotators.
  public var pairableItems: Int {
    let isPairable = (0..<rowCount).map { place in row(place).count { $0 != nil } > 1 }
    return documents.joined().reduce(0) { $0 + (isPairable[$1.row] ? $1.count : 0) }
  }

  /// The number of categories: the declared number, or one more than the greatest category below 65,536 if that is
  /// greater; and each greater category that is used.
  public var categories: Int { numbers.count }

  /// The number of each category.
  var numbers: CategoryNumbers {
    let greatest = rows.lazy.filter { $0 < Int32(CategoryNumbers.dense) }.max() ?? -1
    return CategoryNumbers(plain: max(leastCategories, Int(greatest) + 1), names: names.sorted())
  }

  /// The distinct rows, with the index of each category in ``numbers``; -1 is a missing value.
  private var indexedRows: [Int32] {
    if names.isEmpty { return rows }
    let numbers = numbers
    let ranks = names.map { Int32(truncatingIfNeeded: numbers.index(of: $0) ?? -1) }
    return rows.map { $0 < Int32(CategoryNumbers.dense) ? $0 : ranks[Int($0) - CategoryNumbers.dense] }
  }

  /// The pairs of different categories, by index in ``numbers``, that some row has: the lesser × categories + the greater.
  var pairsThatOccur: Set<Int> {
    let (rows, categories) = (indexedRows, categories)
    var pairs: Set<Int> = []
    for row in 0..<rowCount {
      let values = Set(rows[row * annotators..<(row + 1) * annotators]).subtracting([-1]).sorted()
      for (index, first) in values.enumerated() {
        for second in values[(index + 1)...] { pairs.insert(Int(first) * categories + Int(second)) }
      }
    }
    return pairs
  }

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
  /// - Parameters:
  ///   - width: the number of counts of a tally.
  ///   - zero: makes the tally of no document, with so many counts.
  ///   - contribute: from the values of a row, by index in ``numbers`` and -1 for a missing one, the amounts that an item
  ///     adds and the counts that it adds them to.
  /// - Throws: what is wrong with the study, or that the counts are too many.
  func tallies<Evidence: Tally>(
    width: Int, _ zero: () -> Evidence,
    _ contribute: (ArraySlice<Int32>, (_ place: Int, _ count: Int) -> Void) -> Void
  ) throws(Undefined) -> Tallies<Evidence> {
    try check()
    // An item adds no more than the ordered pairs of its values to a count.
    guard width <= InvalidInput.mostCounts, Double(items) * Double(annotators * annotators) <= 0x1p53 else {
      throw .invalid(.tooLarge)
    }
    let (zero, rows) = (zero(), indexedRows)
    // The contributions of all rows, concatenated.
    var (places, amounts, starts): ([Int], [Int], [Int]) = ([], [], [0])
    for row in 0..<rowCount {
      contribute(rows[row * annotators..<(row + 1) * annotators]) { place, count in
        places.append(place)
        amounts.append(count)
      }
      starts.append(places.count)
    }
    var columnOf = [Int](repeating: -1, count: width)
    for place in places { columnOf[place] = 0 }
    let columns = columnOf.indices.filter { columnOf[$0] == 0 }
    for (column, place) in columns.enumerated() { columnOf[place] = column }
    guard Double(columns.count) * Double(max(1, documents.count)) <= Double(InvalidInput.mostCounts) else {
      throw .invalid(.tooLarge)
    }
    var builder = CountMatrix.Builder(columns: columns.count)
    var sums = [Int](repeating: 0, count: columns.count)
    for entries in documents {
      var touched: [Int] = []
      for entry in entries {
        for index in starts[entry.row]..<starts[entry.row + 1] {
          let column = columnOf[places[index]]
          if sums[column] == 0 { touched.append(column) }
          sums[column] += amounts[index] * entry.count
        }
      }
      for column in touched where sums[column] != 0 {
        builder.append(sums[column], at: column)
        sums[column] = 0
      }
      builder.endDocument()
    }
    return Tallies(zero, columns: columns, builder.finished(), documents: documents.count)
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
  ///
  /// The study is at fault if the columns have different lengths, or *documents* do not add up to them.
  ///
  /// - Complexity: O(*annotators* · *items*), a few bytes a nanosecond as long as (*categories* + 1) to the power of
  ///   *annotators* is at most some ten thousand; memory beyond the columns does not grow with the items.
  public init(columns: [[UInt8]], documents: [Int]? = nil) {
    self.init(annotators: columns.count)
    let items = columns.first?.count ?? 0
    let lengths = documents ?? [items]
    guard columns.allSatisfy({ $0.count == items }), Self.areParts(lengths, of: items) else {
      note(.malformedItems)
      return
    }
    guard columns.count == annotators else { return }
    self.items = items
    var counter = RowCounter(columns)
    var start = 0
    for length in lengths {
      self.documents.append(counter.count(start..<start + length))
      start += length
    }
    rows = counter.rows
    rowCount = columns.isEmpty ? 0 : rows.count / columns.count
  }

  /// Whether lengths add up to a whole.
  private static func areParts(_ lengths: [Int], of whole: Int) -> Bool {
    var rest = whole
    for length in lengths {
      guard 0...rest ~= length else { return false }
      rest -= length
    }
    return rest == 0
  }
}
