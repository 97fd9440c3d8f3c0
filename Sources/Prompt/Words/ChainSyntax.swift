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
      if let sign { steps.append(Step(sign: sign, argument: rest)) } else { words = rest }
    }
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

  private static func takingAttributes(
    _ piece: String, _ isAttribute: (String) -> Bool
  ) -> (rest: String, attributes: [Attribute]) {
    var rest = Array(piece.trimmingBlanks())
    var attributes: [Attribute] = []
    while let equals = lastAssignment(in: rest) {
      let start = rest[..<equals].lastIndex(where: \.isWhitespace).map { $0 + 1 } ?? 0
      let name = String(rest[start..<equals])
      guard name.first?.isLetter == true, !name.contains("\""), isAttribute(name) else { break }
      attributes.insert(Attribute(name: name, value: Parameter.unquoted(String(rest[(equals + 1)...]))), at: 0)
      rest = Array(String(rest[..<start]).trimmingBlanks())
    }
    return (String(rest), attributes)
  }

  /// The place of the equals sign of an assignment at the end: the last one before the last word or quoted words.
  private static func lastAssignment(in piece: [Character]) -> Int? {
    var start = piece.count
    if piece.count > 1, piece.last == "\"", let open = piece.dropLast().lastIndex(of: "\"") { start = open }
    let word = piece[..<start].lastIndex(where: \.isWhitespace).map { $0 + 1 } ?? 0
    return piece[word..<start].firstIndex(of: "=")
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
