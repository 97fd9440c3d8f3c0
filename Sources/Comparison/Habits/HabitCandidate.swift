/// Something that an annotator does where another does not, to be tested for a habit.
///
/// It is a habit if it is done in enough of the places where it could be done: more often than the same annotator differs
/// in the same way where it cannot be meant, and more often than the other does it. Each of these is a binomial test; the
/// first is corrected for the number of candidates (Bonferroni), so that differences without a pattern name a habit in at
/// most one comparison of a hundred.
struct HabitCandidate {
  /// The fewest places of a habit.
  static let fewest = 10
  /// The least share of the places where it could be done.
  private static let leastShare = 0.2
  /// The share that is never worth a word, and that where there is nothing to compare with.
  private static let (floor, floorAlone) = (0.1, 0.2)
  /// The greatest share of spans cut at random that lose just one part.
  private static let shareOfSlips = 0.4
  /// The chance of naming any habit where there is none.
  static let risk = 0.01

  let key: HabitTally.Key
  let count: HabitTally.Count
  /// How often the annotator differs alike where this deed cannot be meant.
  var elsewhere: [(deeds: Int, chances: Int)] = []
  /// Of a label: how often the annotator has the same label where the other has a third one, and how many of these there are.
  var slips: (count: Int, labels: Int) = (0, 0)

  var share: Double { Double(count.deeds) / Double(max(1, count.chances)) }

  /// The share that differences without a pattern would have, at most.
  private var background: Double {
    elsewhere.reduce(elsewhere.isEmpty ? Self.floorAlone : Self.floor) { greatest, found in
      max(greatest, Self.upperBound(found.deeds, of: found.chances))
    }
  }

  /// The upper end of a one-sided 95 % interval of a share.
  static func upperBound(_ deeds: Int, of chances: Int) -> Double {
    guard chances > 0 else { return 0 }
    let (share, count) = (Double(deeds) / Double(chances), Double(chances))
    return min(1, share + 1.64 * (share * (1 - share) / count).squareRoot())
  }

  /// Whether it is worth a test, and done more than the reverse.
  private var isFrequent: Bool {
    count.deeds >= Self.fewest && share >= Self.leastShare
      && Binomial.tail(count.deeds, of: count.deeds + count.reverse, at: 0.5) <= Self.risk
      && Binomial.tail(count.deeds, of: count.deeds + count.otherwise, at: Self.shareOfSlips) <= 0.05
      && (slips.labels == 0
        || Binomial.tail(count.deeds, of: count.deeds + slips.count, at: 1 / Double(slips.labels + 1)) <= Self.risk)
  }

  /// The habits among candidates.
  static func habits(among candidates: [HabitCandidate]) -> [HabitCandidate] {
    let tests = candidates.count { $0.count.chances >= fewest }
    return candidates.filter { candidate in
      let count = candidate.count
      return candidate.isFrequent
        && Binomial.tail(count.deeds, of: count.chances, at: candidate.background) * Double(tests) <= risk
    }
  }

  // MARK: repeats

  /// Whether this one, of the same two annotators, tells what another says, too.
  func covers(_ other: HabitCandidate) -> Bool {
    guard key != other.key else { return false }
    let shared = Set(count.places).intersection(other.count.places).count
    if key.deed == other.key.deed { return tellsBetter(than: other, shared) }
    if let edge = Self.edge(of: key.deed), edge == Self.edge(of: other.key.deed) {
      // A part that is left out says why the span is shorter.
      if case .isShorter = other.key.deed { return 2 * shared >= other.count.deeds }
      if case .isShorter = key.deed { return false }
      guard 5 * shared >= 4 * other.count.deeds else { return false }
      return share != other.share ? share > other.share : "\(key)" < "\(other.key)"
    }
    switch (key.deed, other.key.deed) {
    case (.missing(.noun), .missing(.reportingNoun)), (.missing(.reportingNoun), .missing(.noun)):
      return (share, "\(key)") > (other.share, "\(other.key)")
    case (.missing(.any), .missing): return key.label == other.key.label && share >= 0.8 * other.share
    case (.missing(let trait), .missing(.words)):
      return trait != .any && !trait.isOfWords && 10 * shared >= 9 * other.count.deeds
    case (.splits(.any), .splits): return key.label == other.key.label && share >= 0.6 * other.share
    case (.splits, .splits(.any)):
      return key.label == other.key.label && share > 1.4 * other.share && 5 * shared >= 4 * other.count.deeds
    case (.splits, .splits): return key.label == other.key.label && (share, "\(key)") > (other.share, "\(other.key)")
    default: return false
    }
  }

  /// Of the same deed with all labels and with one: a single label tells if it has nearly all places, or if the deed is
  /// much more regular there.
  private func tellsBetter(than other: HabitCandidate, _ shared: Int) -> Bool {
    func isOfLabel(_ one: HabitCandidate, _ all: HabitCandidate) -> Bool {
      10 * shared >= 9 * all.count.deeds || all.share < 0.7 * one.share
    }
    switch (key.label, other.key.label) {
    case (nil, _?): return !isOfLabel(other, self)
    case (_?, nil): return isOfLabel(self, other)
    default: return false
    }
  }

  private static func edge(of deed: Habit.Deed) -> SpanEdge? {
    switch deed {
    case .leavesOut(_, let edge), .isShorter(let edge): edge
    default: nil
    }
  }
}

extension Habit.SpanTrait {
  fileprivate var isOfWords: Bool { if case .words = self { true } else { false } }
}
