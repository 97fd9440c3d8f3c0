package import Pages
package import Standoff

/// The codes that annotators gave to items, from a table without texts or spans.
///
/// A table is long, with the columns `item`, `annotator` and `code` and a row for each code; or wide, with a row for each
/// item and a column for each annotator, beside a column `item` if there is one. Other names of these columns are known
/// (``names``); a first column without a name is `item`, too. A column `document` in either says which items were sampled
/// together. An empty cell is no code.
package struct CodeTable: Sendable {
  package struct Item: Sendable {
    package let name: String
    package let document: String?
    /// The code of each annotator; nil if there is none.
    package internal(set) var codes: [String?]
  }

  /// The greatest number of annotators.
  package static let mostAnnotators = 4096
  /// The names by which the columns for items, annotators, codes and documents are known.
  private static let names = [
    ["item", "unit", "units", "id", "subject"], ["annotator", "coder", "rater"],
    ["code", "value", "label", "category"],
    ["document"],
  ]

  /// The name of its file.
  package let name: String
  package private(set) var annotators: [String]
  package private(set) var items: [Item]
  /// What the codes say of each other.
  package let scale: Scheme.Scale
  /// The codes along an ordinal scale.
  package private(set) var order: [String]?
  /// What to tell the person about codes that may not be meant.
  package private(set) var remarks: [String] = []

  /// Whether a column says which items belong together.
  package var hasDocuments: Bool { items.contains { $0.document != nil } }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: its name in complaints.
  ///   - chosen: the annotators to take; empty for all.
  ///   - missing: codes that stand for no code.
  /// - Throws: what is wrong with the table, or with a code on this scale.
  package init(
    _ bytes: [UInt8], path: String, annotators chosen: [String] = [], scale: Scheme.Scale = .nominal,
    order: [String]? = nil, missing: Set<String> = []
  ) throws(Complaint) {
    let rows = try DelimitedRows(bytes, path: path).rows
    guard let header = rows.first, header.cells.count > 1 else {
      throw Complaint(
        "\(path) has no table: its first line names fewer than two columns.",
        "Write item,annotator,code, or a column for each annotator; cells are separated by commas, semicolons or tabs.")
    }
    name = path
    self.scale = scale
    self.order = order
    var columns = header.cells.map { $0.trimmingBlanks() }
    // A table of R names its rows in a first column without a name.
    if columns[0].isEmpty { columns[0] = "item" }
    if let twice = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
      throw Complaint("\(path): two columns are called “\(twice)”.", "Give each a name of its own.", culprit: twice)
    }
    if columns.contains("") {
      throw Complaint(
        "\(path): column \(columns.firstIndex(of: "").map { $0 + 1 } ?? 0) has no name.", "Name it in the first line.")
    }
    let lowercased = columns.map { $0.lowercased() }
    let places = Self.names.map { names in names.lazy.compactMap { lowercased.firstIndex(of: $0) }.first }
    (annotators, items) = ([], [])
    if let annotator = places[1], let code = places[2] {
      guard let item = places[0] else {
        throw Complaint(
          "\(path) has the columns \(columns[annotator]) and \(columns[code]), but none called item.", "Add it.")
      }
      try readLong(rows.dropFirst(), item, annotator, code, places[3], missing)
    } else {
      try readWide(rows.dropFirst(), columns, places[0], places[3], missing)
      if chosen.isEmpty { try checkColumns() }
    }
    guard annotators.count <= Self.mostAnnotators else {
      throw Complaint(
        "\(path) has \(annotators.count) annotators; \(Self.mostAnnotators) is the limit.",
        "Name some with --annotators.")
    }
    try choose(chosen)
    guard annotators.count > 1 else {
      throw Complaint(
        "\(path) has the codes of \(annotators.first.map { "only \($0)" } ?? "nobody"); agreement needs two.",
        "Add another annotator's.")
    }
    try checkScale()
    remark()
  }

  private mutating func readLong(
    _ rows: ArraySlice<DelimitedRows.Row>, _ item: Int, _ annotator: Int, _ code: Int, _ document: Int?,
    _ missing: Set<String>
  ) throws(Complaint) {
    struct Key: Hashable { let item: String, document: String? }
    let names = Set(rows.map { $0.cells[annotator] }).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    var (found, lines): ([Key: Int], [[Int?]]) = ([:], [])
    for row in rows {
      let name = row.cells[annotator]
      guard !row.cells[item].isEmpty else {
        throw Complaint("\(self.name), line \(row.line): the row names no item.", "Name one.")
      }
      guard !name.isEmpty, let column = places[name] else {
        throw Complaint("\(self.name), line \(row.line): the row names no annotator.", "Name one.")
      }
      let key = Key(item: row.cells[item], document: document.map { row.cells[$0] })
      let place = found[key] ?? items.count
      if place == items.count {
        found[key] = place
        items.append(
          Item(name: key.item, document: key.document, codes: [String?](repeating: nil, count: names.count)))
        lines.append([Int?](repeating: nil, count: names.count))
      }
      if let earlier = lines[place][column] {
        throw Complaint(
          "\(self.name), line \(row.line): \(name) coded “\(Complaint.shortened(key.item))” before, on line \(earlier).",
          "Keep one of the two, or give a second pass an annotator of its own, such as \(name)-2.")
      }
      lines[place][column] = row.line
      items[place].codes[column] = Self.code(row.cells[code], missing)
    }
    annotators = names
  }

  private mutating func readWide(
    _ rows: ArraySlice<DelimitedRows.Row>, _ columns: [String], _ item: Int?, _ document: Int?, _ missing: Set<String>
  ) throws(Complaint) {
    let coders = columns.indices.filter { $0 != item && $0 != document }
    annotators = coders.map { columns[$0] }
    var lines: [[String?]: Int] = [:]
    for (place, row) in rows.enumerated() {
      let name = item.map { row.cells[$0] } ?? String(place + 1)
      let document = document.map { row.cells[$0] }
      if let earlier = lines.updateValue(row.line, forKey: [name, document]) {
        throw Complaint(
          "\(self.name), line \(row.line): the item “\(Complaint.shortened(name))” has a row before, on line \(earlier).",
          "Keep one row for each item.")
      }
      items.append(
        Item(name: name, document: document, codes: coders.map { Self.code(row.cells[$0], missing) }))
    }
  }

  /// Throws if a column seems to be no annotator's.
  private func checkColumns() throws(Complaint) {
    let codes = annotators.indices.map { column in items.compactMap { $0.codes[column] } }
    let used = Set(codes.joined())
    if annotators.allSatisfy(used.contains) {
      throw Complaint(
        "\(name): the first line holds codes (\(Complaint.list(annotators.prefix(3).map { "“\($0)”" }))), not names.",
        "Put the names of the annotators above their columns.")
    }
    guard scale != .interval, items.count >= 5 else { return }
    let differing = codes.indices.filter { codes[$0].count == items.count && Set(codes[$0]).count == items.count }
    guard let column = differing.first, differing.count < codes.count else { return }
    throw Complaint(
      "\(name): “\(Complaint.shortened(annotators[column]))” is another word in every row, so it seems to name the items.",
      "Call this column item, leave it out, or name the annotators with --annotators.", culprit: annotators[column])
  }

  private static func code(_ cell: String, _ missing: Set<String>) -> String? {
    cell.isEmpty || missing.contains(cell) ? nil : cell
  }

  private mutating func choose(_ chosen: [String]) throws(Complaint) {
    guard !chosen.isEmpty else { return }
    var columns: [Int] = []
    for name in chosen {
      guard let column = annotators.firstIndex(of: name) else {
        throw Complaint(
          "\(self.name) has no codes of \(name).\(didYouMean(name, among: annotators))",
          "It has those of \(Complaint.list(annotators)).", culprit: name)
      }
      columns.append(column)
    }
    annotators = chosen
    items = items.map { item in
      Item(name: item.name, document: item.document, codes: columns.map { item.codes[$0] })
    }
  }

  private mutating func checkScale() throws(Complaint) {
    if scale == .ordinal, order == nil {
      let codes = Set(items.flatMap { $0.codes.compactMap { $0 } })
      // Numbers have an order of their own; those that are written otherwise are the same.
      let numbers = codes.compactMap { code in Scheme.Scale.number(code).map { (number: $0, code: code) } }.sorted {
        ($0.number, $0.code) < ($1.number, $1.code)
      }
      if numbers.count == codes.count {
        let same = Dictionary(grouping: numbers, by: \.number).compactMapValues { $0.first?.code }
        items = items.map { item in
          var item = item
          item.codes = item.codes.map { $0.flatMap(Scheme.Scale.number).flatMap { same[$0] } }
          return item
        }
        order = same.sorted { $0.key < $1.key }.map(\.value)
      }
    }
    if scale == .ordinal, order == nil {
      throw Complaint(
        "\(name): the codes of an ordinal scale are not all numbers, so their order is not known.",
        "Name all codes with --order, the least first; --missing names those that stand for no code.")
    }
    for item in items {
      for (annotator, code) in zip(annotators, item.codes) {
        guard let code else { continue }
        let who = "\(annotator) gave “\(Complaint.shortened(item.name))”"
        if scale == .interval, Scheme.Scale.number(code) == nil {
          throw Complaint(
            "\(name): \(who) the code “\(Complaint.shortened(code))”, which is no number that can be computed with.",
            "Write numbers with a point, up to 1e100; mend it, leave it out with --missing, or leave out --scale interval.",
            culprit: code)
        }
        if scale == .ordinal, order?.contains(code) != true {
          throw Complaint(
            "\(name): \(who) the code “\(Complaint.shortened(code))”, which --order does not have.",
            "Name all codes with --order, the least first; --missing names those that stand for no code.", culprit: code
          )
        }
      }
    }
  }

  /// Remarks on codes that look like no code, and on those that differ in case or blanks only.
  private mutating func remark() {
    var codes: Set<String> = []
    for item in items { codes.formUnion(item.codes.compactMap { $0 }) }
    let sorted = codes.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    for code in sorted where ["na", "n/a", "nan", "null", "none", "*", ".", "-", "?"].contains(code.lowercased()) {
      remarks.append("“\(code)” counts as a code. If it stands for no code, say --missing \"\(code)\".")
    }
    var alike: [String: [String]] = [:]
    for code in sorted { alike[code.trimmingBlanks().lowercased(), default: []].append(code) }
    for group in alike.values.filter({ $0.count > 1 }).sorted(by: { $0[0] < $1[0] }) {
      remarks.append(
        "\(Complaint.list(group.map { "“\(Complaint.shortened($0))”" })) differ only in case or blanks, and count as different codes."
      )
    }
  }
}
