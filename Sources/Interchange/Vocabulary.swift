public import Standoff

/// The labels, attributes and relations that occur in foreign documents, from which a scheme is chosen or made.
///
/// ```swift
/// var vocabulary = Vocabulary()
/// vocabulary.add(document)
/// let (scheme, names) = try vocabulary.scheme(named: "brat", after: nil)
/// names.rename(&document)
/// ```
public struct Vocabulary: Sendable {
  /// The labels in the order of their first occurrence.
  public private(set) var labels: [ForeignKey] = []
  private var known: Set<ForeignKey> = []
  private var attributes: [String: Attribute] = [:]
  private var relationOrder: [ForeignKey] = []
  private var relations: [ForeignKey: Ends] = [:]

  private struct Attribute {
    var labels: Set<ForeignKey> = []
    var values: Set<String> = []
    var foreign = ForeignName()
  }

  private struct Ends {
    var range: String?
    var from: Set<ForeignKey> = []
    var to: Set<ForeignKey> = []
    var isAbsent = false
    /// The pairs of ends that occur.
    var pairs: Set<[ForeignKey?]> = []
  }

  /// The greatest number of labels for which a scheme is made: there are not many more keys, and so many names are
  /// rarely labels.
  ///
  /// Not checked here; the caller asks.
  public static let mostLabels = 500

  /// Creates an empty vocabulary.
  public init() {}

  /// Adds the names in a document; spans with an empty label, and their relations, are ignored.
  public mutating func add(_ document: ForeignDocument) {
    var labelOfSpan: [String: ForeignKey] = [:]
    for span in document.spans where !span.label.isEmpty {
      let key = ForeignKey(span)
      labelOfSpan[span.id] = key
      if known.insert(key).inserted { labels.append(key) }
      for (name, value) in span.attributes {
        attributes[name, default: Attribute()].labels.insert(key)
        // A scheme lists no values beyond these; only whether a scheme has them all is asked.
        if attributes[name]?.values.count ?? 0 < 1000 { attributes[name]?.values.insert(value) }
        if let foreign = document.attributeNames[name] { attributes[name]?.foreign = foreign }
      }
    }
    for relation in document.relations {
      guard let from = labelOfSpan[relation.from] else { continue }
      let to = relation.to.flatMap { labelOfSpan[$0] }
      if relation.to != nil, to == nil { continue }
      let key = ForeignKey(relation)
      if relations[key] == nil { relationOrder.append(key) }
      relations[key, default: Ends()].from.insert(from)
      relations[key]?.pairs.insert([from, to])
      relations[key]?.range = relation.range
      if let to { relations[key]?.to.insert(to) } else { relations[key]?.isAbsent = true }
    }
  }

  // MARK: a scheme that is there

  /// The names here of everything that occurs, as a scheme has them; those that it lacks are missing.
  public func names(in scheme: Scheme) -> ForeignNames {
    var names = ForeignNames()
    let own = Self.table(scheme.labels.map { ($0.name, $0.foreign) }, UIMALayers.ownSpan)
    for key in labels { names.labels[key] = own(key) }
    let ownRelations = Self.table(scheme.relations.map { ($0.name, $0.foreign) }, UIMALayers.ownRelation)
    for key in relationOrder { names.relations[key] = ownRelations(key) }
    for name in attributes.keys {
      let same = scheme.attributes.first { $0.name == name }
      names.attributes[name] = same?.name ?? scheme.attributes.first { $0.foreign.original == name }?.name
    }
    return names
  }

  /// A function that finds a scheme's name for a foreign one.
  ///
  /// - Parameter own: the layer and feature of names that came from no layer.
  private static func table(
    _ names: [(name: String, foreign: ForeignName)], _ own: (layer: String, feature: String)
  ) -> (ForeignKey) -> String? {
    var layered: [ForeignKey: String] = [:]
    var flat: [ForeignKey: String] = [:]
    for (name, foreign) in names {
      let original = foreign.original ?? name
      let key =
        foreign.layer == nil
        ? ForeignKey(layer: own.layer, feature: own.feature, name: original)
        : ForeignKey(layer: foreign.layer, feature: foreign.feature, name: original)
      layered[key] = layered[key] ?? name
      let plain = ForeignKey(layer: nil, feature: foreign.layer == nil ? foreign.feature : nil, name: original)
      if flat[plain] == nil || foreign.layer == nil { flat[plain] = name }
    }
    return { key in key.layer == nil ? flat[key] : layered[key] }
  }

  /// The labels that a scheme lacks, by name.
  public func labels(notIn scheme: Scheme) -> [String] {
    let names = names(in: scheme).labels
    return labels.filter { names[$0] == nil }.map(\.name)
  }

  /// Whether a scheme has every label, attribute, value and relation that occurs.
  public func fits(_ scheme: Scheme) -> Bool {
    let names = names(in: scheme)
    guard labels.allSatisfy({ names.labels[$0] != nil }) else { return false }
    for (foreign, met) in attributes {
      guard let name = names.attributes[foreign], let attribute = scheme.attribute(name),
        met.labels.allSatisfy({ attribute.labels.contains(names.labels[$0] ?? "") })
      else { return false }
      if let values = attribute.values, !met.values.isSubset(of: values) { return false }
    }
    return relations.allSatisfy { key, ends in
      guard let name = names.relations[key], let type = scheme.relation(name) else { return false }
      return ends.pairs.allSatisfy { pair in
        guard let from = pair[0].flatMap({ names.labels[$0] }), type.from.contains(from) else { return false }
        return pair[1].map { type.to.contains(names.labels[$0] ?? "") } ?? type.absent
      }
    }
  }

  // MARK: a new scheme

  /// The description by which a scheme made here is recognised.
  private static let description = "Made from imported files."

  /// Whether a scheme was made by ``scheme(named:after:)``, so that it may be extended.
  public static func isMadeHere(_ scheme: Scheme) -> Bool { scheme.description == description }

  /// A scheme with every name that occurs, and with all that an earlier one had; and the names in it.
  ///
  /// A name that is not allowed, or that two layers have, is changed, and the scheme keeps the original. A label's key
  /// is the first free letter of its name, else of the alphabet, else two letters.
  ///
  /// - Parameters:
  ///   - name: the name of the scheme.
  ///   - earlier: a scheme of that name made here before, to extend; nil for a new one.
  /// - Throws: the faults of the scheme, such as a label without a key.
  public func scheme(
    named name: String, after earlier: Scheme?
  ) throws(Scheme.Faults) -> (scheme: Scheme, names: ForeignNames) {
    var names = earlier.map(names(in:)) ?? ForeignNames()
    let labels = newLabels(after: earlier, &names)
    let attributes = newAttributes(after: earlier, &names)
    let relations = newRelations(after: earlier, Set(attributes.map(\.name)), &names)
    let scheme = try Scheme(
      name: name, version: Self.version(after: earlier?.version), title: earlier?.title ?? name,
      description: Self.description, labels: labels, attributes: attributes,
      documentAttributes: earlier?.documentAttributes ?? [], relations: relations)
    return (scheme, names)
  }

  private func newLabels(after earlier: Scheme?, _ names: inout ForeignNames) -> [Scheme.Label] {
    var all = earlier?.labels ?? []
    let new = labels.filter { names.labels[$0] == nil }
    var taken = Set(all.map(\.name)).union(Scheme.reservedWords)
    // A name that is allowed keeps itself from one that has to change.
    for key in new.filter({ Scheme.isLabelName($0.name) }) + new.filter({ !Scheme.isLabelName($0.name) }) {
      let plain = ForeignNames.plain(key.name)
      let isShared = all.contains { $0.name == plain } || labels.contains { $0.name == key.name && $0 != key }
      let layer = isShared ? key.shortLayer : nil
      names.labels[key] = Self.free(layer.map { ForeignNames.plain("\($0)-\(plain)") } ?? plain, &taken)
    }
    for key in new {
      guard let name = names.labels[key] else { continue }
      let keys = Scheme.reservedWords.union(all.flatMap { [$0.key, $0.name] }).union(names.labels.values)
      let colours: [Scheme.Label.Colour] = [.blue, .red, .green, .magenta, .yellow, .cyan]
      all.append(
        Scheme.Label(
          name: name, key: Self.key(name, keys), colour: colours[all.count % colours.count],
          kind: Self.kind(key.name), selects: nil, description: "",
          foreign: ForeignName(
            layer: key.layer, feature: key.feature, original: name.utf8.elementsEqual(key.name.utf8) ? nil : key.name)))
    }
    return all
  }

  private func newAttributes(after earlier: Scheme?, _ names: inout ForeignNames) -> [Scheme.Attribute] {
    var all = earlier?.attributes ?? []
    var taken = Set(all.map(\.name)).union(earlier?.relations.map(\.name) ?? [])
    let sorted = attributes.sorted { a, b in
      (Scheme.isLabelName(a.key) ? 0 : 1, a.key) < (Scheme.isLabelName(b.key) ? 0 : 1, b.key)
    }
    for (foreign, met) in sorted {
      let name = names.attributes[foreign] ?? Self.free(ForeignNames.plain(foreign), &taken)
      names.attributes[foreign] = name
      let old = all.firstIndex { $0.name == name }
      let labels = Set(met.labels.compactMap { names.labels[$0] }).union(old.map { all[$0].labels } ?? []).sorted()
      var kept = old.map { all[$0].foreign } ?? met.foreign
      if old == nil, name != foreign, kept.original == nil { kept.original = foreign }
      let attribute = Scheme.Attribute(name: name, labels: labels, values: nil, description: "", foreign: kept)
      if let old { all[old] = attribute } else { all.append(attribute) }
    }
    return all
  }

  private func newRelations(
    after earlier: Scheme?, _ attributes: Set<String>, _ names: inout ForeignNames
  ) -> [Scheme.RelationType] {
    var all = earlier?.relations ?? []
    var taken = Set(all.map(\.name)).union(attributes)
    let sorted = relationOrder.sorted { a, b in
      (Scheme.isLabelName(a.name) ? 0 : 1, a.name, a.layer ?? "") < (
        Scheme.isLabelName(b.name) ? 0 : 1, b.name, b.layer ?? ""
      )
    }
    for key in sorted {
      guard let ends = relations[key] else { continue }
      let plain = ForeignNames.plain(key.name)
      let isShared = key.layer != nil && relationOrder.contains { $0.name == key.name && $0 != key }
      let base = isShared ? ForeignNames.plain("\(key.shortLayer ?? "")-\(plain)") : plain
      let name = names.relations[key] ?? Self.free(base, &taken)
      names.relations[key] = name
      let old = all.firstIndex { $0.name == name }
      let from = Set(ends.from.compactMap { names.labels[$0] }).union(old.map { all[$0].from } ?? [])
      // A scheme needs labels at the target; a relation that only ever lacked one gets those at its start.
      let met = Set(ends.to.compactMap { names.labels[$0] }).union(old.map { all[$0].to } ?? [])
      let relation = Scheme.RelationType(
        name: name, from: from.sorted(), to: (met.isEmpty ? from : met).sorted(),
        absent: ends.isAbsent || old.map { all[$0].absent } ?? false, description: "",
        foreign: old.map { all[$0].foreign }
          ?? ForeignName(
            layer: key.layer, feature: key.feature, original: name.utf8.elementsEqual(key.name.utf8) ? nil : key.name,
            range: ends.range))
      if let old { all[old] = relation } else { all.append(relation) }
    }
    return all
  }

  /// The name or, if it is taken, the first free one with a number behind it; a reserved word gets an underscore.
  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    if taken.insert(name).inserted { return name }
    if Scheme.reservedWords.contains(name), taken.insert(name + "_").inserted { return name + "_" }
    var number = 2
    while !taken.insert("\(name)-\(number)").inserted { number += 1 }
    return "\(name)-\(number)"
  }

  private static func key(_ name: String, _ taken: Set<String>) -> String {
    let alphabet = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    let letters = name.lowercased().map(String.init).filter {
      $0.unicodeScalars.count == 1 && $0.first?.isLetter == true
    }
    let pairs = alphabet.flatMap { first in alphabet.map { first + $0 } }
    let choices = letters + alphabet + (letters.first.map { first in alphabet.map { first + $0 } } ?? []) + pairs
    return choices.first { !taken.contains($0) } ?? ""
  }

  private static func kind(_ name: String) -> Scheme.Label.Kind {
    switch name.lowercased() {
    case "source", "speaker": .source
    case "cue": .cue
    case "content", "claim", "denial", "quote", "quotation": .content
    default: .other
    }
  }

  /// 1.0.0; after 1.3.0, 1.4.0.
  private static func version(after earlier: String?) -> String {
    guard let earlier else { return "1.0.0" }
    let parts = earlier.split(separator: ".").compactMap { Int($0) }
    return parts.count == 3 && parts[1] < 1 << 31 ? "\(parts[0]).\(parts[1] + 1).0" : earlier + ".1"
  }
}
