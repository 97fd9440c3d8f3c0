import Standoff
import Storage

/// The habits in several documents.
struct HabitSearch {
  private typealias Key = HabitTally.Key
  private typealias Share = (deeds: Int, chances: Int)

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
    let found = joined(withoutRepeats(HabitCandidate.habits(among: candidates))) + HabitValues(parts).habits
    return found.sorted { a, b in
      let (one, other) = (a.settled ?? 0, b.settled ?? 0)
      if one != other { return one > other }
      if a.places.count != b.places.count { return a.places.count > b.places.count }
      return "\(a.annotators)\(a.deed)\(a.label ?? "")" < "\(b.annotators)\(b.deed)\(b.label ?? "")"
    }
  }

  // MARK: candidates

  /// What is done, with how often the annotator differs alike elsewhere.
  private var candidates: [HabitCandidate] {
    counts.compactMap { key, count in
      var candidate = HabitCandidate(key: key, count: count)
      switch key.deed {
      case .leavesOut(_, let edge):
        // A span without this part may be shorter all the same.
        let shorter = share(key, .isShorter(edge), key.label)
        let without = (
          deeds: shorter.deeds - count.deeds - count.otherwise, chances: shorter.chances - count.chances
        )
        candidate.elsewhere = [2 * without.chances >= count.chances ? without : (0, count.chances)]
      case .missing(.any):
        candidate = HabitCandidate(key: key, count: mirrored(key, count))
        candidate.elsewhere = others(of: key, among: \.missed)
      case .missing:
        let all = share(key, .missing(.any), key.label)
        candidate = HabitCandidate(key: key, count: mirrored(key, count))
        candidate.elsewhere = [(all.deeds - count.deeds, all.chances - count.chances)]
      case .isShorter, .splits: candidate.elsewhere = [(count.reverse, count.chances)]
      case .relation:
        candidate = HabitCandidate(key: key, count: mirrored(key, count))
        candidate.elsewhere = others(of: key, among: \.relations)
      case .leavesUnset: candidate.elsewhere = others(of: key, among: \.unset)
      case .labels: return labelled(key, count)
      case .says, .saysAlways, .respells: return nil
      }
      return candidate
    }
  }

  /// How often a deed was done by the same annotator as compared with the same other.
  private func share(_ key: Key, _ deed: Habit.Deed, _ label: String?) -> Share {
    let count = counts[Key(deed: deed, label: label, who: key.who, other: key.other)]
    return (count?.deeds ?? 0, count?.chances ?? 0)
  }

  /// A count with the other's deeds of the same kind as its reverse.
  private func mirrored(_ key: Key, _ count: HabitTally.Count) -> HabitTally.Count {
    var count = count
    count.reverse = counts[Key(deed: key.deed, label: key.label, who: key.other, other: key.who)]?.deeds ?? 0
    return count
  }

  /// How often an annotator does alike with other labels, or with other relations or attributes where all labels are meant.
  private func others(of key: Key, among isAlike: KeyPath<Habit.Deed, Bool>) -> [Share] {
    let found = counts.filter { other, _ in
      other.who == key.who && other.other == key.other && other != key && other.deed[keyPath: isAlike]
        && (other.label == nil) == (key.label == nil)
        && (key.label == nil || other.deed.missed || other.deed == key.deed)
    }.map { (deeds: $1.deeds, chances: $1.chances) }
    if key.deed.missed || key.label == nil {
      let sum = found.reduce(into: (deeds: 0, chances: 0)) { sum, share in
        sum = (sum.deeds + share.deeds, sum.chances + share.chances)
      }
      return sum.chances >= HabitCandidate.fewest ? [sum] : []
    }
    // Several labels may have the habit: what is done with the label that has it least is no habit.
    let least = found.filter { $0.chances >= HabitCandidate.fewest }.min { a, b in
      a.deeds * b.chances != b.deeds * a.chances ? a.deeds * b.chances < b.deeds * a.chances : a.chances > b.chances
    }
    return [least].compactMap { $0 }
  }

  /// A label that stands where the other has a certain one.
  private func labelled(_ key: Key, _ count: HabitTally.Count) -> HabitCandidate? {
    guard case .labels(let own) = key.deed, own != key.label, count.deeds > 0 else { return nil }
    var (here, all): (Share, Share) = ((0, 0), (0, 0))
    var (slips, thirds) = (0, Set<String>())
    for (other, found) in counts where other.who == key.who && other.other == key.other {
      guard case .labels(let label) = other.deed else { continue }
      all = (all.deeds + found.deeds, all.chances + found.chances)
      if other.label == key.label { here = (here.deeds + found.deeds, here.chances + found.chances) }
      // The same label of the annotator's where the other has a third one: the other may have slipped.
      if let third = other.label, third != key.label, third != own {
        if label == own { slips += found.deeds }
        if parts[0].scheme.label(third)?.kind == parts[0].scheme.label(own)?.kind { thirds.insert(third) }
      }
    }
    var meant = count
    meant.chances = here.chances
    meant.reverse = counts[Key(deed: .labels(key.label ?? ""), label: own, who: key.who, other: key.other)]?.deeds ?? 0
    let rest = (deeds: all.deeds - here.deeds - meant.reverse, chances: all.chances - here.chances)
    return HabitCandidate(
      key: key, count: meant, elsewhere: rest.chances >= HabitCandidate.fewest ? [rest] : [],
      slips: (slips, thirds.count))
  }

  // MARK: joining

  /// The candidates without those that say the same as another of the same two annotators.
  private func withoutRepeats(_ candidates: [HabitCandidate]) -> [HabitCandidate] {
    let ofPair = Dictionary(grouping: candidates) { [$0.key.who, $0.key.other].sorted() }
    return ofPair.values.flatMap { found in
      found.filter { one in
        !found.contains { other in
          other.key.who == one.key.who ? other.covers(one) : Self.isMirror(other, of: one)
        }
      }
    }
  }

  /// Whether the second of two candidates says of the other annotator's label what the first says of this one's.
  private static func isMirror(_ a: HabitCandidate, of b: HabitCandidate) -> Bool {
    guard case .labels(let own) = a.key.deed, case .labels(let others) = b.key.deed,
      a.key.label == others, b.key.label == own
    else { return false }
    return a.share != b.share ? a.share > b.share : (a.count.chances, a.key.who) > (b.count.chances, b.key.who)
  }

  /// One habit for each deed, of all who do it, as compared with all who do not.
  private func joined(_ candidates: [HabitCandidate]) -> [Habit] {
    struct What: Hashable {
      let deed: Habit.Deed
      let label: String?
    }
    let found = Dictionary(grouping: candidates) { What(deed: $0.key.deed, label: $0.key.label) }.map { what, all in
      (what: what, sides: sides(of: all), candidates: all)
    }
    var tracked: Set<HabitTally.Key> = []
    for (what, sides, _) in found where sides.annotators.count + sides.others.count > 2 {
      tracked.formUnion(keys(what.deed, what.label, sides).flatMap(chanceKeys))
    }
    let chances = self.chances(tracked)
    return found.map { what, sides, candidates in
      let keys = keys(what.deed, what.label, sides)
      let settled = keys.reduce(0) { $0 + (counts[$1]?.settled ?? 0) }
      let places = Set(keys.flatMap { counts[$0]?.places ?? [] }).sorted()
      let all = Set(keys.flatMap(chanceKeys).flatMap { chances[$0] ?? [] }).union(places)
      return Habit(
        deed: what.deed, label: what.label, annotators: sides.annotators, others: sides.others, places: places,
        chances: keys.count > 1 ? all.count : candidates.first?.count.chances ?? places.count,
        settled: self.settled(settled, addsSpans: what.deed.missed))
    }
  }

  /// Those who do something as compared with anybody, and all others, unless they do it as often.
  private func sides(of candidates: [HabitCandidate]) -> (annotators: [String], others: [String]) {
    let doers = Set(candidates.map(\.key.who))
    let compared = Set(candidates.map(\.key.other))
    if let best = candidates.max(by: { ($0.share, $1.key.who) < ($1.share, $0.key.who) }), compared.isSubset(of: doers)
    {
      return ([best.key.who], candidates.filter { $0.key.who == best.key.who }.map(\.key.other).sorted())
    }
    let key = candidates[0].key
    var everyone: [String] = []
    for name in parts.flatMap(\.annotators) where !everyone.contains(name) { everyone.append(name) }
    let others = everyone.filter { name in
      !doers.contains(name)
        && doers.allSatisfy { doer in
          let (own, reverse) = (
            counts[Key(deed: key.deed, label: key.label, who: doer, other: name)]?.deeds ?? 0,
            counts[Key(deed: key.deed, label: key.label, who: name, other: doer)]?.deeds ?? 0
          )
          return own > 2 * reverse
        }
    }
    return (doers.sorted(), others.isEmpty ? compared.subtracting(doers).sorted() : others.sorted())
  }

  private func keys(
    _ deed: Habit.Deed, _ label: String?, _ sides: (annotators: [String], others: [String])
  ) -> [HabitTally.Key] {
    sides.annotators.flatMap { who in sides.others.map { Key(deed: deed, label: label, who: who, other: $0) } }
  }

  /// What to count to know where something could be done: of a label, whatever label stands there.
  private func chanceKeys(_ key: HabitTally.Key) -> [HabitTally.Key] {
    guard case .labels = key.deed else { return [key] }
    return counts.keys.filter { other in
      guard case .labels = other.deed else { return false }
      return other.label == key.label && other.who == key.who && other.other == key.other
    }
  }

  /// Where the deeds of several pairs of annotators could be done.
  private func chances(_ tracked: Set<HabitTally.Key>) -> [HabitTally.Key: [Habit.Place]] {
    guard !tracked.isEmpty else { return [:] }
    let tallies = InOrder.map(Array(parts.indices)) { index in
      HabitTally(parts[index], at: index, tracked: tracked).counts.compactMapValues { count in
        count.chancePlaces.isEmpty ? nil : count.chancePlaces
      }
    }
    return tallies.reduce(into: [:]) { all, found in all.merge(found) { $0 + $1 } }
  }

  /// Exact F1 if so many more spans matched.
  private func settled(_ more: Int, addsSpans: Bool) -> Double? {
    guard more > 0 else { return nil }
    return 2 * Double(matches.common + more) / Double(matches.all + (addsSpans ? more : 0))
  }
}

extension Habit.Deed {
  /// Whether something is not marked, of whatever kind.
  fileprivate var missed: Bool { if case .missing(.any) = self { true } else { false } }
  fileprivate var relations: Bool { if case .relation = self { true } else { false } }
  fileprivate var unset: Bool { if case .leavesUnset = self { true } else { false } }
}

extension Differences {
  /// What some annotators do again and again where others do not, what brings most first.
  package var habits: [Habit] {
    guard !parts.isEmpty else { return [] }
    let tallies = InOrder.map(Array(parts.indices)) { HabitTally(parts[$0], at: $0) }
    let tally = tallies.reduce(into: HabitTally()) { $0 += $1 }
    return HabitSearch(tally, parts, matches).habits
  }

  /// Exact F1 over all pairs of annotators, their counts added; nil if nobody has a span.
  package var exactF1: Double? { matches.pooledF1 }
}
