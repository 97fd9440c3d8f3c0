import Agreement

extension AgreementStudy {
  /// The group of figures for a pairwise measure, by its index.
  func group(_ place: Int, _ measures: Set<MeasureName>) -> FigureGroup? {
    switch pairRows[place] {
    case .spans(.token, let label, _):
      let scores = MeasureName.ofSpans(matched: .token).filter { measures.contains($0.name) }.map { name, score in
        Scored(name, TokenScore(score))
      }
      return group(place, SpanTally(), "word", label.map { labels[$0] }, scores) { $0.reference + $0.response }
    case .spans(let spans, let label, let overlap):
      let scores = MeasureName.ofSpans(matched: spans).filter { measures.contains($0.name) }.map { name, score in
        Scored(name, SpanScore(score, by: setting.criterion(spans, overlap)))
      }
      return group(place, SpanTally(), "span", label.map { labels[$0] }, scores, overlap: overlap) {
        $0.reference + $0.response
      }
    case .relationF1(let type):
      let scores = [MeasureName.relationF1, .relationF1Pooled].filter(measures.contains).map {
        Scored($0, setting.relationF1(type))
      }
      return group(place, RelationF1.Evidence(), "relation", type.map { setting.types[$0] }, scores, \.relations)
    case .relationAlpha(let type):
      let alpha = setting.relationAlpha(type)
      let scores = measures.contains(.relationAlpha) ? [Scored(meanOf: .relationAlpha, alpha)] : []
      return group(place, alpha.zero, "relation", type.map { setting.types[$0] }, scores, \.items)
    case .attribute(let attribute):
      let scores = [MeasureName.attributeAgreement, .attributeAgreementPooled].filter(measures.contains).map {
        Scored($0, setting.attributeAgreement(attribute))
      }
      let name = attribute.map { setting.attributes[$0] }
      return group(place, AttributeAgreement.Evidence(), "attribute", name, scores, \.items)
    }
  }

  /// A measure of two annotators by its name.
  private struct Scored<M: Measure>: Sendable where M.Study: PairedStudy, M.Evidence: PairTally {
    let name: MeasureName
    /// From a tally, the value of some of its pairs.
    let values: @Sendable (PairwiseTally<M.Evidence>, [PairChoice]) -> [Result<Coefficient, Undefined>]

    init(meanOf name: MeasureName, _ measure: M) {
      let mean = MeanOverPairs(measure)
      self.init(name) { tally, choices in
        let results = mean.results(of: tally)
        return choices.map { results.value(of: $0) }
      }
    }

    /// The mean over pairs, or what the counts of all pairs give, if the name says so.
    init(_ name: MeasureName, _ measure: M) where M.Evidence: PoolableTally {
      guard name.isPooled else {
        self.init(meanOf: name, measure)
        return
      }
      let pooled = PooledOverPairs(measure)
      self.init(name) { tally, choices in
        choices.map { choice in
          Result { () throws(Undefined) in
            switch choice {
            case .all: try pooled.coefficient(of: tally)
            case .with(let annotator): try pooled.coefficient(of: tally, with: annotator)
            case .pair(let place): try measure.coefficient(of: tally.pair(place))
            }
          }
        }
      }
    }

    private init(
      _ name: MeasureName,
      _ values: @escaping @Sendable (PairwiseTally<M.Evidence>, [PairChoice]) -> [Result<Coefficient, Undefined>]
    ) {
      (self.name, self.values) = (name, values)
    }
  }

  /// The pairs for figures of spans: every two annotators, or the reference with each other one.
  private var spanEnds: [(Int, Int)] {
    guard let reference = choice.reference.flatMap(annotators.firstIndex) else { return ends(of: annotators) }
    return annotators.indices.filter { $0 != reference }.map { (reference, $0) }
  }

  /// Every two people.
  var allEnds: [(Int, Int)] { ends(of: people) }

  private func ends(of names: [String]) -> [(Int, Int)] {
    names.indices.flatMap { first in names.indices.dropFirst(first + 1).map { (first, $0) } }
  }

  private func group<M: Measure>(
    _ place: Int, _ zero: M.Evidence, _ unit: String, _ label: String?, _ measures: [Scored<M>], overlap: Double? = nil,
    _ items: @escaping @Sendable (M.Evidence) -> Int
  ) -> FigureGroup? where M.Study: PairedStudy, M.Evidence: PairTally {
    guard !measures.isEmpty else { return nil }
    let isOfSpans = M.Evidence.self == SpanTally.self
    let ends = isOfSpans || choice.heldApart != nil ? spanEnds : allEnds
    let hasReference = isOfSpans && choice.reference != nil
    let figures = measures.map { scored in
      let name = scored.name
      var choices: [PairChoice] = hasReference || !name.isOneSided ? [.all] : []
      if name.isOfEach, !hasReference, choice.heldApart == nil, people.count > 2 {
        choices += annotators.indices.map { .with($0) }
      }
      if !name.isPooled { choices += ends.indices.map { .pair($0) } }
      return (scored: scored, choices: choices)
    }
    let keys = figures.flatMap { scored, choices in
      choices.map { choice in
        Figure.Key(
          measure: scored.name, unit: unit, label: label, annotators: choice.names(annotators, ends), overlap: overlap)
      }
    }
    return FigureGroup(keys) { tally in
      figures.flatMap { $0.choices.map { tally.items(of: $0, items) } }
    } results: { tally in
      figures.flatMap { $0.scored.values(tally, $0.choices) }
    } _: { () throws(Undefined) in
      let zero = try PairwiseTally(ends, ends.map { _ in zero })
      var endOf = [Int?](repeating: nil, count: annotators.count * annotators.count)
      for (index, (first, second)) in ends.enumerated() { endOf[pair(first, second)] = index }
      let counted = pairStarts[place]..<pairStarts[place + 1]
      let width = ends.count * counted.count
      var rows = [Int](repeating: 0, count: pairs.count * width)
      for (document, present) in pairs.enumerated() {
        for shared in present {
          guard let end = endOf[pair(shared.first, shared.second)] else { continue }
          let start = document * width + end * counted.count
          for (offset, count) in shared.counts[counted].enumerated() { rows[start + offset] = count }
          // In the counts for two annotators' spans, the reference's come first.
          if isOfSpans, ends[end].0 != shared.first { rows.swapAt(start + 1, start + 2) }
        }
      }
      return try Tallies(zero, rows: rows, documents: pairs.count)
    }
  }
}

/// The pairs of annotators that a figure is of.
enum PairChoice: Sendable {
  case all
  /// Those of one annotator, by index, with each other.
  case with(Int)
  /// One pair, by its position in a tally.
  case pair(Int)

  /// The annotators that the figure names; nil for all.
  func names(_ annotators: [String], _ ends: [(Int, Int)]) -> [String]? {
    switch self {
    case .all: nil
    case .with(let annotator): [annotators[annotator]]
    case .pair(let place): [annotators[ends[place].0], annotators[ends[place].1]]
    }
  }
}

extension PairResults {
  /// The value of some pairs: their mean, or that of the only one.
  func value(of choice: PairChoice) -> Result<Coefficient, Undefined> {
    switch choice {
    case .all: Result { () throws(Undefined) in try mean() }
    case .with(let annotator): Result { () throws(Undefined) in try mean(with: annotator) }
    case .pair(let place): self[place]
    }
  }
}

extension PairwiseTally {
  /// The sum over some pairs.
  func items(of choice: PairChoice, _ count: (Pair) -> Int) -> Int {
    ends.enumerated().reduce(0) { sum, end in
      let counts =
        switch choice {
        case .all: true
        case .with(let annotator): end.element.0 == annotator || end.element.1 == annotator
        case .pair(let place): end.offset == place
        }
      return counts ? sum + ((try? count(pair(end.offset))) ?? 0) : sum
    }
  }
}
