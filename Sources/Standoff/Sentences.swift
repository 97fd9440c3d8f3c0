/// The rules by which texts are cut into sentences and words.
///
/// They are the project's own, so that numbers which people type and coefficients which they publish do not change
/// with a library; the version is named wherever figures are printed.
public enum Segmentation {
  /// Raised whenever any text is cut differently.
  public static let version = 1
}

/// The sentences of a text, in reading order; white space between them belongs to none.
///
/// A sentence ends at `. ! ? …` with any closing marks, unless the word before the point is an abbreviation that goes
/// on or the next word begins in lower case; at `。！？` without white space; and at the end of a line, unless a
/// single line break stands in the middle of a sentence that goes on in lower case (text wrapped by hand).
public struct Sentences: Sendable {
  private let starts: [UInt32]
  private let ends: [UInt32]

  /// - Complexity: O(*bytes*).
  public init(_ text: DocumentText) {
    var scanner = SentenceScanner(text.utf8)
    let bounds = scanner.scan()
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    starts.reserveCapacity(bounds.count)
    ends.reserveCapacity(bounds.count)
    // Code points counted on from bound to bound: one pass over the text.
    var (byte, codePoints): (Int, UInt32) = (0, 0)
    func codePoint(at target: Int) -> UInt32 {
      for lead in text.utf8[byte..<target] { codePoints &+= lead & 0xC0 != 0x80 ? 1 : 0 }
      byte = target
      return codePoints
    }
    for bound in bounds {
      starts.append(codePoint(at: bound.lowerBound))
      ends.append(codePoint(at: bound.upperBound))
    }
    self.starts = starts
    self.ends = ends
  }

  /// Number of sentences.
  public var count: Int { starts.count }

  /// A sentence's code points.
  public subscript(index: Int) -> TextRange { TextRange(Int(starts[index]), Int(ends[index])) }

  /// The sentence that holds a code point; between two sentences the earlier one, before the first the first.
  ///
  /// - Returns: nil where there is no sentence at all.
  /// - Complexity: O(log *sentences*).
  public func index(at offset: Int) -> Int? {
    if starts.isEmpty { return nil }
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) >> 1
      if Int(starts[middle]) <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
