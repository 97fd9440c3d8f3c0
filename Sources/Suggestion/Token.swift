import Standoff

/// A word of a sentence in the form that the finders need.
struct Token: Equatable, Sendable {
  let range: TextRange
  /// The word as written.
  let text: String
  /// The word in lower case, with straight apostrophes.
  let form: String
  /// Whether the word is in a quotation.
  var isQuoted = false
  /// The gap between the previous word and this one.
  var gap = Gap.blank

  /// Whatever divides a sentence between two words.
  struct Gap: OptionSet, Sendable {
    let rawValue: Int
    static let blank = Gap([])
    static let comma = Gap(rawValue: 1)
    static let colon = Gap(rawValue: 2)
    /// A dash, bracket or semicolon.
    static let cut = Gap(rawValue: 4)
    static let opens = Gap(rawValue: 8)
    static let closes = Gap(rawValue: 16)
    static let semicolon = Gap(rawValue: 32)
  }

  /// The first letters: inflections of a word have these in common.
  var stem: String { String(form.prefix(5)) }

  var isCapitalised: Bool { text.first?.isUppercase == true }
  var isNumber: Bool { text.first?.isNumber == true }

  static func form(of text: some StringProtocol) -> String {
    let lower = text.lowercased()
    return lower.utf8.allSatisfy { $0 < 0x80 } ? lower : lower.replacing("’", with: "'")
  }
}

/// A sentence split into words, with the quotations that overlap it.
struct TokenisedSentence: Sendable {
  let range: TextRange
  let text: DocumentText
  private(set) var tokens: [Token]
  /// The gap after the last word.
  private(set) var end: Token.Gap
  /// The outermost quotations that overlap the sentence, in reading order, scare quotes and titles included.
  let quotations: [TextRange]

  init(_ range: TextRange, of text: DocumentText, quotations all: Quotations) {
    self.range = range
    self.text = text
    let here = all.pairs.map(\.range).filter { $0.overlaps(range) }
    quotations = here.filter { pair in !here.contains { $0 != pair && $0.contains(pair) } }
    let words = Words.ranges(in: range, of: text)
    var tokens: [Token] = []
    tokens.reserveCapacity(words.count)
    var last = range.start
    for word in words {
      let written = text[word]
      var token = Token(range: word, text: written, form: Token.form(of: written))
      token.isQuoted = quotations.contains { $0.contains(word) }
      token.gap = Self.gap(TextRange(last, word.start), text, all)
      tokens.append(token)
      last = word.end
    }
    self.tokens = tokens
    end = Self.gap(TextRange(last, range.end), text, all)
  }

  /// Words with the quotations near them.
  init(_ range: TextRange, of text: DocumentText) {
    self.init(range, of: text, quotations: Quotations(near: range, in: text))
  }

  private static func gap(_ range: TextRange, _ text: DocumentText, _ quotations: Quotations) -> Token.Gap {
    if range.count == 1, text.utf8[text.utf8Offset(ofCodePoint: range.start)] == 0x20 { return .blank }
    var gap = Token.Gap.blank
    for (index, scalar) in text[range].unicodeScalars.enumerated() {
      switch scalar {
      // Without a blank after it, as in 1,100, it is no border.
      case ",": if range.count > 1 { gap.insert(.comma) }
      case ":": gap.insert(.colon)
      case ";": gap.formUnion([.cut, .semicolon])
      case "(", ")", "[", "]", "–", "—": gap.insert(.cut)
      case "-": gap.insert(.cut)
      case " ", "\n", "\u{A0}", ".": break
      default:
        if quotations.pair(openingAt: range.start + index) != nil { gap.insert(.opens) }
        if quotations.pair(closingAt: range.start + index) != nil { gap.insert(.closes) }
      }
    }
    return gap
  }

  /// The gap before a word; at the end, the one after the last word.
  func gap(before index: Int) -> Token.Gap { index < tokens.count ? tokens[index].gap : end }

  /// The range from the first to the last of some words.
  func range(of words: Range<Int>) -> TextRange? {
    guard !words.isEmpty, words.lowerBound >= 0, words.upperBound <= tokens.count else { return nil }
    return TextRange(tokens[words.lowerBound].range.start, tokens[words.upperBound - 1].range.end)
  }
}
