import Standoff

/// A selection with source, cue and target: `it had..$ < Kremlin < said > #19`.
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

  /// The selection before the first sign; empty if the line begins with one.
  var words: String
  var steps: [Step] = []

  /// Splits an argument at each ` < ` and ` > ` outside straight quotes.
  init(_ argument: String) {
    words = ""
    var piece = ""
    var isQuoted = false
    var sign: Character?
    var steps: [Step] = []
    func isBlankOrEdge(_ character: Character?) -> Bool { character?.isWhitespace ?? true }
    func close(_ words: inout String) {
      if let sign {
        steps.append(Step(sign: sign, argument: piece.trimmingBlanks()))
      } else {
        words = piece.trimmingBlanks()
      }
      piece = ""
    }
    let characters = Array(argument)
    for (index, character) in characters.enumerated() {
      if character == "\"" { isQuoted.toggle() }
      let before = index > 0 ? characters[index - 1] : nil
      let after = index + 1 < characters.count ? characters[index + 1] : nil
      if !isQuoted, character == "<" || character == ">", isBlankOrEdge(before), isBlankOrEdge(after) {
        close(&words)
        sign = character
      } else {
        piece.append(character)
      }
    }
    close(&words)
    self.steps = steps
  }

  /// The whole argument again.
  var text: String {
    ([words].filter { !$0.isEmpty } + steps.map { "\($0.sign) \($0.argument)" }).joined(separator: " ")
  }

  /// The whole argument with one of its parts replaced; `nil` replaces the words before the first sign.
  func replacing(step index: Int?, with wording: String) -> String {
    var other = self
    if let index { other.steps[index].argument = wording } else { other.words = wording }
    return other.text
  }
}
