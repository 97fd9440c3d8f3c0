import Agreement

/// A measure of agreement, by its name in options and in JSON.
package enum MeasureName: String, CaseIterable {
  case observedAgreement = "observed-agreement"
  case cohenKappa = "cohen-kappa"
  case scottPi = "scott-pi"
  case fleissKappa = "fleiss-kappa"
  case hubertKappa = "hubert-kappa"
  case bennettS = "bennett-s"
  case gwetAC1 = "gwet-ac1"
  case krippendorffAlpha = "krippendorff-alpha"
  case positiveAgreement = "positive-agreement"
  case weightedCohenKappa = "weighted-cohen-kappa"
  case weightedFleissKappa = "weighted-fleiss-kappa"
  case weightedHubertKappa = "weighted-hubert-kappa"
  case weightedBennettS = "weighted-bennett-s"
  case gwetAC2 = "gwet-ac2"
  case adjustedRand = "adjusted-rand"
  case bCubed = "b-cubed"
  case dawidSkene = "dawid-skene"
  case mace
  case tokenF1 = "token-f1"
  case tokenPrecision = "token-precision"
  case tokenRecall = "token-recall"
  case tokenF1Pooled = "token-f1-pooled"
  case tokenPrecisionPooled = "token-precision-pooled"
  case tokenRecallPooled = "token-recall-pooled"
  case spanF1Exact = "span-f1-exact"
  case spanPrecisionExact = "span-precision-exact"
  case spanRecallExact = "span-recall-exact"
  case spanF1Boundary = "span-f1-boundary"
  case spanPrecisionBoundary = "span-precision-boundary"
  case spanRecallBoundary = "span-recall-boundary"
  case spanF1Partial = "span-f1-partial"
  case spanPrecisionPartial = "span-precision-partial"
  case spanRecallPartial = "span-recall-partial"
  case spanF1Type = "span-f1-type"
  case spanPrecisionType = "span-precision-type"
  case spanRecallType = "span-recall-type"
  case spanF1Overlap = "span-f1-overlap"
  case spanPrecisionOverlap = "span-precision-overlap"
  case spanRecallOverlap = "span-recall-overlap"
  case spanF1ExactPooled = "span-f1-exact-pooled"
  case spanPrecisionExactPooled = "span-precision-exact-pooled"
  case spanRecallExactPooled = "span-recall-exact-pooled"
  case spanF1BoundaryPooled = "span-f1-boundary-pooled"
  case spanPrecisionBoundaryPooled = "span-precision-boundary-pooled"
  case spanRecallBoundaryPooled = "span-recall-boundary-pooled"
  case spanF1PartialPooled = "span-f1-partial-pooled"
  case spanPrecisionPartialPooled = "span-precision-partial-pooled"
  case spanRecallPartialPooled = "span-recall-partial-pooled"
  case spanF1TypePooled = "span-f1-type-pooled"
  case spanPrecisionTypePooled = "span-precision-type-pooled"
  case spanRecallTypePooled = "span-recall-type-pooled"
  case spanF1OverlapPooled = "span-f1-overlap-pooled"
  case spanPrecisionOverlapPooled = "span-precision-overlap-pooled"
  case spanRecallOverlapPooled = "span-recall-overlap-pooled"
  case alphaU = "alpha-u"
  case alphaUBinary = "alpha-u-binary"
  case alphaCU = "alpha-cu"
  case alphaKU = "alpha-ku"
  case alphaU1995 = "alpha-u-1995"
  case gamma
  case gammaCat = "gamma-cat"
  case gammaK = "gamma-k"
  case gammaSoft = "gamma-soft"
  case relationF1 = "relation-f1"
  case relationF1Pooled = "relation-f1-pooled"
  case relationAlpha = "relation-alpha"
  case attributeAgreement = "attribute-agreement"
  case attributeAgreementPooled = "attribute-agreement-pooled"

  /// The kind of thing that a measure measures.
  enum Subject: Sendable {
    /// Items: characters, words, sentences, documents, aligned spans or the rows of a table.
    case items
    /// Items, by a model of their annotators; computed only if asked for.
    case competence
    /// Spans, matched in some way.
    case spans(PairMeasure.Spans, SpanScore.Kind)
    /// How a continuum is segmented and labelled, by Krippendorff's alphas for unitizing.
    case unitizing
    /// The best alignment of a continuum's units; computed only if asked for.
    case gamma
    case relations
    case attributes
  }

  /// Everything that is said of a measure: its subject, whether it is corrected for chance, and its heading in a table.
  var row: (subject: Subject, isCorrected: Bool, heading: String) {
    switch self {
    case .observedAgreement: (.items, true, "observed")
    case .cohenKappa: (.items, true, "Cohen κ")
    case .scottPi: (.items, true, "Scott π")
    case .fleissKappa: (.items, true, "Fleiss κ")
    case .hubertKappa: (.items, true, "Hubert κ")
    case .bennettS: (.items, true, "S")
    case .gwetAC1: (.items, true, "AC1")
    case .krippendorffAlpha: (.items, true, "Kripp. α")
    case .positiveAgreement: (.items, false, "positive")
    case .weightedCohenKappa: (.items, true, "Cohen κw")
    case .weightedFleissKappa: (.items, true, "Fleiss κw")
    case .weightedHubertKappa: (.items, true, "Hubert κw")
    case .weightedBennettS: (.items, true, "Sw")
    case .gwetAC2: (.items, true, "AC2")
    case .adjustedRand: (.items, false, "adjusted Rand")
    case .bCubed: (.items, false, "B³")
    case .dawidSkene: (.competence, false, "Dawid–Skene")
    case .mace: (.competence, false, "MACE")
    case .tokenF1: (.spans(.token, .f1), false, "F1 words")
    case .tokenPrecision: (.spans(.token, .precision), false, "P words")
    case .tokenRecall: (.spans(.token, .recall), false, "R words")
    case .spanF1Exact: (.spans(.exact, .f1), false, "F1 exact")
    case .spanPrecisionExact: (.spans(.exact, .precision), false, "P exact")
    case .spanRecallExact: (.spans(.exact, .recall), false, "R exact")
    case .spanF1Boundary: (.spans(.boundary, .f1), false, "F1 boundary")
    case .spanPrecisionBoundary: (.spans(.boundary, .precision), false, "P boundary")
    case .spanRecallBoundary: (.spans(.boundary, .recall), false, "R boundary")
    case .spanF1Partial: (.spans(.partial, .f1), false, "F1 partial")
    case .spanPrecisionPartial: (.spans(.partial, .precision), false, "P partial")
    case .spanRecallPartial: (.spans(.partial, .recall), false, "R partial")
    case .spanF1Type: (.spans(.type, .f1), false, "F1 type")
    case .spanPrecisionType: (.spans(.type, .precision), false, "P type")
    case .spanRecallType: (.spans(.type, .recall), false, "R type")
    case .spanF1Overlap: (.spans(.overlap, .f1), false, "F1 overlap")
    case .spanPrecisionOverlap: (.spans(.overlap, .precision), false, "P overlap")
    case .spanRecallOverlap: (.spans(.overlap, .recall), false, "R overlap")
    case .alphaU: (.unitizing, true, "ᵤα")
    case .alphaUBinary: (.unitizing, true, "|ᵤα")
    case .alphaCU: (.unitizing, true, "cᵤα")
    case .alphaKU: (.unitizing, true, "(k)ᵤα")
    case .alphaU1995: (.unitizing, true, "α_U 1995")
    case .gamma: (.gamma, true, "γ")
    case .gammaCat: (.gamma, true, "γ_cat")
    case .gammaK: (.gamma, true, "γ_k")
    case .gammaSoft: (.gamma, true, "soft γ")
    case .relationF1: (.relations, false, "F1")
    case .relationAlpha: (.relations, true, "α")
    case .attributeAgreement: (.attributes, false, "agreement")
    default: perPair.row
    }
  }

  private static let pooling = "-pooled"

  /// Whether it adds the counts of all pairs of annotators, where a mean over pairs weighs all alike.
  package var isPooled: Bool { rawValue.hasSuffix(Self.pooling) }

  /// The measure of a pair whose counts it adds, if it pools; otherwise itself.
  package var perPair: MeasureName {
    isPooled ? MeasureName(rawValue: String(rawValue.dropLast(Self.pooling.count))) ?? self : self
  }

  /// The measure that adds its counts over pairs; nil if there is none, or it is one.
  package var pooled: MeasureName? { MeasureName(rawValue: rawValue + Self.pooling) }

  /// The heading in a table.
  package var heading: String { row.heading }

  /// Whether it says what chance would give; for observed agreement that is nothing.
  package var isCorrected: Bool { row.isCorrected }

  /// Whether it is a measure of items, not of spans or of relations.
  package var isOfItems: Bool {
    switch row.subject {
    case .items, .competence: true
    default: false
    }
  }

  /// Whether it estimates how far each annotator can be trusted.
  package var isCompetence: Bool { if case .competence = row.subject { true } else { false } }

  /// Whether it needs values in an order.
  package var isWeighted: Bool { rawValue.hasPrefix("weighted-") || self == .gwetAC2 }

  /// Whether it compares which items got the same value, whatever the value is.
  package var isOfGroups: Bool { self == .adjustedRand || self == .bCubed }

  /// Whether it also says how far each annotator agrees with the rest.
  package var isOfEach: Bool {
    switch self {
    case .cohenKappa, .weightedCohenKappa, .spanF1ExactPooled, .spanF1OverlapPooled, .tokenF1Pooled, .relationF1Pooled,
      .attributeAgreementPooled:
      true
    default: false
    }
  }

  /// The measures that tell most, for tests and plans that name none.
  package static let headlines: [MeasureName] = [
    .krippendorffAlpha, .spanF1ExactPooled, .spanF1OverlapPooled, .tokenF1Pooled, .relationF1Pooled,
    .attributeAgreementPooled,
  ]

  /// Whether it is computed only if it is named: it takes long, or rests on a model.
  package var isOnRequest: Bool { isGamma || isCompetence }

  /// Whether it is gamma or one of its kin, which are computed only if asked for.
  package var isGamma: Bool { if case .gamma = row.subject { true } else { false } }

  /// Whether it is one of Krippendorff's alphas for unitizing.
  package var isUnitizingAlpha: Bool { if case .unitizing = row.subject { true } else { false } }

  /// Whether it measures how a continuum is segmented and labelled.
  package var isOfContinuum: Bool { isGamma || isUnitizingAlpha }

  /// Whether it depends on which annotator is the reference.
  package var isOneSided: Bool {
    if case .spans(_, let score) = row.subject { score != .f1 } else { false }
  }

  /// The measures of spans that are matched in a way, with what each scores.
  static func ofSpans(matched way: PairMeasure.Spans) -> [(name: MeasureName, score: SpanScore.Kind)] {
    allCases.compactMap { name in
      if case .spans(way, let score) = name.row.subject { (name, score) } else { nil }
    }
  }
}
