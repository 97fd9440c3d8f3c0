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
    /// `5:`, `5:3`, `5:3-9`, `5:3-6:2`: words of numbered sentences.
    case sentence(Int)
    case placed(sentence: Int, Int, toSentence: Int, Int)
    /// `@120-161`: offsets in code points.
    case codePoints(Int, Int)
  }

  struct WordRange: Equatable {
    let start: Phrase
    let end: End
    /// `/2`: which match to take, from 1.
    var place: Int?

    enum End: Equatable {
      case sameAsStart
      case phrase(Phrase)
      case sentenceEnd
    }
  }

  /// Words as typed, without the straight quotes around them.
  struct Phrase: Equatable {
    let text: String
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
  private static func split(_ argument: String) -> [String] {
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

  private static func numbers(_ fragment: String) -> NumberRange? {
    func number(_ text: some StringProtocol) -> Int? {
      text.isEmpty || !text.utf8.allSatisfy { (48...57).contains($0) } ? nil : Int(text)
    }
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
    if let slash = text.lastIndex(of: "/"), !text[slash...].contains("\"") {
      let digits = text[text.index(after: slash)...]
      if !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits),
        slash > text.startIndex
      {
        place = number
        text = String(text[..<slash])
      }
    }
    guard let dots = unquotedDots(text) else {
      return phrase(text).map { WordRange(start: $0, end: .sameAsStart, place: place) }
    }
    guard let start = phrase(String(text[..<dots.lowerBound])) else { return nil }
    let end = String(text[dots.upperBound...]).trimmingBlanks()
    if end == "$" { return WordRange(start: start, end: .sentenceEnd, place: place) }
    return phrase(end).map { WordRange(start: start, end: .phrase($0), place: place) }
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
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      let inner = String(text.dropFirst().dropLast())
      return inner.isEmpty ? nil : Phrase(text: inner)
    }
    return text.isEmpty ? nil : Phrase(text: text)
  }
}
