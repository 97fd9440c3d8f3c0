import Pages
import Standoff

/// Descriptions in one line, as seen from the current sentence.
extension Session {
  func described(_ span: Annotation) -> String { Descriptions(document).span(span) }

  func located(_ span: Annotation) -> String { Descriptions(document).span(span, from: sentence) }

  func described(_ declined: DeclinedSpan) -> String { Descriptions(document).declined(declined) }

  func described(_ relation: Relation) -> String { Descriptions(document).relation(relation) }

  func described(_ change: Edit.Change) -> String { Descriptions(document).change(change, from: sentence) }

  func style(of span: Annotation) -> Page.Style { Page.Style(colour: scheme.label(span.label)?.colour) }

  /// Sentences by their numbers, such as “Sentences 3, 4 and 7 to 9”.
  ///
  /// - Parameter indices: ascending, from 0; not empty.
  static func sentences(_ indices: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for index in indices {
      if let last = runs.last, last.upperBound + 1 == index {
        runs[runs.count - 1] = last.lowerBound...index
      } else {
        runs.append(index...index)
      }
    }
    let names = runs.flatMap { run in
      switch run.count {
      case 1: ["\(run.lowerBound + 1)"]
      case 2: ["\(run.lowerBound + 1)", "\(run.upperBound + 1)"]
      default: ["\(run.lowerBound + 1) to \(run.upperBound + 1)"]
      }
    }
    return "\(indices.count == 1 ? "Sentence" : "Sentences") \(Complaint.list(names))"
  }
}
