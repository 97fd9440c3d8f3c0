public import Standoff

/// A span that might be tagged, and why.
public struct Suggestion: Hashable, Sendable {
  /// Where a suggestion comes from, as facts.
  public enum Reason: Hashable, Sendable {
    /// Quotation marks round someone's words.
    case quotationMarks
    /// Words of the attribution lexicon that report.
    case cue(String)
    /// Words that say that something is not so.
    case denial(String)
    /// The words of spans accepted in this workspace.
    case examples([String])
    /// Another program, with what it says of it.
    case program(String)
  }

  /// A label of the scheme.
  public var label: String
  /// In reading order, apart, at least one.
  public var fragments: [TextRange]
  /// The words that name who speaks, to be tagged and related with it.
  public var source: TextRange?
  /// The word or words that report, likewise.
  public var cue: TextRange?
  public var reason: Reason
  /// From 0 to 1: a rough guess by the kind of suggestion; of what was learned, the share that was right on documents held
  /// out.
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

  /// From the first fragment's start to the last one's end.
  public var hull: TextRange { TextRange(fragments.first?.start ?? 0, fragments.last?.end ?? 0) }

  /// What a span that was accepted keeps as its origin, under `suggestedBy`.
  public var suggester: String {
    switch reason {
    case .quotationMarks: "quotation-marks"
    case .cue: "attribution-cue"
    case .denial: "denial-cue"
    case .examples: "examples"
    case .program: "program"
    }
  }
}
