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
  /// A pair of annotators, by index, is undefined in a mean over pairs, for this reason.
  case pair(Int, Int, Undefined)
}
