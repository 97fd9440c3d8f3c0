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
  /// Which labels a type may relate.
  public let permitted: Set<Permission>
  /// For each document each annotator's layer; nil for one who did not annotate it.
  public private(set) var documents: [[Layer?]] = []

  /// That a type of relation may lead from units of a label to units of a label.
  public struct Permission: Hashable, Sendable {
    public let type: Int
    public let from: Int
    public let to: Int

    public init(type: Int, from: Int, to: Int) {
      self.type = type
      self.from = from
      self.to = to
    }
  }

  public init(annotators: Int, permitted: Set<Permission>) {
    self.annotators = annotators
    self.permitted = permitted
  }

  /// Adds a document.
  ///
  /// - Precondition: a layer, or nil, for each annotator.
  public mutating func append(_ layers: [Layer?]) {
    precondition(layers.count == annotators)
    documents.append(layers)
  }

  public func pair(_ first: Int, _ second: Int) -> RelationStudy {
    var study = RelationStudy(annotators: 2, permitted: permitted)
    study.documents = documents.map { [$0[first], $0[second]] }
    return study
  }

  /// The study of one type of relation.
  public func choosing(type: Int) -> RelationStudy {
    var study = RelationStudy(annotators: annotators, permitted: permitted.filter { $0.type == type })
    study.documents = documents.map { layers in
      layers.map { layer in
        layer.map { Layer(units: $0.units, relations: $0.relations.filter { $0.type == type }) }
      }
    }
    return study
  }
}
