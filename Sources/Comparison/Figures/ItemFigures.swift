import Agreement

extension AgreementStudy {
  /// The groups of figures for items of a unit: for all labels together, or for one by its index.
  func groups(_ coding: Coding, label: Int?, _ distance: SetDistance, _ measures: Set<MeasureName>) -> [FigureGroup] {
    let study =
      label.map { bit in coding.study.renamed { coding.sets[$0] >> UInt64(bit) & 1 == 1 ? 1 : 0 } }
      ?? coding.study
    let combined = coding.sets.count { $0.nonzeroBitCount > 1 }
    let categories = label == nil ? labels.count + 1 + combined : 2
    let alpha = KrippendorffAlpha(label == nil ? distance.measure(coding.sets) : .nominal)
    let positive = label == nil ? SpecificAgreement(labels: coding.sets) : SpecificAgreement(category: 1)
    return groups(
      of: study, coding.unit.rawValue, label.map { labels[$0] }, categories: categories, alpha, positive, measures)
  }

  /// The groups of figures for a study of items.
  ///
  /// - Parameter positive: positive agreement; nil where no value says yes.
  func groups(
    of study: CodingStudy, _ unit: String, _ name: String?, categories: Int, _ alpha: KrippendorffAlpha,
    _ positive: SpecificAgreement?, _ measures: Set<MeasureName>
  ) -> [FigureGroup] {
    func key(_ measure: MeasureName, _ annotators: [String]? = nil) -> Figure.Key {
      Figure.Key(measure: measure, unit: unit, label: name, annotators: annotators)
    }
    var groups: [FigureGroup] = []
    var pooled: [FigureGroup.Entry<PooledTally>] = []
    func add(_ measure: MeasureName, _ result: @escaping @Sendable (PooledTally) -> Result<Coefficient, Undefined>) {
      guard measures.contains(measure) else { return }
      pooled.append(FigureGroup.Entry(key: key(measure), items: \.pairableItems, result: result))
    }
    add(.observedAgreement, ObservedAgreement().result)
    add(.fleissKappa, FleissKappa().result)
    add(.bennettS, BennettS(categories: categories).result)
    add(.gwetAC1, GwetAC1(categories: categories).result)
    if !pooled.isEmpty {
      groups.append(FigureGroup(pooled) { () throws(Undefined) in try PooledTally.tallies(of: study) })
    }
    if measures.contains(.hubertKappa) {
      let hubert = HubertKappa()
      let entry = FigureGroup.Entry<HubertKappa.Evidence>(
        key: key(.hubertKappa), items: \.pairableItems, result: hubert.result)
      groups.append(FigureGroup([entry]) { () throws(Undefined) in try hubert.tallies(of: study) })
    }
    if measures.contains(.krippendorffAlpha) {
      let entry = FigureGroup.Entry<KrippendorffAlpha.Evidence>(
        key: key(.krippendorffAlpha), items: \.pairableItems, result: alpha.result)
      groups.append(FigureGroup([entry]) { () throws(Undefined) in try alpha.tallies(of: study) })
    }
    if measures.contains(.positiveAgreement), let positive {
      let entry = FigureGroup.Entry<SpecificAgreement.Evidence>(
        key: key(.positiveAgreement), items: \.pairableItems, result: positive.result)
      groups.append(FigureGroup([entry]) { () throws(Undefined) in try positive.tallies(of: study) })
    }
    let ofPairs = [
      measures.contains(.cohenKappa) ? ItemPairScore(.cohenKappa, CohenKappa()) : nil,
      measures.contains(.scottPi) ? ItemPairScore(.scottPi, ScottPi()) : nil,
    ].compactMap { $0 }
    guard !ofPairs.isEmpty else { return groups }
    return groups + [
      pairGroup(ofPairs, unit, name) { () throws(Undefined) in try MeanOverPairs(CohenKappa()).tallies(of: study) }
    ]
  }
}
