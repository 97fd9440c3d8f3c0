import Pages

/// A speaker or matter as somebody wrote it, to be compared with others.
///
/// “NASSER KANANI” and “Nasser Kanani” are one name in two spellings. “Kanani” is like it, and may be somebody else.
/// “Russia and Iran” is not like “Iran”.
struct WrittenName {
  let value: String
  /// The number of spans that have it.
  let count: Int
  /// The words without capitals, accents and apostrophes; initials are one word, and so is a sign such as “&”.
  let words: [String]
  /// The words of each of the names that it joins.
  private let parts: [[String]]
  /// The number of capitals in each word; empty for a matter, whose capitals are neither better nor worse.
  private let capitals: [Int]
  private let isAllCapitals: Bool
  /// The number of accents in each word.
  private let accents: [Int]
  private let apostrophes: Int
  private let hasStrayBlanks: Bool

  /// - Parameter joins: whether a word joins names, as “and” does.
  init(_ value: String, count: Int, isMatter: Bool, joins: (String) -> Bool) {
    self.value = value
    self.count = count
    let written = Self.words(of: value)
    let plain = written.map(Self.plain)
    words = plain.map(\.word)
    accents = plain.map(\.accents)
    parts = words.split { Self.joiningSigns.contains($0) || joins($0) }.map(Array.init)
    capitals = isMatter ? [] : written.map { $0.count(where: \.isUppercase) }
    isAllCapitals = !isMatter && value.contains(where: \.isUppercase) && !value.contains(where: \.isLowercase)
    apostrophes = value.count(where: Self.apostrophes.contains)
    hasStrayBlanks = value.split(whereSeparator: \.isWhitespace).joined(separator: " ") != value
  }

  // MARK: better spellings

  /// Whether another spelling of the same name is better.
  ///
  /// It must take nothing away. If it mends something, that is enough, except for a few capitals, which may only begin a
  /// sentence; else more spans must have it.
  func isWorse(than other: WrittenName) -> Bool {
    guard value != other.value, words == other.words, !other.lacks(from: self) else { return false }
    let isMended =
      accents != other.accents || hasStrayBlanks != other.hasStrayBlanks || isHeadline && !other.isHeadline
      || capitals.allSatisfy { $0 == 0 } && other.capitals.count { $0 > 0 } > 1
    return isMended || count < other.count
  }

  /// Whether it has fewer capitals, accents or apostrophes than another spelling of the same name, or stray blanks.
  func lacks(from other: WrittenName) -> Bool {
    func lacksAny(_ own: [Int], _ others: [Int]) -> Bool { zip(own, others).contains { $0 < $1 } }
    let lacksCapitals =
      other.isAllCapitals
      ? !isAllCapitals && (capitals.first == 0 || capitals.last == 0)
      : isAllCapitals || lacksAny(capitals, other.capitals)
    return lacksCapitals || lacksAny(accents, other.accents) || apostrophes < other.apostrophes
      || hasStrayBlanks && !other.hasStrayBlanks
  }

  /// Whether it stands in capitals, as in a headline. One word may be an abbreviation: NATO.
  private var isHeadline: Bool { isAllCapitals && words.count > 1 }

  // MARK: names that are like each other

  /// Whether two names differ only in a letter or two, or one is in the other as whole words.
  func isLike(_ other: WrittenName) -> Bool {
    guard parts.count == other.parts.count, !parts.isEmpty else { return false }
    if parts == other.parts || words.joined() == other.words.joined() { return true }
    let (short, long) = words.count < other.words.count ? (words, other.words) : (other.words, words)
    if short.count < long.count, short.last == long.last, short.allSatisfy(long.contains), short.joined().count > 3 {
      return true
    }
    return Self.isMisspelt(words.joined(separator: " "), other.words.joined(separator: " "))
  }

  private static func isMisspelt(_ one: String, _ other: String) -> Bool {
    guard min(one.count, other.count) >= 6, abs(one.count - other.count) <= 2 else { return false }
    // Names that differ in a number are different.
    guard one.filter(\.isNumber) == other.filter(\.isNumber) else { return false }
    return distance(one, other) <= min(2, min(one.count, other.count) / 6)
  }

  // MARK: words

  private static let apostrophes: Set<Character> = ["'", "’", "‘", "ʼ"]
  /// What may stand between words or not, as in “Jean-Claude”, “J. D.” and “ferry_tender”.
  private static let separators: Set<Character> = [".", "-", "‐", "‑", "–", "_"]
  private static let joiningSigns: Set<String> = ["&", "+", "/", ",", ";"]

  /// The words as written, “J. D.” as “JD”; a sign that may make another name of it is a word.
  private static func words(of text: String) -> [String] {
    var pieces = [""]
    for character in text {
      let isInWord = pieces.last?.isEmpty == false
      if character.isLetter || character.isNumber {
        pieces[pieces.count - 1].append(character)
      } else if !(isInWord && apostrophes.contains(character)) {
        let isSign = !character.isWhitespace && !separators.contains(character)
        pieces += isSign ? [String(character), ""] : [""]
      }
    }
    var words: [String] = []
    var isAfterInitial = false
    for piece in pieces where !piece.isEmpty {
      let isInitial = piece.count == 1 && piece.first?.isLetter == true
      if isInitial && isAfterInitial { words[words.count - 1] += piece } else { words.append(piece) }
      isAfterInitial = isInitial
    }
    return words.isEmpty ? [text] : words
  }

  /// A word in lower case without accents, and their number. Only Latin letters are known without theirs.
  private static func plain(_ word: String) -> (word: String, accents: Int) {
    var (plain, accents) = ("", 0)
    for scalar in word.lowercased().unicodeScalars {
      if (0x300...0x36F).contains(scalar.value) {
        accents += 1
      } else if let base = base(scalar) {
        plain += base
        accents += 1
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return (plain, accents)
  }

  /// The letter under an accent, by its Unicode name: LATIN SMALL LETTER O WITH STROKE is an o; nil if there is none.
  private static func base(_ scalar: Unicode.Scalar) -> String? {
    guard !scalar.isASCII, let name = scalar.properties.name, name.hasPrefix("LATIN SMALL LETTER "),
      let with = name.firstRange(of: " WITH ")
    else { return nil }
    return name[..<with.lowerBound].split(separator: " ").last?.lowercased()
  }
}
