public import Standoff

/// The labels, attributes and relations that occur in foreign documents, from which a scheme is chosen or made.
///
/// ```swift
/// var vocabulary = Vocabulary()
/// vocabulary.add(document)
/// let scheme = try vocabulary.scheme(named: "brat", after: nil)
/// ```
public struct Vocabulary: Sendable {
  /// The labels in the order of their first occurrence.
  public private(set) var labels: [String] = []
  private var known: Set<String> = []
  private var attributes: [String: Attribute] = [:]
  private var relations: [String: Set<Ends>] = [:]

  private struct Attribute {
    var labels: Set<String> = []
    var values: Set<String> = []
  }

  private struct Ends: Hashable {
    let from: String
    /// The label of the target; nil for an absent target.
    let to: String?
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
    var labelOfSpan: [String: String] = [:]
    for span in document.spans where !span.label.isEmpty {
      labelOfSpan[span.id] = span.label
      if known.insert(span.label).inserted { labels.append(span.label) }
      for (name, value) in span.attributes {
        attributes[name, default: Attribute()].labels.insert(span.label)
        attributes[name]?.values.insert(value)
      }
    }
    for relation in document.relations {
      guard let from = labelOfSpan[relation.from] else { continue }
      let to = relation.to.flatMap { labelOfSpan[$0] }
      if relation.to != nil, to == nil { continue }
      relations[relation.type, default: []].insert(Ends(from: from, to: to))
    }
  }

  /// The labels that a scheme lacks.
  public func labels(notIn scheme: Scheme) -> [String] {
    let names = Set(scheme.labels.map(\.name))
    return labels.filter { !names.contains($0) }
  }

  /// Whether a scheme has every label, attribute, value and relation that occurs.
  public func fits(_ scheme: Scheme) -> Bool {
    guard labels(notIn: scheme).isEmpty else { return false }
    for (name, met) in attributes {
      guard let attribute = scheme.attribute(name), met.labels.isSubset(of: attribute.labels) else { return false }
      if let values = attribute.values, !met.values.isSubset(of: values) { return false }
    }
    return relations.allSatisfy { name, ends in
      ends.allSatisfy { pair in scheme.relations(from: pair.from, to: pair.to).contains { $0.name == name } }
    }
  }

  /// The description by which a scheme made here is recognised.
  private static let description = "Made from imported files."

  /// Whether a scheme was made by ``scheme(named:after:)``, so that it may be extended.
  public static func isMadeHere(_ scheme: Scheme) -> Bool { scheme.description == description }

  /// A scheme with every name that occurs, and with all that an earlier one had.
  ///
  /// A label's key is the first free letter of its name, else of the alphabet, else two letters.
  ///
  /// - Parameters:
  ///   - name: the name of the scheme.
  ///   - earlier: a scheme of that name made here before, to extend; nil for a new one.
  /// - Throws: the faults of the scheme, such as a name that is not allowed or a label without a key.
  public func scheme(named name: String, after earlier: Scheme?) throws(Scheme.Faults) -> Scheme {
    var all = earlier?.labels ?? []
    let names = labels.filter { label in !all.contains { $0.name == label } }
    for label in names {
      let taken = Scheme.reservedWords.union(all.flatMap { [$0.key, $0.name] }).union(names)
      let colours: [Scheme.Label.Colour] = [.blue, .red, .green, .magenta, .yellow, .cyan]
      all.append(
        Scheme.Label(
          name: label, key: Self.key(label, taken), colour: colours[all.count % colours.count], kind: Self.kind(label),
          selects: nil, description: ""))
    }
    var attributes = earlier?.attributes ?? []
    for (name, met) in self.attributes.sorted(by: { $0.key < $1.key }) {
      let old = attributes.firstIndex { $0.name == name }
      let labels = met.labels.union(old.map { attributes[$0].labels } ?? []).sorted()
      let attribute = Scheme.Attribute(name: name, labels: labels, values: nil, description: "")
      if let old { attributes[old] = attribute } else { attributes.append(attribute) }
    }
    var relations = earlier?.relations ?? []
    for (name, ends) in self.relations.sorted(by: { $0.key < $1.key }) {
      let old = relations.firstIndex { $0.name == name }
      let from = Set(ends.map(\.from)).union(old.map { relations[$0].from } ?? [])
      // A scheme needs labels at the target; a relation that only ever lacked one gets those at its start.
      let met = Set(ends.compactMap(\.to)).union(old.map { relations[$0].to } ?? [])
      let relation = Scheme.RelationType(
        name: name, from: from.sorted(), to: (met.isEmpty ? from : met).sorted(),
        absent: ends.contains { $0.to == nil } || old.map { relations[$0].absent } ?? false, description: "")
      if let old { relations[old] = relation } else { relations.append(relation) }
    }
    return try Scheme(
      name: name, version: Self.version(after: earlier?.version), title: earlier?.title ?? name,
      description: Self.description, labels: all, attributes: attributes, relations: relations)
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
