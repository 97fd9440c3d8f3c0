package import Agreement
import Standoff

/// Figures of how annotators segment the continuum and label its parts.
extension AgreementStudy {
  /// The groups of figures for all labels together, or for the spans of one label, by its index.
  func continuumGroups(
    label: Int?, _ pairable: UnitizingAlpha.Pairable, _ gamma: GammaSetting, _ measures: Set<MeasureName>
  ) -> [FigureGroup] {
    [alphaGroup(label, pairable, measures)].compactMap { $0 } + gammaGroups(label, gamma, measures)
  }

  private func key(_ measure: MeasureName, _ label: Int?) -> Figure.Key {
    Figure.Key(measure: measure, unit: "span", label: label.map { labels[$0] }, annotators: nil)
  }

  private func alphaGroup(
    _ label: Int?, _ pairable: UnitizingAlpha.Pairable, _ measures: Set<MeasureName>
  ) -> FigureGroup? {
    typealias Entry = FigureGroup.Entry<UnitizingTally>
    var entries: [Entry] = []
    func add(_ measure: MeasureName, _ kind: UnitizingAlpha.Kind, _ of: Int?) {
      guard measures.contains(measure) else { return }
      let alpha = UnitizingAlpha(kind, labels: labels.count, pairable: pairable)
      entries.append(
        Entry(
          key: key(measure, of), items: { tally in of.map { tally.units($0) } ?? tally.units }, result: alpha.result))
    }
    add(.alphaU, .overall, label)
    if label == nil {
      add(.alphaUBinary, .binary, nil)
      add(.alphaCU, .coding, nil)
      for label in labels.indices { add(.alphaKU, .value(label), label) }
    }
    guard !entries.isEmpty else { return nil }
    return FigureGroup(entries) { () throws(Undefined) in try unitizingTallies(label: label) }
  }

  /// The lengths over which annotators have the same or different values, for all labels together or for one.
  package func unitizingTallies(label: Int?) throws(Undefined) -> Tallies<UnitizingTally> {
    let zero = try UnitizingTally(labels: labels.count, annotators: people.count)
    return try Tallies(
      zero,
      segments.map { segments in
        var tally = zero
        segments.alphas[label.map { $0 + 1 } ?? 0].add(to: &tally.counts)
        return tally
      })
  }

  private func gammaGroups(
    _ label: Int?, _ setting: GammaSetting, _ measures: Set<MeasureName>
  ) -> [FigureGroup] {
    typealias Entry = FigureGroup.Entry<GammaTally>
    func entry(_ measure: MeasureName, _ kind: Gamma.Kind, _ of: Int?) -> Entry? {
      guard measures.contains(measure) else { return nil }
      return Entry(
        key: key(measure, of), items: { tally in of.map { tally.units($0) } ?? tally.units },
        result: Gamma(kind).result)
    }
    var hard = [entry(.gamma, .overall, label)]
    if label == nil {
      hard.append(entry(.gammaCat, .categories, nil))
      hard += labels.indices.map { entry(.gammaK, .label($0), $0) }
    }
    let groups = [(false, hard.compactMap { $0 }), (true, [entry(.gammaSoft, .overall, label)].compactMap { $0 })]
      .filter { !$0.1.isEmpty }
    guard !groups.isEmpty else { return [] }
    let study = label.map { continua.choosing(labels: [$0]) } ?? continua
    return groups.map { isSoft, entries in
      FigureGroup(entries) { () throws(Undefined) in
        if let counted = choice.gamma { return try gammaTallies(counted, isSoft, label: label) }
        var drawing = setting.drawing
        drawing.isSoft = isSoft
        return try GammaTally.tallies(of: study, by: setting.dissimilarity, labels: labels.count, drawing)
      }
    }
  }

  /// The tallies of best alignments that were counted for each document by itself.
  private func gammaTallies(
    _ counted: GammaCounting, _ isSoft: Bool, label: Int?
  ) throws(Undefined) -> Tallies<GammaTally> {
    guard let kind = counted.kinds.firstIndex(of: isSoft) else { throw .invalid(.differentTallies) }
    let place = kind * (labels.count + 1) + (label.map { $0 + 1 } ?? 0)
    let zero = GammaTally(
      labels: labels.count, samples: counted.setting.drawing.samples,
      deltaEmpty: counted.setting.dissimilarity.deltaEmpty)
    return try Tallies(
      zero,
      aligned.map { counts in
        var tally = zero
        counts[place].add(to: &tally.counts)
        return tally
      })
  }

  /// α_U of 1995, for all labels and for each; of all documents or of one, by its index.
  func alphas1995(of document: Int?, _ interval: Result<Interval, Interval.Absence>?) -> [Figure] {
    let here = document.map { [segments[$0].lengths] } ?? segments.map(\.lengths)
    return ([nil] + labels.indices.map { $0 as Int? }).map { label in
      let chosen = label.map { [$0] } ?? Array(labels.indices)
      return Figure(
        key: key(.alphaU1995, label), document: document.map { documents[$0] },
        items: here.reduce(0) { sum, lengths in chosen.reduce(sum) { $0 + (lengths.ofLabels[$1]?.marked ?? 0) } },
        result: UnitizingAlpha1995(labels: chosen).result(of: here), interval: interval)
    }
  }
}
