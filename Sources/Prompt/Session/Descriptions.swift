import Pages
import Standoff

/// Descriptions in one line, as seen from the current sentence.
extension Session {
  func described(_ span: Annotation) -> String { Descriptions(document).span(span) }

  func located(_ span: Annotation) -> String { Descriptions(document).span(span, from: sentence) }

  func described(_ declined: SpanKey) -> String { Descriptions(document).declined(declined) }

  func described(_ relation: Relation) -> String { Descriptions(document).relation(relation) }

  func described(_ change: Edit.Change) -> String { Descriptions(document).change(change, from: sentence) }

  func style(of span: Annotation) -> Page.Style { Page.Style(colour: scheme.label(span.label)?.colour) }
}
