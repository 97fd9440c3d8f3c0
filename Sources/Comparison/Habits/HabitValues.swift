import Standoff

/// The habits in what annotators set attributes to.
struct HabitValues {
  /// The fewest spans on which two values must meet.
  private static let fewest = 5

  private let parts: [DocumentDifferences]

  init(_ parts: [DocumentDifferences]) { self.parts = parts }

  var habits: [Habit] {
    var names: [String] = []
    for name in parts.flatMap({ $0.scheme.attributes.map(\.name) }) where !names.contains(name) { names.append(name) }
    let all: [AttributePairs] = names.flatMap { AttributePairs.all(of: $0, in: parts) }
    return all.flatMap { (pairs: AttributePairs) -> [Habit] in
      let values = Values(pairs)
      let always = [true, false].compactMap { self.always(values, byFirst: $0) }
      if !always.isEmpty { return always }
      let spelt = Habit.Respelling.allCases.flatMap { way in
        [true, false].compactMap { self.respelt(values, way, byFirst: $0) }
      }
      return spelt.isEmpty ? [mapped(values)].compactMap { $0 } : spelt
    }
  }

  /// The values of two annotators on spans for which both set an attribute.
  private struct Values {
    let pairs: AttributePairs
    let set: [(pair: AttributePairs.Pair, count: Int)]
    let all: Int
    private(set) var ofFirst: [String?: Int] = [:]
    private(set) var ofSecond: [String?: Int] = [:]
    /// Of each value of the second, how often the first differs.
    private(set) var differing: [String?: Int] = [:]

    init(_ pairs: AttributePairs) {
      self.pairs = pairs
      set = pairs.counts.filter { $0.pair.first != nil && $0.pair.second != nil }
      all = set.reduce(0) { $0 + $1.count }
      for (pair, count) in set {
        ofFirst[pair.first, default: 0] += count
        ofSecond[pair.second, default: 0] += count
        if pair.first != pair.second { differing[pair.second, default: 0] += count }
      }
    }

    var allDiffering: Int { differing.values.reduce(0, +) }
  }

  // MARK: one value for all

  /// Whether an annotator sets a value whatever the other sets.
  private func always(_ values: Values, byFirst: Bool) -> Habit? {
    func own(_ pair: AttributePairs.Pair) -> String? { byFirst ? pair.first : pair.second }
    func theirs(_ pair: AttributePairs.Pair) -> String? { byFirst ? pair.second : pair.first }
    var uses: [String: (deeds: Int, kinds: Int, reverse: Int)] = [:]
    for (pair, count) in values.set where pair.first != pair.second {
      if let value = own(pair) {
        uses[value, default: (0, 0, 0)].deeds += count
        uses[value]?.kinds += 1
      }
      if let value = theirs(pair) { uses[value, default: (0, 0, 0)].reverse += count }
    }
    guard let (value, use) = uses.max(by: { ($0.value.deeds, $1.key) < ($1.value.deeds, $0.key) }), use.kinds > 2 else {
      return nil
    }
    let rest = values.allDiffering - use.deeds
    guard use.deeds >= HabitCandidate.fewest, 3 * use.deeds >= values.all,
      Binomial.tail(use.deeds, of: use.deeds + use.reverse, at: 0.5) <= HabitCandidate.risk,
      Binomial.tail(use.deeds, of: values.all, at: max(0.1, HabitCandidate.upperBound(rest, of: values.all)))
        <= HabitCandidate.risk / Double(max(1, uses.count))
    else { return nil }
    let pairs = values.pairs
    let (who, other) = byFirst ? (pairs.first, pairs.second) : (pairs.second, pairs.first)
    return Habit(
      deed: .saysAlways(pairs.attribute, value), label: nil, annotators: [who], others: [other],
      places: places(of: pairs) { own($0) == value && theirs($0) != nil && theirs($0) != value }, chances: values.all,
      settled: nil)
  }

  // MARK: one spelling for another

  /// Whether an annotator writes values otherwise than the other.
  private func respelt(_ values: Values, _ way: Habit.Respelling, byFirst: Bool) -> Habit? {
    func sides(_ pair: AttributePairs.Pair) -> (own: String, theirs: String)? {
      guard let first = pair.first, let second = pair.second else { return nil }
      return byFirst ? (first, second) : (second, first)
    }
    var (deeds, chances, reverse) = (0, 0, 0)
    for (pair, count) in values.set {
      guard let (own, theirs) = sides(pair) else { continue }
      if way.canChange(theirs) { chances += count }
      if way.leads(from: theirs, to: own) { deeds += count }
      if way.leads(from: own, to: theirs) { reverse += count }
    }
    guard deeds >= HabitCandidate.fewest, 5 * deeds >= chances,
      Binomial.tail(deeds, of: deeds + reverse, at: 0.5) <= HabitCandidate.risk,
      Binomial.tail(deeds, of: chances, at: 0.1) <= HabitCandidate.risk / 10
    else { return nil }
    let pairs = values.pairs
    let (who, other) = byFirst ? (pairs.first, pairs.second) : (pairs.second, pairs.first)
    return Habit(
      deed: .respells(pairs.attribute, way), label: nil, annotators: [who], others: [other],
      places: places(of: pairs) { sides($0).map { way.leads(from: $0.theirs, to: $0.own) } ?? false },
      chances: chances, settled: nil)
  }

  // MARK: values that map onto each other

  /// The different values of an attribute that meet again and again.
  private func mapped(_ values: Values) -> Habit? {
    let found = values.set.filter { pair, count in
      guard pair.first != pair.second, count >= Self.fewest else { return false }
      let (own, theirs) = (values.ofFirst[pair.first] ?? 0, values.ofSecond[pair.second] ?? 0)
      let reverse =
        values.set.first { $0.pair.first == pair.second && $0.pair.second == pair.first }?.count ?? 0
      guard 2 * count >= min(own, theirs),
        Binomial.tail(count, of: count + reverse, at: 0.5) <= 5 * HabitCandidate.risk
      else { return false }
      // What would stand there anyhow: this value, or any other that differs.
      let elsewhere = max(1, values.all - theirs)
      let differing = values.allDiffering - (values.differing[pair.second] ?? 0)
      let share = Double(min(own - count, differing)) / Double(elsewhere)
      return Binomial.tail(count, of: theirs, at: max(0.1, share)) * Double(values.set.count) <= HabitCandidate.risk
    }
    guard found.reduce(0, { $0 + $1.count }) >= HabitCandidate.fewest else { return nil }
    let meant = Set(found.map(\.pair))
    let pairs = values.pairs
    return Habit(
      deed: .says(
        pairs.attribute,
        found.map { Habit.ValuePair(own: $0.pair.first ?? "", others: $0.pair.second ?? "", count: $0.count) }),
      label: nil, annotators: [pairs.first], others: [pairs.second], places: places(of: pairs) { meant.contains($0) },
      chances: found.reduce(0) { $0 + (values.ofSecond[$1.pair.second] ?? 0) }, settled: nil)
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

extension Habit.Respelling {
  /// Whether a value could be written so.
  fileprivate func canChange(_ value: String) -> Bool {
    switch self {
    case .lastWords: value.contains(" ")
    case .letterCase: value.uppercased() != value.lowercased()
    }
  }

  /// Whether one value is another written so.
  fileprivate func leads(from value: String, to other: String) -> Bool {
    switch self {
    case .lastWords: value != other && value.hasSuffix(" " + other)
    case .letterCase:
      // Capitals are the deed, whatever stood there; small letters only where some were capital.
      value.lowercased() == other.lowercased() && value != value.uppercased()
        && (other == other.uppercased() || other == other.lowercased() && value != value.lowercased())
    }
  }
}
