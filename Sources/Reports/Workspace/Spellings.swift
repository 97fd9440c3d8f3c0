/// What there is to say about the spellings of speakers or matters.
struct Spellings {
  /// Values that should be spelt otherwise: the team's list says so, or another spelling of the name is clearly better.
  private(set) var renames: [(name: WrittenName, better: String)] = []
  /// Values that look like others, where it takes a person to say whether they are one, and under which name.
  private(set) var likenesses: [(name: WrittenName, others: [String])] = []
  /// The other values that are not in the list.
  private(set) var unlisted: [WrittenName] = []

  /// - Parameters:
  ///   - uses: the number of spans that have each value.
  ///   - listed: listed names and their aliases, each with the listed name.
  ///   - joins: whether a word joins names, as “and” does.
  init(_ uses: [String: Int], listed: [String: String], isMatter: Bool, joins: (String) -> Bool) {
    let names = Set(uses.keys).union(listed.keys).sorted().map {
      WrittenName($0, count: uses[$0] ?? 0, isMatter: isMatter, joins: joins)
    }
    let spellings = Dictionary(grouping: names, by: \.words)
    var open: [WrittenName] = []
    for name in names where uses[name.value] != nil && listed[name.value] != name.value {
      let better = listed[name.value] ?? Self.better(name, among: spellings[name.words] ?? [], listed)
      if let better { renames.append((name, better)) } else { open.append(name) }
    }
    let renamed = Set(renames.map(\.name.value))
    let kept = names.filter { !renamed.contains($0.value) }
    for name in open {
      // Of two that are not listed the first is remarked on.
      let like = kept.filter { (listed[$0.value] != nil || name.value < $0.value) && name.isLike($0) }
      let others = Set(like.map { listed[$0.value] ?? $0.value }).sorted()
      if others.isEmpty { unlisted.append(name) } else { likenesses.append((name, others)) }
    }
  }

  /// The one spelling to prefer to a name's own; nil if there is none, or if it is not clear which.
  private static func better(
    _ name: WrittenName, among spellings: [WrittenName], _ listed: [String: String]
  ) -> String? {
    let listedNames = Set(spellings.compactMap { listed[$0.value] })
    if let listedName = listedNames.first {
      let isBetter = !spellings.contains { $0.value == listedName && $0.lacks(from: name) }
      return listedNames.count == 1 && isBetter ? listedName : nil
    }
    let better = spellings.filter(name.isWorse)
    let best = better.filter { one in !better.contains(where: one.isWorse) }
    return best.count == 1 ? best[0].value : nil
  }
}
