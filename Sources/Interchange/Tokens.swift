import Standoff

/// The tokens of a text: its words, and every other character that is not white space.
struct Tokens {
  /// In reading order.
  let ranges: [TextRange]
  private let byStart: [Int: Int]
  private let byEnd: [Int: Int]

  /// - Parameter withSpace: whether white space is a token too, where it is more than one blank after a token.
  init(_ text: DocumentText, withSpace: Bool = false) {
    var ranges: [TextRange] = []
    var at = 0
    func addGap(to end: Int) {
      var space: Int?
      for character in text[TextRange(at, end)] {
        let next = at + character.unicodeScalars.count
        if character.isWhitespace {
          space = space ?? at
        } else {
          addSpace(space, to: at)
          space = nil
          ranges.append(TextRange(at, next))
        }
        at = next
      }
      addSpace(space, to: end)
    }
    func addSpace(_ start: Int?, to end: Int) {
      guard withSpace, let start, start < end else { return }
      let isBlank = text[TextRange(start, start + 1)] == " "
      // The blank after a token is not a token.
      let first = isBlank && start > 0 ? start + 1 : start
      if first < end { ranges.append(TextRange(first, end)) }
    }
    for word in Words.ranges(in: text.range, of: text) {
      addGap(to: word.start)
      ranges.append(word)
      at = word.end
    }
    addGap(to: text.count)
    self.ranges = ranges
    byStart = Dictionary(uniqueKeysWithValues: ranges.enumerated().map { ($1.start, $0) })
    byEnd = Dictionary(uniqueKeysWithValues: ranges.enumerated().map { ($1.end, $0) })
  }

  /// The first and last token of a range; nil if it begins or ends inside a token or between two.
  func indices(of range: TextRange) -> ClosedRange<Int>? {
    guard let first = byStart[range.start], let last = byEnd[range.end], first <= last else { return nil }
    return first...last
  }
}

/// A contiguous part of a span, for formats without gaps.
struct SpanPiece {
  let span: Annotation
  /// The number of the fragment, from 1.
  let number: Int
  let range: TextRange

  /// The span's number; of a further fragment with its own behind a point.
  var id: String { number == 1 ? "\(span.id)" : "\(span.id).\(number)" }
}

extension AnnotationSet {
  /// Every fragment of every span, in reading order, the longer first.
  var pieces: [SpanPiece] {
    spans.flatMap { span in span.fragments.enumerated().map { SpanPiece(span: span, number: $0 + 1, range: $1) } }
      .sorted {
        ($0.range.start, -$0.range.end, $0.span.id, $0.number) < ($1.range.start, -$1.range.end, $1.span.id, $1.number)
      }
  }
}
