import Standoff

/// Turns a CAS into a document with layered spans and relations.
///
/// A type with begin and end is a layer. A type with a governor and a dependent is a layer of relations. A feature that
/// refers to other annotations, directly or by links with roles, becomes relations, as does a chain of links.
struct CASReading {
  private let cas: CAS
  private let choices: ImportChoices
  private(set) var document: ForeignDocument
  private let byID: [Int: Int]
  /// The span of each structure.
  private var spans: [Int: String] = [:]
  private var labelFeatures: [String: String?] = [:]
  private var declared: [String: [CAS.Feature]] = [:]
  private var facts: [String: TypeFacts] = [:]
  /// Features that have other types of values in other layers.
  private var mixed: Set<String> = []
  private var stringFeatures: [String: [String]] = [:]
  private var fragmentHeads: [String: Int] = [:]
  private var leftOutLayers: [String: (count: Int, byte: Int)] = [:]
  private var others: [String: (count: Int, byte: Int)] = [:]

  init(_ cas: CAS, _ choices: ImportChoices) {
    self.cas = cas
    self.choices = choices
    document = ForeignDocument(text: DocumentText(cas.text), unit: .utf16)
    byID = Dictionary(cas.structures.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for structure in cas.structures {
      for (name, value) in structure.features {
        if case .string = value, stringFeatures[structure.type]?.contains(name) != true {
          stringFeatures[structure.type, default: []].append(name)
        }
      }
    }
    for type in Set(cas.structures.map(\.type)) {
      declared[type] = cas.features(of: type)
      let strings = (declared[type] ?? []).filter { $0.range == UIMALayers.string && !$0.isList }.map(\.name)
      let all = strings + (stringFeatures[type] ?? []).filter { !strings.contains($0) }
      labelFeatures[type] = .some(UIMALayers.labelFeature(of: type, all, choices))
    }
    for type in declared.keys { facts[type] = facts(of: type) }
    var ranges: [String: Set<String>] = [:]
    for feature in declared.values.joined() { ranges[feature.name, default: []].insert(feature.range) }
    mixed = Set(ranges.filter { $0.value.count > 1 }.keys)
  }

  private enum Kind { case span, relation, structure, chain, link, document, other }

  /// What a type says of its structures, found out once.
  private struct TypeFacts {
    let short: String
    let isStructure: Bool
    let hasEnds: Bool
    let hasTarget: Bool
    let isBase: Bool
  }

  private func facts(of type: String) -> TypeFacts {
    let features = declared[type] ?? []
    let short = UIMALayers.short(type)
    return TypeFacts(
      short: short, isStructure: UIMALayers.structure.contains(short),
      hasEnds: ["Governor", "Dependent"].allSatisfy { end in features.contains { $0.name == end } },
      hasTarget: features.contains { $0.name == "target" }, isBase: cas.isType(type, UIMALayers.annotationBase))
  }

  private func short(_ structure: CAS.Structure) -> String { facts[structure.type]?.short ?? structure.type }

  private func kind(_ structure: CAS.Structure) -> Kind {
    guard let facts = facts[structure.type] else { return .other }
    if facts.isStructure { return .structure }
    if facts.hasEnds || structure["Governor"] != nil && structure["Dependent"] != nil { return .relation }
    if structure.range != nil { return .span }
    if structure["first"] != nil { return .chain }
    if structure["target"] != nil || facts.hasTarget { return .link }
    return facts.isBase ? .document : .other
  }

  /// The layers of the file, by their full names.
  private var layers: [String] {
    Set(cas.structures.filter { [.span, .relation].contains(kind($0)) }.map(\.type)).sorted()
  }

  mutating func read() -> ForeignDocument {
    var kinds: [Kind] = []
    var tokens: [(start: Int, end: Int)] = []
    var sentences: [Int] = []
    var said: Set<String> = []
    for structure in cas.structures {
      let kind = kind(structure)
      kinds.append(kind)
      let isElsewhere = structure.sofa.map { $0 != cas.sofa } ?? false
      switch kind {
      case .structure:
        if structure.type.hasSuffix(".Token"), let range = structure.range { tokens.append(range) }
        for (name, value) in structure.features where value != .string("") {
          said.insert("\(short(structure)).\(name)")
        }
        if structure.type.hasSuffix(".Sentence"), let range = structure.range { sentences.append(range.start) }
        if structure.type.hasSuffix(".DocumentMetaData") { document.name = structure.text("documentId") }
      case .span where isElsewhere:
        document.leftOut.append((structure.byte, "an annotation of another view"))
      case .span: if isIncluded(structure) { addSpan(structure) }
      case .document: addSaid(structure)
      case .other: others[structure.type, default: (0, structure.byte)].count += 1
      case .relation, .link: continue
      case .chain:
        let first = structure.reference("first").flatMap { byID[$0] }
        if let first, cas.structures[first]["next"] == nil {
          document.leftOut.append((structure.byte, "the chain \(described(structure)), which has one link"))
        }
      }
    }
    addTokens(tokens, sentences)
    let described = said.subtracting(["DocumentMetaData.documentId"]).sorted()
    if !described.isEmpty {
      document.leftOut.append(
        (cas.structures[0].byte, "what is said of the text and its tokens: \(described.joined(separator: ", "))"))
    }
    for (structure, kind) in zip(cas.structures, kinds) {
      switch kind {
      case .relation: if isIncluded(structure) { addRelation(structure) }
      case .span: if spans[structure.id] != nil { addReferences(of: structure) }
      case .structure, .chain, .link, .document, .other: continue
      }
    }
    if !choices.layers.isEmpty {
      let layers = layers
      for chosen in choices.layers
      where !layers.contains(where: { [$0, UIMALayers.short($0)].contains(chosen.name) }) {
        document.leftOut.append(
          (0, "--layer \(chosen.name): the file has no such layer; it has \(layers.joined(separator: ", "))"))
      }
    }
    for (type, left) in leftOutLayers.sorted(by: { $0.key < $1.key }) {
      document.leftOut.append((left.byte, "\(left.count) of the layer “\(type)”, which --layer does not name"))
    }
    for (type, left) in others.sorted(by: { $0.key < $1.key }) {
      document.leftOut.append((left.byte, "\(left.count) of the type “\(type)”, which marks no words"))
    }
    return document
  }

  private mutating func isIncluded(_ structure: CAS.Structure) -> Bool {
    if choices.includes(structure.type) { return true }
    leftOutLayers[structure.type, default: (0, structure.byte)].count += 1
    return false
  }

  private mutating func addTokens(_ tokens: [(start: Int, end: Int)], _ sentences: [Int]) {
    let scale = OffsetScale(.utf16, of: document.text)
    let ranges = tokens.compactMap { scale.range($0.start, $0.end) }.filter { !$0.isEmpty }.sorted()
    let starts = Set(sentences.compactMap(scale.codePoint)).sorted()
    var (firsts, next): ([Int], Int) = (ranges.isEmpty ? [] : [0], 0)
    while next < starts.count, starts[next] <= ranges.first?.start ?? 0 { next += 1 }
    for (index, range) in ranges.enumerated() where next < starts.count && range.start >= starts[next] {
      if index > 0 { firsts.append(index) }
      while next < starts.count, starts[next] <= range.start { next += 1 }
    }
    let found = TextTokens(ranges: ranges, sentenceStarts: firsts)
    if ranges.isEmpty { return }
    if found.fits(document.text.count) {
      document.tokens = found
    } else {
      document.leftOut.append((0, "the tokens, as some overlap"))
    }
  }

  // MARK: spans

  private mutating func addSpan(_ structure: CAS.Structure) {
    guard let range = structure.range else { return }
    let id = "@\(structure.id)"
    spans[structure.id] = id
    let short = short(structure)
    let labelFeature = labelFeatures[structure.type] ?? nil
    let label = labelFeature.flatMap { structure.text($0) }.flatMap { $0.isEmpty ? nil : $0 }
    var span = ForeignSpan(id, label ?? short, [range], byte: structure.byte)
    span.layer = structure.type
    span.feature = label == nil ? nil : labelFeature
    let declared = declared[structure.type] ?? []
    for (name, value) in structure.features where name != labelFeature || label == nil {
      if name == UIMALayers.note, structure.type == UIMALayers.ownSpan.layer,
        labelFeature == UIMALayers.ownSpan.feature, case .string(let words) = value
      {
        span.note = words
        continue
      }
      if name == UIMALayers.fragments, case .string(let key) = value {
        let head = "\(structure.type) \(label ?? "") \(key)"
        if let place = fragmentHeads[head] {
          document.spans[place].fragments.append(range)
          spans[structure.id] = document.spans[place].id
          return
        }
        fragmentHeads[head] = document.spans.count
        continue
      }
      if name == "referenceRelation", structure["next"] != nil { continue }
      let isMixed = mixed.contains(name)
      let attribute = isMixed ? "\(short)-\(name)" : name
      let type = declared.first { $0.name == name }?.range
      let foreign = ForeignName(original: isMixed ? name : nil, range: type == UIMALayers.string ? nil : type)
      switch value {
      case .string(let words) where !words.isEmpty:
        span.attributes[attribute] = words
        if document.attributeNames[attribute] == nil { document.attributeNames[attribute] = foreign }
      case .literal(let words):
        span.attributes[attribute] = words
        document.attributeNames[attribute] = foreign
      case .string: document.leftOut.append((structure.byte, "the empty feature “\(name)” of \(described(structure))"))
      case .strings(let all):
        document.leftOut.append(
          (structure.byte, "the list “\(name)” of \(described(structure)): \(all.joined(separator: ", "))"))
      case .reference, .references: continue
      }
    }
    document.spans.append(span)
  }

  private func described(_ structure: CAS.Structure) -> String {
    "\(short(structure)) \(structure.id)"
  }

  /// The span of a structure; one that is made for a token, so that a relation can hang on it.
  private mutating func span(of id: Int) -> String? {
    if let span = spans[id] { return span }
    guard let place = byID[id], let range = cas.structures[place].range else { return nil }
    let structure = cas.structures[place]
    guard UIMALayers.structure.contains(short(structure)) else { return nil }
    var span = ForeignSpan("@\(id)", short(structure), [range], byte: structure.byte)
    span.layer = structure.type
    spans[id] = span.id
    document.spans.append(span)
    return span.id
  }

  // MARK: relations

  private mutating func addRelation(_ structure: CAS.Structure) {
    let ends = ["Governor", "Dependent"].map { structure.reference($0) }
    guard let governor = ends[0], let dependent = ends[1] else {
      document.leftOut.append((structure.byte, "the relation \(described(structure)), which lacks an end"))
      return
    }
    if governor == dependent {
      document.leftOut.append(
        (structure.byte, "the relation \(described(structure)) from an annotation to itself (a root)"))
      return
    }
    guard let from = span(of: governor), let to = span(of: dependent) else {
      document.leftOut.append((structure.byte, "the relation \(described(structure)), an end of which is left out"))
      return
    }
    let labelFeature = labelFeatures[structure.type] ?? nil
    let label = labelFeature.flatMap { structure.text($0) }.flatMap { $0.isEmpty ? nil : $0 }
    var relation = ForeignRelation(
      "\(document.relations.count + 1)", label ?? short(structure), from: from, to: to,
      byte: structure.byte)
    relation.layer = structure.type
    relation.feature = label == nil ? nil : labelFeature
    document.relations.append(relation)
    for (name, value) in structure.features {
      guard !["Governor", "Dependent", labelFeature].contains(name), value != .string("") else { continue }
      let words = structure.text(name) ?? "another value"
      document.leftOut.append((structure.byte, "“\(name)” of the relation \(described(structure)): “\(words)”"))
    }
  }

  /// The relations that features of an annotation stand for.
  private mutating func addReferences(of structure: CAS.Structure) {
    guard let from = spans[structure.id] else { return }
    let declared = declared[structure.type] ?? []
    for (name, value) in structure.features {
      let targets: [Int]
      switch value {
      case .reference(let id): targets = [id]
      case .references(let ids): targets = ids
      case .string, .literal, .strings: continue
      }
      for id in targets {
        let link = byID[id].map { cas.structures[$0] }
        let isLink = link.map { $0.range == nil && kind($0) == .link } ?? false
        let target = isLink ? link?.reference("target") : id
        guard let target, target != structure.id, let to = span(of: target) else {
          document.leftOut.append(
            (structure.byte, "“\(name)” of \(described(structure)), which leads to nothing that is imported"))
          continue
        }
        var relation = ForeignRelation(
          "\(document.relations.count + 1)", name, from: from, to: to, byte: structure.byte)
        relation.layer = structure.type
        relation.feature = name
        let range = declared.first { $0.name == name }?.range
        if isLink, let link {
          for (other, value) in link.features where !["role", "target"].contains(other) && value != .string("") {
            document.leftOut.append((link.byte, "“\(other)” of the link \(described(link))"))
          }
          if let role = link.text("role"), !role.isEmpty {
            relation.type = role
            if role == name { relation.feature = UIMALayers.slotWithRole(name) }
          }
          let targetRange = self.declared[link.type]?.first { $0.name == "target" }?.range
          relation.range = "\(link.type)|\(targetRange ?? UIMALayers.annotation)"
        } else if name == "next" {
          let role = structure.text("referenceRelation") ?? ""
          relation.type = role.isEmpty ? name : role
          relation.feature = role.isEmpty ? "next" : "referenceRelation"
          relation.range = "chain"
        } else {
          let isList = if case .references = value { true } else { false }
          relation.range = (range ?? UIMALayers.annotation) + (isList ? "[]" : "")
        }
        document.relations.append(relation)
      }
    }
  }

  private mutating func addSaid(_ structure: CAS.Structure) {
    for (name, value) in structure.features {
      guard let words = structure.text(name), !words.isEmpty else {
        document.leftOut.append((structure.byte, "“\(name)” of \(described(structure)): \(value)"))
        continue
      }
      document.attributes.append((name, words, structure.byte))
    }
  }
}
