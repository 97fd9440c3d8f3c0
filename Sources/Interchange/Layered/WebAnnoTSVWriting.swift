import Standoff

/// Writes a CAS as WebAnno TSV 3.3.
struct WebAnnoTSVWriting {
  private let cas: CAS
  private let version: AnnotatedDocument
  private var sentences: [(text: String, rows: [Row])] = []
  /// The first line of each structure.
  private var firstRow: [Int: (sentence: Int, row: Int)] = [:]
  /// The number in brackets of each structure.
  private var numbers: [Int: Int] = [:]
  private var layers: [Layer] = []
  private let byID: [Int: Int]

  /// A line: a token, or the part of one that a span covers.
  private struct Row {
    let name: String
    let range: TextRange
    /// Places of structures, in the order of the text.
    var structures: [Int] = []
    /// Places of relations to a structure that begins here.
    var relations: [Int] = []
  }

  private struct Layer {
    enum Kind { case span, chain, relation }
    let type: String
    let kind: Kind
    let plain: [String]
    let slots: [CAS.Feature]
    /// The layer at which relations end.
    let base: String
  }

  init(_ cas: CAS, _ version: AnnotatedDocument) {
    self.cas = cas
    self.version = version
    byID = Dictionary(cas.structures.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    layers = Self.layers(of: cas, version.set.scheme)
    let tokens = version.sentencedTokens
    sentences = Self.rows(tokens, version)
    place()
  }

  private static func layers(of cas: CAS, _ scheme: Scheme) -> [Layer] {
    var order = scheme.labels.map { $0.foreign.layer ?? UIMALayers.ownSpan.layer }
    order += scheme.relations.map { $0.foreign.layer ?? UIMALayers.ownRelation.layer }
    var seen: Set<String> = [UIMALayers.token]
    var layers: [Layer] = []
    for type in order where seen.insert(type).inserted {
      guard let description = cas.types[type] else { continue }
      let names = description.features.map(\.name)
      let first = scheme.labels.first {
        ($0.foreign.layer ?? UIMALayers.ownSpan.layer) == type && $0.foreign.feature != nil
      }
      let labelFeature = first?.foreign.feature ?? (type == UIMALayers.ownSpan.layer ? UIMALayers.ownSpan.feature : nil)
      if names.contains("Governor") {
        let base = description.features.first { $0.name == "Governor" }?.range ?? UIMALayers.annotation
        layers.append(
          Layer(
            type: type, kind: .relation, plain: names.filter { !["Governor", "Dependent"].contains($0) }, slots: [],
            base: base))
      } else if names.contains("next") {
        layers.append(
          Layer(
            type: type, kind: .chain, plain: ["referenceRelation", labelFeature ?? "referenceType"], slots: [], base: ""
          ))
      } else {
        let slots = description.features.filter(\.isList)
        let plain = description.features.filter { feature in !feature.isList && feature.name != labelFeature }
          .map(\.name)
        layers.append(
          Layer(type: type, kind: .span, plain: (labelFeature.map { [$0] } ?? []) + plain, slots: slots, base: ""))
      }
    }
    let ranks: [Layer.Kind] = [.span, .chain, .relation]
    return ranks.flatMap { kind in layers.filter { $0.kind == kind } }
  }

  private static func rows(_ tokens: TextTokens, _ version: AnnotatedDocument) -> [(text: String, rows: [Row])] {
    tokens.sentenceStarts.enumerated().map { index, first in
      let next = index + 1 < tokens.sentenceStarts.count ? tokens.sentenceStarts[index + 1] : tokens.ranges.count
      let rows = (first..<next).map { Row(name: "\(index + 1)-\($0 - first + 1)", range: tokens.ranges[$0]) }
      return (version.document.text[TextRange(tokens.ranges[first].start, tokens.ranges[next - 1].end)], rows)
    }
  }

  /// Puts structures on the lines of their tokens, with new lines for parts of tokens.
  private mutating func place() {
    let scale = OffsetScale(.utf16, of: version.document.text)
    let kinds = Dictionary(layers.map { ($0.type, $0.kind) }, uniquingKeysWith: { first, _ in first })
    var sentence = 0
    var parts: [[Int: [(range: TextRange, place: Int)]]] = .init(repeating: [:], count: sentences.count)
    var spans: [(place: Int, range: TextRange)] = []
    for (place, structure) in cas.structures.enumerated() {
      guard structure.type == UIMALayers.token || kinds[structure.type].map({ $0 != .relation }) ?? false,
        let range = structure.range.flatMap({ scale.range($0.start, $0.end) })
      else { continue }
      spans.append((place, range))
    }
    spans.sort { ($0.range.start, -$0.range.end, $0.place) < ($1.range.start, -$1.range.end, $1.place) }
    for (place, range) in spans {
      if cas.structures[place].type != UIMALayers.token { numbers[place] = numbers.count + 1 }
      while sentence < sentences.count, sentences[sentence].rows.last?.range.end ?? 0 <= range.start { sentence += 1 }
      var here = sentence
      while here < sentences.count, sentences[here].rows.first?.range.start ?? 0 < range.end {
        let rows = sentences[here].rows
        var row = Self.firstRow(endingAfter: range.start, in: rows)
        while row < rows.count, rows[row].range.start < range.end {
          if range.contains(rows[row].range) {
            sentences[here].rows[row].structures.append(place)
          } else {
            let part = TextRange(max(rows[row].range.start, range.start), min(rows[row].range.end, range.end))
            parts[here][row, default: []].append((part, place))
          }
          row += 1
        }
        here += 1
      }
    }
    addParts(parts)
    for (sentence, (_, rows)) in sentences.enumerated() {
      for (row, line) in rows.enumerated() {
        for place in line.structures where firstRow[place] == nil { firstRow[place] = (sentence, row) }
      }
    }
    for (place, structure) in cas.structures.enumerated() where kinds[structure.type] == .relation {
      guard let target = structure.reference("Dependent").flatMap({ byID[$0] }), let row = firstRow[target] else {
        continue
      }
      sentences[row.sentence].rows[row.row].relations.append(place)
    }
  }

  private static func firstRow(endingAfter offset: Int, in rows: [Row]) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].range.end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func addParts(_ parts: [[Int: [(range: TextRange, place: Int)]]]) {
    for (index, parts) in parts.enumerated() where !parts.isEmpty {
      var rows: [Row] = []
      for (place, token) in sentences[index].rows.enumerated() {
        rows.append(token)
        var byRange: [TextRange: [Int]] = [:]
        for part in parts[place] ?? [] { byRange[part.range, default: []].append(part.place) }
        for (count, part) in byRange.sorted(by: { $0.key < $1.key }).enumerated() {
          rows.append(Row(name: "\(token.name).\(count + 1)", range: part.key, structures: part.value))
        }
      }
      sentences[index].rows = rows
    }
  }

  // MARK: lines

  var text: String {
    var text = "#FORMAT=WebAnno TSV 3.3\n"
    for layer in layers { text += header(of: layer) }
    text += "\n"
    let chains = chains
    for sentence in sentences where !sentence.rows.isEmpty {
      text += "\n#Text=\(TextLines.escaped(sentence.text))\n"
      for row in sentence.rows {
        let start = version.document.text.utf16Offset(ofCodePoint: row.range.start)
        let end = version.document.text.utf16Offset(ofCodePoint: row.range.end)
        text += "\(row.name)\t\(start)-\(end)\t\(TextLines.escaped(version.document.text[row.range]))\t"
        for layer in layers {
          switch layer.kind {
          case .span: text += columns(of: layer, row)
          case .chain: text += chainColumns(of: layer, row, chains)
          case .relation: text += relationColumns(of: layer, row)
          }
        }
        text += "\n"
      }
    }
    return text
  }

  private func header(of layer: Layer) -> String {
    switch layer.kind {
    case .span:
      var parts = layer.plain
      for slot in layer.slots {
        let target = cas.features(of: slot.range).first { $0.name == "target" }?.range ?? UIMALayers.annotation
        parts.append("ROLE_\(layer.type):\(slot.name)_\(slot.range)|\(target)")
      }
      return "#T_SP=\(layer.type)|\(parts.joined(separator: "|"))\n"
    case .chain: return "#T_CH=\(layer.type)|\(layer.plain.joined(separator: "|"))\n"
    case .relation:
      return "#T_RL=\(([layer.type] + layer.plain + ["BT_" + layer.base]).joined(separator: "|"))\n"
    }
  }

  private func columns(of layer: Layer, _ row: Row) -> String {
    let places = row.structures.filter { cas.structures[$0].type == layer.type }
    let width = max(1, layer.plain.count + 2 * layer.slots.count)
    if places.isEmpty { return String(repeating: "_\t", count: width) }
    func stack(_ value: (CAS.Structure) -> String?, hasID: Bool = true) -> String {
      places.map { place in
        (value(cas.structures[place]) ?? "*") + (hasID ? "[\(numbers[place] ?? 0)]" : "")
      }.joined(separator: "|") + "\t"
    }
    if layer.plain.isEmpty, layer.slots.isEmpty { return stack { _ in nil } }
    var text = ""
    for name in layer.plain { text += stack { $0.text(name).map(WebAnnoTSV.escaped) } }
    for slot in layer.slots {
      let isFirst = layer.plain.isEmpty && slot == layer.slots.first
      text += stack { structure in
        let links = links(slot.name, of: structure)
        if links.isEmpty { return isFirst ? "*" : "_" }
        return links.map { $0.text("role").map(WebAnnoTSV.escaped) ?? "*" }.joined(separator: ";")
      }
      text += stack(
        { structure in
          let links = links(slot.name, of: structure)
          return links.isEmpty ? "_" : links.map(target).joined(separator: ";")
        }, hasID: false)
    }
    return text
  }

  private func links(_ slot: String, of structure: CAS.Structure) -> [CAS.Structure] {
    guard case .references(let ids)? = structure[slot] else { return [] }
    return ids.compactMap { byID[$0].map { cas.structures[$0] } }
  }

  private func target(of link: CAS.Structure) -> String {
    guard let place = link.reference("target").flatMap({ byID[$0] }) else { return "*" }
    return name(of: place) + (numbers[place].map { "[\($0)]" } ?? "")
  }

  /// The name of a structure's first line.
  private func name(of place: Int) -> String {
    firstRow[place].map { sentences[$0.sentence].rows[$0.row].name } ?? ""
  }

  private func relationColumns(of layer: Layer, _ row: Row) -> String {
    let relations = row.relations.map { cas.structures[$0] }.filter { $0.type == layer.type }
    if relations.isEmpty { return String(repeating: "_\t", count: layer.plain.count + 1) }
    var text = ""
    for name in layer.plain {
      text += relations.map { $0.text(name).map(WebAnnoTSV.escaped) ?? "*" }.joined(separator: "|") + "\t"
    }
    let sources = relations.map { relation -> String in
      guard let from = relation.reference("Governor").flatMap({ byID[$0] }),
        let to = relation.reference("Dependent").flatMap({ byID[$0] })
      else { return "_" }
      let ids = numbers[from] == nil && numbers[to] == nil ? "" : "[\(numbers[from] ?? 0)_\(numbers[to] ?? 0)]"
      return name(of: from) + ids
    }
    return text + sources.joined(separator: "|") + "\t"
  }

  /// The chain and link number of each structure, both from 1.
  private var chains: [Int: (chain: Int, link: Int)] {
    var found: [Int: (chain: Int, link: Int)] = [:]
    var chain = 0
    for structure in cas.structures {
      guard var next = structure.reference("first").flatMap({ byID[$0] }) else { continue }
      chain += 1
      var link = 1
      while found[next] == nil {
        found[next] = (chain, link)
        link += 1
        guard let after = cas.structures[next].reference("next").flatMap({ byID[$0] }) else { break }
        next = after
      }
    }
    return found
  }

  private func chainColumns(of layer: Layer, _ row: Row, _ chains: [Int: (chain: Int, link: Int)]) -> String {
    let places = row.structures.filter { cas.structures[$0].type == layer.type && chains[$0] != nil }
    if places.isEmpty { return "_\t_\t" }
    let links = places.map { place -> String in
      let relation = cas.structures[place].text("referenceRelation").map(WebAnnoTSV.escaped) ?? "*"
      return "\(relation)->\(chains[place]?.chain ?? 0)-\(chains[place]?.link ?? 0)"
    }
    let types = places.map { place -> String in
      let type = cas.structures[place].text(layer.plain[1]).map(WebAnnoTSV.escaped) ?? "*"
      return "\(type)[\(chains[place]?.chain ?? 0)]"
    }
    return "\(links.joined(separator: "|"))\t\(types.joined(separator: "|"))\t"
  }
}
