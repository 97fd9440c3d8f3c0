public import JSONText
public import Standoff
public import Storage
public import Suggestion

/// The files that `init` puts into `Schemas/`, carried along so that one program is enough.
///
/// Each stands in a file of its own beside this one; the tests write them anew from `Schemas/` with `RECORD=1`.
public enum Defaults {
  /// Names and texts, by name.
  static let files: [(name: String, text: String)] = [
    ("agree.schema.json", agreeSchema),
    ("annotations.schema.json", annotationsSchema),
    ("assignments.schema.json", assignmentsSchema),
    ("attribution.scheme.json", attributionScheme),
    ("check.schema.json", checkSchema),
    ("claims-denials-quotes.scheme.json", claimsDenialsQuotesScheme),
    ("compare.schema.json", compareSchema),
    ("de.lexicon.json", deLexicon),
    ("default", defaultFile),
    ("document.schema.json", documentSchema),
    ("en.lexicon.json", enLexicon),
    ("journal.schema.json", journalSchema),
    ("jsonl.schema.json", jsonlSchema),
    ("ledger.schema.json", ledgerSchema),
    ("lexicon.schema.json", lexiconSchema),
    ("list.schema.json", listSchema),
    ("matters.schema.json", mattersSchema),
    ("scheme.schema.json", schemeSchema),
    ("show.schema.json", showSchema),
    ("speakers.schema.json", speakersSchema),
    ("status.schema.json", statusSchema),
  ]

  /// The names of the JSON Schemas, without their ending.
  public static var schemaNames: [String] {
    files.map(\.name).filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
  }

  /// The text of a JSON Schema.
  public static func schema(_ name: String) -> String? { files.first { $0.name == name + ending }?.text }

  /// A scheme that `init` puts into a workspace.
  public static func scheme(_ name: String) throws(FileFault) -> Scheme {
    let file = name + ".scheme.json"
    guard let text = files.first(where: { $0.name == file })?.text else { throw FileFault(file, .missing) }
    return try SchemeFile.decode(Array(text.utf8), path: file, verbs: Session.verbs)
  }

  /// The lexicon of a language; nil where there is none.
  public static func lexicon(_ language: String) throws(JSONFault) -> Lexicon? {
    guard let text = files.first(where: { $0.name == language + ".lexicon.json" })?.text else { return nil }
    return try Lexicon(Array(text.utf8))
  }

  private static let ending = ".schema.json"
}
