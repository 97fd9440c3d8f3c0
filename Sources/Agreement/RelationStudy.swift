/// The relations that annotators drew between their units, document by document.
public struct RelationStudy: PairedStudy {
  /// A relation of some type from one unit to another, or to something outside the document.
  public struct Relation: Hashable, Sendable {
    /// The type, counted from 0.
    public let type: Int
    /// The index of one of the annotator's units.
    public let from: Int
    /// The index of one of the annotator's units; nil for an absent end.
    public let to: Int?

    /// Creates a relation; indices are checked when a layer takes it.
    public init(type: Int, from: Int, to: Int?) {
      self.type = type
      self.from = from
      self.to = to
    }
  }

  /// One annotator's units in a document, with the relations between them.
  public struct Layer: Equatable, Sendable {
    /// The units.
    public let units: [UnitizingStudy.Unit]
    /// The relations.
    public let relations: [Relation]

    /// Creates a layer.
    ///
    /// - Precondition: the ends of relations are indices of the units.
    public init(units: [UnitizingStudy.Unit], relations: [Relation]) {
      precondition(relations.allSatisfy { units.indices ~= $0.from && units.indices ~= $0.to ?? $0.from })
      self.units = units
      self.relations = relations
    }
  }

  /// The number of annotators.
  public let annotators: Int
  /// For each document each annotator's layer; nil for one who did not annotate it.
  public private(set) var documents: [[Layer?]] = []

  /// Creates a study of no documents.
  public init(annotators: Int) { self.annotators = annotators }

  /// Adds a document.
  ///
  /// - Precondition: one layer for each annotator; nil for one who did not annotate the document.
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
