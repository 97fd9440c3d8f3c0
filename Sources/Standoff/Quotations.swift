/// The pairs of quotation marks near a place in a text.
///
/// ```swift
/// let text = DocumentText("“Not true,” she said.")
/// Quotations(near: text.range, in: text).pairs.map { text[$0.range] }  // [“Not true,”]
/// ```
///
/// Whether a mark opens or closes follows from what stands beside it; where that does not tell, from its form (“ ” „ “ « »
/// 「 」), and for a straight mark from whether one is open. So pairs may be mixed (“…"), as they are printed, and marks
/// nest up to eight deep. Two single marks (''…'', ‘‘…’’) are one double mark. An apostrophe is not a mark, nor is the
/// sign for inches in 5'10". A quotation ends in its paragraph, unless the next begins with an opening mark.
public struct Quotations: Sendable {
  /// One quotation, both marks included.
  public struct Pair: Hashable, Sendable {
    /// The range from the opening mark to the end of the closing mark.
    public let range: TextRange
    /// The length of the opening mark in code points: 1, or 2 for doubled single marks.
    let opening: Int
    /// The length of the closing mark in code points.
    let closing: Int

    /// The range between the marks.
    var inside: TextRange { TextRange(range.start + opening, range.end - closing) }
  }

  /// The quotations in reading order, an outer one before those inside it.
  public let pairs: [Pair]
  /// Pairs whose marks fit together, but perhaps not with each other, as marks between them lack a partner; in reading
  /// order.
  public let doubtful: [Pair]

  /// The distance on each side of a range within which the other mark of a pair is sought.
  private static let reach = (lines: 24, bytes: 32768)

  /// Finds the quotations in and around a range.
  ///
  /// Marks are sought up to 24 lines and 32,768 bytes to either side of the range.
  ///
  /// - Complexity: O(*bytes of the lines near the range*).
  public init(near range: TextRange, in text: DocumentText) {
    let utf8 = text.utf8
    var low = text.utf8Offset(ofCodePoint: range.start)
    let floor = max(0, low - Self.reach.bytes)
    var breaks = 0
    while low > floor || low > 0 && low < utf8.count && utf8[low] & 0xC0 == 0x80 {
      if utf8[low - 1] == 0x0A {
        breaks += 1
        if breaks > Self.reach.lines { break }
      }
      low -= 1
    }
    var high = text.utf8Offset(ofCodePoint: range.end)
    let ceiling = min(utf8.count, high + Self.reach.bytes)
    breaks = 0
    while high < utf8.count, high < ceiling || utf8[high] & 0xC0 == 0x80, breaks <= Self.reach.lines {
      if utf8[high] == 0x0A { breaks += 1 }
      high += 1
    }
    var scanner = QuotationScanner(utf8, low..<high, firstCodePoint: text.codePoint(ofUTF8: low))
    scanner.scan()
    pairs = scanner.pairs.sorted { ($0.range.start, -$0.range.end) < ($1.range.start, -$1.range.end) }
    doubtful = scanner.doubtful.sorted { ($0.range.start, -$0.range.end) < ($1.range.start, -$1.range.end) }
  }

  /// The quotation whose opening mark begins at this offset; nil if there is none.
  public func pair(openingAt offset: Int) -> Pair? {
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].range.start < offset { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count && pairs[low].range.start == offset ? pairs[low] : nil
  }

  /// The range extended by the quotation marks that belong to it, and by the stops before a closing mark.
  ///
  /// A range that lies exactly between two marks takes both; one that contains a mark and ends next to its partner
  /// takes the partner. The stops `, . ; : ! ? …` between the last word and a closing mark are taken with the mark.
  public func covering(_ range: TextRange, in text: DocumentText) -> TextRange {
    var range = range
    while true {
      let left = pairs.first { $0.inside.start == range.start }
      let right = pair(closingAt: Self.afterStops(range.end, in: text))
      if let left, left == right {
        range = left.range
      } else if let left, left.range.end <= range.end {
        range = TextRange(left.range.start, range.end)
      } else if let right, right.range.start >= range.start {
        range = TextRange(range.start, right.range.end)
      } else {
        return range
      }
    }
  }

  private static func afterStops(_ offset: Int, in text: DocumentText) -> Int {
    let following = text[TextRange(offset, min(offset + 8, text.count))].unicodeScalars
    return offset + following.prefix { ",.;:!?…".unicodeScalars.contains($0) }.count
  }

  /// The quotation whose closing mark begins at this offset; nil if there is none.
  public func pair(closingAt offset: Int) -> Pair? { pairs.first { $0.inside.end == offset } }
}
