import Standoff

/// The verbs of the prompt: the fixed ones, and one for each label of the scheme.
enum Verbs {
  static let fixed: [Verb] =
    walking + marking + placing + attributing + relating + suggestions + adjudicating + looking + ofDocument + zoning
    + whole

  /// The verb for a word; the prompt's own come before labels, and words of other programs after them.
  static func verb(_ word: String, _ scheme: Scheme) -> Verb? {
    fixed.first { $0.names.contains(word) } ?? scheme.label(word).map(tagging)
      ?? fixed.first { $0.understood.contains(word) }
  }

  /// All verbs in the order of the help.
  static func all(_ scheme: Scheme) -> [Verb] { scheme.labels.map(tagging) + fixed }
}
