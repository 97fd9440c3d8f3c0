/// The lengths of the units and gaps of one document, from which ``UnitizingAlpha1995`` follows.
package struct SegmentLengths: Equatable, Sendable {
  /// The lengths of one label's units, and of the gaps between them.
  package struct OfLabel: Equatable, Sendable {
    /// How many units have each length.
    package var units: [Int: Int] = [:]
    /// How many gaps have each length.
    package var gaps: [Int: Int] = [:]
    /// Σ δ² over all pairs of annotators.
    package var difference = 0
    /// The number of units that were marked; their parts are among ``units``.
    package var marked = 0
    /// Whether units of one annotator overlap.
    package var isOverlapping = false
    /// Whether the differences do not fit an integer.
    package var isTooLarge = false

    package init() {}

    mutating func add(_ other: OfLabel) {
      units.merge(other.units, uniquingKeysWith: +)
      gaps.merge(other.gaps, uniquingKeysWith: +)
      marked += other.marked
      isOverlapping = isOverlapping || other.isOverlapping
      isTooLarge = isTooLarge || other.isTooLarge
      add(difference: other.difference)
    }

    fileprivate mutating func add(difference: Int) {
      let (sum, isTooLarge) = self.difference.addingReportingOverflow(difference)
      if isTooLarge { self.isTooLarge = true } else { self.difference = sum }
    }

    fileprivate mutating func add(square length: Int) {
      let (square, isTooLarge) = length.multipliedReportingOverflow(by: length)
      if isTooLarge { self.isTooLarge = true } else { add(difference: square) }
    }
  }

  /// The annotators of the document, by index, in order.
  package var annotators: [Int]
  /// The length of the document.
  package var length: Int
  /// The lengths of each label that has units or is asked for, by its number.
  package var ofLabels: [Int: OfLabel] = [:]

  package init(annotators: [Int], length: Int) {
    self.annotators = annotators
    self.length = length
  }

  /// The lengths of a continuum's segments under some labels.
  package init(_ continuum: UnitizingStudy.Continuum, labels: [Int]) {
    self.init(
      annotators: continuum.units.indices.filter { continuum.units[$0] != nil }, length: continuum.length)
    for label in labels { ofLabels[label] = Self.lengths(of: label, in: continuum) }
  }

  private static func lengths(of label: Int, in continuum: UnitizingStudy.Continuum) -> OfLabel {
    var lengths = OfLabel()
    lengths.marked = continuum.marked.indices ~= label ? continuum.marked[label] : 0
    var layers: [[Range<Int>]] = []
    for units in continuum.units.compactMap({ $0 }) {
      let hulls = units.filter { $0.label == label }.map(\.hull).sorted { $0.lowerBound < $1.lowerBound }
      guard zip(hulls, hulls.dropFirst()).allSatisfy({ $0.upperBound <= $1.lowerBound }) else {
        lengths.isOverlapping = true
        return lengths
      }
      lengths.add(hulls, continuum.length)
      layers.append(hulls)
    }
    for first in layers.indices {
      for second in layers.indices where second > first { lengths.add(layers[first], layers[second]) }
    }
    return lengths
  }
}

extension SegmentLengths.OfLabel {
  /// Adds one annotator's units with the gaps between them.
  fileprivate mutating func add(_ hulls: [Range<Int>], _ length: Int) {
    var end = 0
    for hull in hulls {
      units[hull.count, default: 0] += 1
      if hull.lowerBound > end { gaps[hull.lowerBound - end, default: 0] += 1 }
      end = hull.upperBound
    }
    if length > end { gaps[length - end, default: 0] += 1 }
  }

  /// Adds the differences of two annotators' segments.
  fileprivate mutating func add(_ ours: [Range<Int>], _ theirs: [Range<Int>]) {
    var (first, second) = (0, 0)
    var (isMet, isMetToo) = (
      [Bool](repeating: false, count: ours.count), [Bool](repeating: false, count: theirs.count)
    )
    while first < ours.count, second < theirs.count {
      let (a, b) = (ours[first], theirs[second])
      if a.overlaps(b) {
        (isMet[first], isMetToo[second]) = (true, true)
        add(square: a.lowerBound - b.lowerBound)
        add(square: a.upperBound - b.upperBound)
      }
      if a.upperBound < b.upperBound { first += 1 } else { second += 1 }
    }
    for (hull, isMet) in zip(ours + theirs, isMet + isMetToo) where !isMet { add(square: hull.count) }
  }
}
