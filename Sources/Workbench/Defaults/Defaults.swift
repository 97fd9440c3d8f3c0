/// The files that `init` puts into `Schemas/`, carried along so that one program is enough.
///
/// Each stands in a file of its own beside this one; the tests write them anew from `Schemas/` with `RECORD=1`.
public enum Defaults {
  /// Names and texts, by name.
  static let files: [(name: String, text: String)] = [
    ("agree.schema.json", agreeSchema),
    ("annotations.schema.json", annotationsSchema),
    ("attribution.scheme.json", attributionScheme),
    ("check.schema.json", checkSchema),
    ("claims-denials-quotes.scheme.json", claimsDenialsQuotesScheme),
    ("default", defaultFile),
    ("document.schema.json", documentSchema),
    ("journal.schema.json", journalSchema),
    ("jsonl.schema.json", jsonlSchema),
    ("list.schema.json", listSchema),
    ("scheme.schema.json", schemeSchema),
    ("show.schema.json", showSchema),
    ("status.schema.json", statusSchema),
  ]

  /// The names of the JSON Schemas, without their ending.
  public static var schemaNames: [String] {
    files.map(\.name).filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
  }

  /// The text of a JSON Schema.
  public static func schema(_ name: String) -> String? { files.first { $0.name == name + ending }?.text }

  private static let ending = ".schema.json"
}
