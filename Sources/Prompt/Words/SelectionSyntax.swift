import Standoff

/// A selection as typed, before it is looked up in a text.
enum SelectionSyntax: Equatable {
  /// Fragments given as numbers.
  case numbers([NumberRange])
  /// Fragments given as words.
  case words([WordRange])

  enum NumberRange: Equatable {
    /// `3`, `3-9`, `3-`, or `w3`, `w3-9`, `w3-`: words of the current sentence; nil is its end.
    case words(Int, Int?)
    /// `5:`, `5:3`, `5:3-9`, `5:3-`, `5:3-6:2`: words of numbered sentences; nil is the sentence's end.
    case sentence(Int)
    case placed(sentence: Int, Int, toSentence: Int, Int?)
    /// `@120-161`: offsets in code points.
    case codePoints(Int, Int)
  }

  struct WordRange: Equatable {
    var start: Point
    let end: End
    /// `/2`: which match to take, from 1.
    var place: Int?

    enum End: Equatable {
      case sameAsStart
      case point(Point)
      case sentenceEnd
    }
  }

  /// Where a selection begins or ends.
  enum Point: Equatable {
    case phrase(Phrase)
    /// `w13`, `22:13`: a word by its number; without a sentence, of the current one.
    case word(Int, sentence: Int?)
  }

  /// Words as typed, without the straight quotes around them.
  struct Phrase: Equatable {
    var text: String
    /// The sentence typed before them: 6 in `6:Moscow of`.
    var sentence: Int?

    /// The words with what may be a sentence's number, for a text in which it is none: `3:16`.
    var literally: Phrase? { sentence.map { Phrase(text: "\($0):\(text)") } }
  }

  /// Parses an argument: numeric only if every fragment is numeric throughout, else words.
  init?(_ argument: String) {
    let fragments = Self.split(argument)
    guard !fragments.isEmpty, fragments.allSatisfy({ !$0.isEmpty }) else { return nil }
    let numbers = fragments.compactMap(Self.numbers)
    if numbers.count == fragments.count {
      self = .numbers(numbers)
      return
    }
    let words = fragments.compactMap(Self.words)
    guard words.count == fragments.count else { return nil }
    self = .words(words)
  }

  /// The fragments between ` + ` outside straight quotes.
  static func split(_ argument: String) -> [String] {
    var fragments = [""]
    var quoted = false
    var rest = argument[...]
    while let character = rest.first {
      if character == "\"" { quoted.toggle() }
      if !quoted, rest.hasPrefix(" + ") {
        fragments.append("")
        rest = rest.dropFirst(3)
        continue
      }
      fragments[fragments.count - 1].append(character)
      rest = rest.dropFirst()
    }
    return fragments.map { $0.trimmingBlanks() }
  }

  private static func number(_ text: some StringProtocol) -> Int? {
    text.isEmpty || !text.utf8.allSatisfy { (48...57).contains($0) } ? nil : Int(text)
  }

  private static func numbers(_ fragment: String) -> NumberRange? {
    if fragment.hasPrefix("@") {
      let ends = fragment.dropFirst().split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count == 2, let start = number(ends[0]), let end = number(ends[1]) else { return nil }
      return .codePoints(start, end)
    }
    let isWord = fragment.hasPrefix("w")
    let ends = fragment.dropFirst(isWord ? 1 : 0).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, !isWord || !fragment.contains(":") else { return nil }
    let start = ends[0].split(separator: ":", omittingEmptySubsequences: false)
    if start.count == 1 {
      guard let first = number(start[0]) else { return nil }
      if ends.count == 1 { return .words(first, first) }
      if ends[1].isEmpty { return .words(first, nil) }
      return number(ends[1]).map { .words(first, $0) }
    }
    guard start.count == 2, let sentence = number(start[0]) else { return nil }
    if start[1].isEmpty { return ends.count == 1 ? .sentence(sentence) : nil }
    guard let first = number(start[1]) else { return nil }
    if ends.count == 1 { return .placed(sentence: sentence, first, toSentence: sentence, first) }
    if ends[1].isEmpty { return .placed(sentence: sentence, first, toSentence: sentence, nil) }
    let end = ends[1].split(separator: ":", omittingEmptySubsequences: false)
    if end.count == 1, let last = number(end[0]) {
      return .placed(sentence: sentence, first, toSentence: sentence, last)
    }
    guard end.count == 2, let toSentence = number(end[0]), let last = number(end[1]) else { return nil }
    return .placed(sentence: sentence, first, toSentence: toSentence, last)
  }

  private static func words(_ fragment: String) -> WordRange? {
    var text = fragment
    var place: Int?
    if let slash = text.lastIndex(of: "/"), slash > text.startIndex, !text[slash...].contains("\""),
      let typed = number(text[text.index(after: slash)...])
    {
      place = typed
      text = String(text[..<slash])
    }
    guard let dots = unquotedDots(text) else {
      return phrase(text).map { WordRange(start: .phrase($0), end: .sameAsStart, place: place) }
    }
    guard let start = point(String(text[..<dots.lowerBound])) else { return nil }
    let end = String(text[dots.upperBound...]).trimmingBlanks()
    if end == "$" { return WordRange(start: start, end: .sentenceEnd, place: place) }
    return point(end).map { WordRange(start: start, end: .point($0), place: place) }
  }

  private static func point(_ text: String) -> Point? {
    switch numbers(text.trimmingBlanks()) {
    case .placed(let sentence, let word, let other, let last)? where other == sentence && last == word:
      .word(word, sentence: sentence)
    case .words(let word, let last)? where last == word && text.contains("w"): .word(word, sentence: nil)
    default: phrase(text).map { .phrase($0) }
    }
  }

  /// The place of exactly two dots outside quotes.
  private static func unquotedDots(_ text: String) -> Range<String.Index>? {
    var quoted = false
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == "\"" { quoted.toggle() }
      if !quoted, text[index] == "." {
        let end = text[index...].firstIndex { $0 != "." } ?? text.endIndex
        if text.distance(from: index, to: end) == 2 { return index..<end }
        index = end
        continue
      }
      index = text.index(after: index)
    }
    return nil
  }

  private static func phrase(_ text: String) -> Phrase? {
    let text = text.trimmingBlanks()
    if let colon = text.firstIndex(of: ":"), let sentence = number(text[..<colon]),
      let rest = phrase(String(text[text.index(after: colon)...])), rest.sentence == nil
    {
      return Phrase(text: rest.text, sentence: sentence)
    }
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      let inner = String(text.dropFirst().dropLast())
      return inner.isEmpty ? nil : Phrase(text: inner)
    }
    return text.isEmpty ? nil : Phrase(text: text)
  }
}
