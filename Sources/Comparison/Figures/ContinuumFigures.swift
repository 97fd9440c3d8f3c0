package import Agreement
import Standoff

/// Figures of how annotators segment the continuum and label its parts.
extension AgreementStudy {
  /// The groups of figures for all labels together, or for the spans of one label, by its index.
  func continuumGroups(
    label: Int?, _ pairable: UnitizingAlpha.Pairable, _ gamma: GammaSetting, _ measures: Set<MeasureName>
  ) -> [FigureGroup] {
    let study = label.map { continua.choosing(labels: [$0]) } ?? continua
    return [alphaGroup(study, label, pairable, measures)].compactMap { $0 } + gammaGroups(study, label, gamma, measures)
  }

  /// The scheme's dissimilarities of labels.
  package var categorical: Dissimilarity.Categorical {
    guard let scheme = setting.scheme, !scheme.dissimilarities.isEmpty else { return .nominal }
    return .matrix(labels.map { first in labels.map { scheme.dissimilarity(first, $0) } })
  }

  private func key(_ measure: MeasureName, _ label: Int?) -> Figure.Key {
    Figure.Key(measure: measure, unit: "span", label: label.map { labels[$0] }, annotators: nil)
  }

  private func alphaGroup(
    _ study: UnitizingStudy, _ label: Int?, _ pairable: UnitizingAlpha.Pairable, _ measures: Set<MeasureName>
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
    return FigureGroup(entries) { () throws(Undefined) in
      try UnitizingAlpha(.overall, labels: labels.count).tallies(of: study.partition)
    }
  }

  private func gammaGroups(
    _ study: UnitizingStudy, _ label: Int?, _ setting: GammaSetting, _ measures: Set<MeasureName>
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
    return [(false, hard.compactMap { $0 }), (true, [entry(.gammaSoft, .overall, label)].compactMap { $0 })]
      .filter { !$0.1.isEmpty }.map { isSoft, entries in
        var drawing = setting.drawing
        drawing.isSoft = isSoft
        return FigureGroup(entries) { () throws(Undefined) in
          try GammaTally.tallies(of: study, by: setting.dissimilarity, labels: labels.count, drawing)
        }
      }
  }

  /// α_U of 1995, for all labels and for each; of all documents or of one, by its index.
  func alphas1995(of document: Int?, _ interval: Result<Interval, Interval.Absence>?) -> [Figure] {
    let study = (document.map { continua.document($0) } ?? continua).partition
    return ([nil] + labels.indices.map { $0 as Int? }).map { label in
      let here = label.map { study.choosing(labels: [$0]) } ?? study
      let counts = study.continua.map { continuum in
        label.map { $0 < continuum.marked.count ? continuum.marked[$0] : 0 } ?? continuum.marked.reduce(0, +)
      }
      return Figure(
        key: key(.alphaU1995, label), document: document.map { documents[$0] }, items: counts.reduce(0, +),
        result: UnitizingAlpha1995(labels: label.map { [$0] } ?? Array(labels.indices)).result(of: here),
        interval: interval)
    }
  }

  /// The first annotator whose spans with different labels overlap, with the document; nil if there is none.
  package var overlapping: (annotator: String, document: String)? {
    for (document, continuum) in zip(documents, continua.partition.continua) {
      for (annotator, units) in zip(annotators, continuum.units) {
        let sorted = (units ?? []).sorted { $0.hull.lowerBound < $1.hull.lowerBound }
        if zip(sorted, sorted.dropFirst()).contains(where: { $0.hull.upperBound > $1.hull.lowerBound }) {
          return (annotator, document)
        }
      }
    }
    return nil
  }
}
