/// The attribute values that annotators gave their units, document by document.
public struct AttributeStudy: PairedStudy {
  /// One annotator's units in a document, with their attribute values.
  public struct Layer: Equatable, Sendable {
    /// The units.
    public let units: [UnitizingStudy.Unit]
    /// Units × attributes: the number of the value, equal for equal values; nil if the attribute is not set.
    public let values: [[Int?]]

    /// Creates a layer.
    ///
    /// - Precondition: one row of values for each unit.
    public init(units: [UnitizingStudy.Unit], values: [[Int?]]) {
      precondition(units.count == values.count)
      self.units = units
      self.values = values
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

  public func pair(_ first: Int, _ second: Int) -> AttributeStudy {
    var study = AttributeStudy(annotators: 2)
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
  public struct Evidence: PairTally {
    public var counts = [0, 0, 0]

    /// Creates the tally of no document.
    public init() {}
    public var isApart: Bool { counts[0] == 0 }
    /// The number of aligned pairs with the attribute.
    public var items: Int { counts[1] }
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

  /// The counts of each document, with its units aligned.
  ///
  /// - Precondition: the study has two annotators.
  public func tallies(of study: AttributeStudy) -> Tallies<Evidence> {
    precondition(study.annotators == 2)
    return Tallies(
      Evidence(),
      study.documents.map { layers in
        guard let first = layers[0], let second = layers[1] else { return Evidence() }
        return tally(first, second, Alignment(first.units, second.units, by: criterion))
      })
  }

  /// The counts of one document, with its units aligned.
  public func tally(
    _ first: AttributeStudy.Layer, _ second: AttributeStudy.Layer, _ alignment: Alignment
  ) -> Evidence {
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
    guard !tally.isApart else { throw .noSharedDocument }
    guard tally.items > 0 else { throw .noAttributes }
    return Coefficient(value: Double(tally.counts[2]) / Double(tally.items), items: tally.items)
  }
}
