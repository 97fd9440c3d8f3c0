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
    /// What is wrong with the layer, so that no measure takes it; nil if nothing is.
    public let fault: InvalidInput?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - units: the units.
    ///   - relations: the relations; their ends are indices of the units.
    public init(units: [UnitizingStudy.Unit], relations: [Relation]) {
      self.units = units
      self.relations = relations
      let haveEnds = relations.allSatisfy { units.indices ~= $0.from && units.indices ~= $0.to ?? $0.from }
      fault = !haveEnds ? .noSuchUnit : units.allSatisfy(\.isWellFormed) ? nil : .malformedUnit
    }
  }

  /// The number of annotators.
  public let annotators: Int
  /// For each document each annotator's layer; nil for one who did not annotate it.
  public private(set) var documents: [[Layer?]] = []
  public private(set) var fault: InvalidInput?

  /// Creates a study of no documents.
  public init(annotators: Int) {
    (self.annotators, fault) = InvalidInput.annotators(annotators)
  }

  /// Adds a document: one layer for each annotator, or nil for one who did not annotate it.
  public mutating func append(_ layers: [Layer?]) {
    fault = fault ?? layers.lazy.compactMap { $0?.fault }.first
    guard layers.count == annotators else { return fault = fault ?? .annotatorsMissing }
    documents.append(layers)
  }

  public func pair(_ first: Int, _ second: Int) -> RelationStudy {
    var study = RelationStudy(annotators: 2)
    study.fault = fault
    guard 0..<annotators ~= first, 0..<annotators ~= second else {
      study.fault = fault ?? .noSuchAnnotator
      return study
    }
    study.documents = documents.map { [$0[first], $0[second]] }
    return study
  }
}
