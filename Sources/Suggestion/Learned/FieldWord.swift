import Standoff

/// A word or mark of a paragraph, as the learned tagger sees it.
struct FieldWord: Sendable {
  let range: TextRange
  /// The word in lower case, with straight apostrophes.
  let form: String
  /// Hashes of the form, of the word as written, and of its shape (`Xx` for *Obama*).
  let formHash: UInt64
  let writtenHash: UInt64
  let shapeHash: UInt64
  let isCapitalised: Bool
  /// The kind of mark, from 1; 0 for a word.
  var mark: Int
  /// The kinds of the lexicon, a bit each.
  var kinds: UInt64 = 0
  /// The number of words of the cue that begins here, and its class from 1; 0 where none begins.
  var cueCount = 0
  var cueClass = 0
  /// The sentence of the paragraph, from 0.
  var sentence = 0
  /// Where the word stands to a quotation: 0 outside, 1 opens, 2 inside, 3 closes, 4 and 5 in one that does not close, 6
  /// to 8 as 1 to 3 in single marks; and the first and last word of the quotation, −1 outside.
  var quotation = 0
  var quotationStart = -1
  var quotationEnd = -1

  init(_ written: String, at range: TextRange, mark: Int) {
    self.range = range
    self.mark = mark
    form = Token.form(of: written)
    formHash = FeatureHash.of(form)
    writtenHash = FeatureHash.of(written)
    var shape = ""
    for character in written.unicodeScalars.prefix(24) {
      let next: Character =
        character.properties.isUppercase
        ? "X"
        : character.properties.isLowercase ? "x" : character.properties.numericType != nil ? "d" : Character(character)
      if shape.last != next { shape.append(next) }
    }
    shapeHash = FeatureHash.of(String(shape.prefix(6)))
    isCapitalised = written.unicodeScalars.first?.properties.isUppercase == true
  }

  func has(_ kind: Lexicon.Kind) -> Bool { kinds >> UInt64(kind.number) & 1 == 1 }

  // MARK: contractions

  private static let endings = ["'s", "'re", "'ve", "'ll", "'d", "'m", "n't"]

  /// The length of a contraction's second part in code points, as of *n’t*; 0 for none.
  static func ending(of form: String) -> Int {
    guard form.utf8.contains(0x27) else { return 0 }
    return endings.first { form.hasSuffix($0) && form.count > $0.count }?.count ?? 0
  }

  /// A form divided as words of a paragraph are.
  static func divided(_ form: String) -> [String] {
    let count = ending(of: form)
    return count == 0 ? [form] : [String(form.dropLast(count)), String(form.suffix(count))]
  }

  /// The kind of a mark.
  static func kind(ofMark scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case ",": 1
    case ".": 2
    case "?", "!": 3
    case ":": 4
    case ";": 5
    case "-", "–", "—", "‒", "―": 6
    case "(", "[": 7
    case ")", "]": 8
    case "…": 13
    default: 14
    }
  }
}
