package import Agreement
import Storage

/// Every figure of a study, with all that is needed to explain it.
package struct AgreementFigures {
  /// The figures to compute, and the settings for them.
  package struct Request {
    package var measures = Set(MeasureName.allCases)
    package var distance = SetDistance.nominal
    /// How much of a unit is pairable, for alphas of what several annotators marked.
    package var pairable = UnitizingAlpha.Pairable.pairwise
    /// The weights of values on a scale; nil for those that fit it.
    package var weighting: Weighting?
    package var gamma = GammaSetting()
    /// The document whose best alignment to show; nil for none.
    package var explained: String?
    /// Whether to compute figures for each document too.
    var perDocument = false
    /// Nil for no intervals.
    package var bootstrap: Bootstrap? = Bootstrap()
    /// How many documents an interval of a wished width takes, to be estimated; nil if not asked for.
    package var sampleSize: SampleSize?

    package init(
      measures: Set<MeasureName> = Set(MeasureName.allCases), distance: SetDistance = SetDistance.nominal,
      pairable: UnitizingAlpha.Pairable = UnitizingAlpha.Pairable.pairwise, weighting: Weighting? = nil,
      gamma: GammaSetting = GammaSetting(),
      explained: String? = nil, perDocument: Bool = false, bootstrap: Bootstrap? = Bootstrap(),
      sampleSize: SampleSize? = nil
    ) {
      self.sampleSize = sampleSize
      self.measures = measures
      self.distance = distance
      self.pairable = pairable
      self.weighting = weighting
      self.gamma = gamma
      self.explained = explained
      self.perDocument = perDocument
      self.bootstrap = bootstrap
    }
  }

  package let study: AgreementStudy
  package let choice: Request
  /// The figures in the order of documents, units, labels and measures; those of all documents first.
  package let figures: [Figure]
  /// How many documents intervals of the wished width take, for the figures of all annotators; empty if not asked for.
  package private(set) var sizes: [FigureSize] = []

  package init(_ study: AgreementStudy, _ choice: Request) {
    self.study = study
    self.choice = choice
    let labels = [nil] + study.labels.indices.map { $0 as Int? }
    let rows = study.codings.indices.flatMap { coding in labels.map { (coding: coding, label: $0) } }
    let ofItems = Self.inParallel(rows.count) { index in
      study.groups(
        study.codings[rows[index].coding], label: rows[index].label, choice.distance, choice.measures)
    }
    func groups(of coded: [CodedItems]) -> [FigureGroup] {
      Self.inParallel(coded.count) { study.groups(coded[$0], choice.weighting, choice.measures) }
    }
    let ofAttributes = groups(of: study.coded.filter { $0.unit == .attribute })
    let ofCodes = groups(of: study.coded.filter { $0.unit != .attribute })
    let ofPairs = Self.inParallel(study.pairRows.count) { index in
      [study.group(index, choice.measures)].compactMap { $0 }
    }
    let ofContinua = Self.inParallel(study.choice.hasContinua ? labels.count : 0) { index in
      study.continuumGroups(label: labels[index], choice.pairable, choice.gamma, choice.measures)
    }
    // Parts of a single document are resampled for its items alone.
    let byDocument = study.isBySentence ? nil : choice.bootstrap
    let others = ofCodes + ofAttributes + ofPairs + ofContinua
    var figures =
      study.isBySentence
      ? Self.figures(ofItems, choice.bootstrap) + Self.figures(others, nil)
      : Self.figures(ofItems + others, choice.bootstrap)
    let has1995 = study.choice.hasContinua && choice.measures.contains(.alphaU1995)
    if has1995 { figures += study.alphas1995(of: nil, byDocument == nil ? nil : .failure(.noSum)) }
    figures = figures.map { figure in
      var figure = figure
      figure.significance = study.significance(figure, choice.weighting)
      return figure
    }
    figures += study.competences(choice.measures, seed: choice.gamma.drawing.seed)
    if choice.perDocument {
      for (place, document) in study.documents.enumerated() {
        // A single document is split into sentences; its figures are those of all documents together.
        figures +=
          study.isBySentence
          ? figures.map { $0.of(document) }
          : (ofItems + ofAttributes + ofPairs + ofContinua).flatMap { $0.figures(of: document, at: place) }
            + (has1995 ? study.alphas1995(of: place, .failure(.noSum)) : [])
      }
    }
    self.figures = Self.ordered(figures, study)
    guard let sampleSize = choice.sampleSize, !study.isBySentence else { return }
    let sizes = InOrder.map(ofItems + ofCodes + ofAttributes + ofPairs) { $0.sizes(sampleSize) }.flatMap { $0 }
    let order = Dictionary(self.figures.enumerated().map { ($1.key, $0) }) { first, _ in first }
    self.sizes = sizes.sorted { order[$0.key] ?? 0 < order[$1.key] ?? 0 }
  }

  /// The figures of documents that were added up; the intervals are percentiles of their resamples.
  ///
  /// - Parameters:
  ///   - studies: of all documents, then of each resample.
  ///   - choice: its bootstrap gives the confidence level, if there are to be intervals.
  package init(ofSums studies: [AgreementStudy], _ choice: Request, seed: UInt64) {
    var plain = choice
    plain.bootstrap = nil
    let request = plain
    let whole = AgreementFigures(studies[0], request)
    study = whole.study
    guard let confidence = choice.bootstrap?.confidence else {
      (self.choice, figures) = (request, whole.figures)
      return
    }
    plain.bootstrap = Bootstrap(resamples: studies.count - 1, confidence: confidence, seed: seed)
    self.choice = plain
    let values = InOrder.map(Array(studies.dropFirst())) { study in
      AgreementFigures(study, request).figures.map(\.value)
    }
    figures = whole.figures.enumerated().map { place, figure in
      figure.with(Self.interval(figure, values.map { $0[place] }, confidence))
    }
  }

  private static func interval(
    _ figure: Figure, _ resamples: [Double?], _ confidence: Double
  ) -> Result<Interval, Interval.Absence> {
    if figure.measure == .alphaU1995 { return .failure(.noSum) }
    switch figure.result {
    case .failure(let reason): return .failure(.noValue(reason))
    case .success:
      do throws(Interval.Absence) {
        return .success(try Interval(percentilesOf: resamples, confidence: confidence))
      } catch {
        return .failure(error)
      }
    }
  }

  /// All groups of figures in order, made on several threads.
  private static func inParallel(_ count: Int, _ make: @Sendable (Int) -> [FigureGroup]) -> [FigureGroup] {
    InOrder.map(Array(0..<count), make).flatMap { $0 }
  }

  private static func figures(
    _ groups: [FigureGroup], _ bootstrap: Bootstrap?
  ) -> [Figure] {
    let counted = groups.indices.filter { groups[$0].estimands != nil }
    let found = bootstrap?.intervals(of: counted.compactMap { groups[$0].estimands })
    let intervals = found.map { Dictionary(zip(counted, $0)) { first, _ in first } }
    return groups.enumerated().flatMap { index, group in
      group.figures(intervals?[index])
    }
  }

  private static func ordered(_ figures: [Figure], _ study: AgreementStudy) -> [Figure] {
    let documents = Dictionary(study.documents.enumerated().map { ($1, $0 + 1) }) { first, _ in first }
    let units = ItemKind.allCases.map(\.rawValue) + ["document", "item", "span", "relation", "attribute"]
    let labels =
      study.labels + study.setting.types + study.setting.attributes
      + study.coded.flatMap { items in [items.name].compactMap { $0 } + items.codes }
    let measures = Dictionary(MeasureName.allCases.enumerated().map { ($1, $0) }) { first, _ in first }
    func place(_ figure: Figure) -> [Int] {
      [
        figure.document.flatMap { documents[$0] } ?? 0, units.firstIndex(of: figure.key.unit) ?? 0,
        figure.key.label.flatMap { labels.firstIndex(of: $0) }.map { $0 + 1 } ?? 0, measures[figure.measure] ?? 0,
      ]
    }
    return figures.enumerated().map { (place($1) + [$0], $1) }
      .sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
  }

  /// The figure over all documents and annotators.
  package func figure(_ measure: MeasureName, _ unit: String, _ label: String? = nil) -> Figure? {
    figures.first { figure in
      figure.document == nil && figure.key.annotators == nil && figure.measure == measure && figure.key.unit == unit
        && figure.key.label == label
    }
  }

  // MARK: what lowers alpha

  /// Alpha over the words without one document or one annotator.
  package struct Influence {
    package let name: String
    package let without: Double
  }

  private var words: AgreementStudy.Coding? {
    study.codings.first { $0.unit == .word } ?? study.codings.first
  }

  /// The unit in which influence is computed; nil if there is none.
  package var influenceUnit: String? { words?.unit.rawValue }

  private var alpha: KrippendorffAlpha? { words.map { KrippendorffAlpha(choice.distance.measure($0.sets)) } }

  /// Documents without which alpha would be greater, greatest gain first; empty with a single document.
  package var documentInfluence: [Influence] {
    guard !study.isBySentence, let words, let alpha else { return [] }
    guard let tallies = try? alpha.tallies(of: words.study),
      let all = try? alpha.coefficient(of: tallies.total).value
    else { return [] }
    return study.documents.enumerated().compactMap { place, document in
      (try? alpha.coefficient(of: tallies.total(without: place)).value).map { Influence(name: document, without: $0) }
    }.filter { $0.without > all }.sorted { ($0.without, $1.name) > ($1.without, $0.name) }
  }

  /// Annotators without whom alpha would be greater, greatest gain first; empty with fewer than three.
  package var annotatorInfluence: [Influence] {
    guard study.people.count > 2, let words, let alpha,
      let all = try? alpha.coefficient(of: words.study).value
    else { return [] }
    return study.people.indices.compactMap { annotator in
      let others = words.study.choosing(study.people.indices.filter { $0 != annotator })
      return (try? alpha.coefficient(of: others).value).map {
        Influence(name: study.people[annotator], without: $0)
      }
    }.filter { $0.without > all }.sorted { ($0.without, $1.name) > ($1.without, $0.name) }
  }

  // MARK: where disagreement comes from

  /// A kind of disagreement about words.
  package struct Source {
    /// The labels of one annotator and of the other, in the order of the example's annotators; empty for none.
    package let first: [String]
    package let second: [String]
    /// Its share of the observed disagreement, from 0 to 1.
    package let share: Double
    package let example: DocumentContribution.Example?
  }

  /// The kinds of disagreement about words, most frequent first.
  package var sources: [Source] {
    guard let words = study.codings.first(where: { $0.unit == .word }) else { return [] }
    // Pairs of differing values are kept by the number of values in an item, so that only integers are summed.
    var pairs: [DocumentContribution.Difference: [Int]] = [:]
    for (values, count) in words.study.distinctRows {
      let present = values.compactMap { $0 }
      for first in present.indices {
        for second in present.indices where second > first && present[first] != present[second] {
          let difference = DocumentContribution.Difference(words.sets[present[first]], words.sets[present[second]])
          pairs[difference, default: [Int](repeating: 0, count: values.count + 1)][present.count] += count
        }
      }
    }
    let counts = pairs.mapValues { pairs in
      pairs.enumerated().dropFirst(2).reduce(0.0) { $0 + Double($1.element) / Double($1.offset - 1) }
    }
    let sorted = counts.sorted { ($1.value, $0.key.low, $0.key.high) < ($0.value, $1.key.low, $1.key.high) }
    let total = sorted.reduce(0) { $0 + $1.value }
    return sorted.map { difference, count in
      let example = study.examples[difference]
      let first = example?.firstMask ?? difference.low
      return Source(
        first: study.names(of: first),
        second: study.names(of: first == difference.low ? difference.high : difference.low),
        share: count / total, example: example)
    }
  }
}

extension AgreementStudy {
  /// The labels in a bit set, in the scheme's order.
  func names(of set: UInt64) -> [String] { labels.indices.filter { set >> UInt64($0) & 1 == 1 }.map { labels[$0] } }
}

extension Figure {
  /// This figure with an interval, or the reason that there is none.
  fileprivate func with(_ interval: Result<Interval, Interval.Absence>) -> Figure {
    Figure(key: key, document: document, items: items, result: result, interval: interval)
  }

  /// This figure for one document.
  fileprivate func of(_ document: String) -> Figure {
    Figure(key: key, document: document, items: items, result: result, interval: interval)
  }
}
