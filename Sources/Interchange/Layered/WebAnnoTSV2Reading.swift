import Standoff

/// The lines of a WebAnno TSV file of version 1 or 2, read one after another into a CAS.
///
/// Version 2 names its columns on the first line, ` # layer | feature # …`; version 1 has the columns number, token,
/// lemma, part of speech, named entity, nothing, head, dependency. There are no offsets: tokens stand in the text of
/// their sentence.
///
/// Source: files of WebAnno 1 and 2.
struct WebAnnoTSV2Reading {
  private struct Layer {
    let type: String
    let feature: String
    let isRelation: Bool
    let column: Int
    /// Whether cells without `B-` are values of the token.
    var isOfTokens = false
  }

  private let starts: [Int]
  private var layers: [Layer] = []
  private var isFirstVersion = true
  private var cas = CAS()
  private var sentenceText = ""
  private var sentence = 0
  private var units: [UInt16] = []
  /// How much of the sentence's text is behind the reader.
  private var at = 0
  private var begins = false
  private var open: [String: Int] = [:]
  private var tokens: [String: Int] = [:]
  private var spans: [String: Int] = [:]
  private var arcs: [(layer: Layer, value: String, head: String, row: String, line: Int)] = []
  private(set) var leftOut: [(byte: Int, what: String)] = []

  init(starts: [Int]) { self.starts = starts }

  private static let dkpro = "de.tudarmstadt.ukp.dkpro.core.api."
  private static let firstVersion = [
    Layer(type: dkpro + "segmentation.type.Lemma", feature: "value", isRelation: false, column: 2, isOfTokens: true),
    Layer(type: dkpro + "lexmorph.type.pos.POS", feature: "PosValue", isRelation: false, column: 3, isOfTokens: true),
    Layer(type: dkpro + "ner.type.NamedEntity", feature: "value", isRelation: false, column: 4),
    Layer(
      type: dkpro + "syntax.type.dependency.Dependency", feature: "DependencyType", isRelation: true, column: 6),
  ]

  mutating func read(_ line: String, _ number: Int) throws(ImportFault) {
    if number == 1, line.hasPrefix("#FORMAT") {
      throw ImportFault(line: 1, expected: "#FORMAT=WebAnno TSV 3", found: "“\(line.prefix(40))”")
    }
    if number == 1, line.contains("|"), !line.hasPrefix("#id=") { return readHeader(line) }
    if line.isEmpty {
      begins = true
    } else if line.hasPrefix("#id=") {
      begins = true
    } else if line.hasPrefix("#text=") || line.hasPrefix("#Text=") {
      sentence += 1
      if !units.isEmpty { units.append(10) }
      at = units.count
      sentenceText = String(line.dropFirst(6))
      units += Array(sentenceText.utf16)
      begins = true
      open = [:]
    } else if !line.hasPrefix("#") || line.hasPrefix("#\t") {
      try readRow(line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init), number)
    }
  }

  private mutating func readHeader(_ line: String) {
    isFirstVersion = false
    var column = 2
    for part in line.split(separator: "#") {
      let words = part.split(separator: "|").map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
      guard let type = words.first else { continue }
      let isRelation = words.contains { $0.hasPrefix("AttachTo=") }
      let features = words.dropFirst().filter { !$0.hasPrefix("AttachTo=") }
      for feature in features {
        layers.append(Layer(type: type, feature: feature, isRelation: isRelation, column: column))
        column += 1
      }
      if isRelation { column += 1 }
      cas.types[type] = CAS.TypeDescription(
        name: type, supertype: UIMALayers.annotation,
        features: features.map { CAS.Feature(name: $0, range: UIMALayers.string) })
    }
  }

  private mutating func readRow(_ cells: [String], _ number: Int) throws(ImportFault) {
    guard sentence > 0 else {
      throw ImportFault(
        line: number, expected: "#FORMAT=WebAnno TSV 3, or #id= and #text= before the first token",
        found: "“\(cells[0].prefix(40))”")
    }
    if isFirstVersion, layers.isEmpty { layers = Self.firstVersion }
    let width = (layers.map { $0.column + ($0.isRelation ? 2 : 1) }.max() ?? 2)
    guard cells.count >= width, !cells[1].isEmpty else {
      throw ImportFault(line: number, expected: "\(width) columns", found: "\(cells.count)")
    }
    let word = Array(cells[1].utf16)
    while at < units.count, units[at] == 32 || units[at] == 9 || units[at] == 160 { at += 1 }
    guard at + word.count <= units.count, units[at..<at + word.count].elementsEqual(word) else {
      throw ImportFault(
        line: number, expected: "the next words of “\(sentenceText.prefix(40))”", found: "“\(cells[1])”")
    }
    let range = (start: at, end: at + word.count)
    at += word.count
    let row = isFirstVersion ? "\(sentence)-\(cells[0])" : cells[0]
    tokens[row] = add(UIMALayers.token, at: range, number)
    if begins { add(UIMALayers.sentence, at: range, number) }
    begins = false
    for layer in layers {
      let cell = cells[layer.column]
      if layer.isRelation {
        // Version 1 has the head's number before the relation, version 2 behind it.
        let (head, value) = isFirstVersion ? (cell, cells[layer.column + 1]) : (cells[layer.column + 1], cell)
        let heads = head.split(separator: "|").map(String.init)
        for (value, head) in zip(value.split(separator: "|").map(String.init), heads) where !["_", "O"].contains(value)
        {
          let name = isFirstVersion ? (head == "0" ? row : "\(sentence)-\(head)") : head
          arcs.append((layer, value, name, row, number))
        }
      } else {
        readTags(cell, layer, row, range, number)
      }
    }
  }

  private mutating func readTags(
    _ cell: String, _ layer: Layer, _ row: String, _ range: (start: Int, end: Int), _ line: Int
  ) {
    var still: Set<String> = []
    for (index, tag) in cell.split(separator: "|").map(String.init).enumerated() where !["_", "O"].contains(tag) {
      let hasPrefix = !layer.isOfTokens && (tag.hasPrefix("B-") || tag.hasPrefix("I-"))
      let value = hasPrefix ? String(tag.dropFirst(2)) : tag
      let key = "\(layer.type) \(layer.feature) \(value)"
      if hasPrefix, tag.hasPrefix("I-"), let place = open[key] {
        cas.structures[place].range?.end = range.end
        still.insert(key)
        continue
      }
      let place = add(layer.type, at: range, line)
      cas.structures[place].features.append((layer.feature, .string(value)))
      if index == 0 { spans["\(layer.type) \(row)"] = place }
      if hasPrefix {
        open[key] = place
        still.insert(key)
      }
    }
    for key in open.keys where key.hasPrefix("\(layer.type) \(layer.feature) ") && !still.contains(key) {
      open[key] = nil
    }
  }

  @discardableResult
  private mutating func add(_ type: String, at range: (start: Int, end: Int), _ line: Int) -> Int {
    var structure = CAS.Structure(id: cas.structures.count + 2, type: type, sofa: cas.sofa, range: range)
    structure.byte = starts[line - 1]
    cas.structures.append(structure)
    return cas.structures.count - 1
  }

  mutating func cas(_ known: DocumentText?) throws(ImportFault) -> CAS {
    guard sentence > 0 else {
      throw ImportFault(line: 1, expected: "#FORMAT=WebAnno TSV 3, or #text= before the first token", found: nil)
    }
    let pos = Self.dkpro + "lexmorph.type.pos.POS"
    for arc in arcs {
      guard let from = spans["\(pos) \(arc.head)"] ?? tokens[arc.head],
        let to = spans["\(pos) \(arc.row)"] ?? tokens[arc.row]
      else {
        throw ImportFault(line: arc.line, expected: "the number of a token", found: "“\(arc.head)”")
      }
      let place = add(arc.layer.type, at: cas.structures[to].range ?? (0, 0), arc.line)
      cas.structures[place].features = [
        (arc.layer.feature, .string(arc.value)), ("Governor", .reference(cas.structures[from].id)),
        ("Dependent", .reference(cas.structures[to].id)),
      ]
    }
    cas.text = String(decoding: units, as: UTF16.self) + "\n"
    if let known, known.string != cas.text {
      throw ImportFault(line: 1, expected: "the text that the document has", found: "another")
    }
    return cas
  }
}
