import Standoff
import Suggestion

/// The state of suggestions in a session: whether they are on, the lexicon, and another program's suggestions.
struct Suggesting: Sendable {
  /// Whether suggestions are shown. They are off at first, because they bias annotators.
  var isOn = false
  /// Whether the annotator's assignment allows suggestions.
  var isAllowed = true
  /// The lexicon of the document's language; nil if there is none.
  let lexicon: Lexicon?
  /// Another program's suggestions for the document.
  var fromProgram: [Suggestion] = []
  /// Learning, and another program, at work while the person types.
  let background = BackgroundWork()
  /// The number of edits when learning last began.
  var learnedAt = 0
  /// The model that is used beside lexicon and own spans; nil for none.
  var kept: KeptModel?
  /// What a suggestion must be sure of at least to be shown, from 0 to 1.
  var floor = 0.0
  /// The places for a second look, and how many of these were shown.
  var secondLooks: (places: [SecondLook], shown: Int)?
  /// All suggestions of a label, shown and waiting for a second “A”.
  var shownForAll: [Suggestion]?

  init(_ lexicon: Lexicon? = nil) { self.lexicon = lexicon }

  /// Goes on in another document as in the one before.
  mutating func takeSettings(of other: Suggesting) {
    (isOn, kept, floor, secondLooks) = (other.isOn, other.kept, other.floor, other.secondLooks)
  }
}
