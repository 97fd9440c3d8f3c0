import Agreement

extension AgreementStudy {
  /// How far each annotator can be trusted, by the models of those measures that are wanted: a figure for each annotator.
  ///
  /// The items are characters, words or sentences, documents or the rows of a table. Pairs of aligned spans are none: each
  /// has two annotators only.
  func competences(_ measures: Set<MeasureName>, seed: UInt64) -> [Figure] {
    var figures: [Figure] = []
    for measure in [MeasureName.dawidSkene, .mace] where measures.contains(measure) {
      for coding in codings {
        for label in [nil] + labels.indices.map({ $0 as Int? }) {
          let study =
            label.map { bit in coding.study.renamed { coding.sets[$0] >> UInt64(bit) & 1 == 1 ? 1 : 0 } }
            ?? coding.study
          figures += competences(
            measure, study, label == nil ? coding.sets.count : 2, coding.unit.rawValue, label.map { labels[$0] }, seed)
        }
      }
      for items in coded where items.unit != .attribute {
        figures += competences(
          measure, items.study, max(2, items.values.count), items.unit.rawValue, items.name, seed)
      }
    }
    return figures
  }

  private func competences(
    _ measure: MeasureName, _ study: CodingStudy, _ categories: Int, _ unit: String, _ label: String?, _ seed: UInt64
  ) -> [Figure] {
    let found = Result { () throws(Undefined) in try Competence(measure, study.distinctRows, categories, seed) }
    return people.enumerated().map { place, annotator in
      let items = study.distinctRows.reduce(0) { $0 + ($1.values[place] == nil ? 0 : $1.count) }
      let value = found.flatMap { model -> Result<Coefficient, Undefined> in
        items > 0 ? .success(Coefficient(value: model.competences[place], items: items)) : .failure(.noPairableItems)
      }
      return Figure(
        key: Figure.Key(measure: measure, unit: unit, label: label, annotators: [annotator]), document: nil,
        items: items, result: value, interval: .failure(.noSum))
    }
  }

  /// What the annotators together make of an item of a table, by a model.
  package struct Implied {
    package let code: String
    /// From 0 to 1.
    package let probability: Double
  }

  /// The most probable code of each item of the table by a model; nil where nobody coded it. Empty if the model has no
  /// estimate.
  package func implied(by measure: MeasureName, seed: UInt64) -> [Implied?] {
    guard let table, let items = coded.first else { return [] }
    let rows = items.study.distinctRows
    guard let model = try? Competence(measure, rows, max(2, items.values.count), seed) else { return [] }
    let places = Dictionary(rows.enumerated().map { ($1.values, $0) }) { first, _ in first }
    return table.items.map { item in
      let row = item.codes.map { code in code.flatMap { items.place(of: $0) } }
      guard row.contains(where: { $0 != nil }), let place = places[row] else { return nil }
      let shares = model.posteriors[place]
      let best = shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 }
      return items.values.indices.contains(best)
        ? Implied(code: items.values[best] ?? "", probability: shares[best]) : nil
    }
  }
}

/// What a model makes of annotators and items.
private struct Competence {
  /// Of each annotator, from 0 to 1.
  let competences: [Double]
  /// Rows × categories.
  let posteriors: [[Double]]

  init(
    _ measure: MeasureName, _ rows: [(values: CodingStudy.Row, count: Int)], _ categories: Int, _ seed: UInt64
  ) throws(Undefined) {
    let (items, counts) = (rows.map(\.values), rows.map(\.count))
    let annotators = (items.first ?? []).indices
    if measure == .mace {
      let model = try MACE(items: items, counts: counts, categories: categories, seed: seed)
      (competences, posteriors) = (annotators.map(model.competence), model.posteriors)
    } else {
      let model = try DawidSkene(items: items, counts: counts, categories: categories)
      (competences, posteriors) = (annotators.map(model.competence), model.posteriors)
    }
  }
}
