import DefaultFiles
import Standoff

/// The style sheet and the script of a report; the page is readable without either.
enum ReportStyle {
  /// Annotators beyond these have no lane; their spans are listed all the same.
  static let mostLanes = 12

  /// Nothing is loaded from anywhere, and no script runs but the report's own.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(scriptDigest)'; base-uri 'none'; "
    + "form-action 'none'"

  /// SHA-256 of ``script`` in Base64, held to it by a test.
  static let scriptDigest = "LGsadmCO2rgWA91x2FoKhKZn9GLSbxXqH9OJqePM8Sg="

  /// Pixels from one lane to the next.
  static let lanePitch = 9

  /// The class of a stretch of text that has a bar: `a` the upper, `b` the lower one of a lane, counted from 1.
  static func name(ofBar bar: String, _ lane: Int, _ colour: Scheme.Label.Colour) -> String {
    "\(bar)\(lane)\(colour.rawValue.prefix(1))"
  }

  /// For each lane a gradient of one colour for the upper bar and one for the lower, from the text down.
  static let lanes: String = {
    var (images, places, names): ([String], [String], String) = ([], [], "")
    for lane in 1...mostLanes {
      for (half, bar) in ["a", "b"].enumerated() {
        let colour = "var(--\(bar)\(lane),transparent)"
        images.append("linear-gradient(\(colour),\(colour))")
        places.append("left 0 bottom calc((var(--n) - \(lane)) * \(lanePitch)px + \(half == 0 ? 5 : 1)px)")
        for colour in Scheme.Label.Colour.allCases {
          names += ".\(name(ofBar: bar, lane, colour)){--\(bar)\(lane):var(--\(colour.rawValue))}"
        }
      }
    }
    return """
      .lanes span{background-image:\(images.joined(separator: ","));background-position:\(places.joined(separator: ","))}
      \(names)

      """
  }()

  static var sheet: String { text(of: DefaultFile.reportSheet) }

  /// Filters documents, sentences and matters by words; without the line break at its file's end.
  static var script: String { String(text(of: DefaultFile.reportScript).dropLast()) }

  private static func text(of file: DefaultFile?) -> String { String(decoding: file?.bytes ?? [], as: UTF8.self) }
}
