/// A condition for two annotators' units to match.
///
/// Source: Segura-Bedmar, Martínez and Herrero-Zazo, “SemEval-2013 task 9: extraction of drug-drug interactions from
/// biomedical texts”, *SemEval* (2013), section 3, for all but ``overlap(minimum:)``.
public enum SpanCriterion: Equatable, Sendable {
  /// The same fragments under the same label.
  case strict
  /// The same fragments under any label; SemEval's “exact”.
  case boundary
  /// Full credit for the same fragments, half for any place in common, whatever the labels.
  case partial
  /// The same label and a place in common.
  case type
  /// The same label and an intersection over union of at least this share; 0 accepts any place in common.
  case overlap(minimum: Double)

  /// Twice the credit of a pair with a place in common; nil if the two may not be paired.
  func credit(_ first: UnitizingStudy.Unit, _ second: UnitizingStudy.Unit, common: Int) -> Int? {
    switch self {
    case .strict: return first == second ? 2 : 0
    case .boundary: return first.hasSameFragments(as: second) ? 2 : 0
    case .partial: return first.hasSameFragments(as: second) ? 2 : 1
    case .type: return first.label == second.label ? 2 : 0
    case .overlap(let minimum):
      guard first.label == second.label else { return nil }
      return Double(common) >= minimum * Double(first.length + second.length - common) ? 2 : nil
    }
  }
}
