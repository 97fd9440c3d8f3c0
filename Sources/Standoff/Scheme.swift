/// An annotation scheme: the labels that may be marked, with their attributes, relations and guideline.
///
/// ```swift
/// let claim = Scheme.Label(
///   name: "claim", key: "c", colour: .blue, kind: .content, selects: .sentence, description: "An assertion.")
/// let scheme = try Scheme(name: "claims", version: "1.0.0", labels: [claim])
/// ```
public struct Scheme: Equatable, Sendable {
  /// The scheme's name; see ``isPlainName(_:)``.
  public let name: String
  /// The scheme's version, such as `1.0.0`: up to 64 letters and digits of ASCII, `.`, `-` and `+`.
  public let version: String
  /// The title for readers; may be empty.
  public let title: String
  /// The description for readers; may be empty.
  public let description: String
  /// The labels, in the order in which they are listed and coloured.
  public let labels: [Label]
  /// The attributes that spans may have.
  public let attributes: [Attribute]
  /// The attributes that documents may have.
  public let documentAttributes: [DocumentAttribute]
  /// The types of relation between spans.
  public let relations: [RelationType]
  /// The rules that annotators follow.
  public let guideline: [Rule]
  /// The pairs of labels that differ by less than 1; see ``dissimilarity(_:_:)``.
  public let dissimilarities: [Dissimilarity]

  /// A kind of span.
  public struct Label: Equatable, Sendable {
    /// The purpose of a label, by which programs treat all schemes alike: content, its source, its cue, or anything
    /// else.
    public enum Kind: String, Sendable, CaseIterable { case content, source, cue, other }
    /// The selection that the label's key alone makes: the sentence, or the next quotation.
    public enum Default: String, Sendable, CaseIterable { case sentence, quotation }
    /// One of the colours that every terminal has.
    public enum Colour: String, Sendable, CaseIterable { case red, green, yellow, blue, magenta, cyan, white }

    /// The label's name; see ``Scheme/isLabelName(_:)``.
    public let name: String
    /// The one or two letters that mark a span of this label at the prompt.
    public let key: String
    /// The colour of its spans.
    public let colour: Colour
    /// The purpose of the label.
    public let kind: Kind
    /// The selection that the key alone makes; nil if it makes none.
    public let selects: Default?
    /// The description for readers; may be empty.
    public let description: String
    /// The requirements of a finished span: groups of attribute and relation names, of each of which it has at least
    /// one.
    public let requires: [[String]]
    /// The label's name in the files that it came from.
    public let foreign: ForeignName

    /// Creates a label; it is checked when a scheme takes it.
    public init(
      name: String, key: String, colour: Colour, kind: Kind, selects: Default?, description: String,
      requires: [[String]] = [], foreign: ForeignName = ForeignName()
    ) {
      self.name = name
      self.key = key
      self.colour = colour
      self.kind = kind
      self.selects = selects
      self.description = description
      self.requires = requires
      self.foreign = foreign
    }
  }

  /// A pair of labels that are near each other, for measures that weigh disagreements.
  public struct Dissimilarity: Equatable, Sendable {
    /// The name of one label.
    public let first: String
    /// The name of the other label.
    public let second: String
    /// The dissimilarity, from 0, for labels as good as equal, to 1.
    public let value: Double

    /// Creates a pair; it is checked when a scheme takes it.
    public init(_ first: String, _ second: String, value: Double) {
      self.first = first
      self.second = second
      self.value = value
    }
  }

  /// What the values of an attribute say of each other.
  public enum Scale: String, CaseIterable, Sendable {
    /// They are equal or not.
    case nominal
    /// They stand in an order, that of the attribute's values.
    case ordinal
    /// They are numbers, whose differences count.
    case interval
  }

  /// A property that spans of some labels may have.
  public struct Attribute: Equatable, Sendable {
    /// The attribute's name; see ``Scheme/isLabelName(_:)``.
    public let name: String
    /// The names of the labels whose spans may have it.
    public let labels: [String]
    /// The values to choose from; nil for free text.
    public let values: [String]?
    /// What the values say of each other.
    public let scale: Scale
    /// The description for readers; may be empty.
    public let description: String
    /// The attribute's name in the files that it came from.
    public let foreign: ForeignName

    /// Creates an attribute; it is checked when a scheme takes it.
    public init(
      name: String, labels: [String], values: [String]?, scale: Scale = .nominal, description: String,
      foreign: ForeignName = ForeignName()
    ) {
      self.name = name
      self.labels = labels
      self.values = values
      self.scale = scale
      self.description = description
      self.foreign = foreign
    }
  }

  /// An attribute that documents may have.
  public struct DocumentAttribute: Equatable, Sendable {
    /// The attribute's name; see ``Scheme/isLabelName(_:)``.
    public let name: String
    /// The values it may have; nil for free text.
    public let values: [String]?
    /// What the values say of each other.
    public let scale: Scale
    /// Whether a document is unfinished without it.
    public let isRequired: Bool
    /// The description for readers; may be empty.
    public let description: String

    /// Creates an attribute; it is checked when a scheme takes it.
    public init(
      name: String, values: [String]?, scale: Scale = .nominal, isRequired: Bool, description: String
    ) {
      self.name = name
      self.values = values
      self.scale = scale
      self.isRequired = isRequired
      self.description = description
    }
  }

  /// A kind of relation between spans.
  public struct RelationType: Equatable, Sendable {
    /// The relation's name; see ``Scheme/isLabelName(_:)``.
    public let name: String
    /// The names of the labels it may start from.
    public let from: [String]
    /// The names of the labels it may point to.
    public let to: [String]
    /// Whether its target may be outside the text.
    public let absent: Bool
    /// The description for readers; may be empty.
    public let description: String
    /// The relation's name in the files that it came from.
    public let foreign: ForeignName

    /// Creates a relation type; it is checked when a scheme takes it.
    public init(
      name: String, from: [String], to: [String], absent: Bool, description: String,
      foreign: ForeignName = ForeignName()
    ) {
      self.foreign = foreign
      self.name = name
      self.from = from
      self.to = to
      self.absent = absent
      self.description = description
    }
  }

  /// A rule of the guideline, with a right and a wrong example.
  public struct Rule: Equatable, Sendable {
    /// The rule's number, unique in its scheme.
    public let number: Int
    /// The names of the labels that it is about.
    public let labels: [String]
    /// The rule itself.
    public let text: String
    /// An example that follows the rule; marked words stand as `⟦label: words⟧`.
    public let right: String
    /// An example that breaks the rule; marked words stand as `⟦label: words⟧`.
    public let wrong: String

    /// Creates a rule; it is checked when a scheme takes it.
    public init(number: Int, labels: [String], text: String, right: String, wrong: String) {
      self.number = number
      self.labels = labels
      self.text = text
      self.right = right
      self.wrong = wrong
    }
  }

  /// A rule that a scheme breaks.
  public enum Fault: Error, Equatable, Sendable {
    /// The scheme has no labels.
    case noLabels
    /// The scheme's name is not a plain name.
    case nameNotAllowed(String)
    /// The version is empty, too long, or has other characters than letters, digits, `.`, `-` and `+`.
    case versionNotAllowed(String)
    /// A label, attribute or relation has a name that is not a label name.
    case labelNameNotAllowed(String)
    /// The key is not one or two letters.
    case keyNotAllowed(label: String, key: String)
    /// Two labels have the same name.
    case labelTwice(String)
    /// Two labels have the same key, or the key of one is the name of the other.
    case keyTwice(String, labels: [String])
    /// The label's key or name is a verb of the prompt.
    case keyIsVerb(String, label: String)
    /// Two attributes have the same name.
    case attributeTwice(String)
    /// Two relations, or a relation and an attribute, have the same name.
    case relationTwice(String)
    /// An attribute, relation, rule or dissimilarity names a label that the scheme does not have.
    case unknownLabel(String, in: String)
    /// The relation allows no labels at its start or at its target.
    case noEnds(relation: String)
    /// The attribute has an empty list of values.
    case noValues(attribute: String)
    /// The attribute lists a value twice.
    case valueTwice(String, attribute: String)
    /// The attribute is ordinal but has no list of values, whose order would be that of the scale.
    case noOrder(attribute: String)
    /// The attribute has an interval scale but lists a value that is no number.
    case valueNotNumber(String, attribute: String)
    /// The label requires something that is neither an attribute nor a relation.
    case unknownRequirement(String, label: String)
    /// Two rules have the same number.
    case ruleTwice(Int)
    /// Two dissimilarities have the same labels.
    case dissimilarityTwice(String, String)
    /// A dissimilarity has one label twice.
    case dissimilarityToItself(String)

    /// The name of the label, attribute or relation at fault; nil if the scheme as a whole is.
    public var subject: String? {
      switch self {
      case .noLabels, .nameNotAllowed, .versionNotAllowed, .ruleTwice, .dissimilarityTwice, .dissimilarityToItself: nil
      case .labelNameNotAllowed(let name), .labelTwice(let name), .attributeTwice(let name), .relationTwice(let name):
        name
      case .keyNotAllowed(let label, _), .keyIsVerb(_, let label), .unknownRequirement(_, let label): label
      case .keyTwice(_, let labels): labels.last
      case .unknownLabel(_, let place): place
      case .noEnds(let relation): relation
      case .noValues(let attribute), .valueTwice(_, let attribute), .noOrder(let attribute),
        .valueNotNumber(_, let attribute):
        attribute
      }
    }
  }

  /// Creates a scheme and checks it.
  ///
  /// - Throws: ``Faults`` with every fault, not only the first.
  public init(
    name: String, version: String, title: String = "", description: String = "", labels: [Label],
    attributes: [Attribute] = [], documentAttributes: [DocumentAttribute] = [], relations: [RelationType] = [],
    guideline: [Rule] = [], dissimilarities: [Dissimilarity] = []
  ) throws(Faults) {
    self.name = name
    self.version = version
    self.title = title
    self.description = description
    self.labels = labels
    self.attributes = attributes
    self.documentAttributes = documentAttributes
    self.relations = relations
    self.guideline = guideline
    self.dissimilarities = dissimilarities
    let faults = Self.faults(of: self)
    if !faults.isEmpty { throw Faults(all: faults) }
  }

  /// All the faults of a scheme.
  public struct Faults: Error, Equatable, Sendable { public let all: [Fault] }

  /// The label with this name, or else with this key or this name in the files that it came from; nil if there is none.
  public func label(_ word: String) -> Label? {
    labels.first { $0.name == word } ?? labels.first { $0.key == word } ?? labels.first { $0.foreign.original == word }
  }

  /// The attribute with this name; nil if there is none.
  public func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

  /// The attribute of documents with this name; nil if there is none.
  public func documentAttribute(_ name: String) -> DocumentAttribute? {
    documentAttributes.first { $0.name == name }
  }

  /// The relation type with this name; nil if there is none.
  public func relation(_ name: String) -> RelationType? { relations.first { $0.name == name } }

  /// The attributes that spans of a label may have.
  public func attributes(of label: String) -> [Attribute] { attributes.filter { $0.labels.contains(label) } }

  /// The relation types allowed from one label to another; if *to* is nil, those whose target may be absent.
  public func relations(from: String, to: String?) -> [RelationType] {
    relations.filter { relation in
      relation.from.contains(from) && (to.map(relation.to.contains) ?? relation.absent)
    }
  }

  /// The dissimilarity of two labels: 0 if they are the same, else 1 unless the scheme gives less.
  public func dissimilarity(_ first: String, _ second: String) -> Double {
    if first == second { return 0 }
    let ends: Set = [first, second]
    return dissimilarities.first { [$0.first, $0.second] == ends }?.value ?? 1
  }

  /// Whether two versions begin with the same number, so that what was made with one holds for the other.
  public static func areOfOneMajor(_ first: String, _ second: String) -> Bool {
    first.prefix { $0 != "." } == second.prefix { $0 != "." }
  }

  /// The position of a label among ``labels``; nil if there is none of that name.
  public func index(ofLabel name: String) -> Int? { labels.firstIndex { $0.name == name } }
}
