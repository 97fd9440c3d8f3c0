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
    /// Names of attributes in the order of their code points.
    let attributes: [String]
    let permissions: Set<RelationStudy.Permission>
    /// Least intersection over union of spans that overlap.
    let overlap: Double

    init(_ scheme: Scheme?, _ labels: [String], overlap: Double) {
      self.scheme = scheme
      self.labels = labels
      attributes = (scheme?.attributes ?? []).map(\.name).sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
      permissions = scheme.map { ComparedDocument.permissions($0, labels) } ?? []
      self.overlap = overlap
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

    var relationF1: RelationF1 { RelationF1(by: aligned) }
    var relationAlpha: RelationAlpha { RelationAlpha(by: aligned) }

    func attributeAgreement(_ attribute: Int?) -> AttributeAgreement {
      AttributeAgreement(attributes: attribute.map { [$0] } ?? Array(attributes.indices), by: aligned)
    }
  }

  /// What two annotators' columns of a document contribute; nothing where one of them is missing.
  func counts(_ document: ComparedDocument, _ first: Int, _ second: Int, _ setting: Setting) -> [Int] {
    guard let one = document.columns[first], let other = document.columns[second] else { return zero(setting) }
    let limit = min(one.limit, other.limit)
    switch self {
    case .spans(let spans, let label):
      let units = [one, other].map { column in
        document.spans(column, upTo: limit).map(document.unit).filter { label == nil || $0.label == label }
      }
      return SpanScore(.f1, by: setting.criterion(spans)).tally(units[0], units[1]).counts
    case .relationF1(let type):
      return setting.relationF1.tallies(of: relations(document, one, other, type, setting)).total.counts
    case .relationAlpha(let type):
      return setting.relationAlpha.tallies(of: relations(document, one, other, type, setting)).total.counts
    case .attribute(let attribute):
      var study = AttributeStudy(annotators: 2)
      var values: [String: Int] = [:]
      study.append(
        [one, other].map { column in
          let spans = document.spans(column, upTo: limit)
          return AttributeStudy.Layer(
            units: spans.map(document.unit),
            values: spans.map { span in
              setting.attributes.map { name in
                span.attributes[name].map { value in
                  let number = values[value] ?? values.count
                  values[value] = number
                  return number
                }
              }
            })
        })
      return setting.attributeAgreement(attribute).tallies(of: study).total.counts
    }
  }

  private func relations(
    _ document: ComparedDocument, _ one: ComparedDocument.Column, _ other: ComparedDocument.Column, _ type: Int?,
    _ setting: Setting
  ) -> RelationStudy {
    let limit = min(one.limit, other.limit)
    var study = RelationStudy(annotators: 2, permitted: setting.permissions)
    study.append([document.layer(one, upTo: limit), document.layer(other, upTo: limit)])
    return type.map { study.choosing(type: $0) } ?? study
  }

  /// What a pair without a common document contributes.
  private func zero(_ setting: Setting) -> [Int] {
    switch self {
    case .spans: SpanTally().counts
    case .relationF1: setting.relationF1.tallies(of: emptyRelations(nil, setting)).total.counts
    case .relationAlpha(let type): setting.relationAlpha.tallies(of: emptyRelations(type, setting)).total.counts
    case .attribute: setting.attributeAgreement(nil).tallies(of: AttributeStudy(annotators: 2)).total.counts
    }
  }

  private func emptyRelations(_ type: Int?, _ setting: Setting) -> RelationStudy {
    let study = RelationStudy(annotators: 2, permitted: setting.permissions)
    return type.map { study.choosing(type: $0) } ?? study
  }
}
