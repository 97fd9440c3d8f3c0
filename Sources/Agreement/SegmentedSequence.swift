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
    guard hypothesis.length == reference.length else { throw .differentLengths }
    let width = window ?? reference.window
    guard width > 0 else { throw .noBoundaries }
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
  /// - Throws: ``Undefined/noBoundaries`` if no window fits, ``Undefined/differentLengths``.
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
  /// - Throws: ``Undefined/noBoundaries`` if no window fits, ``Undefined/differentLengths``.
  public static func windowDiff(
    _ hypothesis: SegmentedSequence, reference: SegmentedSequence, window: Int? = nil
  ) throws(Undefined) -> Double {
    let windows = try windows(hypothesis, reference, window)
    return Double(windows.count { $0.hypothesis != $0.reference }) / Double(windows.count)
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
    guard first.length == second.length else { throw .differentLengths }
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
