import Agreement
package import Standoff

/// A group of aligned spans: those that annotators of one document have for the same thing.
package struct AlignedSpans: Equatable {
  /// The spans of each annotator, in reading order: empty if there are none, several if a span was split, nil if the
  /// annotator has not read this far.
  package var spans: [[Annotation]?]

  /// The range from the first start to the last end.
  package var hull: TextRange {
    var (start, end): (Int?, Int) = (nil, 0)
    for case let own? in spans {
      for span in own {
        start = min(start ?? span.hull.start, span.hull.start)
        end = max(end, span.hull.end)
      }
    }
    return TextRange(start ?? 0, end)
  }

  /// The indices of the annotators who have spans here.
  package var holders: [Int] { spans.indices.filter { spans[$0]?.isEmpty == false } }

  package func held(by annotator: Int) -> [Annotation] { spans[annotator] ?? [] }

  /// The distinct labels, in order of appearance.
  package var labels: [String] {
    var labels: [String] = []
    for span in spans.compactMap({ $0 }).joined() where !labels.contains(span.label) { labels.append(span.label) }
    return labels
  }
}

/// The alignment of several annotators' spans of one document.
///
/// Each kind of label is aligned by itself, so that a source never matches a claim. Spans that are equal in label and
/// fragments are paired first, whatever lies over them. The others are aligned with ``BestAlignment``. That alignment
/// weighs positions by their distance, but here only overlapping spans match: unitary alignments are taken apart where
/// spans do not overlap, and what is left over joins the groups that it overlaps. Finally, several spans of one label
/// within one span of another annotator become one group, a split.
package struct DocumentAlignment {
  /// The spans of one annotator.
  package struct Layer {
    package let annotator: String
    package let spans: [Annotation]
    /// The attributes as they count, by the ids of spans.
    package let attributes: [Int: [String: String]]
    let relations: [Relation]
    /// The attributes of the document as a whole.
    package let ofDocument: [String: String]
    /// The offset, in code points, to which the annotator has read.
    let limit: Int
  }

  /// The most annotators that can be aligned exactly.
  package static let mostAnnotators = 12

  let scheme: Scheme
  package let layers: [Layer]
  /// The groups in reading order.
  package let groups: [AlignedSpans]
  /// Whether the alignment is the best there is; with too many nested spans, the nearest ones are matched first.
  package let isExact: Bool
  /// For each layer, the index of a span's group by the span's id.
  let places: [[Int: Int]]

  /// - Parameter layers: of one document; 1 to ``mostAnnotators``.
  init(_ layers: [Layer], _ scheme: Scheme) {
    self.scheme = scheme
    self.layers = layers
    var (groups, isExact): ([AlignedSpans], Bool) = ([], true)
    for kind in Scheme.Label.Kind.allCases {
      let labels = scheme.labels.filter { $0.kind == kind }.map(\.name)
      let spans = layers.map { layer in layer.spans.filter { labels.contains($0.label) } }
      guard spans.contains(where: { !$0.isEmpty }) else { continue }
      let (equal, others) = Self.equal(spans)
      if Self.areTooDeep(others) {
        isExact = false
        groups += Self.split(Self.joined(equal + Self.alone(others)))
      } else {
        groups += Self.split(Self.joined(equal + Self.aligned(others, scheme)))
      }
    }
    self.isExact = isExact
    let read = groups.map { group in
      var group = group
      for layer in layers.indices where group.held(by: layer).isEmpty && layers[layer].limit < group.hull.end {
        group.spans[layer] = nil
      }
      return group
    }
    let order = read.map(\.hull)
    self.groups = read.indices.sorted {
      order[$0] != order[$1] ? order[$0] < order[$1] : Self.precedes(read[$0], read[$1])
    }.map { read[$0] }
    var places = [[Int: Int]](repeating: [:], count: layers.count)
    for (place, group) in self.groups.enumerated() {
      for layer in layers.indices {
        for span in group.held(by: layer) { places[layer][span.id] = place }
      }
    }
    self.places = places
  }

  /// The order of groups at the same position, which differ in their annotators or their labels.
  private static func precedes(_ a: AlignedSpans, _ b: AlignedSpans) -> Bool {
    if a.holders != b.holders { return a.holders.lexicographicallyPrecedes(b.holders) }
    return a.labels.lexicographicallyPrecedes(b.labels)
  }

  // MARK: equal spans

  /// A group for the spans that several annotators have alike, with those of others that lie nearer to it than to any
  /// span left over; and each annotator's spans that are left over.
  ///
  /// Of several spans of an annotator with one label and fragments, which differ in attributes, the first is like the
  /// first of another, the second like the second and so on.
  private static func equal(_ layers: [[Annotation]]) -> (groups: [AlignedSpans], others: [[Annotation]]) {
    var numbers: [SpanKey: Int] = [:]
    // For each key and layer, how many spans there are.
    var counts: [Int] = []
    let keys = layers.indices.map { layer in
      layers[layer].map { span in
        let key = SpanKey(span)
        let number = numbers[key] ?? numbers.count
        if number == numbers.count {
          numbers[key] = number
          counts += layers.map { _ in 0 }
        }
        counts[number * layers.count + layer] += 1
        return number
      }
    }
    let none = AlignedSpans(spans: layers.map { _ in [] })
    var (groups, others): ([AlignedSpans], [[Annotation]]) = ([], [])
    // For each key, the groups of its first spans, its second and so on; and for each layer, how many were met.
    var places = [[Int?]](repeating: [], count: numbers.count)
    for layer in layers.indices {
      others.append([])
      var met = [Int](repeating: 0, count: numbers.count)
      for (span, key) in zip(layers[layer], keys[layer]) {
        let turn = met[key]
        met[key] += 1
        let holders = layers.indices.count { counts[key * layers.count + $0] > turn }
        guard holders > 1 else {
          others[layer].append(span)
          continue
        }
        while places[key].count <= turn { places[key].append(nil) }
        let place = places[key][turn] ?? groups.count
        if place == groups.count {
          places[key][turn] = place
          groups.append(none)
        }
        groups[place].spans[layer] = [span]
      }
    }
    join(&others, to: &groups)
    return (groups, others)
  }

  /// Moves the spans that lie nearer to a group of equal ones than to any other span left over into that group.
  private static func join(_ others: inout [[Annotation]], to groups: inout [AlignedSpans]) {
    let count = groups.count
    guard groups.contains(where: { $0.holders.count < others.count }) else { return }
    let all = groups + alone(others)
    var bids: [(nearness: Nearness, group: Int, single: Int)] = []
    var nearest = [Nearness](repeating: Nearness(), count: all.count)
    for (one, other) in neighbours(all) where Set(all[one].holders).isDisjoint(with: all[other].holders) {
      let nearness = Self.nearness(all[one], all[other])
      guard nearness.share > 0 else { continue }
      if one >= count, other >= count {
        nearest[one] = max(nearest[one], nearness)
        nearest[other] = max(nearest[other], nearness)
      } else if max(one, other) >= count {
        bids.append((nearness, min(one, other), max(one, other)))
      }
    }
    bids.sort { $0.nearness != $1.nearness ? $0.nearness > $1.nearness : ($0.group, $0.single) < ($1.group, $1.single) }
    var moved: Set<Int> = []
    for bid in bids where bid.nearness >= nearest[bid.single] && !moved.contains(bid.single) {
      let layer = all[bid.single].holders[0]
      guard groups[bid.group].held(by: layer).isEmpty else { continue }
      groups[bid.group].spans[layer] = all[bid.single].spans[layer]
      moved.insert(bid.single)
    }
    var place = count
    for layer in others.indices {
      let first = place
      place += others[layer].count
      others[layer] = others[layer].enumerated().filter { !moved.contains(first + $0.offset) }.map(\.element)
    }
  }

  // MARK: the best alignment, restricted to overlaps

  /// The limit for an exact alignment: the combinations of one span or none of each annotator where they nest deepest,
  /// times the number of spans.
  private static let mostCombinations = 300_000.0

  private static func areTooDeep(_ layers: [[Annotation]]) -> Bool {
    let depths = layers.map { spans -> Int in
      let edges = spans.flatMap { [($0.hull.start, 1), ($0.hull.end, -1)] }.sorted(by: <)
      var (depth, greatest) = (0, 0)
      for (_, step) in edges {
        depth += step
        greatest = max(greatest, depth)
      }
      return greatest
    }
    let combinations = depths.reduce(1.0) { $0 * Double($1 + 1) }
    return layers.count > 2 && combinations * Double(layers.reduce(0) { $0 + $1.count }) > mostCombinations
  }

  /// A group for each span.
  private static func alone(_ layers: [[Annotation]]) -> [AlignedSpans] {
    layers.indices.flatMap { layer in
      layers[layer].map { span in AlignedSpans(spans: layers.indices.map { $0 == layer ? [span] : [] }) }
    }
  }

  private static func aligned(_ layers: [[Annotation]], _ scheme: Scheme) -> [AlignedSpans] {
    guard layers.count > 1 else { return layers[0].map { AlignedSpans(spans: [[$0]]) } }
    let units = layers.map { spans in
      spans.map {
        UnitizingStudy.Unit($0.hull.start..<$0.hull.end, label: scheme.index(ofLabel: $0.label) ?? 0)
      }
    }
    guard let best = try? BestAlignment(units) else { return alone(layers) }
    return best.unitary.flatMap { unitary in
      components(unitary.units.enumerated().map { layer, unit in unit.map { layers[layer][$0] } })
    }
  }

  /// The connected parts of a unitary alignment, where overlaps connect.
  private static func components(_ members: [Annotation?]) -> [AlignedSpans] {
    var components: [[Int]] = []
    for (layer, span) in members.enumerated() {
      guard let span else { continue }
      let touching = components.indices.filter { place in
        components[place].contains { members[$0].map { overlap($0, span) > 0 } ?? false }
      }
      components.append(touching.flatMap { components[$0] } + [layer])
      for place in touching.reversed() { components.remove(at: place) }
    }
    return components.map { component in
      AlignedSpans(
        spans: members.indices.map { layer in component.contains(layer) ? members[layer].map { [$0] } ?? [] : [] })
    }
  }

  private static func overlap(_ a: Annotation, _ b: Annotation) -> Int {
    Annotation.common(a.fragments, b.fragments)
  }

  private static func length(_ span: Annotation) -> Int { span.fragments.reduce(0) { $0 + $1.count } }

  /// Pairs of groups whose hulls overlap, the earlier first.
  private static func neighbours(_ groups: [AlignedSpans]) -> [(Int, Int)] {
    let hulls = groups.map(\.hull)
    let order = groups.indices.sorted { (hulls[$0], $0) < (hulls[$1], $1) }
    var (pairs, open): ([(Int, Int)], [Int]) = ([], [])
    for place in order {
      open.removeAll { hulls[$0].end <= hulls[place].start }
      pairs += open.map { ($0, place) }
      open.append(place)
    }
    return pairs
  }

  /// The groups after merging groups of different annotators whose spans overlap, the nearest first.
  private static func joined(_ groups: [AlignedSpans]) -> [AlignedSpans] {
    var bids: [(nearness: Nearness, pair: (Int, Int))] = []
    for pair in neighbours(groups) {
      let nearness = nearness(groups[pair.0], groups[pair.1])
      if nearness.share > 0 { bids.append((nearness, pair)) }
    }
    bids.sort { a, b in a.nearness != b.nearness ? a.nearness > b.nearness : a.pair < b.pair }
    var groups = groups
    var home = Array(groups.indices)
    func place(_ group: Int) -> Int {
      var place = group
      while home[place] != place { place = home[place] }
      return place
    }
    for bid in bids {
      let (one, other) = (place(bid.pair.0), place(bid.pair.1))
      guard one != other, Set(groups[one].holders).isDisjoint(with: groups[other].holders) else { continue }
      for layer in groups[other].holders { groups[one].spans[layer] = groups[other].spans[layer] }
      home[other] = one
    }
    return groups.indices.filter { home[$0] == $0 }.map { groups[$0] }
  }

  /// How near two groups are: the greatest intersection over union of their spans; of spans with one label if there are
  /// any.
  private struct Nearness: Comparable {
    var isOfOneLabel = false
    var share = 0.0

    static func < (a: Nearness, b: Nearness) -> Bool {
      (a.isOfOneLabel ? 1 : 0, a.share) < (b.isOfOneLabel ? 1 : 0, b.share)
    }
  }

  private static func nearness(_ a: AlignedSpans, _ b: AlignedSpans) -> Nearness {
    var best = Nearness()
    for first in a.spans.compactMap({ $0 }).joined() {
      for second in b.spans.compactMap({ $0 }).joined() {
        let common = overlap(first, second)
        guard common > 0 else { continue }
        let share = Double(common) / Double(length(first) + length(second) - common)
        best = max(best, Nearness(isOfOneLabel: first.label == second.label, share: share))
      }
    }
    return best
  }

  // MARK: splits

  /// The groups after merging those that hold parts of one annotator's span.
  private static func split(_ groups: [AlignedSpans]) -> [AlignedSpans] {
    var near = [[Int]](repeating: [], count: groups.count)
    for (one, other) in neighbours(groups) {
      near[one].append(other)
      near[other].append(one)
    }
    var (joined, groups) = (Set<Int>(), groups)
    for part in groups.indices {
      let homes = near[part].sorted().filter { !joined.contains($0) }.compactMap { home in
        common(of: groups[part], in: groups[home]).map { (common: $0, home: home) }
      }
      guard let home = homes.max(by: { ($0.common, -$0.home) < ($1.common, -$1.home) })?.home else { continue }
      for layer in groups[part].holders {
        let all = groups[home].held(by: layer) + groups[part].held(by: layer)
        groups[home].spans[layer] = all.sorted(by: Annotation.inReadingOrder)
      }
      joined.insert(part)
    }
    return groups.indices.filter { !joined.contains($0) }.map { groups[$0] }
  }

  /// The number of code points of a group that are parts of a span in *home*; nil if the group stands by itself.
  private static func common(of part: AlignedSpans, in home: AlignedSpans) -> Int? {
    let split = part.holders
    guard split.allSatisfy({ !home.held(by: $0).isEmpty }) else { return nil }
    for whole in home.holders where !split.contains(whole) && home.held(by: whole).count == 1 {
      let span = home.held(by: whole)[0]
      let isOfIt = split.allSatisfy { layer in
        let (parts, others) = (part.held(by: layer), home.held(by: layer))
        return parts.allSatisfy { 2 * overlap($0, span) >= length($0) && $0.label == span.label }
          && others.allSatisfy { other in
            other.label == span.label && overlap(other, span) > 0
              && parts.allSatisfy { !$0.hull.overlaps(other.hull) }
          }
      }
      if isOfIt { return split.reduce(0) { $0 + part.held(by: $1).reduce(0) { $0 + overlap($1, span) } } }
    }
    return nil
  }
}
