/// Attributes that annotators have given their units, document by document.
public struct AttributeStudy: PairedStudy {
  /// What one annotator has marked in a document.
  public struct Layer: Equatable, Sendable {
    public let units: [UnitizingStudy.Unit]
    /// Units × attributes: a value's number, the same for equal values; nil where the attribute is not set.
    public let values: [[Int?]]

    /// - Precondition: a row for each unit.
    public init(units: [UnitizingStudy.Unit], values: [[Int?]]) {
      precondition(units.count == values.count)
      self.units = units
      self.values = values
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

  public func pair(_ first: Int, _ second: Int) -> AttributeStudy {
    var study = AttributeStudy(annotators: 2)
    study.documents = documents.map { [$0[first], $0[second]] }
    return study
  }
}

/// How often two annotators give a unit that both have marked the same value.
///
/// The items are the aligned pairs of units, see ``Alignment``, in which at least one annotator has set the attribute; it is
/// not corrected for chance. Undefined where there is no such pair.
public struct AttributeAgreement: Measure {
  /// Documents that both have annotated, aligned pairs with the attribute, and those with the same value.
  public struct Evidence: PairTally {
    public var counts = [0, 0, 0]

    public init() {}
    public var isApart: Bool { counts[0] == 0 }
    /// Aligned pairs with the attribute.
    public var items: Int { counts[1] }
  }

  private let attributes: [Int]
  private let criterion: SpanCriterion

  /// - Parameters:
  ///   - attributes: which ones, by column; of several each counts for itself.
  ///   - criterion: when units are the same; a pair that does not count fully is none.
  public init(attributes: [Int], by criterion: SpanCriterion) {
    self.attributes = attributes
    self.criterion = criterion
  }

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
