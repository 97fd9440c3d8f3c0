/// A sequence of elements cut into segments.
public struct SegmentedSequence: Equatable, Sendable {
  /// The number of elements of each segment.
  public let masses: [Int]
  /// The positions of the cuts, each as the number of elements before it, in order.
  public let boundaries: [Int]

  /// Creates a segmentation from the lengths of its segments.
  ///
  /// - Precondition: at least one segment, none empty.
  public init(masses: [Int]) {
    precondition(!masses.isEmpty && masses.allSatisfy { $0 > 0 })
    self.masses = masses
    var places: [Int] = []
    var sum = 0
    for mass in masses.dropLast() {
      sum += mass
      places.append(sum)
    }
    boundaries = places
  }

  /// The number of elements.
  public var length: Int { masses.reduce(0, +) }

  /// The default width of the window in ``pk(_:reference:window:)`` and ``windowDiff(_:reference:window:)``: half the
  /// mean length of a segment, ties to even, at least 2.
  public var window: Int {
    max(2, Int((Double(length) / (2 * Double(masses.count))).rounded(.toNearestOrEven)))
  }

  /// The positions of a sliding window in both segmentations, each with the number of boundaries inside.
  private static func windows(
    _ hypothesis: SegmentedSequence, _ reference: SegmentedSequence, _ window: Int?
  ) throws(Undefined) -> [(hypothesis: Int, reference: Int)] {
    precondition(hypothesis.length == reference.length && window ?? 1 > 0)
    let width = window ?? reference.window
    let count = reference.length - width
    guard count > 0 else { throw .noBoundaries }
    let (ours, theirs) = (hypothesis.counts, reference.counts)
    return (0..<count).map { (ours[$0 + width] - ours[$0], theirs[$0 + width] - theirs[$0]) }
  }

  /// The number of boundaries up to each position.
  private var counts: [Int] {
    var counts = [Int](repeating: 0, count: length + 1)
    for boundary in boundaries { counts[boundary] = 1 }
    for place in 1..<counts.count { counts[place] += counts[place - 1] }
    return counts
  }

  /// P_k: the share of windows whose ends are in one segment by one segmentation and in two by the other; an error, 0
  /// for equal ones.
  ///
  /// Source: Beeferman, Berger and Lafferty, “Statistical models for text segmentation”, *Machine Learning* 34 (1999),
  /// pages 177–210.
  ///
  /// - Parameters:
  ///   - hypothesis: the segmentation to judge, of the same length as the reference.
  ///   - reference: the segmentation that counts as right.
  ///   - window: the width of the window; nil for the reference's ``window``.
  /// - Throws: ``Undefined/noBoundaries`` if no window fits.
  public static func pk(
    _ hypothesis: SegmentedSequence, reference: SegmentedSequence, window: Int? = nil
  ) throws(Undefined) -> Double {
    let windows = try windows(hypothesis, reference, window)
    return Double(windows.count { ($0.hypothesis > 0) != ($0.reference > 0) }) / Double(windows.count)
  }

  /// WindowDiff: the share of windows with different numbers of boundaries in the two segmentations; an error, 0 for
  /// equal ones.
  ///
  /// Source: Pevzner and Hearst, “A critique and improvement of an evaluation metric for text segmentation”,
  /// *Computational Linguistics* 28 (2002), pages 19–36.
  ///
  /// - Parameters:
  ///   - hypothesis: the segmentation to judge, of the same length as the reference.
  ///   - reference: the segmentation that counts as right.
  ///   - window: the width of the window; nil for the reference's ``window``.
  /// - Throws: ``Undefined/noBoundaries`` if no window fits.
  public static func windowDiff(
    _ hypothesis: SegmentedSequence, reference: SegmentedSequence, window: Int? = nil
  ) throws(Undefined) -> Double {
    let windows = try windows(hypothesis, reference, window)
    return Double(windows.count { $0.hypothesis != $0.reference }) / Double(windows.count)
  }

  /// Boundary similarity B: 1 for equal boundaries, 0 if no two are near each other.
  ///
  /// A boundary of one segmentation alone is an addition; two of them less than *near* apart are a transposition, which
  /// costs their distance divided by *near*. With A additions, T transpositions of cost w_t and M matches,
  ///
  ///     B = 1 − (A + Σ w_t) / (A + T + M)
  ///
  /// Source: Fournier, “Evaluating text segmentation using boundary edit distance”, *ACL* (2013), pages 1702–1712.
  ///
  /// - Parameters:
  ///   - first: a segmentation.
  ///   - second: another segmentation of the same length.
  ///   - near: n_t, the distance from which boundaries are no longer near.
  /// - Throws: ``Undefined/noBoundaries`` if neither has a boundary.
  public static func boundarySimilarity(
    _ first: SegmentedSequence, _ second: SegmentedSequence, near: Int = 2
  ) throws(Undefined) -> Double {
    precondition(first.length == second.length)
    let both = Set(first.boundaries).intersection(second.boundaries)
    var additions = first.boundaries.filter { !both.contains($0) }.map { (place: $0, isFirst: true) }
    additions += second.boundaries.filter { !both.contains($0) }.map { (place: $0, isFirst: false) }
    additions.sort { $0.place < $1.place }
    var (alone, transpositions, cost) = (0, 0, 0.0)
    var index = 0
    while index < additions.count {
      let next = index + 1
      if next < additions.count, additions[next].isFirst != additions[index].isFirst,
        additions[next].place - additions[index].place < near
      {
        transpositions += 1
        cost += Double(additions[next].place - additions[index].place) / Double(near)
        index += 2
      } else {
        alone += 1
        index += 1
      }
    }
    let all = alone + transpositions + both.count
    guard all > 0 else { throw .noBoundaries }
    return 1 - (Double(alone) + cost) / Double(all)
  }
}
