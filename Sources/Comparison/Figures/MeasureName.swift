package enum MeasureName: String, CaseIterable {
  case observedAgreement = "observed-agreement"
  case cohenKappa = "cohen-kappa"
  case scottPi = "scott-pi"
  case fleissKappa = "fleiss-kappa"
  case hubertKappa = "hubert-kappa"
  case bennettS = "bennett-s"
  case gwetAC1 = "gwet-ac1"
  case krippendorffAlpha = "krippendorff-alpha"
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
  case relationAlpha = "relation-alpha"
  case attributeAgreement = "attribute-agreement"

  /// Whether it is a measure of items.
  package var isOfItems: Bool {
    switch self {
    case .observedAgreement, .cohenKappa, .scottPi, .fleissKappa, .hubertKappa, .bennettS, .gwetAC1,
      .krippendorffAlpha:
      true
    default: false
    }
  }

  /// Whether it is gamma or one of its kin, which are computed only if asked for.
  package var isGamma: Bool { rawValue.hasPrefix("gamma") }

  /// Whether it measures how a continuum is segmented and labelled.
  package var isOfContinuum: Bool { isGamma || isUnitizingAlpha }

  /// Whether it is one of Krippendorff's alphas for unitizing.
  package var isUnitizingAlpha: Bool {
    switch self {
    case .alphaU, .alphaUBinary, .alphaCU, .alphaKU, .alphaU1995: true
    default: false
    }
  }

  /// Whether it is corrected for chance.
  package var isCorrected: Bool { isOfItems || isOfContinuum || self == .relationAlpha }

  /// The heading in a table.
  package var heading: String {
    switch self {
    case .observedAgreement: "observed"
    case .cohenKappa: "Cohen κ"
    case .scottPi: "Scott π"
    case .fleissKappa: "Fleiss κ"
    case .hubertKappa: "Hubert κ"
    case .bennettS: "S"
    case .gwetAC1: "AC1"
    case .krippendorffAlpha: "Kripp. α"
    case .alphaU: "ᵤα"
    case .alphaUBinary: "|ᵤα"
    case .alphaCU: "cᵤα"
    case .alphaKU: "(k)ᵤα"
    case .alphaU1995: "α_U 1995"
    case .gamma: "γ"
    case .gammaCat: "γ_cat"
    case .gammaK: "γ_k"
    case .gammaSoft: "soft γ"
    case .relationF1: "F1"
    case .relationAlpha: "α"
    case .attributeAgreement: "agreement"
    default: Self.spanHeading(rawValue)
    }
  }

  /// A heading such as `F1 exact` for `span-f1-exact`.
  private static func spanHeading(_ name: String) -> String {
    let words = name.split(separator: "-")
    let kind = words[1] == "f1" ? "F1" : words[1] == "precision" ? "P" : "R"
    return "\(kind) \(words[2])"
  }

  /// The measure of spans with a kind of score and a way to match spans; nil if there is none.
  init?(_ kind: String, _ spans: PairMeasure.Spans) { self.init(rawValue: "span-\(kind)-\(spans.rawValue)") }
}

extension MeasureName {
  /// Whether it depends on which annotator is the reference.
  package var isOneSided: Bool { rawValue.hasPrefix("span-precision") || rawValue.hasPrefix("span-recall") }
}
