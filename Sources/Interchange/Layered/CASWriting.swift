import Standoff

/// Turns annotations into a CAS: each label under its layer and feature, relations as layers, slots or chains.
///
/// A discontinuous span is one annotation for each fragment; they have a common ``UIMALayers/fragments``.
struct CASWriting {
  private let version: AnnotatedDocument
  /// Whether spans must begin and end on tokens, so that blanks at their edges are not written.
  private let onTokens: Bool
  private var cas = CAS()
  /// The structure of each span, of its first fragment.
  private var structures: [Int: Int] = [:]
  private let labels: [String: ForeignName]
  private let attributes: [String: CAS.Feature]
  /// The attributes whose names were changed.
  let renamed: Set<String>

  init(_ version: AnnotatedDocument, onTokens: Bool = false) {
    self.version = version
    self.onTokens = onTokens
    let scheme = version.set.scheme
    labels = Dictionary(
      scheme.labels.map { label in
        var name = label.foreign
        // What is no name of a type or feature, as in a file of another kind, goes out as if it had none.
        let isNamed = [name.layer, name.feature].compactMap(\.self).allSatisfy(UIMALayers.isIdentifier)
        if name.layer == nil || !isNamed {
          name.layer = UIMALayers.ownSpan.layer
          name.feature = UIMALayers.ownSpan.feature
        }
        name.original = label.foreign.original ?? label.name
        return (label.name, name)
      }, uniquingKeysWith: { first, _ in first })
    let names = FeatureNames(version)
    attributes = Dictionary(
      scheme.attributes.map {
        ($0.name, CAS.Feature(name: names[$0.name], range: $0.foreign.range ?? UIMALayers.string))
      },
      uniquingKeysWith: { first, _ in first })
    renamed = names.renamed
    cas.text = version.document.text.string
  }

  /// Writes everything; what a CAS cannot hold is a loss.
  mutating func write(_ sink: inout ExportSink) -> CAS {
    sink.lose(all: [.absentTarget], of: version)
    sink.lose(renamed: renamed, of: version)
    let tokens = addTokens()
    for piece in onTokens ? sink.trimmed(version.set.pieces, of: version) : version.set.pieces {
      add(piece, tokens, &sink)
    }
    for relation in version.set.relations { add(relation, &sink) }
    addChains()
    addSaid()
    declareTypes()
    return cas
  }

  /// Whether a label came from no layer.
  private func isOwn(_ label: String) -> Bool { version.set.scheme.label(label)?.foreign.layer == nil }

  private func utf16(_ range: TextRange) -> (start: Int, end: Int) {
    let text = version.document.text
    return (text.utf16Offset(ofCodePoint: range.start), text.utf16Offset(ofCodePoint: range.end))
  }

  @discardableResult
  private mutating func add(_ type: String, at range: (start: Int, end: Int)?) -> Int {
    // The sofa has the id 1.
    let structure = CAS.Structure(
      id: cas.structures.count + 2, type: type, sofa: range == nil ? nil : cas.sofa, range: range)
    cas.structures.append(structure)
    return cas.structures.count - 1
  }

  private func id(_ place: Int) -> Int { cas.structures[place].id }

  /// Adds the tokens and sentences that the text came with.
  ///
  /// - Returns: the structures of the tokens, by range.
  private mutating func addTokens() -> [TextRange: Int] {
    guard let tokens = version.tokens else { return [:] }
    for (index, first) in tokens.sentenceStarts.enumerated() {
      let next = index + 1 < tokens.sentenceStarts.count ? tokens.sentenceStarts[index + 1] : tokens.ranges.count
      add(UIMALayers.sentence, at: utf16(TextRange(tokens.ranges[first].start, tokens.ranges[next - 1].end)))
    }
    return Dictionary(
      tokens.ranges.map { ($0, add(UIMALayers.token, at: utf16($0))) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: spans

  private mutating func add(_ piece: SpanPiece, _ tokens: [TextRange: Int], _ sink: inout ExportSink) {
    let span = piece.span
    guard let foreign = labels[span.label], let layer = foreign.layer else { return }
    if layer == UIMALayers.token, let token = tokens[piece.range] {
      structures[span.id] = structures[span.id] ?? token
      return
    }
    let place = add(layer, at: utf16(piece.range))
    var features: [(name: String, value: CAS.Value)] = []
    if let feature = foreign.feature, let value = foreign.original { features.append((feature, .string(value))) }
    for (name, value) in span.attributes {
      guard let feature = attributes[name] else { continue }
      features.append((feature.name, feature.range == UIMALayers.string ? .string(value) : .literal(value)))
    }
    if span.isDiscontinuous, !onTokens { features.append((UIMALayers.fragments, .string("\(span.id)"))) }
    if !span.note.isEmpty {
      if isOwn(span.label) {
        features.append((UIMALayers.note, .string(span.note)))
      } else if piece.number == 1 {
        sink.lose(span.id, of: version, .note)
      }
    }
    cas.structures[place].features = features.sorted { $0.name < $1.name }
    if piece.number == 1 { structures[span.id] = place }
  }

  // MARK: relations

  private mutating func add(_ relation: Relation, _ sink: inout ExportSink) {
    guard case .span(let target) = relation.to else { return }
    guard let from = structures[relation.from], let to = structures[target] else {
      return sink.lose(relation, of: version)
    }
    let foreign = version.set.scheme.relation(relation.type)?.foreign ?? ForeignName()
    let type = foreign.original ?? relation.type
    guard let range = foreign.range, let feature = foreign.feature else {
      let layer = foreign.layer ?? UIMALayers.ownRelation.layer
      let place = add(layer, at: cas.structures[to].range)
      var features: [(name: String, value: CAS.Value)] = [
        ("Dependent", .reference(id(to))), ("Governor", .reference(id(from))),
      ]
      if let name = foreign.layer == nil ? UIMALayers.ownRelation.feature : foreign.feature {
        features.append((name, .string(type)))
      }
      cas.structures[place].features = features.sorted { $0.name < $1.name }
      return
    }
    if range == "chain" {
      guard cas.structures[from]["next"] == nil, !leads(to, to: from) else { return sink.lose(relation, of: version) }
      cas.structures[from].features.append(("next", .reference(id(to))))
      if feature != "next" { cas.structures[from].features.append((feature, .string(type))) }
    } else if let link = range.split(separator: "|").first, range.contains("|") {
      let place = add(String(link), at: nil)
      let slot = UIMALayers.slot(feature)
      cas.structures[place].features =
        (type == slot.name && !slot.hasRole ? [] : [("role", .string(type))]) + [("target", .reference(id(to)))]
      append(id(place), to: slot.name, of: from)
    } else if range.hasSuffix("[]") {
      append(id(to), to: feature, of: from)
    } else if cas.structures[from][feature] == nil {
      cas.structures[from].features.append((feature, .reference(id(to))))
    } else {
      sink.lose(relation, of: version)
    }
  }

  /// Whether a chain leads from one link to another.
  private func leads(_ link: Int, to target: Int) -> Bool {
    var place = link
    while place != target {
      guard let next = cas.structures[place].reference("next") else { return false }
      // Ids count from 2.
      place = next - 2
    }
    return true
  }

  private mutating func append(_ link: Int, to feature: String, of place: Int) {
    for (index, (name, value)) in cas.structures[place].features.enumerated() where name == feature {
      guard case .references(let links) = value else { continue }
      cas.structures[place].features[index].value = .references(links + [link])
      return
    }
    cas.structures[place].features.append((feature, .references([link])))
  }

  /// Adds a chain for each link that no other leads to.
  private mutating func addChains() {
    let links = Set(
      version.set.scheme.relations.filter { $0.foreign.range == "chain" }.compactMap(\.foreign.layer))
    if links.isEmpty { return }
    let led = Set(cas.structures.compactMap { $0.reference("next") })
    for structure in cas.structures where links.contains(structure.type) && !led.contains(structure.id) {
      let place = add(UIMALayers.chain(of: structure.type), at: nil)
      cas.structures[place].sofa = cas.sofa
      cas.structures[place].features = [("first", .reference(structure.id))]
    }
  }

  private mutating func addSaid() {
    let said = version.set.ofDocument.attributes.sorted { $0.key < $1.key }
    if said.isEmpty { return }
    let place = add(UIMALayers.ownDocument, at: nil)
    cas.structures[place].sofa = cas.sofa
    cas.structures[place].features = said.map { ($0.key, .string($0.value)) }
  }

  // MARK: types

  private mutating func declareTypes() {
    var types: [String: CAS.TypeDescription] = [:]
    func declare(_ type: String, _ feature: CAS.Feature?, under supertype: String = UIMALayers.annotation) {
      if types[type] == nil { types[type] = CAS.TypeDescription(name: type, supertype: supertype) }
      if let feature, types[type]?.features.contains(where: { $0.name == feature.name }) != true {
        types[type]?.features.append(feature)
      }
    }
    let scheme = version.set.scheme
    for label in scheme.labels {
      guard let foreign = labels[label.name], let layer = foreign.layer else { continue }
      declare(layer, foreign.feature.map { CAS.Feature(name: $0, range: UIMALayers.string) })
      for attribute in scheme.attributes(of: label.name) { declare(layer, attributes[attribute.name]) }
      if isOwn(label.name) {
        declare(layer, CAS.Feature(name: UIMALayers.note, range: UIMALayers.string))
      }
    }
    for relation in scheme.relations {
      let foreign = relation.foreign
      guard let range = foreign.range, let feature = foreign.feature, let layer = foreign.layer else {
        let ends = Set((relation.from + relation.to).compactMap { labels[$0]?.layer })
        let base = ends.count == 1 ? ends.first ?? UIMALayers.annotation : UIMALayers.annotation
        let type = foreign.layer ?? UIMALayers.ownRelation.layer
        for end in ["Dependent", "Governor"] { declare(type, CAS.Feature(name: end, range: base)) }
        let name = foreign.layer == nil ? UIMALayers.ownRelation.feature : foreign.feature
        declare(type, name.map { CAS.Feature(name: $0, range: UIMALayers.string) })
        continue
      }
      let parts = range.split(separator: "|").map(String.init)
      if range == "chain" {
        declare(layer, CAS.Feature(name: "next", range: layer))
        if feature != "next" { declare(layer, CAS.Feature(name: feature, range: UIMALayers.string)) }
        declare(
          UIMALayers.chain(of: layer), CAS.Feature(name: "first", range: layer), under: UIMALayers.annotationBase)
      } else if parts.count == 2 {
        declare(layer, CAS.Feature(name: UIMALayers.slot(feature).name, range: parts[0], isList: true))
        declare(parts[0], CAS.Feature(name: "role", range: UIMALayers.string), under: "uima.cas.TOP")
        declare(parts[0], CAS.Feature(name: "target", range: parts[1]), under: "uima.cas.TOP")
      } else {
        let isList = range.hasSuffix("[]")
        declare(layer, CAS.Feature(name: feature, range: isList ? String(range.dropLast(2)) : range, isList: isList))
      }
    }
    for structure in cas.structures {
      if structure[UIMALayers.fragments] != nil {
        declare(structure.type, CAS.Feature(name: UIMALayers.fragments, range: UIMALayers.string))
      }
      if structure.type == UIMALayers.ownDocument {
        for (name, _) in structure.features {
          declare(structure.type, CAS.Feature(name: name, range: UIMALayers.string), under: UIMALayers.annotationBase)
        }
      }
      if types[structure.type] == nil { declare(structure.type, nil) }
    }
    for (type, description) in types {
      types[type]?.features = description.features.sorted { $0.name < $1.name }
    }
    cas.types = types
  }
}

/// The names of a scheme's attributes as Java fields, changed if they are not identifiers or are reserved.
struct FeatureNames {
  private let names: [String: String]
  /// The attributes whose names were changed.
  let renamed: Set<String>

  /// Names reserved by every annotation, by the layers used here and by INCEpTION.
  private static let taken: Set<String> = [
    "label", "note", "begin", "end", "sofa", "type", "address", "self", "Governor", "Dependent", "relationType",
    "begins", "ends", UIMALayers.fragments,
  ]

  init(_ version: AnnotatedDocument) {
    let scheme = version.set.scheme
    var names: [String: String] = [:]
    var renamed: Set<String> = []
    // What came out of a layer goes back as it was.
    let layered = Set(scheme.labels.filter { $0.foreign.layer != nil }.map(\.name))
    var used = Self.taken
    for attribute in scheme.attributes.sorted(by: { $0.name < $1.name }) {
      let original = version.attribute(attribute.name)
      if !layered.isDisjoint(with: attribute.labels), UIMALayers.isIdentifier(original) {
        names[attribute.name] = original
        used.insert(original)
        continue
      }
      var feature = String(
        String.UnicodeScalarView(
          attribute.name.unicodeScalars.map {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) ? $0 : "_"
          }))
      if feature.first == "_" { feature = "x" + feature }
      while !used.insert(feature).inserted { feature += "_" }
      names[attribute.name] = feature
      if feature != attribute.name { renamed.insert(attribute.name) }
    }
    self.names = names
    self.renamed = renamed
  }

  subscript(name: String) -> String { names[name] ?? name }
}
