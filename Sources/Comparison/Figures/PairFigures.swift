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

  /// A measure of two annotators by its name, with its value for all pairs.
  private struct Scored<M: Measure> where M.Study: PairedStudy, M.Evidence: PairTally {
    let name: MeasureName
    let measure: M
    let ofAll: @Sendable (PairwiseTally<M.Evidence>) -> Result<Coefficient, Undefined>
    /// Its value for one annotator, by index, against the rest.
    let ofOne: @Sendable (PairwiseTally<M.Evidence>, Int) -> Result<Coefficient, Undefined>

    init(meanOf name: MeasureName, _ measure: M) {
      let mean = MeanOverPairs(measure)
      self.init(name, measure, mean.result) { (tally, annotator) throws(Undefined) in
        try mean.coefficient(of: tally, with: annotator)
      }
    }

    /// The mean over pairs, or what the counts of all pairs give, if the name says so.
    init(_ name: MeasureName, _ measure: M) where M.Evidence: PoolableTally {
      guard name.isPooled else {
        self.init(meanOf: name, measure)
        return
      }
      let pooled = PooledOverPairs(measure)
      self.init(name, measure, pooled.result) { (tally, annotator) throws(Undefined) in
        try pooled.coefficient(of: tally, with: annotator)
      }
    }

    private init(
      _ name: MeasureName, _ measure: M,
      _ ofAll: @escaping @Sendable (PairwiseTally<M.Evidence>) -> Result<Coefficient, Undefined>,
      _ ofOne: @escaping @Sendable (PairwiseTally<M.Evidence>, Int) throws(Undefined) -> Coefficient
    ) {
      (self.name, self.measure, self.ofAll) = (name, measure, ofAll)
      self.ofOne = { tally, annotator in Result { () throws(Undefined) in try ofOne(tally, annotator) } }
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
    var entries: [FigureGroup.Entry<PairwiseTally<M.Evidence>>] = []
    let hasReference = isOfSpans && choice.reference != nil
    for scored in measures {
      let (name, measure) = (scored.name, scored.measure)
      func key(_ annotators: [String]?) -> Figure.Key {
        Figure.Key(measure: name, unit: unit, label: label, annotators: annotators, overlap: overlap)
      }
      if hasReference || !name.isOneSided {
        entries.append(
          FigureGroup.Entry(
            key: key(nil),
            items: { $0.sum(items) },
            result: scored.ofAll))
      }
      if name.isOfEach, !hasReference, choice.heldApart == nil, people.count > 2 {
        for annotator in annotators.indices {
          entries.append(
            FigureGroup.Entry(
              key: key([annotators[annotator]]),
              items: { $0.sum(with: annotator, items) }, result: { scored.ofOne($0, annotator) }))
        }
      }
      if name.isPooled { continue }
      for (index, (first, second)) in ends.enumerated() {
        entries.append(
          FigureGroup.Entry(
            key: key([annotators[first], annotators[second]]), items: { (try? items($0.pair(index))) ?? 0 },
            result: { $0.pairResult(index, measure.result) }))
      }
    }
    return FigureGroup(entries) { () throws(Undefined) in
      let none = try PairwiseTally(ends, ends.map { _ in zero })
      var endOf = [Int?](repeating: nil, count: annotators.count * annotators.count)
      for (index, (first, second)) in ends.enumerated() { endOf[pair(first, second)] = index }
      let counted = pairStarts[place]..<pairStarts[place + 1]
      return try Tallies(
        none,
        pairs.map { present in
          var tally = none
          for shared in present {
            guard let end = endOf[pair(shared.first, shared.second)] else { continue }
            var counts = Array(shared.counts[counted])
            // In the counts for two annotators' spans, the reference's come first.
            if isOfSpans, ends[end].0 != shared.first { counts.swapAt(1, 2) }
            for (offset, count) in counts.enumerated() { tally.counts[end * counts.count + offset] = count }
          }
          return tally
        })
    }
  }
}

extension PairwiseTally {
  /// The sum over all pairs, or over those of one annotator, by index.
  func sum(with annotator: Int? = nil, _ count: (Pair) -> Int) -> Int {
    ends.enumerated().reduce(0) { sum, end in
      let counts = annotator == nil || end.element.0 == annotator || end.element.1 == annotator
      return counts ? sum + ((try? count(pair(end.offset))) ?? 0) : sum
    }
  }

  /// The result of a measure for one pair, by its position in ``PairwiseTally/ends``.
  func pairResult(
    _ place: Int, _ result: (Pair) -> Result<Coefficient, Undefined>
  ) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return result(try pair(place)) } catch { return .failure(error) }
  }
}
