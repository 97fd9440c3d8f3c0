/// What may be annotated: labels with their keys, attributes, relations and the guideline that explains them.
public struct Scheme: Equatable, Sendable {
  public let name: String
  public let version: String
  public let title: String
  public let description: String
  public let labels: [Label]
  public let attributes: [Attribute]
  public let relations: [RelationType]
  public let guideline: [Rule]
  /// Labels that differ by less than others do.
  public let dissimilarities: [Dissimilarity]

  /// A kind of span.
  public struct Label: Equatable, Sendable {
    /// What a label is for, so that programs can treat schemes alike.
    public enum Kind: String, Sendable, CaseIterable { case content, source, cue, other }
    /// What the key alone selects.
    public enum Default: String, Sendable, CaseIterable { case sentence, quotation }
    /// The colours that every terminal has.
    public enum Colour: String, Sendable, CaseIterable { case red, green, yellow, blue, magenta, cyan, white }

    public let name: String
    /// One or two letters: the verb of the prompt.
    public let key: String
    public let colour: Colour
    public let kind: Kind
    public let selects: Default?
    public let description: String
    /// Groups of relations and attributes of which a finished span has at least one each.
    public let requires: [[String]]

    public init(
      name: String, key: String, colour: Colour, kind: Kind, selects: Default?, description: String,
      requires: [[String]] = []
    ) {
      self.name = name
      self.key = key
      self.colour = colour
      self.kind = kind
      self.selects = selects
      self.description = description
      self.requires = requires
    }
  }

  /// How far two labels are apart, where it is less than altogether.
  public struct Dissimilarity: Equatable, Sendable {
    public let first: String
    public let second: String
    /// From 0, as good as the same, to 1.
    public let value: Double

    public init(_ first: String, _ second: String, value: Double) {
      self.first = first
      self.second = second
      self.value = value
    }
  }

  /// Something that can be said of a span.
  public struct Attribute: Equatable, Sendable {
    public let name: String
    /// The labels whose spans may carry it.
    public let labels: [String]
    /// The values to choose from; nil for free text.
    public let values: [String]?
    public let description: String

    public init(name: String, labels: [String], values: [String]?, description: String) {
      self.name = name
      self.labels = labels
      self.values = values
      self.description = description
    }
  }

  /// A kind of relation.
  public struct RelationType: Equatable, Sendable {
    public let name: String
    /// The labels it may start from.
    public let from: [String]
    /// The labels it may point to.
    public let to: [String]
    /// Whether its target may be said to be absent from the text.
    public let absent: Bool
    public let description: String

    public init(name: String, from: [String], to: [String], absent: Bool, description: String) {
      self.name = name
      self.from = from
      self.to = to
      self.absent = absent
      self.description = description
    }
  }

  /// One rule of the guideline; words marked in the examples stand as `⟦label: words⟧`.
  public struct Rule: Equatable, Sendable {
    public let number: Int
    public let labels: [String]
    public let text: String
    public let right: String
    public let wrong: String

    public init(number: Int, labels: [String], text: String, right: String, wrong: String) {
      self.number = number
      self.labels = labels
      self.text = text
      self.right = right
      self.wrong = wrong
    }
  }

  /// What is wrong with a scheme, as facts.
  public enum Fault: Error, Equatable, Sendable {
    case noLabels
    case nameNotAllowed(String)
    case versionNotAllowed(String)
    case labelNameNotAllowed(String)
    case keyNotAllowed(label: String, key: String)
    case labelTwice(String)
    case keyTwice(String, labels: [String])
    case keyIsVerb(String, label: String)
    case attributeTwice(String)
    case relationTwice(String)
    case unknownLabel(String, in: String)
    case noEnds(relation: String)
    case noValues(attribute: String)
    case valueTwice(String, attribute: String)
    case unknownRequirement(String, label: String)
    case ruleTwice(Int)
    case dissimilarityTwice(String, String)
    case dissimilarityToItself(String)

    /// The label, attribute or relation that is at fault; nil for the scheme as a whole.
    public var subject: String? {
      switch self {
      case .noLabels, .nameNotAllowed, .versionNotAllowed, .ruleTwice, .dissimilarityTwice, .dissimilarityToItself: nil
      case .labelNameNotAllowed(let name), .labelTwice(let name), .attributeTwice(let name), .relationTwice(let name):
        name
      case .keyNotAllowed(let label, _), .keyIsVerb(_, let label), .unknownRequirement(_, let label): label
      case .keyTwice(_, let labels): labels.last
      case .unknownLabel(_, let place): place
      case .noEnds(let relation): relation
      case .noValues(let attribute), .valueTwice(_, let attribute): attribute
      }
    }
  }

  /// - Throws: every fault, not only the first.
  public init(
    name: String, version: String, title: String = "", description: String = "", labels: [Label],
    attributes: [Attribute] = [], relations: [RelationType] = [], guideline: [Rule] = [],
    dissimilarities: [Dissimilarity] = []
  ) throws(Faults) {
    self.name = name
    self.version = version
    self.title = title
    self.description = description
    self.labels = labels
    self.attributes = attributes
    self.relations = relations
    self.guideline = guideline
    self.dissimilarities = dissimilarities
    let faults = Self.faults(of: self)
    if !faults.isEmpty { throw Faults(all: faults) }
  }

  /// All faults of one scheme.
  public struct Faults: Error, Equatable, Sendable { public let all: [Fault] }

  /// The label of a name, or of a key where no name fits.
  public func label(_ nameOrKey: String) -> Label? {
    labels.first { $0.name == nameOrKey } ?? labels.first { $0.key == nameOrKey }
  }

  public func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

  public func relation(_ name: String) -> RelationType? { relations.first { $0.name == name } }

  /// The attributes that a label's spans may carry.
  public func attributes(of label: String) -> [Attribute] { attributes.filter { $0.labels.contains(label) } }

  /// The relations that two labels allow; without a second label, those whose target may be absent.
  public func relations(from: String, to: String?) -> [RelationType] {
    relations.filter { relation in
      relation.from.contains(from) && (to.map(relation.to.contains) ?? relation.absent)
    }
  }

  /// How far two labels are apart: 1 unless the scheme says less.
  public func dissimilarity(_ first: String, _ second: String) -> Double {
    if first == second { return 0 }
    let ends: Set = [first, second]
    return dissimilarities.first { [$0.first, $0.second] == ends }?.value ?? 1
  }

  /// The number of a label among the scheme's, for colours and codes.
  public func index(ofLabel name: String) -> Int? { labels.firstIndex { $0.name == name } }
}

extension Scheme {
  private static func faults(of scheme: Scheme) -> [Fault] {
    var faults: [Fault] = []
    if !isPlainName(scheme.name) { faults.append(.nameNotAllowed(scheme.name)) }
    if !isVersion(scheme.version) { faults.append(.versionNotAllowed(scheme.version)) }
    if scheme.labels.isEmpty { faults.append(.noLabels) }
    for (position, label) in scheme.labels.enumerated() {
      let earlier = scheme.labels[..<position]
      if !isLabelName(label.name) { faults.append(.labelNameNotAllowed(label.name)) }
      if !isKey(label.key) { faults.append(.keyNotAllowed(label: label.name, key: label.key)) }
      if earlier.contains(where: { $0.name == label.name }) { faults.append(.labelTwice(label.name)) }
      if let other = earlier.first(where: { $0.key == label.key || $0.name == label.key || $0.key == label.name }) {
        faults.append(.keyTwice(label.key, labels: [other.name, label.name]))
      }
      for word in [label.key, label.name] where reservedWords.contains(word) {
        faults.append(.keyIsVerb(word, label: label.name))
      }
      for name in label.requires.joined() where scheme.attribute(name) == nil && scheme.relation(name) == nil {
        faults.append(.unknownRequirement(name, label: label.name))
      }
    }
    faults += faultsOfAttributes(scheme) + faultsOfRelations(scheme)
    for (position, rule) in scheme.guideline.enumerated() {
      if scheme.guideline[..<position].contains(where: { $0.number == rule.number }) {
        faults.append(.ruleTwice(rule.number))
      }
      faults += unknown(rule.labels, in: "rule \(rule.number)", scheme)
    }
    for (position, pair) in scheme.dissimilarities.enumerated() {
      faults += unknown([pair.first, pair.second], in: "dissimilarities", scheme)
      if pair.first == pair.second { faults.append(.dissimilarityToItself(pair.first)) }
      let ends: Set = [pair.first, pair.second]
      if scheme.dissimilarities[..<position].contains(where: { [$0.first, $0.second] == ends }) {
        faults.append(.dissimilarityTwice(pair.first, pair.second))
      }
    }
    return faults
  }

  private static func faultsOfAttributes(_ scheme: Scheme) -> [Fault] {
    var faults: [Fault] = []
    for (position, attribute) in scheme.attributes.enumerated() {
      if !isLabelName(attribute.name) { faults.append(.labelNameNotAllowed(attribute.name)) }
      if scheme.attributes[..<position].contains(where: { $0.name == attribute.name }) {
        faults.append(.attributeTwice(attribute.name))
      }
      faults += unknown(attribute.labels, in: attribute.name, scheme)
      if let values = attribute.values {
        if values.isEmpty { faults.append(.noValues(attribute: attribute.name)) }
        for (place, value) in values.enumerated() where values[..<place].contains(value) {
          faults.append(.valueTwice(value, attribute: attribute.name))
        }
      }
    }
    return faults
  }

  private static func faultsOfRelations(_ scheme: Scheme) -> [Fault] {
    var faults: [Fault] = []
    for (position, relation) in scheme.relations.enumerated() {
      if !isLabelName(relation.name) { faults.append(.labelNameNotAllowed(relation.name)) }
      if scheme.relations[..<position].contains(where: { $0.name == relation.name })
        || scheme.attribute(relation.name) != nil
      {
        faults.append(.relationTwice(relation.name))
      }
      if relation.from.isEmpty || relation.to.isEmpty { faults.append(.noEnds(relation: relation.name)) }
      faults += unknown(relation.from + relation.to, in: relation.name, scheme)
    }
    return faults
  }

  private static func unknown(_ labels: [String], in place: String, _ scheme: Scheme) -> [Fault] {
    labels.filter { name in !scheme.labels.contains { $0.name == name } }.map { .unknownLabel($0, in: place) }
  }

  /// Names of labels, attributes and relations: a letter, then letters, digits, `_` and `-`, at most 128 characters.
  public static func isLabelName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic, name.unicodeScalars.count <= 128 else {
      return false
    }
    return name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.isWordScalar && $0.properties.numericType != nil || $0 == "_" || $0 == "-"
        || $0.wordKind == .extending && !$0.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func isKey(_ key: String) -> Bool {
    (1...2).contains(key.unicodeScalars.count) && key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
  }

  private static func isVersion(_ version: String) -> Bool {
    !version.isEmpty && version.utf8.count <= 64
      && version.unicodeScalars.allSatisfy { $0.isASCII && ($0.isWordScalar || $0 == "." || $0 == "-" || $0 == "+") }
  }

  /// Names of annotators, documents and schemes: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 128 characters.
  public static func isPlainName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 128 else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || $0 == 46 || $0 == 95 || $0 == 45 }
  }
}
