/// A place in a JSON text where something else was expected.
public struct JSONFault: Error, Equatable, Sendable {
  /// Line, counted from 1.
  public let line: Int
  /// Column in code points, counted from 1.
  public let column: Int
  /// What should stand there, as a noun: “a string”, “"," or "}"”.
  public let expected: String
  /// What stands there instead, shortened; nil where the text ends.
  public let found: String?

  public init(line: Int, column: Int, expected: String, found: String?) {
    self.line = line
    self.column = column
    self.expected = expected
    self.found = found
  }
}
