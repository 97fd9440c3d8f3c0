import Commands
import Pages
import Standoff

/// A verb of the prompt: the source of parsing, completion, help and the README's table.
struct Verb: Sendable {
  enum Group: String, CaseIterable, Sendable {
    case walk = "Walking"
    case mark = "Marking"
    case suggest = "Suggestions"
    case say = "Attributes and relations"
    case decide = "Adjudicating"
    case look = "Looking"
    case whole = "The document and the team"
  }

  /// The verb's name, followed by its synonyms.
  let names: [String]
  /// Words of other programs that are understood, but not listed.
  var understood: [String] = []
  let group: Group
  let parameters: [Parameter]
  let summary: String
  /// Complete lines to type.
  let examples: [String]
  /// Whether its answer shows who has annotated what, which a blind adjudication must not.
  var showsNames = false
  /// The options of the shell command of the same name; nil if there is none.
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

/// The values of a line, in the order of the verb's parameters.
struct VerbArguments: Sendable {
  /// The line as typed.
  let line: String
  /// The line up to its first argument.
  let verb: String
  let values: [ParameterValue?]
  let display: Display

  subscript(place: Int) -> ParameterValue? { values[place] }

  func text(_ place: Int) -> String? { if case .text(let text)? = values[place] { text } else { nil } }

  func spans(_ place: Int) throws(Complaint) -> [Annotation] {
    guard case .spans(let spans)? = values[place] else { throw Complaint("A span is missing.") }
    return spans
  }

  func span(_ place: Int) throws(Complaint) -> Annotation {
    guard case .span(let span)? = values[place] else { throw Complaint("A span is missing.") }
    return span
  }
}
