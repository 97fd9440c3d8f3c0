/// Relations that annotators have drawn between their units, document by document.
public struct RelationStudy: PairedStudy {
  /// A relation of a type from one unit to another, or to something that is not in the document.
  public struct Relation: Hashable, Sendable {
    /// Counted from 0.
    public let type: Int
    /// The index of a unit of the same annotator.
    public let from: Int
    /// The index of a unit of the same annotator; nil where the relation's end is said to be absent.
    public let to: Int?

    public init(type: Int, from: Int, to: Int?) {
      self.type = type
      self.from = from
      self.to = to
    }
  }

  /// What one annotator has marked in a document.
  public struct Layer: Equatable, Sendable {
    public let units: [UnitizingStudy.Unit]
    public let relations: [Relation]

    /// - Precondition: ends of relations are indices of the units.
    public init(units: [UnitizingStudy.Unit], relations: [Relation]) {
      precondition(relations.allSatisfy { units.indices ~= $0.from && units.indices ~= $0.to ?? $0.from })
      self.units = units
      self.relations = relations
    }
  }

  public let annotators: Int
  /// For each document each annotator's layer; nil for one who did not annotate it.
  public private(set) var documents: [[Layer?]] = []

  public init(annotators: Int) { self.annotators = annotators }

  /// Adds a document.
  ///
  /// - Precondition: a layer, or nil, for each annotator.
  public mutating func append(_ layers: [Layer?]) {
    precondition(layers.count == annotators)
    documents.append(layers)
  }

  public func pair(_ first: Int, _ second: Int) -> RelationStudy {
    var study = RelationStudy(annotators: 2)
    study.documents = documents.map { [$0[first], $0[second]] }
    return study
  }
}
