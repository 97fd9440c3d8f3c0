import Standoff

/// How often each annotator does something where another does not, over several documents.
struct HabitTally: Sendable {
  /// A deed of one annotator, as compared with one other.
  struct Key: Hashable, Sendable {
    let deed: Habit.Deed
    /// The other's label; nil for all.
    let label: String?
    let who: String
    let other: String
  }

  struct Count: Sendable {
    /// The places where it could be done.
    var chances = 0
    /// The places where it is the other who does it.
    var reverse = 0
    /// The places where the same span is cut at the same edge in another way.
    var otherwise = 0
    /// How many spans would match if it were not done, where nothing else keeps them apart.
    var settled = 0
    /// Where it is done.
    var places: [Habit.Place] = []
    /// Where it could be done; only of what is tracked.
    var chancePlaces: [Habit.Place] = []

    var deeds: Int { places.count }

    static func += (a: inout Count, b: Count) {
      a.chances += b.chances
      a.reverse += b.reverse
      a.otherwise += b.otherwise
      a.settled += b.settled
      a.places += b.places
      a.chancePlaces += b.chancePlaces
    }
  }

  private(set) var counts: [Key: Count] = [:]
  private let tracked: Set<Key>

  /// Counts the alignment of a document.
  ///
  /// - Parameters:
  ///   - place: the index of the document among those compared.
  ///   - tracked: what to keep the chances of, place by place.
  init(_ part: DocumentDifferences, at place: Int, tracked: Set<Key> = []) {
    self.tracked = tracked
    let layers = part.annotators.indices
    for (group, spans) in part.alignment.groups.enumerated() {
      let here = Habit.Place(document: place, group: group)
      var cuts = CutCache(part.document.text)
      var traits = [[Habit.SpanTrait]?](repeating: nil, count: layers.count)
      for who in layers {
        for other in layers where other != who {
          guard let own = spans.spans[who], let theirs = spans.spans[other], let first = theirs.first else { continue }
          let pair = (part.annotators[who], part.annotators[other])
          if traits[other] == nil {
            traits[other] = Habit.SpanTrait.all(of: first, in: part, by: other)
          }
          addMissing(own, first, traits[other] ?? [], pair, here)
          addUnset(pair, part, here, (who, other), first.label)
          guard let mine = own.first else { continue }
          addLabel(own, theirs, pair, here)
          guard mine.label == first.label else { continue }
          addSplit(own, theirs, pair, here, part.document.text)
          guard own.count == 1, theirs.count == 1 else { continue }
          addEdges(mine, first, pair, here, &cuts)
        }
      }
    }
    addRelations(part, place)
  }

  init() { tracked = [] }

  static func += (a: inout HabitTally, b: HabitTally) {
    for (key, count) in b.counts { a.counts[key, default: Count()] += count }
  }

  /// Counts a chance.
  private mutating func add(
    _ deed: Habit.Deed, _ label: String?, _ pair: (who: String, other: String), _ place: Habit.Place, isDone: Bool,
    isReverse: Bool = false, isOtherwise: Bool = false, settles: Bool = false
  ) {
    let key = Key(deed: deed, label: label, who: pair.who, other: pair.other)
    counts[key, default: Count()].chances += 1
    if tracked.contains(key) { counts[key]?.chancePlaces.append(place) }
    if isReverse { counts[key]?.reverse += 1 }
    if isOtherwise { counts[key]?.otherwise += 1 }
    guard isDone else { return }
    counts[key]?.places.append(place)
    if settles { counts[key]?.settled += 1 }
  }

  // MARK: spans

  private mutating func addMissing(
    _ own: [Annotation], _ theirs: Annotation, _ traits: [Habit.SpanTrait], _ pair: (String, String),
    _ place: Habit.Place
  ) {
    for trait in traits {
      add(.missing(trait), theirs.label, pair, place, isDone: own.isEmpty, settles: own.isEmpty)
    }
  }

  private mutating func addLabel(
    _ own: [Annotation], _ theirs: [Annotation], _ pair: (who: String, other: String), _ place: Habit.Place
  ) {
    let (label, others) = (own[0].label, theirs[0].label)
    let alike = own.map(\.fragments) == theirs.map(\.fragments)
    add(.labels(label), others, pair, place, isDone: label != others, settles: alike)
    if label != others {
      let key = Key(deed: .labels(others), label: label, who: pair.who, other: pair.other)
      counts[key, default: Count()].reverse += 1
    }
  }

  private mutating func addSplit(
    _ own: [Annotation], _ theirs: [Annotation], _ pair: (String, String), _ place: Habit.Place,
    _ text: DocumentText
  ) {
    func isWhole(_ spans: [Annotation]) -> Bool { spans.count == 1 && !spans[0].isDiscontinuous }
    guard isWhole(own) || isWhole(theirs) else { return }
    let hulls = [own, theirs].map { spans in TextRange(spans[0].hull.start, spans.map(\.hull.end).max() ?? 0) }
    var traits = [Habit.SplitTrait.any]
    // Most spans are whole in both versions, and their words need a look only if they could be split.
    traits += Habit.SplitTrait.inside(text[isWhole(theirs) ? theirs[0].hull : own[0].hull])
    for trait in traits {
      add(
        .splits(trait), theirs[0].label, pair, place, isDone: !isWhole(own), isReverse: !isWhole(theirs),
        settles: hulls[0] == hulls[1])
    }
  }

  private mutating func addEdges(
    _ own: Annotation, _ theirs: Annotation, _ pair: (String, String), _ place: Habit.Place, _ cuts: inout CutCache
  ) {
    let areWhole = !own.isDiscontinuous && !theirs.isDiscontinuous
    for edge in [SpanEdge.start, .end] {
      let (mine, other) =
        edge == .start ? (own.hull.start, theirs.hull.start) : (-own.hull.end, -theirs.hull.end)
      let settles = areWhole && (edge == .start ? own.hull.end == theirs.hull.end : own.hull.start == theirs.hull.start)
      for label in [theirs.label, nil] {
        add(.isShorter(edge), label, pair, place, isDone: mine > other, isReverse: mine < other, settles: settles)
      }
      let (longer, shorter) = mine >= other ? (theirs.hull, own.hull) : (own.hull, theirs.hull)
      let end = edge == .start ? shorter.start : shorter.end
      for cut in cuts.cuts(of: longer, at: edge) {
        let isCut = mine != other && cut.places.contains(end)
        for label in [theirs.label, nil] {
          add(
            .leavesOut(cut.feature, edge), label, pair, place, isDone: isCut && mine > other,
            isReverse: isCut && mine < other, isOtherwise: !isCut && mine > other, settles: settles)
        }
      }
    }
  }

  // MARK: attributes and relations

  private mutating func addUnset(
    _ pair: (String, String), _ part: DocumentDifferences, _ place: Habit.Place, _ layers: (who: Int, other: Int),
    _ label: String
  ) {
    for attribute in part.scheme.attributes(of: label) {
      guard
        let values = AttributePairs.pair(of: attribute.name, place.group, layers.who, layers.other, part.alignment)
      else { continue }
      for label in [label, nil] {
        let key = Key(deed: .leavesUnset(attribute.name), label: label, who: pair.0, other: pair.1)
        if values.second != nil {
          add(key.deed, label, pair, place, isDone: values.first == nil)
        } else {
          counts[key, default: Count()].reverse += 1
        }
      }
    }
  }

  private mutating func addRelations(_ part: DocumentDifferences, _ document: Int) {
    let alignment = part.alignment
    let ties = part.annotators.indices.map { alignment.tiesByGroup(of: $0) }
    for group in alignment.groups.indices {
      let place = Habit.Place(document: document, group: group)
      for who in ties.indices where !alignment.groups[group].held(by: who).isEmpty {
        for other in ties.indices where other != who {
          for (type, targets) in ties[other][group] ?? [:] {
            guard targets.contains(where: { alignment.isHeld($0, by: who) }) else { continue }
            let label = alignment.groups[group].held(by: other).first?.label
            for label in [label, nil] {
              add(
                .relation(type), label, (part.annotators[who], part.annotators[other]), place,
                isDone: ties[who][group]?[type] == nil)
            }
          }
        }
      }
    }
  }
}

/// The features of spans at their edges, each span's looked up once.
private struct CutCache {
  private struct Key: Hashable {
    let range: TextRange
    let edge: SpanEdge
  }

  private let text: DocumentText
  private var known: [Key: [EdgeFeature.Cut]] = [:]

  init(_ text: DocumentText) { self.text = text }

  mutating func cuts(of range: TextRange, at edge: SpanEdge) -> [EdgeFeature.Cut] {
    let key = Key(range: range, edge: edge)
    if let cuts = known[key] { return cuts }
    let cuts = EdgeFeature.cuts(of: range, at: edge, in: text)
    known[key] = cuts
    return cuts
  }
}

extension DocumentAlignment {
  /// The groups to which an annotator has drawn relations, by the group that they come from and their type.
  fileprivate func tiesByGroup(of layer: Int) -> [Int: [String: [Int]]] {
    var ties: [Int: [String: [Int]]] = [:]
    for relation in layers[layer].relations {
      guard let from = group(of: relation.from, layer), case .span(let id) = relation.to,
        let to = group(of: id, layer)
      else { continue }
      ties[from, default: [:]][relation.type, default: []].append(to)
    }
    return ties
  }

  /// Whether an annotator has spans in a group.
  fileprivate func isHeld(_ group: Int, by layer: Int) -> Bool { !groups[group].held(by: layer).isEmpty }
}
