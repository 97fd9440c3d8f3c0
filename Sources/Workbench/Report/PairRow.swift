import Agreement
import Standoff

/// A row of figures of pairs of annotators, and what a document contributes to it.
enum PairRow {
  case spans(Spans, label: Int?)
  case relationF1(type: Int?)
  case relationAlpha(type: Int?)
  case attribute(Int?)

  /// How spans are matched.
  enum Spans: String, CaseIterable { case exact, boundary, partial, type, overlap }

  /// What all rows need to know.
  struct Setting {
    let scheme: Scheme?
    let labels: [String]
    /// Names of the types of relations.
    let types: [String]
    /// Names of attributes in the order of their code points.
    let attributes: [String]
    /// Least intersection over union of spans that overlap.
    let overlap: Double
    /// For all types together, then for each.
    private let relationAlphas: [RelationAlpha]

    /// - Parameter labels: those that count.
    init(_ scheme: Scheme?, _ labels: [String], overlap: Double) {
      self.scheme = scheme
      self.labels = labels
      self.overlap = overlap
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

    func criterion(_ spans: Spans) -> SpanCriterion {
      switch spans {
      case .exact: .strict
      case .boundary: .boundary
      case .partial: .partial
      case .type: .type
      case .overlap: .overlap(minimum: overlap)
      }
    }

    /// When two annotators' spans are taken for the same, for what is said of them.
    var aligned: SpanCriterion { criterion(.overlap) }

    func relationF1(_ type: Int?) -> RelationF1 { RelationF1(by: aligned, type: type) }

    func relationAlpha(_ type: Int?) -> RelationAlpha { relationAlphas[type.map { $0 + 1 } ?? 0] }

    func attributeAgreement(_ attribute: Int?) -> AttributeAgreement {
      AttributeAgreement(attributes: attribute.map { [$0] } ?? Array(attributes.indices), by: aligned)
    }

    /// All rows that a comparison may have.
    var rows: [PairRow] {
      func each(_ names: [String]) -> [Int?] { [nil] + names.indices.map { $0 as Int? } }
      return each(labels).flatMap { label in Spans.allCases.map { PairRow.spans($0, label: label) } }
        + each(types).flatMap { [PairRow.relationF1(type: $0), .relationAlpha(type: $0)] }
        + each(attributes).map(PairRow.attribute)
    }
  }

  /// What two annotators' layers of a document contribute.
  ///
  /// - Parameter aligned: their units, aligned by ``Setting/aligned``.
  func counts(
    _ first: ComparedDocument.Layer, _ second: ComparedDocument.Layer, _ aligned: Alignment, _ setting: Setting
  ) -> [Int] {
    switch self {
    case .spans(let spans, let label):
      let score = SpanScore(.f1, by: setting.criterion(spans))
      guard let label else { return score.tally(first.units, second.units).counts }
      return score.tally(first.ofLabel[label], second.ofLabel[label]).counts
    case .relationF1(let type): return setting.relationF1(type).tally(first.relations, second.relations, aligned).counts
    case .relationAlpha(let type):
      return setting.relationAlpha(type).tally(first.relations, second.relations, aligned).counts
    case .attribute(let attribute):
      return setting.attributeAgreement(attribute).tally(first.attributes, second.attributes, aligned).counts
    }
  }
}
