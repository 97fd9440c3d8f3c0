/// The words of a text, as the prompt numbers them and agreement counts them.
///
/// A word is a run of letters, digits and marks, joined by one inner apostrophe, hyphen or point: *can’t*,
/// *Iranian-made*, *U.S*, *3.5*. Each Han character and each hiragana is a word, and a run of katakana is one.
/// Punctuation and symbols are not words.
///
/// Source: *Unicode Standard Annex 29*, for Han and kana.
public enum Words {
  /// The words in a range, in reading order; a word cut by the range's edge counts with the part inside.
  ///
  /// - Complexity: O(*bytes of the range* + log *text*).
  public static func ranges(in range: TextRange, of text: DocumentText) -> [TextRange] {
    var words: [TextRange] = []
    forEach(in: range, of: text) { start, end in words.append(TextRange(start, end)) }
    return words
  }

  /// The number of words in a range, as ``ranges(in:of:)`` finds them.
  ///
  /// - Complexity: O(*bytes of the range* + log *text*), and no memory.
  public static func count(in range: TextRange, of text: DocumentText) -> Int {
    var count = 0
    forEach(in: range, of: text) { _, _ in count += 1 }
    return count
  }

  /// Whether each byte is an ASCII letter or digit.
  private static let areLettersOrDigits = (0..<256).map { byte in
    byte < 0x80 && Unicode.Scalar(UInt8(byte)).wordKind == .letter
  }

  @inline(__always)
  private static func forEach(in range: TextRange, of text: DocumentText, _ body: (_ start: Int, _ end: Int) -> Void) {
    let bytes = text.bytes(of: range)
    var at = bytes.lowerBound
    var offset = range.start
    var start = -1
    var kind = WordKind.none
    var joiner = false

    func close(_ end: Int) {
      if start >= 0 { body(start, end) }
      start = -1
      kind = .none
      joiner = false
    }
    let (utf8, isPlain) = (text.utf8.span, Self.areLettersOrDigits.span)
    while at < bytes.upperBound {
      // Within a word, most bytes are further letters of it.
      if start >= 0, kind == .letter, isPlain[Int(utf8[at])] {
        joiner = false
        repeat {
          at += 1
          offset += 1
        } while at < bytes.upperBound && isPlain[Int(utf8[at])]
        continue
      }
      let (scalar, length) = text.scalar(at: at)
      let next = scalar.wordKind
      switch next {
      case .extending where start >= 0 && !joiner:
        break
      case .ideograph:
        close(joiner ? offset - 1 : offset)
        start = offset
        kind = .ideograph
      case .letter, .katakana:
        if start >= 0, kind == next {
          joiner = false
        } else {
          close(joiner ? offset - 1 : offset)
          start = offset
          kind = next
        }
      case .joiner where start >= 0 && !joiner && kind == .letter:
        joiner = true
      default:
        close(joiner ? offset - 1 : offset)
      }
      at += length
      offset += 1
    }
    close(joiner ? offset - 1 : offset)
  }
}

/// The effect of a scalar on the word around it.
enum WordKind {
  case none, letter, katakana, ideograph, extending, joiner
}

extension Unicode.Scalar {
  /// Whether the scalar is a letter, digit or mark.
  var isWordScalar: Bool {
    switch wordKind {
    case .letter, .katakana, .ideograph, .extending: true
    case .none, .joiner: false
    }
  }

  @inline(__always)
  var wordKind: WordKind {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .letter
    case 0x27, 0x2D, 0x2E: .joiner
    case 0..<0x80: .none
    default: kindBeyondASCII
    }
  }

  @inline(never)
  private var kindBeyondASCII: WordKind {
    switch value {
    case 0x2019, 0x2010, 0x2011, 0xAD: return .joiner
    case 0x200C, 0x200D: return .extending
    // Most of what news has beyond ASCII is told without the tables of categories.
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F: return .letter
    case 0x2012...0x2029: return .none
    case 0x3005, 0x3007, 0x3041...0x3096, 0x309D...0x309F, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      return .ideograph
    case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .katakana
    default: return kindOfCategory
    }
  }

  private var kindOfCategory: WordKind {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber:
      return .letter
    case .nonspacingMark, .spacingMark, .enclosingMark:
      return .extending
    default:
      return .none
    }
  }
}
