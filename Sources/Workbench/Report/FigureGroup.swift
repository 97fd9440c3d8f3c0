import Agreement

/// Figures that follow from the same tallies of the same documents.
struct FigureGroup: Sendable {
  /// One figure: what it is, and how it follows from a tally.
  struct Entry<Evidence: Tally>: Sendable {
    let key: Figure.Key
    let items: @Sendable (Evidence) -> Int
    let result: @Sendable (Evidence) -> Result<Coefficient, Undefined>
  }

  private let keys: [Figure.Key]
  let estimands: Estimands
  /// Items and result of each figure; of a document by its place, nil for all together.
  private let evaluate: @Sendable (Int?) -> [(items: Int, result: Result<Coefficient, Undefined>)]

  init<Evidence: Tally>(_ tallies: Tallies<Evidence>, _ entries: [Entry<Evidence>]) {
    keys = entries.map(\.key)
    estimands = Estimands(tallies, entries.map(\.result))
    evaluate = { document in
      let tally = document.map { tallies[$0] } ?? tallies.total
      return entries.map { ($0.items(tally), $0.result(tally)) }
    }
  }

  /// The figures of all documents.
  func figures(_ intervals: [Result<Interval, Interval.Absence>]?) -> [Figure] {
    evaluate(nil).enumerated().map { index, found in
      Figure(
        key: keys[index], document: nil, items: found.items, result: found.result, interval: intervals?[index])
    }
  }

  /// The figures of one document.
  func figures(of document: String, at place: Int) -> [Figure] {
    evaluate(place).enumerated().map { index, found in
      Figure(
        key: keys[index], document: document, items: found.items, result: found.result,
        interval: .failure(.oneDocument))
    }
  }
}

extension Comparison {
  /// The distance by which sets of labels are compared.
  enum Distance: String, CaseIterable { case nominal, jaccard, masi }

  /// The figures of items of a unit: of all labels together, or of one, by its place.
  func groups(_ coding: Coding, label: Int?, _ distance: Distance, _ measures: Set<Figure.Measure>) -> [FigureGroup] {
    let unit = coding.unit.rawValue
    let name = label.map { labels[$0] }
    let study =
      label.map { bit in coding.study.renamed { coding.sets[$0] >> UInt64(bit) & 1 == 1 ? 1 : 0 } }
      ?? coding.study
    let combined = coding.sets.count { $0.nonzeroBitCount > 1 }
    let categories = label == nil ? labels.count + 1 + combined : 2
    func key(_ measure: Figure.Measure, _ annotators: [String]? = nil) -> Figure.Key {
      Figure.Key(measure: measure, unit: unit, label: name, annotators: annotators)
    }
    var groups: [FigureGroup] = []
    var pooled: [FigureGroup.Entry<PooledTally>] = []
    func add(_ measure: Figure.Measure, _ result: @escaping @Sendable (PooledTally) -> Result<Coefficient, Undefined>) {
      guard measures.contains(measure) else { return }
      pooled.append(FigureGroup.Entry(key: key(measure), items: \.pairableItems, result: result))
    }
    add(.observedAgreement, ObservedAgreement().result)
    add(.fleissKappa, FleissKappa().result)
    add(.bennettS, BennettS(categories: categories).result)
    add(.gwetAC1, GwetAC1(categories: categories).result)
    if !pooled.isEmpty { groups.append(FigureGroup(PooledTally.tallies(of: study), pooled)) }
    if measures.contains(.hubertKappa) {
      let hubert = HubertKappa()
      let entry = FigureGroup.Entry<HubertKappa.Evidence>(
        key: key(.hubertKappa), items: \.pairableItems, result: hubert.result)
      groups.append(FigureGroup(hubert.tallies(of: study), [entry]))
    }
    if measures.contains(.krippendorffAlpha) {
      let alpha = KrippendorffAlpha(label == nil ? distance.measure(coding.sets) : .nominal)
      let entry = FigureGroup.Entry<KrippendorffAlpha.Evidence>(
        key: key(.krippendorffAlpha), items: \.pairableItems, result: alpha.result)
      groups.append(FigureGroup(alpha.tallies(of: study), [entry]))
    }
    return groups + [marginGroup(study, key, measures)].compactMap { $0 }
  }

  private func marginGroup(
    _ study: CodingStudy, _ key: (Figure.Measure, [String]?) -> Figure.Key, _ measures: Set<Figure.Measure>
  ) -> FigureGroup? {
    guard !measures.isDisjoint(with: [.cohenKappa, .scottPi]) else { return nil }
    let (cohen, scott) = (MeanOverPairs(CohenKappa()), MeanOverPairs(ScottPi()))
    let tallies = cohen.tallies(of: study)
    typealias Entry = FigureGroup.Entry<PairwiseTally<MarginTally>>
    var entries: [Entry] = []
    func add(
      _ measure: Figure.Measure,
      _ mean: @escaping @Sendable (PairwiseTally<MarginTally>) -> Result<Coefficient, Undefined>,
      _ ofPair: @escaping @Sendable (MarginTally) -> Result<Coefficient, Undefined>
    ) {
      guard measures.contains(measure) else { return }
      entries.append(
        Entry(
          key: key(measure, nil), items: { tally in tally.ends.indices.reduce(0) { $0 + tally.pair($1).items } },
          result: mean))
      for (place, (first, second)) in tallies.total.ends.enumerated() {
        entries.append(
          Entry(
            key: key(measure, [annotators[first], annotators[second]]), items: { $0.pair(place).items },
            result: { ofPair($0.pair(place)) }))
      }
    }
    add(.cohenKappa, cohen.result, CohenKappa().result)
    add(.scottPi, scott.result, ScottPi().result)
    return FigureGroup(tallies, entries)
  }

  /// The figures of a row of pairs of annotators, by its place.
  func group(_ place: Int, _ measures: Set<Figure.Measure>) -> FigureGroup? {
    switch pairRows[place] {
    case .spans(let spans, let label):
      let kinds: [(String, SpanScore.Kind)] = [("f1", .f1), ("precision", .precision), ("recall", .recall)]
      let scores = kinds.compactMap { name, kind -> (Figure.Measure, SpanScore)? in
        guard let measure = Figure.Measure(name, spans), measures.contains(measure) else { return nil }
        return (measure, SpanScore(kind, by: setting.criterion(spans)))
      }
      return group(place, SpanTally(), "span", label.map { labels[$0] }, scores) { $0.reference + $0.response }
    case .relationF1(let type):
      let scores = measures.contains(.relationF1) ? [(Figure.Measure.relationF1, setting.relationF1(type))] : []
      return group(place, RelationF1.Evidence(), "relation", type.map { setting.types[$0] }, scores, \.relations)
    case .relationAlpha(let type):
      let alpha = setting.relationAlpha(type)
      let scores = measures.contains(.relationAlpha) ? [(Figure.Measure.relationAlpha, alpha)] : []
      return group(place, alpha.zero, "relation", type.map { setting.types[$0] }, scores, \.items)
    case .attribute(let attribute):
      let measure = setting.attributeAgreement(attribute)
      let scores = measures.contains(.attributeAgreement) ? [(Figure.Measure.attributeAgreement, measure)] : []
      let name = attribute.map { setting.attributes[$0] }
      return group(place, AttributeAgreement.Evidence(), "attribute", name, scores, \.items)
    }
  }

  /// Pairs that figures of spans are of: each two annotators, or the reference with each other.
  private var spanEnds: [(Int, Int)] {
    guard let reference = choice.reference.flatMap(annotators.firstIndex) else { return allEnds }
    return annotators.indices.filter { $0 != reference }.map { (reference, $0) }
  }

  private var allEnds: [(Int, Int)] {
    annotators.indices.flatMap { first in annotators.indices.dropFirst(first + 1).map { (first, $0) } }
  }

  private func group<M: Measure>(
    _ place: Int, _ zero: M.Evidence, _ unit: String, _ label: String?, _ measures: [(Figure.Measure, M)],
    _ items: @escaping @Sendable (M.Evidence) -> Int
  ) -> FigureGroup? where M.Study: PairedStudy, M.Evidence: PairTally {
    guard !measures.isEmpty else { return nil }
    let ends = unit == "span" ? spanEnds : allEnds
    let none = PairwiseTally(ends, ends.map { _ in zero })
    let tallies = Tallies(
      none,
      pairs.map { present in
        var tally = none
        for (index, (first, second)) in ends.enumerated() {
          guard var counts = present[pair(first, second)]?[place] else { continue }
          // Of the spans of two annotators the reference's stand first.
          if first > second { counts.swapAt(1, 2) }
          for (offset, count) in counts.enumerated() { tally.counts[index * counts.count + offset] = Int(count) }
        }
        return tally
      })
    var entries: [FigureGroup.Entry<PairwiseTally<M.Evidence>>] = []
    let hasReference = unit == "span" && choice.reference != nil
    for (name, measure) in measures {
      func key(_ annotators: [String]?) -> Figure.Key {
        Figure.Key(measure: name, unit: unit, label: label, annotators: annotators)
      }
      if hasReference || !name.isOneSided {
        entries.append(
          FigureGroup.Entry(
            key: key(nil), items: { tally in tally.ends.indices.reduce(0) { $0 + items(tally.pair($1)) } },
            result: MeanOverPairs(measure).result))
      }
      for (index, (first, second)) in ends.enumerated() {
        entries.append(
          FigureGroup.Entry(
            key: key([annotators[first], annotators[second]]), items: { items($0.pair(index)) },
            result: { measure.result(of: $0.pair(index)) }))
      }
    }
    return FigureGroup(tallies, entries)
  }
}

extension Comparison.Distance {
  func measure(_ sets: [UInt64]) -> Agreement.Distance {
    switch self {
    case .nominal: .nominal
    case .jaccard: .jaccard(sets)
    case .masi: .masi(sets)
    }
  }
}

extension Figure.Measure {
  /// Whether it depends on which annotator is the reference.
  var isOneSided: Bool { rawValue.hasPrefix("span-precision") || rawValue.hasPrefix("span-recall") }
}
