import Agreement
import Standoff

/// The pairwise measures of a study, with what they need to know.
struct PairMeasures: Sendable {
  let scheme: Scheme?
  let labels: [String]
  /// The names of the relations.
  let types: [String]
  /// The names of the attributes, in the order of their code points.
  let attributes: [String]
  /// The least intersection over union at which overlapping spans match.
  let overlap: Double
  /// All for which the measure of overlapping spans is wanted, if they are several.
  let overlaps: [Double]
  /// The alphas for all relations together, then for each.
  private let relationAlphas: [RelationAlpha]

  /// - Parameter labels: those that count.
  init(_ scheme: Scheme?, _ labels: [String], overlaps: [Double]) {
    self.scheme = scheme
    self.labels = labels
    let overlap = overlaps.first ?? 0
    self.overlap = overlap
    self.overlaps = overlaps.count > 1 ? overlaps : []
    types = (scheme?.relations ?? []).map(\.name)
    attributes = (scheme?.attributes ?? []).map(\.name).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    var permitted: Set<RelationAlpha.Permission> = []
    for (type, relation) in (scheme?.relations ?? []).enumerated() {
      for from in relation.from.compactMap(labels.firstIndex) {
        for to in relation.to.compactMap(labels.firstIndex) {
          permitted.insert(RelationAlpha.Permission(type: type, from: from, to: to))
        }
      }
    }
    let all = permitted
    relationAlphas = ([nil] + types.indices.map { $0 as Int? }).map { type in
      RelationAlpha(by: .overlap(minimum: overlap), permitted: all.filter { type == nil || $0.type == type })
    }
  }

  /// The criterion of a way to match spans; words match as spans that are equal do.
  ///
  /// - Parameter overlap: nil for that by which spans are aligned.
  func criterion(_ spans: PairMeasure.Spans, _ overlap: Double? = nil) -> SpanCriterion {
    switch spans {
    case .exact, .token: .strict
    case .boundary: .boundary
    case .partial: .partial
    case .type: .type
    case .overlap: .overlap(minimum: overlap ?? self.overlap)
    }
  }

  /// The criterion by which spans are aligned to compare their attributes and relations.
  var aligned: SpanCriterion { criterion(.overlap) }

  func relationF1(_ type: Int?) -> RelationF1 { RelationF1(by: aligned, type: type) }

  func relationAlpha(_ type: Int?) -> RelationAlpha { relationAlphas[type.map { $0 + 1 } ?? 0] }

  func attributeAgreement(_ attribute: Int?) -> AttributeAgreement {
    AttributeAgreement(attributes: attribute.map { [$0] } ?? Array(attributes.indices), by: aligned)
  }

  /// The number of counts of a pairwise measure for one pair.
  func width(_ row: PairMeasure) -> Int {
    switch row {
    case .spans: SpanTally().counts.count
    case .relationF1: RelationF1.Evidence().counts.count
    case .relationAlpha(let type): relationAlpha(type).zero.counts.count
    case .attribute: AttributeAgreement.Evidence().counts.count
    }
  }

  /// All pairwise measures of a study.
  var rows: [PairMeasure] {
    func each(_ names: [String]) -> [Int?] { [nil] + names.indices.map { $0 as Int? } }
    return each(labels).flatMap { label in
      PairMeasure.Spans.allCases.flatMap { way in
        way == .overlap && !overlaps.isEmpty
          ? overlaps.map { PairMeasure.spans(way, label: label, overlap: $0) } : [.spans(way, label: label)]
      }
    }
      + each(types).flatMap { [PairMeasure.relationF1(type: $0), .relationAlpha(type: $0)] }
      + each(attributes).map(PairMeasure.attribute)
  }
}
