/// A place in an XML text that cannot be read, with what was expected there.
public struct XMLFault: Error, Equatable, Sendable {
  /// The number of bytes before the place.
  public let byte: Int
  /// The expected thing, as a noun phrase.
  public let expected: String
  /// The thing found instead; nil at the end of the text.
  public let found: String?

  /// Creates a fault.
  public init(byte: Int, expected: String, found: String?) {
    self.byte = byte
    self.expected = expected
    self.found = found
  }
}
