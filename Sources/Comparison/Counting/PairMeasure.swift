import Agreement

/// A measure of pairs of annotators, for which each document contributes counts.
enum PairMeasure: Sendable {
  /// - Parameter overlap: the least intersection over union of spans that overlap, where several are asked for.
  case spans(Spans, label: Int?, overlap: Double? = nil)
  case relationF1(type: Int?)
  case relationAlpha(type: Int?)
  case attribute(Int?)

  /// The ways to match spans.
  enum Spans: String, CaseIterable, Sendable { case exact, boundary, partial, type, overlap, token }

  /// The counts that two annotators' layers of a document contribute.
  ///
  /// - Parameter aligned: their units, aligned by ``PairMeasures/aligned``.
  /// - Throws: what is wrong with a layer.
  func counts(
    _ first: ItemsAndUnits.Layer, _ second: ItemsAndUnits.Layer, _ aligned: Alignment, _ setting: PairMeasures
  ) throws(Undefined) -> [Int] {
    switch self {
    case .spans(.token, let label, _):
      return TokenScore.tally(first.words(label), second.words(label)).counts
    case .spans(let spans, let label, let overlap):
      let score = SpanScore(.f1, by: setting.criterion(spans, overlap))
      guard let label else { return try score.tally(first.units, second.units).counts }
      return try score.tally(first.ofLabel[label], second.ofLabel[label]).counts
    case .relationF1(let type):
      return try setting.relationF1(type).tally(first.relations, second.relations, aligned).counts
    case .relationAlpha(let type):
      return try setting.relationAlpha(type).tally(first.relations, second.relations, aligned).counts
    case .attribute(let attribute):
      return try setting.attributeAgreement(attribute).tally(first.attributes, second.attributes, aligned).counts
    }
  }
}
