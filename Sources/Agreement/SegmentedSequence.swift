/// A sequence of elements cut into segments.
public struct SegmentedSequence: Equatable, Sendable {
  /// The number of elements of each segment.
  public let masses: [Int]
  /// The positions of the cuts, each as the number of elements before it, in order.
  public let boundaries: [Int]

  /// The number of elements.
  public let length: Int
  /// What is wrong with the segmentation, so that no measure takes it; nil if nothing is.
  public let fault: InvalidInput?

  /// Creates a segmentation from the lengths of its segments: at least one segment, none empty.
  public init(masses: [Int]) {
    self.masses = masses
    var places: [Int] = []
    var sum = 0
    for mass in masses {
      guard mass > 0, mass <= InvalidInput.largest - sum else {
        (boundaries, length) = ([], 0)
        fault = mass > 0 ? .tooLarge : .malformedItems
        return
      }
      sum += mass
      places.append(sum)
    }
    boundaries = places.dropLast()
    length = sum
    fault = masses.isEmpty ? .malformedItems : nil
  }

  /// The default width of the window in ``pk(_:reference:window:)`` and ``windowDiff(_:reference:window:)``: half the
  /// mean length of a segment, ties to even, at least 2.
  public var window: Int {
    max(2, Int((Double(length) / (2 * Double(max(1, masses.count)))).rounded(.toNearestOrEven)))
  }

  /// - Throws: what is wrong with one of two segmentations, or that they are of different lengths.
  private static func check(_ first: SegmentedSequence, _ second: SegmentedSequence) throws(Undefined) {
    if let fault = first.fault ?? second.fault { throw .invalid(fault) }
    guard first.length == second.length else { throw .differentLengths }
  }

  /// The share of positions of a sliding window at which the numbers of boundaries inside meet a condition.
  private static func share(
    _ hypothesis: SegmentedSequence, _ reference: SegmentedSequence, _ window: Int?,
    where differ: (_ hypothesis: Int, _ reference: Int) -> Bool
  ) throws(Undefined) -> Double {
    try check(hypothesis, reference)
    let width = window ?? reference.window
    guard width > 0, width < reference.length else { throw .noBoundaries }
    let count = reference.length - width
    // The numbers change only where a boundary enters or leaves.
    var changes: [(place: Int, hypothesis: Int, reference: Int)] = [(count, 0, 0)]
    for boundary in hypothesis.boundaries { changes += [(max(0, boundary - width), 1, 0), (boundary, -1, 0)] }
    for boundary in reference.boundaries { changes += [(max(0, boundary - width), 0, 1), (boundary, 0, -1)] }
    var (inside, place, found) = ((hypothesis: 0, reference: 0), 0, 0)
    for change in changes.sorted(by: { $0.place < $1.place }) where change.place <= count {
      if differ(inside.hypothesis, inside.reference) { found += change.place - place }
      place = change.place
      inside.hypothesis += change.hypothesis
      inside.reference += change.reference
    }
    return Double(found) / Double(count)
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
  /// - Throws: ``Undefined/noBoundaries`` if no window fits, ``Undefined/differentLengths``.
  public static func pk(
    _ hypothesis: SegmentedSequence, reference: SegmentedSequence, window: Int? = nil
  ) throws(Undefined) -> Double {
    try share(hypothesis, reference, window) { ($0 > 0) != ($1 > 0) }
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
  /// - Throws: ``Undefined/noBoundaries`` if no window fits, ``Undefined/differentLengths``.
  public static func windowDiff(
    _ hypothesis: SegmentedSequence, reference: SegmentedSequence, window: Int? = nil
  ) throws(Undefined) -> Double {
    try share(hypothesis, reference, window) { $0 != $1 }
  }

  /// Boundary similarity B: 1 for equal boundaries, 0 if no two are near each other.
  ///
  /// Boundaries of both segmentations match. A boundary of one alone is an addition; one of each less than *near* apart
  /// may be a transposition instead, which costs their distance divided by *near*. With A additions, T transpositions
  /// of cost w_t and M matches,
  ///
  ///     B = 1 − (A + Σ w_t) / (A + T + M)
  ///
  /// The edit is a cheapest one, and of several that cost the same, the one with the fewest operations.
  ///
  /// Source: Fournier, “Evaluating text segmentation using boundary edit distance”, *ACL* (2013), pages 1702–1712.
  ///
  /// - Parameters:
  ///   - first: a segmentation.
  ///   - second: another segmentation of the same length.
  ///   - near: n_t, the distance from which boundaries are no longer near.
  /// - Throws: ``Undefined/noBoundaries`` if neither has a boundary, ``Undefined/differentLengths``.
  /// - Complexity: O(*boundaries* · *near*).
  public static func boundarySimilarity(
    _ first: SegmentedSequence, _ second: SegmentedSequence, near: Int = 2
  ) throws(Undefined) -> Double {
    try check(first, second)
    // No text is so long that a greater distance matters.
    let near = max(1, min(near, 1 << 31))
    let both = Set(first.boundaries).intersection(second.boundaries)
    let edit = Edit.cheapest(
      first.boundaries.filter { !both.contains($0) }, second.boundaries.filter { !both.contains($0) }, near: near)
    let all = edit.operations + both.count
    guard all > 0 else { throw .noBoundaries }
    return 1 - Double(edit.cost) / Double(near) / Double(all)
  }

  /// What turns the boundaries of one segmentation into those of another.
  private struct Edit: Comparable {
    /// The sum of costs, times *near*.
    var cost = 0
    var operations = 0

    static func < (a: Edit, b: Edit) -> Bool { (a.cost, a.operations) < (b.cost, b.operations) }

    func adding(_ cost: Int, _ operations: Int = 1) -> Edit {
      Edit(cost: self.cost + cost, operations: self.operations + operations)
    }

    /// The cheapest edit between boundaries in order, of which none is in both.
    ///
    /// Transpositions never need to cross. So for each number of boundaries on the one side the cheapest edits with so
    /// many on the other are kept, as far as they are near.
    static func cheapest(_ first: [Int], _ second: [Int], near: Int) -> Edit {
      // The cheapest edits of the boundaries so far with the first start, start + 1, … boundaries of the other side.
      var (start, row) = (0, [Edit()])
      var reach = 0
      for place in first {
        // Those behind can only be additions.
        while start < second.count, second[start] <= place - near {
          let skipped = row.removeFirst().adding(near)
          if let next = row.first { row[0] = min(next, skipped) } else { row.append(skipped) }
          start += 1
        }
        reach = max(reach, start)
        while reach < second.count, second[reach] < place + near { reach += 1 }
        while row.count <= reach - start { row.append(row[row.count - 1].adding(near)) }
        var next = row.map { $0.adding(near) }
        for index in 1..<max(1, next.count) {
          let paired = row[index - 1].adding(abs(second[start + index - 1] - place))
          next[index] = min(next[index], paired, next[index - 1].adding(near))
        }
        row = next
      }
      let rest = second.count - start
      return row.enumerated().map { index, edit in edit.adding((rest - index) * near, rest - index) }.min() ?? Edit()
    }
  }
}
