/// Reads the quotation marks of a stretch of text, paragraph by paragraph, and pairs them.
struct QuotationScanner {
  private let utf8: [UInt8]
  private let bytes: Range<Int>
  /// The code points before the stretch.
  private let first: Int
  private(set) var pairs: [Quotations.Pair] = []
  private(set) var doubtful: [Quotations.Pair] = []
  /// Opening marks not closed yet, outer ones first.
  private var open: [Opening] = []
  /// Whether the marks that are read stand after a break inside a paragraph.
  private var isLineOnly = false

  init(_ utf8: [UInt8], _ bytes: Range<Int>, firstCodePoint: Int) {
    self.utf8 = utf8
    self.bytes = bytes
    first = firstCodePoint
  }

  /// What may stand for the other mark of a pair.
  private enum Family {
    /// “ ” „ " '' `` and doubled single marks.
    case double
    /// ‘ ’ ‚ ' `.
    case single
    /// « » and ‹ ›.
    case angle, singleAngle
    /// 「」 『』 《》.
    case corner, whiteCorner, doubleAngle
  }

  private enum Role {
    case opens, closes
    /// What stands beside the mark does not tell, nor does its form.
    case either
  }

  private struct Mark {
    /// The scalar, for doubled marks the single one.
    let scalar: Unicode.Scalar
    let length: Int
    let offset: Int
    let family: Family
    let role: Role
    /// Whether it is the first thing in its paragraph.
    let opensParagraph: Bool
    /// Whether it ends a word in s before a word in small letters, as an apostrophe does.
    let mayBeApostrophe: Bool
  }

  private struct Opening {
    let mark: Mark
    /// Whether a mark between this one and its partner has none.
    var isDoubtful = false
    /// Whether a pair of the same form stands inside.
    var holdsSame = false
  }

  // MARK: reading

  mutating func scan() {
    var marks: [Mark] = []
    var at = bytes.lowerBound
    var offset = first
    var previous: Unicode.Scalar = "\n"
    var breaks = 1
    var opensParagraph = true
    let hasBlankLines = hasBlankLines
    while at < bytes.upperBound {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      if scalar.breaksLine {
        if !(scalar == "\n" && previous == "\r") { breaks += 1 }
      } else if !scalar.isSpace {
        // A single break before a small letter is a line wrapped by hand, not a new paragraph.
        if breaks > 1 || breaks == 1 && !scalar.isSmall {
          pair(marks)
          marks = []
          opensParagraph = true
          isLineOnly = breaks == 1 && hasBlankLines
        }
        breaks = 0
        if let family = Self.family(scalar) {
          let run = family == .single ? self.run(of: scalar, at: at) : 1
          for length in Self.lengths(run, isOpening: previous.isSpace || previous.opensQuotation) {
            let place = (at: at, after: previous, opensParagraph: opensParagraph)
            if let mark = mark(scalar, family, length, offset, place, marks.last) { marks.append(mark) }
            opensParagraph = false
            at += length * scalar.utf8.count
            offset += length
            previous = scalar
          }
          continue
        }
        opensParagraph = false
      }
      previous = scalar
      at += length
      offset += 1
    }
    pair(marks)
  }

  private static func family(_ scalar: Unicode.Scalar) -> Family? {
    switch scalar {
    case "“", "”", "„", "\"": .double
    case "‘", "’", "‚", "'", "`": .single
    case "«", "»": .angle
    case "‹", "›": .singleAngle
    case "「", "」": .corner
    case "『", "』": .whiteCorner
    case "《", "》": .doubleAngle
    default: nil
    }
  }

  /// How often a scalar follows itself from here on.
  private func run(of scalar: Unicode.Scalar, at start: Int) -> Int {
    var (at, count) = (start, 0)
    while at < bytes.upperBound, DocumentText.scalar(at: at, in: utf8).scalar == scalar {
      count += 1
      at += scalar.utf8.count
    }
    return count
  }

  /// The marks in a run of single ones: two are a double mark; of three, the single one is inside.
  private static func lengths(_ run: Int, isOpening: Bool) -> [Int] {
    switch run {
    case 1, 2: [run]
    case 3: isOpening ? [2, 1] : [1, 2]
    default: [Int](repeating: 2, count: run / 2) + [Int](repeating: 1, count: run % 2)
    }
  }

  private func scalar(at byte: Int) -> Unicode.Scalar {
    byte < bytes.upperBound ? DocumentText.scalar(at: byte, in: utf8).scalar : "\n"
  }

  /// The mark at a place; nil for an apostrophe and a sign of measure.
  private func mark(
    _ scalar: Unicode.Scalar, _ family: Family, _ length: Int, _ offset: Int,
    _ place: (at: Int, after: Unicode.Scalar, opensParagraph: Bool), _ last: Mark?
  ) -> Mark? {
    let end = place.at + length * scalar.utf8.count
    let next = self.scalar(at: end)
    let family: Family = length == 2 ? .double : family
    // Before it: nothing, white space, an opening bracket, a dash, a slash, an opening mark.
    let touchesOpening = last.map { $0.offset + $0.length == offset && $0.role == .opens } ?? false
    let beginsWord = place.after.isSpace || touchesOpening || "([{—–―/-¿¡".unicodeScalars.contains(place.after)
    let endsWord = !place.after.isSpace && !touchesOpening && !"([{".unicodeScalars.contains(place.after)
    let precedesWord = !next.isSpace
    let precedesGap = next.isSpace || ".,;:!?…)]}—–―-/".unicodeScalars.contains(next) || Self.family(next) != nil
    let opens = beginsWord && precedesWord
    let closes = endsWord && precedesGap
    var role: Role = opens == closes ? Self.role(scalar) : opens ? .opens : .closes
    if family == .single {
      if scalar == "’" || scalar == "'" || scalar == "`", endsWord, next.isWordScalar { return nil }
      if role == .opens, isElision(scalar, end) { return nil }
      if scalar == "’", role == .opens { return nil }
      if scalar == "‘", role != .closes, next.isSpace { return nil }
      if role == .either { role = .closes }
    }
    if scalar == "\"", isMeasure(place.at) { return nil }
    return Mark(
      scalar: scalar, length: length, offset: offset, family: family, role: role,
      opensParagraph: place.opensParagraph,
      mayBeApostrophe: family == .single && role == .closes && (place.after == "s" || place.after == "S")
        && next == " " && self.scalar(at: end + 1).isSmall)
  }

  /// What a mark does by its form.
  private static func role(_ scalar: Unicode.Scalar) -> Role {
    switch scalar {
    case "“", "‘", "„", "‚", "«", "‹", "「", "『", "《", "`": .opens
    case "”", "’", "»", "›", "」", "』", "》": .closes
    default: .either
    }
  }

  /// Whether a straight or curly mark stands for letters left out: ’90s, ’em, ’n’, ’tis.
  private func isElision(_ scalar: Unicode.Scalar, _ from: Int) -> Bool {
    guard scalar == "'" || scalar == "’" || scalar == "‘" else { return false }
    var (at, word) = (from, "")
    while at < bytes.upperBound, word.unicodeScalars.count < 8 {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      guard scalar.isWordScalar else { break }
      word.unicodeScalars.append(scalar)
      at += length
    }
    if word.count == 3, word.hasSuffix("s"), word.dropLast().allSatisfy(\.isNumber) { return true }
    return ["n", "em", "tis", "twas", "til", "cause", "bout", "round"].contains(word.lowercased())
  }

  /// Whether the straight mark at a byte stands for inches or seconds: 5'10".
  private func isMeasure(_ byte: Int) -> Bool {
    var at = byte
    while at > bytes.lowerBound, (0x30...0x39).contains(utf8[at - 1]) { at -= 1 }
    guard at < byte, at > bytes.lowerBound + 1 else { return false }
    let isFeet = utf8[at - 1] == 0x27 || utf8[at - 1] == 0x99 && at > 2 && utf8[at - 2] == 0x80
    let digit = utf8[at - 1] == 0x27 ? at - 2 : at - 4
    return isFeet && digit >= bytes.lowerBound && (0x30...0x39).contains(utf8[digit])
  }

  // MARK: pairing

  /// Whether paragraphs are set apart by blank lines, so that a single break may stand inside one.
  private var hasBlankLines: Bool {
    var (at, wasBreak) = (bytes.lowerBound, false)
    while at < bytes.upperBound {
      if utf8[at] == 0x0A {
        if wasBreak { return true }
        wasBreak = true
      } else if utf8[at] > 0x20 {
        wasBreak = false
      }
      at += 1
    }
    return false
  }

  /// Pairs the marks of a paragraph, or of a line inside one.
  private mutating func pair(_ marks: [Mark]) {
    // Of what is open, only a quotation goes on whose mark is repeated where the paragraph begins.
    var marks = marks[...]
    defer { isLineOnly = false }
    if let outer = open.first, outer.mark.family != .single, let again = marks.first, again.opensParagraph,
      again.family == outer.mark.family, again.role == .opens, Self.isStraight(again) == Self.isStraight(outer.mark)
    {
      open = [outer]
      marks.removeFirst()
    } else if isLineOnly {
      // A verse or a post; straight marks do not say which way they face.
      open = open.prefix(1).filter { $0.mark.family != .single && !Self.isStraight($0.mark) }
    } else {
      open = []
    }
    for index in marks.indices {
      let mark = marks[index]
      switch mark.role {
      case .opens: begin(mark)
      case .closes: close(mark, before: marks[(index + 1)...])
      case .either:
        if let place = open.lastIndex(where: { $0.mark.scalar == mark.scalar && $0.mark.length == mark.length }) {
          let others = marks[(index + 1)...].filter { $0.family == mark.family }
          let isBalanced = others.count { $0.role == .opens } == others.count { $0.role == .closes }
          end(place, mark, isDoubtful: !isBalanced || others.contains { $0.role == .either })
        } else {
          begin(mark, isDoubtful: true)
        }
      }
    }
  }

  /// The greatest depth of nesting; beyond it the outermost quotation is given up.
  private static let depth = 8

  private mutating func begin(_ mark: Mark, isDoubtful: Bool = false) {
    if open.count == Self.depth { open.removeFirst() }
    open.append(Opening(mark: mark, isDoubtful: isDoubtful))
  }

  private mutating func close(_ mark: Mark, before rest: ArraySlice<Mark>) {
    guard let inner = open.lastIndex(where: { $0.mark.family == mark.family }) else { return }
    if mark.family == .single {
      // Nothing is closed over a mark of another family, nor by an apostrophe where a closing mark follows.
      guard inner == open.count - 1 else { return }
      let later = rest.prefix { !($0.family == .single && $0.role == .opens) && $0.family != .double }
      if mark.mayBeApostrophe, later.contains(where: { $0.family == .single && $0.role == .closes }) { return }
      return end(inner, mark)
    }
    // The innermost, unless only one of this family can still be closed and an outer one has the mark's own form.
    let others = rest.filter { $0.family == mark.family }
    let surplus = others.count { $0.role == .closes } - others.count { $0.role == .opens }
    let own = open.lastIndex { $0.mark.family == mark.family && Self.isPartner($0.mark, mark) }
    end(surplus > 0 ? inner : own ?? inner, mark)
  }

  private static func isStraight(_ mark: Mark) -> Bool { mark.scalar == "\"" || mark.scalar == "'" }

  private static func isPartner(_ opening: Mark, _ closing: Mark) -> Bool {
    switch (opening.scalar, closing.scalar) {
    case ("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("‘", "’"), ("`", "'"): true
    default: opening.scalar == closing.scalar
    }
  }

  private mutating func end(_ index: Int, _ mark: Mark, isDoubtful: Bool = false) {
    let opening = open[index]
    let dropped = open[(index + 1)...].contains { $0.mark.family != .single }
    let pair = Quotations.Pair(
      range: TextRange(opening.mark.offset, mark.offset + mark.length), opening: opening.mark.length,
      closing: mark.length)
    if isDoubtful || dropped || opening.isDoubtful || opening.holdsSame {
      doubtful.append(pair)
    } else {
      pairs.append(pair)
    }
    open.removeSubrange(index...)
    for outer in open.indices
    where open[outer].mark.scalar == opening.mark.scalar && open[outer].mark.length == opening.mark.length {
      open[outer].holdsSame = true
    }
  }
}
