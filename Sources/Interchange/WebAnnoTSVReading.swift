import Standoff

/// The lines of a WebAnno TSV file, read one after another.
struct WebAnnoTSVReading {
  /// A kind of annotation: where its columns begin, and what they are.
  private struct Layer {
    let type: String
    let features: [String]
    let isRelation: Bool
    let column: Int
  }

  private struct Arc {
    let type: String
    let row: String
    let ids: String
    /// The row that the line is of.
    let target: String
    let line: Int
  }

  private let starts: [Int]
  private var layers: [Layer] = []
  private var columns = 3
  /// Texts of sentences with the offset of the first token, in UTF-16 units.
  private var sentences: [(text: String, start: Int?, line: Int)] = []
  private var spans: [ForeignSpan] = []
  private var places: [String: Int] = [:]
  /// The spans that have no number, by their line.
  private var spanOfRow: [String: Int] = [:]
  private var arcs: [Arc] = []
  private var leftOut: [(byte: Int, what: String)] = []

  init(starts: [Int]) { self.starts = starts }

  mutating func read(_ line: String, _ number: Int) throws(ImportFault) {
    let bare = number == 1 && line.hasPrefix("\u{FEFF}") ? String(line.unicodeScalars.dropFirst()) : line
    if bare.isEmpty { return }
    if number == 1 {
      guard bare.hasPrefix("#FORMAT=WebAnno TSV 3") else {
        throw ImportFault(line: 1, expected: "#FORMAT=WebAnno TSV 3", found: "“\(bare.prefix(40))”")
      }
    } else if bare.hasPrefix("#T_") {
      readHeader(bare, number)
    } else if bare.hasPrefix("#Text=") {
      let text = TextLines.unescaped(bare.dropFirst(6))
      if let last = sentences.last, last.start == nil {
        // A sentence of several lines has one #Text for each.
        sentences[sentences.count - 1].text += "\n" + text
      } else {
        sentences.append((text, nil, number))
      }
    } else if !bare.hasPrefix("#") {
      try readRow(bare.split(separator: "\t", omittingEmptySubsequences: false).map(String.init), number)
    }
  }

  private mutating func readHeader(_ line: String, _ number: Int) {
    let parts = line.drop { $0 != "=" }.dropFirst().split(separator: "|").map(String.init)
    guard let type = parts.first else { return }
    if line.hasPrefix("#T_CH") { leftOut.append((starts[number - 1], "the chains “\(type)”")) }
    let features = parts.dropFirst().filter { !$0.hasPrefix("BT_") }
    // A layer without features has one column, which marks its presence.
    layers.append(Layer(type: type, features: Array(features), isRelation: line.hasPrefix("#T_RL"), column: columns))
    columns += max(1, features.count) + (line.hasPrefix("#T_RL") ? 1 : 0)
  }

  private mutating func readRow(_ cells: [String], _ number: Int) throws(ImportFault) {
    let offsets = cells.count > 2 ? cells[1].split(separator: "-").compactMap { Int($0) } : []
    guard cells.count >= columns, offsets.count == 2, offsets.allSatisfy({ (0..<1 << 31).contains($0) }) else {
      throw ImportFault(
        line: number, expected: "\(columns) columns, the second of them an offset such as 0-4",
        found: cells.count < columns ? "\(cells.count) columns" : "“\(cells[1])”")
    }
    guard !sentences.isEmpty else {
      throw ImportFault(line: number, expected: "#Text= before the first token", found: "a token")
    }
    if sentences[sentences.count - 1].start == nil {
      let text = sentences[sentences.count - 1].text
      let space = text.utf16.prefix { $0 == 32 || (9...13).contains($0) }.count
      sentences[sentences.count - 1].start = offsets[0] - space
    }
    for (index, layer) in layers.enumerated() {
      let width = max(1, layer.features.count)
      let stacks = (0..<width).map { Self.stack(cells[layer.column + $0]) }
      if layer.isRelation {
        let sources = Self.stack(cells[layer.column + width])
        for (type, source) in zip(stacks[0], sources) where source.value != "_" {
          arcs.append(
            Arc(
              type: type.value == "*" ? Self.short(layer.type) : type.value, row: source.value, ids: source.id ?? "0_0",
              target: cells[0], line: number))
        }
      } else {
        for (place, first) in stacks[0].enumerated() where first.value != "_" || first.isEscaped {
          addSpan(
            layer, index, first.id,
            stacks.map { place < $0.count ? $0[place] : Cell(value: "*", id: nil, isEscaped: false) },
            (offsets[0], offsets[1]), cells[0], number)
        }
      }
    }
  }

  private mutating func addSpan(
    _ layer: Layer, _ index: Int, _ id: String?, _ values: [Cell], _ range: (start: Int, end: Int), _ row: String,
    _ line: Int
  ) {
    let key = id.map { "\(index):\($0)" } ?? "\(index)@\(row)"
    if let place = places[key] {
      spans[place].fragments[0].end = max(spans[place].fragments[0].end, range.end)
      return
    }
    var named: [String: String] = [:]
    for (feature, cell) in zip(layer.features, values) where cell.value != "*" || cell.isEscaped {
      named[feature] = cell.value
    }
    let isLabel = ["label", "value"].first { layer.features.contains($0) } ?? layer.features.first
    var span = ForeignSpan(
      key, isLabel.flatMap { named[$0] } ?? Self.short(layer.type), [range], byte: starts[line - 1])
    if let isLabel { named[isLabel] = nil }
    span.note = named.removeValue(forKey: "note") ?? ""
    span.attributes = named.filter { !$0.value.isEmpty }
    places[key] = spans.count
    spanOfRow[row] = spanOfRow[row] ?? spans.count
    spans.append(span)
  }

  private static func short(_ type: String) -> String { type.split(separator: ".").last.map(String.init) ?? type }

  func document(_ known: DocumentText?) throws(ImportFault) -> ForeignDocument {
    var document = ForeignDocument(text: try text(known), unit: .utf16)
    document.spans = spans
    document.leftOut = leftOut
    for arc in arcs {
      let ids = arc.ids.split(separator: "_").map(String.init)
      func span(_ id: String?, _ row: String) throws(ImportFault) -> String {
        if let id, id != "0", let place = layers.indices.lazy.compactMap({ places["\($0):\(id)"] }).first {
          return spans[place].id
        }
        guard let place = spanOfRow[row] else {
          throw ImportFault(line: arc.line, expected: "a span on the line \(row)", found: "none")
        }
        return spans[place].id
      }
      document.relations.append(
        ForeignRelation(
          "\(document.relations.count + 1)", arc.type, from: try span(ids.first, arc.row),
          to: try span(ids.count > 1 ? ids[1] : nil, arc.target), byte: starts[arc.line - 1]))
    }
    return document
  }

  /// The longest gap between sentences in UTF-16 units; a longer one means a broken file.
  private static let longestGap = 10_000

  /// The known text, if the sentences stand in it at their offsets; without one, the sentences with line breaks
  /// between.
  private func text(_ known: DocumentText?) throws(ImportFault) -> DocumentText {
    if let known {
      let units = Array(known.string.utf16)
      for sentence in sentences {
        guard let start = sentence.start else { continue }
        let words = Array(sentence.text.utf16)
        guard start >= 0, start <= units.count - words.count, units[start..<start + words.count].elementsEqual(words)
        else {
          throw ImportFault(
            line: sentence.line, expected: "the text that the document has there",
            found: "“\(sentence.text.prefix(40))”")
        }
      }
      return known
    }
    var units: [UInt16] = []
    for sentence in sentences {
      guard let start = sentence.start else { continue }
      guard start >= units.count, start - units.count <= Self.longestGap else {
        throw ImportFault(line: sentence.line, expected: "a sentence behind the one before", found: "offset \(start)")
      }
      units += [UInt16](repeating: 10, count: start - units.count) + Array(sentence.text.utf16)
    }
    return DocumentText(String(decoding: units, as: UTF16.self) + "\n")
  }

  // MARK: cells

  struct Cell {
    let value: String
    let id: String?
    /// Whether something in it was escaped, so that `_` and `*` are themselves.
    let isEscaped: Bool
  }

  /// The values stacked in a cell, each with the number that joins its lines.
  static func stack(_ cell: String) -> [Cell] {
    var cells: [Cell] = []
    var (value, id): (String, String?) = ("", nil)
    var (isEscaped, inID, escapes) = (false, false, false)
    for scalar in cell.unicodeScalars {
      if escapes {
        value.unicodeScalars.append(TextLines.meaning(of: scalar))
        isEscaped = true
        escapes = false
      } else if scalar == "\\" {
        escapes = true
      } else if scalar == "|" {
        cells.append(Cell(value: value, id: id, isEscaped: isEscaped))
        (value, id, isEscaped, inID) = ("", nil, false, false)
      } else if scalar == "[" {
        (id, inID) = ("", true)
      } else if scalar == "]" {
        inID = false
      } else if inID {
        id?.unicodeScalars.append(scalar)
      } else {
        value.unicodeScalars.append(scalar)
      }
    }
    cells.append(Cell(value: value, id: id, isEscaped: isEscaped))
    return cells
  }
}
