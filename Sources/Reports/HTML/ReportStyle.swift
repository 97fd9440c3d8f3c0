import DefaultFiles
import Standoff

/// The style sheet and the script of an HTML report, which is readable without either.
enum ReportStyle {
  /// The most lanes; spans of further annotators are still listed.
  static let mostLanes = 12

  /// The Content-Security-Policy: nothing is loaded, and no script runs but the report's own.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(scriptDigest)'; base-uri 'none'; "
    + "form-action 'none'"

  /// The SHA-256 of ``script`` in Base64; a test checks it.
  static let scriptDigest = "LGsadmCO2rgWA91x2FoKhKZn9GLSbxXqH9OJqePM8Sg="

  /// The distance between lanes, in pixels.
  static let lanePitch = 9

  /// The class of a part of the text with a bar in a lane, from 1: `a` for the upper bar, `b` for the lower.
  static func name(ofBar bar: String, _ lane: Int, _ colour: Scheme.Label.Colour) -> String {
    "\(bar)\(lane)\(colour.rawValue.prefix(1))"
  }

  /// The CSS for the lanes: a gradient for the upper and one for the lower bar of each, from top to bottom.
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

  /// The script that filters documents, sentences and matters by words, without its file's final line break.
  static var script: String { String(text(of: DefaultFile.reportScript).dropLast()) }

  private static func text(of file: DefaultFile?) -> String { String(decoding: file?.bytes ?? [], as: UTF8.self) }
}
