import Standoff
import Storage

/// The habits in several documents.
///
/// A deed of one annotator, as compared with another, is a habit if it is done in enough of the places where it could be
/// done: more often than the same annotator differs elsewhere in the same way, and more often than the other does it. Each
/// of these is a binomial test; the first is corrected for the number of deeds that are looked at (Bonferroni), so that
/// differences without a pattern name a habit in at most one comparison of a hundred.
struct HabitSearch {
  /// The fewest places of a habit.
  private static let fewest = 5
  /// The least share of the places where it could be done.
  private static let leastShare = 0.3
  /// The share that is never worth a word, and that where there is nothing to compare with.
  private static let (floor, floorAlone) = (0.1, 0.2)
  /// The chance of naming any habit where there is none.
  private static let risk = 0.01

  private let counts: [HabitTally.Key: HabitTally.Count]
  private let parts: [DocumentDifferences]
  /// The spans that pairs of annotators share, and all their spans.
  private let matches: (common: Int, all: Int)

  /// - Parameter matches: the spans that pairs of annotators share.
  init(_ tally: HabitTally, _ parts: [DocumentDifferences], _ matches: ExactMatches) {
    counts = tally.counts
    self.parts = parts
    self.matches = matches.pooled
  }

  /// The habits, those first whose settling would raise exact F1 most, then by the number of places.
  var habits: [Habit] {
    let found = pairwise(spans + labels) + values
    return found.sorted { a, b in
      let (one, other) = (a.settled ?? 0, b.settled ?? 0)
      if one != other { return one > other }
      if a.places.count != b.places.count { return a.places.count > b.places.count }
      return "\(a.annotators)\(a.deed)\(a.label ?? "")" < "\(b.annotators)\(b.deed)\(b.label ?? "")"
    }
  }

  // MARK: tests

  private struct Candidate {
    let key: HabitTally.Key
    let count: HabitTally.Count
    /// How often the annotator does alike where this deed cannot be meant: the deeds, and the chances; nil if there is
    /// nothing to compare with.
    var elsewhere: (deeds: Int, chances: Int)?

    var share: Double { Double(count.deeds) / Double(max(1, count.chances)) }

    /// The share that differences without a pattern would have, at most.
    var background: Double {
      guard let elsewhere, elsewhere.chances > 0 else { return HabitSearch.floorAlone }
      let (share, chances) = (Double(elsewhere.deeds) / Double(elsewhere.chances), Double(elsewhere.chances))
      return max(HabitSearch.floor, min(1, share + 1.64 * (share * (1 - share) / chances).squareRoot()))
    }
  }

  private func tested(_ candidates: [Candidate]) -> [Candidate] {
    let tests = candidates.count { $0.count.chances >= Self.fewest }
    return candidates.filter { candidate in
      let count = candidate.count
      return count.deeds >= Self.fewest && candidate.share >= Self.leastShare
        && Binomial.tail(count.deeds, of: count.deeds + count.reverse, at: 0.5) <= Self.risk
        && Binomial.tail(count.deeds, of: count.chances, at: candidate.background) * Double(tests) <= Self.risk
    }
  }

  /// What is done with spans and relations, with how often it is done elsewhere.
  private var spans: [Candidate] {
    var shorter: [HabitTally.Key: HabitTally.Count] = [:]
    var missed: [[String]: (deeds: Int, chances: Int)] = [:]
    for (key, count) in counts {
      if case .isShorter = key.deed { shorter[key] = count }
      if key.deed == .missing(.any) {
        missed[[key.who, key.other], default: (0, 0)].deeds += count.deeds
        missed[[key.who, key.other], default: (0, 0)].chances += count.chances
      }
    }
    return counts.compactMap { key, count in
      var candidate = Candidate(key: key, count: count)
      switch key.deed {
      case .leavesOut(_, let edge):
        // Without this part, the span may be shorter all the same.
        let whole = HabitTally.Key(deed: .isShorter(edge), label: key.label, who: key.who, other: key.other)
        candidate.elsewhere = shorter[whole].map { ($0.deeds - count.deeds, $0.chances - count.chances) }
      case .isShorter:
        candidate.elsewhere = (count.reverse, count.chances)
      case .missing(.any):
        candidate.elsewhere = missed[[key.who, key.other]].map { ($0.deeds - count.deeds, $0.chances - count.chances) }
      case .missing:
        let label = HabitTally.Key(deed: .missing(.any), label: key.label, who: key.who, other: key.other)
        candidate.elsewhere = counts[label].map { ($0.deeds - count.deeds, $0.chances - count.chances) }
      case .splits, .relation:
        candidate.elsewhere = (count.reverse, count.chances)
      case .labels, .leavesUnset, .says: return nil
      }
      return candidate
    }
  }

  /// Labels that stand where the other has one label, with how often labels differ elsewhere.
  private var labels: [Candidate] {
    var ofPair: [[String]: (deeds: Int, chances: Int)] = [:]
    var ofLabel: [[String]: (deeds: Int, chances: Int)] = [:]
    for (key, count) in counts {
      guard case .labels = key.deed else { continue }
      for (deeds, chances, path) in [(count.deeds, count.chances, [key.who, key.other, key.label ?? ""])] {
        ofLabel[path, default: (0, 0)].deeds += deeds
        ofLabel[path, default: (0, 0)].chances += chances
        ofPair[[key.who, key.other], default: (0, 0)].deeds += deeds
        ofPair[[key.who, key.other], default: (0, 0)].chances += chances
      }
    }
    return counts.compactMap { key, count in
      guard case .labels(let own) = key.deed, own != key.label, count.deeds > 0,
        let label = ofLabel[[key.who, key.other, key.label ?? ""]], let pair = ofPair[[key.who, key.other]]
      else { return nil }
      var all = count
      all.chances = label.chances
      return Candidate(
        key: key, count: all, elsewhere: (pair.deeds - label.deeds, pair.chances - label.chances))
    }
  }

  // MARK: habits of pairs

  /// The habits among the candidates, those of an annotator against several others joined.
  private func pairwise(_ candidates: [Candidate]) -> [Habit] {
    let found = withoutRepeats(tested(candidates))
    struct What: Hashable {
      let deed: Habit.Deed
      let label: String?
    }
    struct Side: Hashable {
      let what: What
      let others: [String]
    }
    var ofAnnotator: [What: [String: [Candidate]]] = [:]
    for candidate in found {
      let what = What(deed: candidate.key.deed, label: candidate.key.label)
      ofAnnotator[what, default: [:]][candidate.key.who, default: []].append(candidate)
    }
    var sides: [Side: [Candidate]] = [:]
    for (what, annotators) in ofAnnotator {
      for candidates in annotators.values {
        sides[Side(what: what, others: candidates.map(\.key.other).sorted()), default: []] += candidates
      }
    }
    return sides.map { side, candidates in
      let settled = candidates.reduce(0) { $0 + $1.count.settled }
      return Habit(
        deed: side.what.deed, label: side.what.label, annotators: Set(candidates.map(\.key.who)).sorted(),
        others: side.others, places: Set(candidates.flatMap(\.count.places)).sorted(),
        chances: candidates.map(\.count.chances).max() ?? 0,
        settled: self.settled(settled, addsSpans: isMissing(side.what.deed)))
    }
  }

  private func isMissing(_ deed: Habit.Deed) -> Bool { if case .missing = deed { true } else { false } }

  /// Exact F1 if so many more spans matched.
  private func settled(_ more: Int, addsSpans: Bool) -> Double? {
    guard more > 0 else { return nil }
    return 2 * Double(matches.common + more) / Double(matches.all + (addsSpans ? more : 0))
  }

  /// The candidates without those that say the same as another of the same two annotators.
  private func withoutRepeats(_ candidates: [Candidate]) -> [Candidate] {
    let ofPair = Dictionary(grouping: candidates) { [$0.key.who, $0.key.other] }
    return ofPair.values.flatMap { found in
      found.filter { one in !found.contains { other in Self.covers(other, one) } }
    }
  }

  /// Whether the second of two candidates is told by the first.
  private static func covers(_ a: Candidate, _ b: Candidate) -> Bool {
    guard a.key != b.key else { return false }
    let shared = Set(a.count.places).intersection(b.count.places).count
    if let edge = edge(of: a.key.deed), edge == self.edge(of: b.key.deed) {
      if a.key.deed == b.key.deed { return tellsBetter(a, b, shared) }
      // A part that is left out says why the span is shorter.
      if case .isShorter = b.key.deed { return 5 * shared >= 3 * b.count.deeds }
      if case .isShorter = a.key.deed { return false }
      guard 5 * shared >= 4 * b.count.deeds else { return false }
      return a.share != b.share ? a.share > b.share : "\(a.key)" < "\(b.key)"
    }
    switch (a.key.deed, b.key.deed) {
    case (.missing(.any), .missing): return a.key.label == b.key.label && a.share >= 0.8 * b.share
    case (.missing(.pronoun), .missing(.words)), (.missing(.noun), .missing(.words)): return shared == b.count.deeds
    default: return false
    }
  }

  /// Of the same deed with all labels and with one: a single label tells if it has nearly all places, or if the deed is
  /// much more regular there.
  private static func tellsBetter(_ a: Candidate, _ b: Candidate, _ shared: Int) -> Bool {
    func isOfLabel(_ one: Candidate, _ all: Candidate) -> Bool {
      10 * shared >= 9 * all.count.deeds || all.share < 0.7 * one.share
    }
    switch (a.key.label, b.key.label) {
    case (nil, _?): return !isOfLabel(b, a)
    case (_?, nil): return isOfLabel(a, b)
    default: return false
    }
  }

  private static func edge(of deed: Habit.Deed) -> SpanEdge? {
    switch deed {
    case .leavesOut(_, let edge), .isShorter(let edge): edge
    default: nil
    }
  }

  // MARK: attributes

  /// Attributes that one leaves unset, and values that map onto another's.
  private var values: [Habit] {
    var names: [String] = []
    for name in parts.flatMap({ $0.scheme.attributes.map(\.name) }) where !names.contains(name) { names.append(name) }
    let all = names.flatMap { AttributePairs.all(of: $0, in: parts) }
    return all.flatMap { pairs in
      [unset(pairs, all, byFirst: true), unset(pairs, all, byFirst: false), mapped(pairs)].compactMap { $0 }
    }
  }

  /// Whether an annotator leaves an attribute unset that the other sets.
  private func unset(_ pairs: AttributePairs, _ all: [AttributePairs], byFirst: Bool) -> Habit? {
    func counts(_ pairs: AttributePairs) -> (deeds: Int, chances: Int, reverse: Int) {
      pairs.counts.reduce(into: (0, 0, 0)) { sum, entry in
        let (own, theirs) = byFirst ? (entry.pair.first, entry.pair.second) : (entry.pair.second, entry.pair.first)
        if theirs != nil { sum.1 += entry.count }
        if own == nil { sum.0 += entry.count }
        if theirs == nil { sum.2 += entry.count }
      }
    }
    let (deeds, chances, reverse) = counts(pairs)
    let elsewhere = all.filter {
      $0.attribute != pairs.attribute && $0.first == pairs.first && $0.second == pairs.second
    }.map(counts).reduce(into: (deeds: 0, chances: 0)) { sum, count in
      sum.deeds += count.deeds
      sum.chances += count.chances
    }
    let (who, other) = byFirst ? (pairs.first, pairs.second) : (pairs.second, pairs.first)
    let deed = Habit.Deed.leavesUnset(pairs.attribute)
    guard deeds >= Self.fewest else { return nil }
    let places = self.places(of: pairs) { byFirst ? $0.first == nil : $0.second == nil }
    var count = HabitTally.Count()
    (count.chances, count.reverse, count.places) = (chances, reverse, places)
    let key = HabitTally.Key(deed: deed, label: nil, who: who, other: other)
    let candidate = Candidate(key: key, count: count, elsewhere: elsewhere.chances > 0 ? elsewhere : nil)
    guard !tested([Candidate](repeating: candidate, count: max(1, all.count))).isEmpty else { return nil }
    return Habit(
      deed: deed, label: nil, annotators: [who], others: [other], places: places, chances: chances, settled: nil)
  }

  /// The different values of an attribute that meet again and again.
  private func mapped(_ pairs: AttributePairs) -> Habit? {
    let set = pairs.counts.filter { $0.pair.first != nil && $0.pair.second != nil }
    var (ofFirst, ofSecond, differing): ([String?: Int], [String?: Int], [String?: Int]) = ([:], [:], [:])
    for (pair, count) in set {
      ofFirst[pair.first, default: 0] += count
      ofSecond[pair.second, default: 0] += count
      if pair.first != pair.second { differing[pair.second, default: 0] += count }
    }
    let (all, allDiffering) = (set.reduce(0) { $0 + $1.count }, differing.values.reduce(0, +))
    let found = set.filter { pair, count in
      guard pair.first != pair.second, count >= Self.fewest else { return false }
      let (own, theirs) = (ofFirst[pair.first] ?? 0, ofSecond[pair.second] ?? 0)
      let reverse = set.first { $0.pair.first == pair.second && $0.pair.second == pair.first }?.count ?? 0
      guard 2 * count >= min(own, theirs), Binomial.tail(count, of: count + reverse, at: 0.5) <= 5 * Self.risk else {
        return false
      }
      // What would stand there anyhow: this value, or any other that differs.
      let elsewhere = max(1, all - theirs)
      let share = Double(min(own - count, allDiffering - (differing[pair.second] ?? 0))) / Double(elsewhere)
      return Binomial.tail(count, of: theirs, at: max(Self.floor, share)) * Double(set.count) <= Self.risk
    }
    guard !found.isEmpty else { return nil }
    let meant = Set(found.map(\.pair))
    return Habit(
      deed: .says(
        pairs.attribute,
        found.map { Habit.ValuePair(own: $0.pair.first ?? "", others: $0.pair.second ?? "", count: $0.count) }),
      label: nil, annotators: [pairs.first], others: [pairs.second], places: places(of: pairs) { meant.contains($0) },
      chances: found.reduce(0) { $0 + (ofSecond[$1.pair.second] ?? 0) }, settled: nil)
  }

  /// The places where two annotators' values of an attribute meet in one of some ways.
  private func places(of pairs: AttributePairs, where isMeant: (AttributePairs.Pair) -> Bool) -> [Habit.Place] {
    var places: [Habit.Place] = []
    for (document, part) in parts.enumerated() {
      guard let first = part.annotators.firstIndex(of: pairs.first),
        let second = part.annotators.firstIndex(of: pairs.second)
      else { continue }
      for group in part.alignment.groups.indices {
        guard let pair = AttributePairs.pair(of: pairs.attribute, group, first, second, part.alignment),
          isMeant(pair)
        else { continue }
        places.append(Habit.Place(document: document, group: group))
      }
    }
    return places
  }
}

extension Differences {
  /// What some annotators do again and again where others do not, what brings most first.
  package var habits: [Habit] {
    let tallies = InOrder.map(Array(parts.indices)) { HabitTally(parts[$0], at: $0) }
    let tally = tallies.reduce(into: HabitTally()) { $0 += $1 }
    return HabitSearch(tally, parts, matches).habits
  }

  /// Exact F1 over all pairs of annotators, their counts added; nil if nobody has a span.
  package var exactF1: Double? {
    let (common, all) = matches.pooled
    return all > 0 ? 2 * Double(common) / Double(all) : nil
  }

  /// The spans that pairs of annotators share.
  private var matches: ExactMatches {
    parts.reduce(into: ExactMatches()) { sum, part in
      for group in part.alignment.groups { sum = sum + ExactMatches(of: group, part.annotators) }
    }
  }
}
