/// The pairs of quotation marks near a place in a text.
///
/// ```swift
/// let text = DocumentText("“Not true,” she said.")
/// Quotations(near: text.range, in: text).pairs.map { text[$0.range] }  // [“Not true,”]
/// ```
///
/// Curly, low, angle and CJK marks (“ ” „ “ « » 「 」) pair by form and nest up to eight deep; straight marks alternate
/// within a paragraph; an apostrophe is not a mark. A quotation over several paragraphs, each of which begins with the
/// opening mark, is one pair.
public struct Quotations: Sendable {
  /// One quotation, both marks included.
  public struct Pair: Hashable, Sendable {
    /// The range from the opening mark to the end of the closing mark.
    public let range: TextRange
  }

  /// The quotations in reading order, an outer one before those inside it.
  public let pairs: [Pair]

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
    var scanner = Scanner(utf8: utf8, from: low, to: high, offset: text.codePoint(ofUTF8: low))
    pairs = scanner.scan().sorted { ($0.range.start, -$0.range.end) < ($1.range.start, -$1.range.end) }
  }

  /// The quotation whose opening mark is at this offset; nil if there is none.
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
      let left = range.start > 0 ? pair(openingAt: range.start - 1) : nil
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

  /// The quotation whose closing mark is at this offset; nil if there is none.
  public func pair(closingAt offset: Int) -> Pair? { pairs.first { $0.range.end == offset + 1 } }
}

private struct Scanner {
  let utf8: [UInt8]
  let from: Int
  let to: Int
  var offset: Int
  /// Opening marks not closed yet, with the line breaks since.
  private var open: [(mark: Unicode.Scalar, offset: Int, breaks: Int)] = []
  private var pairs: [Quotations.Pair] = []

  init(utf8: [UInt8], from: Int, to: Int, offset: Int) {
    self.utf8 = utf8
    self.from = from
    self.to = to
    self.offset = offset
  }

  mutating func scan() -> [Quotations.Pair] {
    var at = from
    var previous: Unicode.Scalar = "\n"
    var opensLine = true
    var breaks = 0
    while at < to {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      let next: Unicode.Scalar = at + length < to ? DocumentText.scalar(at: at + length, in: utf8).scalar : "\n"
      if scalar.breaksLine {
        opensLine = true
        if !(scalar == "\n" && previous == "\r") { breaks += 1 }
      } else {
        // A single break before lower case is a line wrapped by hand, not a new paragraph.
        if opensLine, breaks != 1 || !scalar.properties.isLowercase { beginLine(with: scalar) }
        if !scalar.isSpace { breaks = 0 }
        if !(opensLine && continues(scalar)) { read(scalar, after: previous, before: next) }
        if !scalar.isSpace { opensLine = false }
      }
      previous = scalar
      at += length
      offset += 1
    }
    return pairs
  }

  /// Drops the open quotations that do not continue in this line.
  ///
  /// A quotation continues if the line begins with its mark again, or for two paragraphs until its closing mark or
  /// another opening one. Marks that could be apostrophes never continue.
  private mutating func beginLine(with scalar: Unicode.Scalar) {
    guard !scalar.isSpace, let first = open.first, !"\"'‘‚".unicodeScalars.contains(first.mark) else {
      if !scalar.isSpace { open = open.first?.mark == scalar && scalar != "\"" ? [open[0]] : [] }
      return
    }
    open =
      first.mark == scalar || first.breaks < 2
      ? [(first.mark, first.offset, first.mark == scalar ? 0 : first.breaks + 1)] : []
  }

  private func continues(_ scalar: Unicode.Scalar) -> Bool { open.first?.mark == scalar }

  private mutating func read(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar, before next: Unicode.Scalar) {
    switch scalar {
    case "“":
      // In German it closes „.
      if let index = open.lastIndex(where: { $0.mark == "„" }) { close(index) } else { begin(scalar) }
    case "‘":
      if let index = open.lastIndex(where: { $0.mark == "‚" }) {
        close(index)
      } else if !next.isSpace {
        begin(scalar)
      }
    case "„", "「", "『", "《", "‚": begin(scalar)
    case "«", "‹":
      // French and Russian open with it, Danish and German books close with it.
      if let index = open.lastIndex(where: { $0.mark == (scalar == "«" ? "»" : "›") }) {
        close(index)
      } else {
        begin(scalar)
      }
    case "»": closeOrBegin("«", scalar, before: next)
    case "›": closeOrBegin("‹", scalar, before: next)
    case "”": close(openedBy: "“", orBy: "„")
    case "’":
      // An apostrophe unless a single quotation is open and no letter follows.
      if !next.isWordScalar { close(openedBy: "‘", orBy: "‚") }
    case "」": close(openedBy: "「", orBy: "「")
    case "』": close(openedBy: "『", orBy: "『")
    case "》": close(openedBy: "《", orBy: "《")
    case "\"":
      if let index = open.lastIndex(where: { $0.mark == "\"" }) { close(index) } else { begin(scalar) }
    case "'":
      if let index = open.lastIndex(where: { $0.mark == "'" }), !next.isWordScalar {
        close(index)
      } else if !previous.isWordScalar, next.isWordScalar {
        begin(scalar)
      }
    default: break
    }
  }

  private mutating func closeOrBegin(
    _ opener: Unicode.Scalar, _ scalar: Unicode.Scalar, before next: Unicode.Scalar
  ) {
    if let index = open.lastIndex(where: { $0.mark == opener }) {
      close(index)
    } else if !next.isSpace {
      begin(scalar)
    }
  }

  /// The greatest depth of nesting; beyond it the outermost quotation is given up.
  private static let depth = 8

  private mutating func begin(_ mark: Unicode.Scalar) {
    if let first = open.first, first.breaks > 0, first.mark == mark { open = [] }
    if open.count == Self.depth { open.removeFirst() }
    open.append((mark, offset, 0))
  }

  private mutating func close(openedBy first: Unicode.Scalar, orBy second: Unicode.Scalar) {
    if let index = open.lastIndex(where: { $0.mark == first || $0.mark == second }) { close(index) }
  }

  private mutating func close(_ index: Int) {
    pairs.append(Quotations.Pair(range: TextRange(open[index].offset, offset + 1)))
    open.removeSubrange(index...)
  }
}
