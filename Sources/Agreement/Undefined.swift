/// Why a coefficient has no value; never replaced by 0, 1 or NaN.
public indirect enum Undefined: Error, Equatable, Sendable {
  /// Fewer than two annotators take part.
  case fewerThanTwoAnnotators
  /// No item has values of two annotators.
  case noPairableItems
  /// All pairable values are of one category: chance alone agrees fully, and 0/0 remains.
  case oneCategory
  /// Fewer than two categories are declared, so that chance has no choice.
  case fewerThanTwoCategories
  /// The two annotators have no document in common.
  case noSharedDocument
  /// There is no span to count.
  case noSpans
  /// Units of one annotator overlap, where a continuum must be cut into parts.
  case overlappingUnits
  /// Documents have different annotators, where all must have the same.
  case differentAnnotators
  /// What two annotators have both marked is too short for chance to be told.
  case tooLittlePairable
  /// No units of different annotators are aligned that could differ in label.
  case noAlignedUnits
  /// There is no relation to count.
  case noRelations
  /// No aligned pair of spans has the attribute.
  case noAttributes
  /// No category that a mean is taken over has a value.
  case noCategories
  /// The segmentations are too short for a window, or neither has an inner boundary to compare.
  case noBoundaries
  /// A mean over pairs, one of which is undefined; the two are indices of annotators.
  case pair(Int, Int, Undefined)
}
