import Commands
import Pages
import Standoff

/// One thing that can be said at the prompt: the source of parsing, completion, help and the README's table.
struct Verb: Sendable {
  enum Group: String, CaseIterable, Sendable {
    case walk = "Walking"
    case mark = "Marking"
    case suggest = "Taking suggestions"
    case say = "Saying more of a span"
    case decide = "Deciding, in an adjudication"
    case look = "Looking"
    case whole = "The document and the team"
  }

  /// The verb, and the other words for it.
  let names: [String]
  let group: Group
  let parameters: [Parameter]
  let summary: String
  /// Lines that can be typed.
  let examples: [String]
  /// Whether its answer shows who has annotated what, which a blind adjudication is not to.
  var showsNames = false
  /// The options of the shell's command of that name; nil where it has none.
  var options: (any SharedOptions.Type)?
  let run: @Sendable (inout Session, VerbArguments) throws(Complaint) -> Page

  var name: String { names[0] }

  /// The verb with its parameters: “set SPAN ATTRIBUTE VALUE”.
  var usage: String {
    if name == ">" { return "SPAN > TARGET" }
    if name == "<" { return "SPAN < SOURCE < CUE > TARGET" }
    return ([names.joined(separator: ", ")] + parameters.map { $0.isOptional ? "[\($0.noun)]" : $0.noun })
      .joined(separator: " ")
  }
}

/// The values of a line, by the places of the command's parameters.
struct VerbArguments: Sendable {
  /// The line as typed.
  let line: String
  /// The line up to the first argument.
  let verb: String
  let values: [ParameterValue?]
  let display: Display

  subscript(place: Int) -> ParameterValue? { values[place] }

  func text(_ place: Int) -> String? { if case .text(let text)? = values[place] { text } else { nil } }

  func span(_ place: Int) throws(Complaint) -> Annotation {
    guard case .span(let span)? = values[place] else { throw Complaint("A span is missing.") }
    return span
  }
}
