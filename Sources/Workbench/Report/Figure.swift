import Agreement
import JSONText

/// One figure of an agreement report, with all that says what it is.
struct Figure {
  enum Measure: String, CaseIterable {
    case observedAgreement = "observed-agreement"
    case cohenKappa = "cohen-kappa"
    case fleissKappa = "fleiss-kappa"
    case krippendorffAlpha = "krippendorff-alpha"
    case spanF1Exact = "span-f1-exact"
    case spanPrecisionExact = "span-precision-exact"
    case spanRecallExact = "span-recall-exact"
    case spanF1Overlap = "span-f1-overlap"
    case spanPrecisionOverlap = "span-precision-overlap"
    case spanRecallOverlap = "span-recall-overlap"

    var isOfSpans: Bool { rawValue.hasPrefix("span-") }

    /// How it is headed in a table.
    var heading: String {
      switch self {
      case .observedAgreement: "observed"
      case .cohenKappa: "Cohen κ"
      case .fleissKappa: "Fleiss κ"
      case .krippendorffAlpha: "Kripp. α"
      case .spanF1Exact: "F1 exact"
      case .spanPrecisionExact: "P exact"
      case .spanRecallExact: "R exact"
      case .spanF1Overlap: "F1 overlap"
      case .spanPrecisionOverlap: "P overlap"
      case .spanRecallOverlap: "R overlap"
      }
    }
  }

  let measure: Measure
  /// `character`, `word`, `sentence` or `span`.
  let unit: String
  let label: String?
  let annotators: [String]?
  let document: String?
  /// What it rests on, also where there is no value: pairable items, or spans of both annotators.
  let items: Int
  /// The value, or why there is none.
  let result: Result<Coefficient, Undefined>

  /// The value; nil where it does not exist.
  var value: Double? { if case .success(let coefficient) = result { coefficient.value } else { nil } }

  func write(to writer: inout JSONWriter, undefined: String?) {
    let coefficient: Coefficient? = if case .success(let value) = result { value } else { nil }
    writer.object { writer in
      writer.key("annotators")
      if let annotators { writer.strings(annotators) } else { writer.null() }
      if !measure.isOfSpans {
        writer.string("distance", "nominal")
      }
      writer.string("document", document)
      if !measure.isOfSpans {
        writer.number("expected", coefficient?.expected)
      }
      writer.null("high")
      writer.null("interval")
      writer.string("intervalUndefined", "because intervals are not computed yet")
      writer.integer("items", items)
      writer.string("label", label)
      writer.null("low")
      writer.string("measure", measure.rawValue)
      if !measure.isOfSpans {
        writer.number("observed", coefficient?.observed)
      }
      writer.string("undefined", undefined)
      writer.string("unit", unit)
      writer.number("value", coefficient?.value)
    }
  }
}
