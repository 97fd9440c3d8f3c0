/// Reading of what is likely to stand in the text; where it does not, nothing is read.
extension JSONReader {
  /// Reads past a string, an object or an array if the bytes of an earlier one stand at this very place.
  public mutating func skip(repeated earlier: Range<Int>) -> Bool {
    guard at + earlier.count <= bytes.count else { return false }
    // Values of one kind begin alike more often than they end alike.
    for offset in (0..<earlier.count).reversed() where bytes[at + offset] != bytes[earlier.lowerBound + offset] {
      return false
    }
    at += earlier.count
    return true
  }

  /// Reads past some ASCII text if it stands at this very place, its spaces included.
  public mutating func skip(likely text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    let isHere = text.withUTF8Buffer { expected in
      let span = bytes.span
      for index in 0..<count where unsafe expected[index] != span[at + index] { return false }
      return true
    }
    if isHere { at += count }
    return isHere
  }

  /// Reads up to 18 digits that stand at this very place; nil, and nothing is read, where something else does.
  public mutating func readLikelyDigits() -> Int? { readDigits() }
}
