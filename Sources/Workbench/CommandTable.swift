import Standoff

/// All that can be said at the prompt: the verbs that are always there, and a verb for each label of the scheme.
enum CommandTable {
  /// Words that the prompt keeps for itself, those of verbs to come included: no label may take one.
  static let verbs: Set<String> = Set(fixed.flatMap(\.names)).union([
    "compare", "adjudicate", "ledger", "report", "realign", "assign", "import", "add",
    "init", "tally", "schema", "rename",
  ])

  static let fixed: [Command] =
    walking + marking + attributing + relating + suggestions + adjudicating + looking + whole

  /// The command for a word; labels come after the prompt's own.
  static func command(_ word: String, _ scheme: Scheme) -> Command? {
    fixed.first { $0.names.contains(word) } ?? scheme.label(word).map(tagging)
  }

  /// All commands in the order of the help.
  static func all(_ scheme: Scheme) -> [Command] { scheme.labels.map(tagging) + fixed }
}
