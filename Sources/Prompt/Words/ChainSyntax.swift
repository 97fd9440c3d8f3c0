import Standoff

/// A selection with source, cue, target and attributes: `it had..$ < Kremlin < said > #19 about=drones`.
struct ChainSyntax: Equatable {
  /// A sign and what follows it: a selection, a span's number, or `-` for none.
  struct Step: Equatable {
    /// `<` for the source and then the cue, `>` for the target.
    let sign: Character
    var argument: String

    /// The number of the span that the argument names: `#19` or `19`; nil for anything else.
    var span: Int? {
      let digits = argument.hasPrefix("#") ? argument.dropFirst() : argument[...]
      return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }
  }

  /// `about=drones`, `by="Nasser Kanani"`.
  struct Attribute: Equatable {
    let name: String
    let value: String

    fileprivate var text: String {
      "\(name)=" + (value.isEmpty || value.contains(where: \.isWhitespace) ? "\"\(value)\"" : value)
    }
  }

  /// The selection before the first sign; empty if the line begins with one.
  var words = ""
  var steps: [Step] = []
  var attributes: [Attribute] = []

  /// Splits an argument at each ` < ` and ` > ` outside straight quotes, and takes the attributes off the ends of its
  /// parts.
  ///
  /// - Parameter isAttribute: whether a word before an equals sign names an attribute.
  init(_ argument: String, isAttribute: (String) -> Bool) {
    for (sign, piece) in Self.pieces(of: argument) {
      let (rest, attributes) = Self.takingAttributes(piece, isAttribute)
      self.attributes += attributes
      guard let sign else {
        words = rest
        continue
      }
      steps += Self.targets(sign, rest).map { Step(sign: sign, argument: $0) }
    }
  }

  /// The arguments of a step: after `>` several numbers of spans, as in `> 11 68`, are several targets.
  private static func targets(_ sign: Character, _ argument: String) -> [String] {
    let words = argument.split { $0.isWhitespace || $0 == "," }.map(String.init)
    let areSpans = words.allSatisfy { Step(sign: sign, argument: $0).span != nil }
    return sign == ">" && words.count > 1 && areSpans ? words : [argument]
  }

  private static func pieces(of argument: String) -> [(sign: Character?, text: String)] {
    var pieces: [(sign: Character?, text: String)] = [(nil, "")]
    var isQuoted = false
    func isBlankOrEdge(_ character: Character?) -> Bool { character?.isWhitespace ?? true }
    let characters = Array(argument)
    for (index, character) in characters.enumerated() {
      if character == "\"" { isQuoted.toggle() }
      let before = index > 0 ? characters[index - 1] : nil
      let after = index + 1 < characters.count ? characters[index + 1] : nil
      if !isQuoted, character == "<" || character == ">", isBlankOrEdge(before), isBlankOrEdge(after) {
        pieces.append((character, ""))
      } else {
        pieces[pieces.count - 1].text.append(character)
      }
    }
    return pieces
  }

  /// Takes the assignments off a piece: a value ends where the next one begins, unless it stands in straight quotes.
  private static func takingAttributes(
    _ piece: String, _ isAttribute: (String) -> Bool
  ) -> (rest: String, attributes: [Attribute]) {
    let characters = Array(piece.trimmingBlanks())
    let starts = assignments(in: characters, isAttribute)
    guard let first = starts.first else { return (String(characters), []) }
    let ends = starts.dropFirst().map(\.lowerBound) + [characters.count]
    let attributes = zip(starts, ends).map { name, end in
      Attribute(
        name: String(characters[name]),
        value: Parameter.unquoted(String(characters[(name.upperBound + 1)..<end]).trimmingBlanks()))
    }
    return (String(characters[..<first.lowerBound]).trimmingBlanks(), attributes)
  }

  /// The names of attributes before an equals sign, each a word of its own outside straight quotes.
  private static func assignments(in piece: [Character], _ isAttribute: (String) -> Bool) -> [Range<Int>] {
    var names: [Range<Int>] = []
    var isQuoted = false
    var start = 0
    for (index, character) in piece.enumerated() {
      if character == "\"" { isQuoted.toggle() }
      if isQuoted { continue }
      if character.isWhitespace { start = index + 1 }
      if character == "=", start < index, piece[start].isLetter, !piece[start..<index].contains("\""),
        isAttribute(String(piece[start..<index])), names.last.map({ $0.upperBound < start }) ?? true
      {
        names.append(start..<index)
      }
    }
    return names
  }

  /// The whole argument again.
  var text: String {
    ([words].filter { !$0.isEmpty } + steps.map { "\($0.sign) \($0.argument)" } + attributes.map(\.text))
      .joined(separator: " ")
  }

  /// The whole argument with one of its parts replaced; `nil` replaces the words before the first sign.
  func replacing(step index: Int?, with wording: String) -> String {
    var other = self
    if let index { other.steps[index].argument = wording } else { other.words = wording }
    return other.text
  }
}
