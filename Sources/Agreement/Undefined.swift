/// The reason that a coefficient has no value; it is never replaced by 0, 1 or NaN.
public indirect enum Undefined: Error, Equatable, Sendable {
  /// Fewer than two annotators take part.
  case fewerThanTwoAnnotators
  /// No item has values of two annotators.
  case noPairableItems
  /// All pairable values are of one category, so that the coefficient is 0/0.
  case oneCategory
  /// Fewer than two categories are declared, so that there is nothing to choose.
  case fewerThanTwoCategories
  /// The two annotators have no document in common.
  case noSharedDocument
  /// There are no spans to count.
  case noSpans
  /// Units of one annotator overlap, although the measure needs a partition of the continuum.
  case overlappingUnits
  /// Documents have different annotators, although the measure needs the same in all.
  case differentAnnotators
  /// The length that two annotators both marked is too short to compute chance.
  case tooLittlePairable
  /// No units of different annotators are aligned whose labels could differ.
  case noAlignedUnits
  /// A limit stopped the search for the alignment that the measure needs before it was proved best.
  case notProved
  /// There are no relations to count.
  case noRelations
  /// No aligned pair of spans has the attribute.
  case noAttributes
  /// No category of a mean over categories has a value.
  case noCategories
  /// The segmentations are too short for a window, or neither has an inner boundary.
  case noBoundaries
  /// The segmentations have different numbers of elements.
  case differentLengths
  /// The study, or a setting of the measure, is not one that can be measured.
  case invalid(InvalidInput)
  /// No pair of annotators has a value in a mean over pairs, each for a reason of its own; that of the first, by index.
  case pair(Int, Int, Undefined)
}

/// What is wrong with a study, a tally or a setting, so that no measure takes it.
///
/// A study keeps the first thing that is wrong with what it was given (see ``CodingStudy/fault``), and every measure of it
/// throws that as ``Undefined/invalid(_:)``.
public enum InvalidInput: Error, Equatable, Sendable {
  /// A row, a continuum or a document has not one entry for each annotator.
  case annotatorsMissing
  /// The measure is one of two annotators; see ``PairedStudy/pair(_:_:)``.
  case notTwoAnnotators
  /// There is no annotator with this index.
  case noSuchAnnotator
  /// There is no document with this index.
  case noSuchDocument
  /// There is no category, label or attribute with this number.
  case noSuchCategory
  /// There is no unit with this index, or a unit has no row of values.
  case noSuchUnit
  /// A category, a length or a number of items is negative, or columns have different lengths.
  case malformedItems
  /// A unit is empty, its label is negative, or its fragments are out of order, touch or overlap.
  case malformedUnit
  /// A unit begins before its continuum or ends after it.
  case unitOutside
  /// A setting lies outside its range.
  case settingOutOfRange
  /// Tallies that belong together have different documents or counts.
  case differentTallies
  /// There is more than can be counted without error: see ``largest``.
  case tooLarge

  /// The greatest position in a continuum and the greatest number of items, 2⁴⁰.
  public static let largest = 1 << 40
  /// The greatest number of annotators.
  static let mostAnnotators = 1 << 12
  /// The greatest number of categories or labels.
  static let mostCategories = 1 << 20
  /// The greatest number of counts of one tally, and of all documents' tallies.
  static let mostCounts = 1 << 28

  /// The number of annotators that a study takes, and what is wrong with the one that it was given.
  static func annotators(_ given: Int) -> (Int, InvalidInput?) {
    if given < 0 { return (0, .malformedItems) }
    return given > mostAnnotators ? (mostAnnotators, .tooLarge) : (given, nil)
  }
}
