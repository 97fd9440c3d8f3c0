import Standoff

/// All that can be said at the prompt: the verbs that are always there, and a verb for each label of the scheme.
enum Verbs {
  static let fixed: [Verb] =
    walking + marking + attributing + relating + suggestions + adjudicating + looking + whole

  /// The command for a word; labels come after the prompt's own.
  static func verb(_ word: String, _ scheme: Scheme) -> Verb? {
    fixed.first { $0.names.contains(word) } ?? scheme.label(word).map(tagging)
  }

  /// All commands in the order of the help.
  static func all(_ scheme: Scheme) -> [Verb] { scheme.labels.map(tagging) + fixed }
}
