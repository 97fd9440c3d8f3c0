public import Standoff

/// A span that might be tagged, and why.
public struct Suggestion: Hashable, Sendable {
  /// The reason for a suggestion, as facts.
  public enum Reason: Hashable, Sendable {
    /// Quotation marks around someone's words.
    case quotationMarks
    /// Words of the lexicon that report.
    case cue(String)
    /// Words that say that something is not so.
    case denial(String)
    /// The words of spans accepted in this workspace.
    case examples([String])
    /// A model that was kept, by its name.
    case model(String)
    /// Another program, with the reason that it gives.
    case program(String)
  }

  /// The label, one of the scheme's.
  public var label: String
  /// The fragments in reading order, not touching; at least one.
  public var fragments: [TextRange]
  /// The words that name the speaker, to be tagged and related too.
  public var source: TextRange?
  /// The word or words that report, to be tagged and related too.
  public var cue: TextRange?
  /// The marked claim that a denial denies, by its number, to be related too.
  public var denied: Int?
  /// The marked denial that hangs on a claim and denies nothing yet, by its number, to be related too.
  public var denial: Int?
  /// The name of who speaks, to be set on the source unless it is a guess.
  public var speaker: SpeakerNames.Name?
  public var reason: Reason
  /// The confidence from 0 to 1: a rough guess by the kind of suggestion; for the tagger, its precision on held-out
  /// documents.
  public var confidence: Double

  public init(
    label: String, fragments: [TextRange], source: TextRange? = nil, cue: TextRange? = nil, reason: Reason,
    confidence: Double
  ) {
    self.label = label
    self.fragments = fragments
    self.source = source
    self.cue = cue
    self.reason = reason
    self.confidence = confidence
  }

  /// The range from the first fragment's start to the last one's end.
  public var hull: TextRange { TextRange(fragments.first?.start ?? 0, fragments.last?.end ?? 0) }

  /// The value of `suggestedBy` in the origin of a span accepted from this suggestion.
  public var suggester: String {
    switch reason {
    case .quotationMarks: "quotation-marks"
    case .cue: "attribution-cue"
    case .denial: "denial-cue"
    case .examples: "examples"
    case .model: "model"
    case .program: "program"
    }
  }
}

extension SpanKey {
  /// What a span accepted from a suggestion is known by.
  public init(_ suggestion: Suggestion) {
    self.init(label: suggestion.label, fragments: Annotation.normalised(suggestion.fragments))
  }
}
