/// What an annotator says of a document as a whole.
public struct DocumentAnnotation: Hashable, Sendable {
  /// Values by the name of a document attribute; neither is ever empty.
  public var attributes: [String: String]
  /// The annotator's free text; empty if there is none.
  public var note: String
  /// The question for the lead; empty if there is none.
  public var question: String
  /// The lead's answer to the question; empty if there is none yet.
  public var answer: String

  /// Creates the value; a set checks it.
  public init(attributes: [String: String] = [:], note: String = "", question: String = "", answer: String = "") {
    self.attributes = attributes
    self.note = note
    self.question = question
    self.answer = answer
  }

  /// Whether nothing is said.
  public var isEmpty: Bool { self == DocumentAnnotation() }
}
