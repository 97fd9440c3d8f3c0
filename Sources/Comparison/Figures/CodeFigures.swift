import Agreement
import Standoff

extension CodedItems {
  /// The codes that get figures of their own: those of a table without an order, unless they are many.
  package var codes: [String] {
    unit == .item && scale == .nominal && values.count <= 30 ? values.compactMap { $0 }.sorted(by: Self.precedes) : []
  }

  private static func precedes(_ a: String, _ b: String) -> Bool {
    a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
  }
}

extension AgreementStudy {
  /// The groups of figures for values that annotators gave to items.
  ///
  /// - Parameter weighting: the weights to use; nil for those that fit the scale.
  func groups(_ items: CodedItems, _ weighting: Weighting?, _ measures: Set<MeasureName>) -> [FigureGroup] {
    let study = items.scaled
    let unit = items.unit.rawValue
    var groups = groups(
      of: study, unit, items.name, categories: items.categories, KrippendorffAlpha(items.distance), nil, measures)
    if let weighting = items.weighting(weighting) {
      groups += weighted(items, study, weighting, measures)
    }
    if let grouped = items.groups { groups += partitions(grouped, items.name, measures) }
    for code in items.codes {
      let place = items.values.firstIndex(of: code)
      groups += self.groups(
        of: study.renamed { $0 == place ? 1 : 0 }, unit, code, categories: 2, KrippendorffAlpha(),
        SpecificAgreement(category: 1), measures)
    }
    return groups
  }

  /// The figures in which values that are nearer on their scale disagree less.
  private func weighted(
    _ items: CodedItems, _ study: CodingStudy, _ weighting: Weighting, _ measures: Set<MeasureName>
  ) -> [FigureGroup] {
    let weights = Result { () throws(Undefined) in try items.weights(weighting) }
    let ofAll: [(MeasureName, WeightedCoefficient.Chance)] = [
      (.weightedFleissKappa, .fleiss), (.weightedHubertKappa, .conger), (.weightedBennettS, .brennanPrediger),
      (.gwetAC2, .ac2),
    ]
    var groups: [FigureGroup] = []
    for (name, chance) in ofAll where measures.contains(name) {
      let key = Figure.Key(measure: name, unit: items.unit.rawValue, label: items.name, annotators: nil)
      let measure = WeightedCoefficient(chance, weights: (try? weights.get()) ?? .identity(categories: 0))
      let entry = FigureGroup.Entry<WeightedCoefficient.Evidence>(
        key: key, items: \.pairableItems, result: measure.result)
      groups.append(
        FigureGroup([entry]) { () throws(Undefined) in
          _ = try weights.get()
          return try measure.tallies(of: study)
        })
    }
    guard measures.contains(.weightedCohenKappa) else { return groups }
    let kappa = WeightedKappa((try? weights.get()) ?? .identity(categories: 0))
    groups.append(
      pairGroup([ItemPairScore(.weightedCohenKappa, kappa)], items.unit.rawValue, items.name) { () throws(Undefined) in
        _ = try weights.get()
        return try MeanOverPairs(kappa).tallies(of: study)
      })
    return groups
  }

  /// How far a figure of independent items may be off: of documents, or of the rows of a table that are not said to belong
  /// to documents. Words of a text depend on each other, and so do spans.
  func significance(_ figure: Figure, _ weighting: Weighting?) -> Significance? {
    let key = figure.key
    guard key.annotators == nil, figure.document == nil, figure.value != nil, table?.hasDocuments != true,
      let items = coded.first(where: {
        $0.unit != .attribute && $0.unit.rawValue == key.unit
          && ($0.name == key.label || $0.codes.contains(key.label ?? ""))
      })
    else { return nil }
    let isOfCode = items.name != key.label
    let place = items.values.firstIndex(of: key.label)
    let study = isOfCode ? items.study.renamed { $0 == place ? 1 : 0 } : items.scaled
    let categories = isOfCode ? 2 : items.categories
    func plain(_ chance: WeightedCoefficient.Chance) -> Significance? {
      let measure = WeightedCoefficient(chance, weights: .identity(categories: categories))
      return categories <= CodedItems.mostWeighted ? (try? measure.significance(of: study)) ?? nil : nil
    }
    func weighted(_ chance: WeightedCoefficient.Chance) -> Significance? {
      guard let weighting = items.weighting(weighting), let weights = try? items.weights(weighting) else { return nil }
      return (try? WeightedCoefficient(chance, weights: weights).significance(of: study)) ?? nil
    }
    switch figure.measure {
    case .fleissKappa: return plain(.fleiss)
    case .hubertKappa: return plain(.conger)
    case .bennettS: return plain(.brennanPrediger)
    case .gwetAC1: return plain(.ac2)
    case .weightedFleissKappa: return weighted(.fleiss)
    case .weightedHubertKappa: return weighted(.conger)
    case .weightedBennettS: return weighted(.brennanPrediger)
    case .gwetAC2: return weighted(.ac2)
    case .krippendorffAlpha:
      let alpha = KrippendorffAlpha(isOfCode ? .nominal : items.distance)
      return (try? alpha.significance(of: study)) ?? nil
    default: return nil
    }
  }

  /// The figures of who gave the same value to the same items, whatever the values are.
  private func partitions(_ study: CodingStudy, _ name: String?, _ measures: Set<MeasureName>) -> [FigureGroup] {
    let wanted = [
      measures.contains(.adjustedRand) ? ItemPairScore(.adjustedRand, AdjustedRandIndex()) : nil,
      measures.contains(.bCubed) ? ItemPairScore(.bCubed, BCubed(.f1)) : nil,
    ].compactMap { $0 }
    guard !wanted.isEmpty else { return [] }
    return [
      pairGroup(wanted, CodedItems.Unit.attribute.rawValue, name) { () throws(Undefined) in
        try MeanOverPairs(AdjustedRandIndex()).tallies(of: study)
      }
    ]
  }

  /// The group of figures for measures of two annotators' items: of each the mean over pairs, then each pair.
  func pairGroup<Evidence: ItemPairTally>(
    _ scores: [ItemPairScore<Evidence>], _ unit: String, _ label: String?,
    _ tallies: () throws(Undefined) -> Tallies<PairwiseTally<Evidence>>
  ) -> FigureGroup {
    let (people, ends) = (people, allEnds)
    let figures = scores.map { score in
      let hasEach =
        score.name.isOfEach && people.count > 2 && (label == nil || CodedItems.Unit(rawValue: unit) != nil)
      let ofEach: [PairChoice] = hasEach ? people.indices.map { .with($0) } : []
      return (score: score, choices: [.all] + ofEach + ends.indices.map { .pair($0) })
    }
    let keys = figures.flatMap { score, choices in
      choices.map { Figure.Key(measure: score.name, unit: unit, label: label, annotators: $0.names(people, ends)) }
    }
    return FigureGroup(keys) { tally in
      figures.flatMap { $0.choices.map { tally.items(of: $0, \.items) } }
    } results: { tally in
      figures.flatMap { score, choices in
        let results = score.results(tally)
        return choices.map { results.value(of: $0) }
      }
    } _: { () throws(Undefined) in
      try tallies()
    }
  }
}

/// A measure of two annotators' items by its name.
struct ItemPairScore<Evidence: ItemPairTally>: Sendable {
  let name: MeasureName
  let results: @Sendable (PairwiseTally<Evidence>) -> PairResults

  init<M: Measure>(_ name: MeasureName, _ measure: M) where M.Study == CodingStudy, M.Evidence == Evidence {
    let mean = MeanOverPairs(measure)
    (self.name, results) = (name, { mean.results(of: $0) })
  }
}

/// Counts of the items that two annotators both coded.
protocol ItemPairTally: PairTally {
  /// The number of these items.
  var items: Int { get }
}

extension MarginTally: ItemPairTally {}
extension ContingencyTally: ItemPairTally {}
