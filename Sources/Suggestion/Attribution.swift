public import Standoff

/// Reported speech that the lexicon finds in a sentence: who says what, and in which words.
public struct Attribution: Equatable, Sendable {
  /// How the cue presents the content.
  public enum Manner: String, Sendable {
    case says, thinks, denies, accuses, calls
  }

  public var manner: Manner
  /// The word or words that report.
  public var cue: TextRange
  /// The words that name the speaker; nil if they are not in the sentence.
  public var source: TextRange?
  /// The reported words in reading order; never empty.
  public var content: [TextRange]
}
