import Standoff

/// The lines of a WebAnno TSV 3 file, read one after another into a CAS.
struct WebAnnoTSVReading {
  /// A kind of annotation: where its columns begin, and what they are.
  private struct Layer {
    enum Kind { case span, chain, relation }
    let type: String
    let kind: Kind
    let features: [Feature]
    /// The layer at which relations end.
    let base: String
    let column: Int

    var width: Int { features.reduce(0) { $0 + ($1.link == nil ? 1 : 2) } }
  }

  private struct Feature {
    let name: String
    /// The types of a slot's links and of their targets; nil for any other feature.
    var link: (type: String, target: String)?
  }

  private struct Arc {
    let layer: Int
    let values: [Cell]
    let source: Cell
    /// The line's first cell.
    let row: String
    let line: Int
  }

  private struct Slot {
    let host: Int
    let feature: Feature
    let role: Cell
    let target: Cell
    let line: Int
  }

  private let starts: [Int]
  private var layers: [Layer] = []
  private var columns = 3
  private var cas = CAS()
  /// Texts of sentences with the offset of the first token, in UTF-16 units.
  private var sentences: [(text: String, start: Int?, line: Int)] = []
  /// Places of structures by layer and number, or by layer and line.
  private var places: [String: Int] = [:]
  /// Places of tokens by line.
  private var tokens: [String: Int] = [:]
  /// The words of each token, by the place of its structure, and its line.
  private var words: [(place: Int, text: String, line: Int)] = []
  private var arcs: [Arc] = []
  private var slots: [Slot] = []
  private var chains: [[Int]: Int] = [:]
  private(set) var leftOut: [(byte: Int, what: String)] = []

  init(starts: [Int]) { self.starts = starts }

  mutating func read(_ line: String, _ number: Int) throws(ImportFault) {
    if line.isEmpty || number == 1 { return }
    if line.hasPrefix("#T_") {
      readHeader(line)
    } else if line.hasPrefix("#Text=") {
      let text = TextLines.unescaped(line.dropFirst(6))
      if let last = sentences.last, last.start == nil {
        // A sentence of several lines has one #Text for each.
        sentences[sentences.count - 1].text += "\n" + text
      } else {
        sentences.append((text, nil, number))
      }
    } else if line.hasPrefix("#Sentence.id=") {
      if !leftOut.contains(where: { $0.what.hasPrefix("the ids of sentences") }) {
        leftOut.append((starts[number - 1], "the ids of sentences, such as “\(line.dropFirst(13))”"))
      }
    } else if !line.hasPrefix("#") {
      try readRow(line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init), number)
    }
  }

  private mutating func readHeader(_ line: String) {
    let parts = line.drop { $0 != "=" }.dropFirst().split(separator: "|").map(String.init)
    guard let type = parts.first else { return }
    var features: [Feature] = []
    var (base, link): (String, Feature?) = (UIMALayers.annotation, nil)
    for part in parts.dropFirst() {
      if var slot = link {
        // A slot's second column is headed by the type of its targets.
        slot.link?.target = part
        features.append(slot)
        link = nil
      } else if part.hasPrefix("BT_") {
        base = String(part.dropFirst(3))
      } else if part.hasPrefix("ROLE_"), let colon = part.lastIndex(of: ":") {
        // ROLE_host:feature_link, where only the link's type has points.
        let rest = part[part.index(after: colon)...]
        let point = rest.firstIndex(of: ".") ?? rest.endIndex
        let split = rest[..<point].lastIndex(of: "_") ?? rest.startIndex
        link = Feature(name: String(rest[..<split]), link: (String(rest[split...].dropFirst()), ""))
      } else {
        features.append(Feature(name: part))
      }
    }
    let kind: Layer.Kind = line.hasPrefix("#T_RL") ? .relation : line.hasPrefix("#T_CH") ? .chain : .span
    let layer = Layer(type: type, kind: kind, features: features, base: base, column: columns)
    // A layer of spans without features has one column, which marks its presence; one of relations has its source.
    columns += kind == .relation ? layer.width + 1 : max(1, layer.width)
    layers.append(layer)
    declare(layer)
  }

  private mutating func declare(_ layer: Layer) {
    var type = CAS.TypeDescription(name: layer.type, supertype: UIMALayers.annotation)
    for feature in layer.features {
      type.features.append(
        CAS.Feature(name: feature.name, range: feature.link?.type ?? UIMALayers.string, isList: feature.link != nil))
      guard let link = feature.link else { continue }
      cas.types[link.type] = CAS.TypeDescription(
        name: link.type, supertype: "uima.cas.TOP",
        features: [
          CAS.Feature(name: "role", range: UIMALayers.string), CAS.Feature(name: "target", range: link.target),
        ])
    }
    if layer.kind == .relation {
      for end in ["Governor", "Dependent"] { type.features.append(CAS.Feature(name: end, range: layer.base)) }
    }
    if layer.kind == .chain { type.features.append(CAS.Feature(name: "next", range: layer.type)) }
    cas.types[layer.type] = type
  }

  private mutating func readRow(_ all: [String], _ number: Int) throws(ImportFault) {
    let cells = all.last == "" ? Array(all.dropLast()) : all
    let offsets = cells.count > 1 ? cells[1].split(separator: "-").compactMap { Int($0) } : []
    guard cells.count == columns, offsets.count == 2, offsets.allSatisfy({ (0..<1 << 31).contains($0) }) else {
      throw ImportFault(
        line: number, expected: "\(columns) columns, the second of them an offset such as 0-4",
        found: cells.count != columns || cells.count < 2 ? "\(cells.count) columns" : "“\(cells[1])”")
    }
    guard !sentences.isEmpty else {
      throw ImportFault(line: number, expected: "#Text= before the first token", found: "a token")
    }
    if let empty = cells.indices.dropFirst(3).first(where: { cells[$0].isEmpty }) {
      throw ImportFault(line: number, expected: "a value, _ or * in the column \(empty + 1)", found: "nothing")
    }
    let isFirst = sentences[sentences.count - 1].start == nil
    if isFirst {
      let text = sentences[sentences.count - 1].text
      let space = text.utf16.prefix { $0 == 32 || (9...13).contains($0) }.count
      sentences[sentences.count - 1].start = offsets[0] - space
    }
    let range = (start: offsets[0], end: offsets[1])
    if !cells[0].contains(".") {
      let place = add(UIMALayers.token, at: range, number)
      tokens[cells[0]] = place
      words.append((place, cells[2], number))
      if isFirst { add(UIMALayers.sentence, at: range, number) }
    }
    for (index, layer) in layers.enumerated() {
      switch layer.kind {
      case .span: readSpans(layer, index, cells, range, number)
      case .chain: readChain(layer, cells, range, number)
      case .relation:
        let values = (0..<layer.width).map { Cell.stack(cells[layer.column + $0]) }
        for (place, source) in Cell.stack(cells[layer.column + layer.width]).enumerated() where !source.isNothing {
          arcs.append(
            Arc(
              layer: index, values: values.map { place < $0.count ? $0[place] : .unset }, source: source,
              row: cells[0], line: number))
        }
      }
    }
  }

  @discardableResult
  private mutating func add(_ type: String, at range: (start: Int, end: Int)?, _ line: Int) -> Int {
    var structure = CAS.Structure(id: cas.structures.count + 2, type: type, range: range)
    structure.byte = starts[line - 1]
    if range != nil { structure.sofa = cas.sofa }
    cas.structures.append(structure)
    return cas.structures.count - 1
  }

  // MARK: spans

  private mutating func readSpans(
    _ layer: Layer, _ index: Int, _ cells: [String], _ range: (start: Int, end: Int), _ line: Int
  ) {
    let stacks = (0..<max(1, layer.width)).map { Cell.stack(cells[layer.column + $0], ofLinks: true) }
    let ids = stacks.joined().compactMap(\.id).reduce(into: [String]()) { ids, id in
      if !ids.contains(id) { ids.append(id) }
    }
    // Cells with numbers are paired by them; only a single annotation has none.
    let hasNumbers = !ids.isEmpty && stacks[0].contains { $0.id != nil } || Self.hasHostNumber(layer, stacks)
    if !hasNumbers {
      guard stacks.contains(where: { !($0.first?.isNothing ?? true) }) else { return }
      return addSpan(layer, "\(index)@\(cells[0])", stacks.map { $0.first ?? .unset }, range, line)
    }
    let width = stacks[0].count
    for (position, cell) in stacks[0].enumerated() where cell.id == nil && width > 1 && !cell.isNothing {
      let own = stacks.map { position < $0.count && $0[position].id == nil ? $0[position] : .unset }
      addSpan(layer, "\(index)@\(cells[0]).\(position)", own, range, line)
    }
    for (position, id) in ids.enumerated() {
      var values: [Cell] = []
      var column = 0
      for feature in layer.features {
        let found = stacks[column].firstIndex { $0.id == id }
        values.append(found.map { stacks[column][$0] } ?? .unset)
        column += 1
        guard feature.link != nil else { continue }
        // The targets of a slot stand in the order of its roles, with the numbers of their own.
        let place = found ?? position
        values.append(place < stacks[column].count ? stacks[column][place] : .unset)
        column += 1
      }
      if layer.features.isEmpty { values = [.unset] }
      addSpan(layer, "\(index):\(id)", values, range, line)
    }
  }

  /// Whether a column other than those of targets has numbers.
  private static func hasHostNumber(_ layer: Layer, _ stacks: [[Cell]]) -> Bool {
    var column = 0
    for feature in layer.features {
      if stacks[column].contains(where: { $0.id != nil }) { return true }
      column += feature.link == nil ? 1 : 2
    }
    return false
  }

  private mutating func addSpan(
    _ layer: Layer, _ key: String, _ values: [Cell], _ range: (start: Int, end: Int), _ line: Int
  ) {
    if let place = places[key] {
      let old = cas.structures[place].range ?? range
      cas.structures[place].range = (min(old.start, range.start), max(old.end, range.end))
      return
    }
    let place = add(layer.type, at: range, line)
    places[key] = place
    var column = 0
    for feature in layer.features {
      defer { column += feature.link == nil ? 1 : 2 }
      if feature.link == nil {
        if !values[column].isUnset {
          cas.structures[place].features.append((feature.name, .string(values[column].value)))
        }
        continue
      }
      let roles = values[column].links
      for (index, target) in values[column + 1].links.enumerated() where !target.isUnset {
        slots.append(
          Slot(
            host: place, feature: feature, role: index < roles.count ? roles[index] : .unset, target: target, line: line
          ))
      }
    }
  }

  private mutating func readChain(
    _ layer: Layer, _ cells: [String], _ range: (start: Int, end: Int), _ line: Int
  ) {
    let links = Cell.stack(cells[layer.column])
    let types = layer.width > 1 ? Cell.stack(cells[layer.column + 1]) : []
    for (index, link) in links.enumerated() where !link.isNothing {
      guard let arrow = link.arrow else { continue }
      let numbers = arrow.target.split(separator: "-").compactMap { Int($0) }
      guard numbers.count == 2 else { continue }
      if let place = chains[numbers] {
        cas.structures[place].range?.end = range.end
        continue
      }
      let place = add(layer.type, at: range, line)
      chains[numbers] = place
      for (feature, cell) in [arrow.label, index < types.count ? types[index] : .unset].enumerated() {
        guard !cell.isUnset else { continue }
        if feature < layer.features.count {
          cas.structures[place].features.append((layer.features[feature].name, .string(cell.value)))
        } else {
          leftOut.append((starts[line - 1], "“\(cell.value)” in a chain, for which its layer names no feature"))
        }
      }
    }
  }

  // MARK: the whole

  mutating func cas(_ known: DocumentText?) throws(ImportFault) -> CAS {
    cas.text = try text(known)
    try checkWords()
    for slot in slots {
      guard let link = slot.feature.link, let target = structure(slot.target.id, slot.target.value, link.target) else {
        leftOut.append((starts[slot.line - 1], "the link “\(slot.target.value)”, which leads to no line"))
        continue
      }
      let place = add(link.type, at: nil, slot.line)
      if !slot.role.isUnset { cas.structures[place].features.append(("role", .string(slot.role.value))) }
      cas.structures[place].features.append(("target", .reference(cas.structures[target].id)))
      append(cas.structures[place].id, to: slot.feature.name, of: slot.host)
    }
    for arc in arcs {
      let layer = layers[arc.layer]
      let ids = (arc.source.id ?? "0_0").split(separator: "_").map(String.init)
      guard let from = structure(ids.first, arc.source.value, layer.base),
        let to = structure(ids.count > 1 ? ids[1] : nil, arc.row, layer.base)
      else {
        throw ImportFault(line: arc.line, expected: "the number of a line", found: "“\(arc.source.value)”")
      }
      let place = add(layer.type, at: cas.structures[to].range, arc.line)
      for (feature, value) in zip(layer.features, arc.values) where !value.isUnset {
        cas.structures[place].features.append((feature.name, .string(value.value)))
      }
      cas.structures[place].features.append(("Governor", .reference(cas.structures[from].id)))
      cas.structures[place].features.append(("Dependent", .reference(cas.structures[to].id)))
    }
    for (numbers, place) in chains {
      guard let next = chains[[numbers[0], numbers[1] &+ 1]] else { continue }
      cas.structures[place].features.append(("next", .reference(cas.structures[next].id)))
    }
    return cas
  }

  /// Holds the offsets to the words of the tokens; offsets that count code points are converted.
  private mutating func checkWords() throws(ImportFault) {
    let text = DocumentText(cas.text)
    func misfit(_ unit: OffsetUnit) -> (text: String, line: Int)? {
      let scale = OffsetScale(unit, of: text)
      let wrong = words.first { place, words, _ in
        let range = cas.structures[place].range.flatMap { scale.range($0.start, $0.end) }
        return range.map { text[$0] } != words && range.map { TextLines.escaped(text[$0]) } != words
      }
      return wrong.map { ($0.text, $0.line) }
    }
    guard let wrong = misfit(.utf16) else { return }
    guard misfit(.codePoint) == nil else {
      throw ImportFault(
        line: wrong.line, expected: "the words that stand at these offsets in #Text=", found: "“\(wrong.text)”")
    }
    for place in cas.structures.indices {
      guard let range = cas.structures[place].range else { continue }
      cas.structures[place].range = (
        text.utf16Offset(ofCodePoint: min(max(0, range.start), text.count)),
        text.utf16Offset(ofCodePoint: min(max(0, range.end), text.count))
      )
    }
  }

  private mutating func append(_ link: Int, to feature: String, of place: Int) {
    if case .references(let links)? = cas.structures[place][feature] {
      cas.structures[place].features.removeAll { $0.name == feature }
      cas.structures[place].features.append((feature, .references(links + [link])))
    } else {
      cas.structures[place].features.append((feature, .references([link])))
    }
  }

  /// The annotation of a layer with this number, else the one on this line, else the line's token.
  private func structure(_ id: String?, _ row: String, _ base: String) -> Int? {
    let isAny = base == UIMALayers.annotation || !layers.contains { $0.type == base }
    let candidates = layers.indices.filter { layers[$0].kind == .span && (isAny || layers[$0].type == base) }
    if UIMALayers.short(base) != "Token" {
      if let id, id != "0", let place = candidates.lazy.compactMap({ places["\($0):\(id)"] }).first { return place }
      if let place = candidates.lazy.compactMap({ places["\($0)@\(row)"] }).first { return place }
    }
    return tokens[row] ?? tokens[String(row.prefix { $0 != "." })]
  }

  /// The longest gap between sentences in UTF-16 units; a longer one means a broken file.
  private static let longestGap = 10_000

  /// The known text, if the sentences stand in it at their offsets; without one, the sentences with line breaks
  /// between.
  private func text(_ known: DocumentText?) throws(ImportFault) -> String {
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
      return known.string
    }
    var units: [UInt16] = []
    for sentence in sentences {
      guard let start = sentence.start else { continue }
      guard start >= units.count, start - units.count <= Self.longestGap else {
        throw ImportFault(line: sentence.line, expected: "a sentence behind the one before", found: "offset \(start)")
      }
      units += [UInt16](repeating: 10, count: start - units.count) + Array(sentence.text.utf16)
    }
    return String(decoding: units, as: UTF16.self) + "\n"
  }
}
