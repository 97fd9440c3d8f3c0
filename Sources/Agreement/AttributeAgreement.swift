/// The attribute values that annotators gave their units, document by document.
public struct AttributeStudy: PairedStudy {
  /// One annotator's units in a document, with their attribute values.
  public struct Layer: Equatable, Sendable {
    /// The units.
    public let units: [UnitizingStudy.Unit]
    /// Units × attributes: the number of the value, equal for equal values; nil if the attribute is not set.
    public let values: [[Int?]]
    /// What is wrong with the layer, so that no measure takes it; nil if nothing is.
    public let fault: InvalidInput?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - units: the units.
    ///   - values: one row of values for each unit, all of the same length.
    public init(units: [UnitizingStudy.Unit], values: [[Int?]]) {
      self.units = units
      self.values = values
      let haveValues = units.count == values.count && values.allSatisfy { $0.count == values[0].count }
      fault = !haveValues ? .noSuchUnit : units.allSatisfy({ $0.isWellFormed }) ? nil : .malformedUnit
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

  public func pair(_ first: Int, _ second: Int) -> AttributeStudy {
    var study = AttributeStudy(annotators: 2)
    study.fault = fault
    guard 0..<annotators ~= first, 0..<annotators ~= second else {
      study.fault = fault ?? .noSuchAnnotator
      return study
    }
    study.documents = documents.map { [$0[first], $0[second]] }
    return study
  }
}

/// The share of aligned units to which two annotators gave the same attribute value.
///
/// The items are the aligned pairs of units (see ``Alignment``) for which at least one annotator set the attribute. The
/// share is not corrected for chance.
///
/// Undefined if there is no such pair.
public struct AttributeAgreement: Measure {
  /// Counts of documents that both annotated, of aligned pairs with the attribute, and of those with equal values.
  public struct Evidence: PoolableTally {
    public var counts = [0, 0, 0]

    /// Creates the tally of no document.
    public init() {}
    public var isApart: Bool { counts.first ?? 0 == 0 }
    /// The number of aligned pairs with the attribute.
    public var items: Int { counts.count > 1 ? counts[1] : 0 }
  }

  private let attributes: [Int]
  private let criterion: SpanCriterion

  /// Creates the measure for some attributes.
  ///
  /// - Parameters:
  ///   - attributes: the columns of the attributes; each counts by itself.
  ///   - criterion: the condition for units to match; pairs with partial credit do not count.
  public init(attributes: [Int], by criterion: SpanCriterion) {
    self.attributes = attributes
    self.criterion = criterion
  }

  /// The counts of each document of a study of two annotators, with its units aligned.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``, ``InvalidInput/noSuchCategory`` for an
  ///   attribute without a column.
  public func tallies(of study: AttributeStudy) throws(Undefined) -> Tallies<Evidence> {
    try study.checkPair()
    return try Tallies(Evidence(), study.documents) { (first, second) throws(Undefined) in
      try tally(first, second, Alignment(first.units, second.units, by: criterion))
    }
  }

  /// The counts of one document, with its units aligned.
  ///
  /// - Throws: what is wrong with a layer; ``InvalidInput/noSuchUnit`` if the alignment is not one of these layers,
  ///   ``InvalidInput/noSuchCategory`` for an attribute without a column.
  public func tally(
    _ first: AttributeStudy.Layer, _ second: AttributeStudy.Layer, _ alignment: Alignment
  ) throws(Undefined) -> Evidence {
    if let fault = first.fault ?? second.fault { throw .invalid(fault) }
    try alignment.check(first.units, second.units)
    for values in [first.values, second.values] {
      for row in values where !attributes.allSatisfy({ row.indices ~= $0 }) { throw .invalid(.noSuchCategory) }
    }
    var tally = Evidence()
    tally.counts[0] = 1
    for pair in alignment.pairs where pair.credit == 2 {
      for attribute in attributes {
        let (ours, theirs) = (first.values[pair.first][attribute], second.values[pair.second][attribute])
        guard ours != nil || theirs != nil else { continue }
        tally.counts[1] += 1
        if ours == theirs { tally.counts[2] += 1 }
      }
    }
    return tally
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(3)
    guard !tally.isApart else { throw .noSharedDocument }
    guard tally.items > 0 else { throw .noAttributes }
    return Coefficient(value: Double(tally.counts[2]) / Double(tally.items), items: tally.items)
  }
}
