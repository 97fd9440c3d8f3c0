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
  /// The study or the measure was given what it cannot count, such as a unit outside the continuum.
  case malformed(Malformed)
  /// A pair of annotators, by index, is undefined in a mean over pairs, for this reason.
  case pair(Int, Int, Undefined)
}

/// What a study or a measure was given that it cannot count.
public enum Malformed: Equatable, Sendable {
  /// An item, document or layer has another number of annotators than the study, or an annotator that is not there.
  case annotators
  /// A category or label is negative, or not below the number of them.
  case category
  /// A count is negative.
  case count
  /// Columns have different lengths, or documents are not as long as the columns together.
  case columns
  /// A document that is not there.
  case document
  /// A unit leaves the continuum.
  case unitOutside
  /// A table of the measure, such as weights or dissimilarities, does not have the form that it needs.
  case table
}
