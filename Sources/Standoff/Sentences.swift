/// The version of the rules that divide texts into sentences and words.
///
/// The rules are this package's own and do not follow a system library, so that sentence and word numbers, and
/// coefficients computed from them, stay the same.
public enum Segmentation {
  /// The version, which increases whenever any text is divided differently.
  public static let version = 1
}

/// The sentences of a text, in reading order; white space between two sentences belongs to neither.
///
/// A sentence ends
///
/// - at `. ! ? …` and the closing marks after it, unless the word before is an abbreviation that does not end a
///   sentence, or the next word begins in lower case;
/// - at `。！？`, even without white space;
/// - at the end of a line, unless a single line break is followed by lower case (text wrapped by hand).
///
/// Limitation: one table of abbreviations serves all languages.
public struct Sentences: Sendable {
  private let starts: [UInt32]
  private let ends: [UInt32]

  /// Divides a text into sentences.
  ///
  /// - Complexity: O(*bytes*).
  public init(_ text: DocumentText) {
    var scanner = SentenceScanner(text.utf8)
    let bounds = scanner.scan()
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    starts.reserveCapacity(bounds.count)
    ends.reserveCapacity(bounds.count)
    // Counting from bound to bound takes one pass over the text.
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

  /// The number of sentences.
  public var count: Int { starts.count }

  /// The range of the sentence with this number, counted from 0.
  public subscript(index: Int) -> TextRange { TextRange(Int(starts[index]), Int(ends[index])) }

  /// The number of the sentence that holds a code point.
  ///
  /// Between two sentences it is the earlier one, before the first sentence the first.
  ///
  /// - Returns: nil if the text has no sentences.
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
