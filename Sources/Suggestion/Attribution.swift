public import Standoff

/// Reported speech as the lexicon finds it in a sentence: who says what, and with which word.
public struct Attribution: Equatable, Sendable {
  /// What the cue does with its content.
  public enum Manner: String, Sendable {
    case says, thinks, denies, accuses, calls
  }

  public var manner: Manner
  /// The word or words that report.
  public var cue: TextRange
  /// The words that name who speaks; nil where they are not in the sentence.
  public var source: TextRange?
  /// What is reported, in reading order; never empty.
  public var content: [TextRange]
}
