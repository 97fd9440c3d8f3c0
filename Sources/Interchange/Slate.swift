public import Standoff

/// Slate annotations beside a text: one line for each item, such as `((2, 0), (2, 3)) - label`. Read only.
///
/// A place is a line, a token of it (by white space) and a character of that, each counted from 0; the last place is
/// inclusive. A line of another form, and a place outside the text, is refused.
public struct Slate: Importer {
  public static let name = "slate"
  public static let endings = ["annotations"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.beside

  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    guard let text = texts(nil) else {
      throw ImportFault(line: 1, expected: "the text beside the annotations", found: nil)
    }
    let grid = Grid(text)
    let starts = TextLines(bytes).starts
    var document = ForeignDocument(text: text, unit: .codePoint)
    let lines = try TextLines.decoded(bytes).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, scalars) in lines.enumerated() {
      let line = String(scalars.last == "\r" ? scalars.dropLast() : scalars)
      if line.allSatisfy(\.isWhitespace) { continue }
      guard let separator = line.range(of: " - "), let (first, last) = places(line[..<separator.lowerBound]) else {
        throw ImportFault(
          line: index + 1, expected: "a place and labels, such as (2, 0) - label", found: "“\(line.prefix(40))”")
      }
      guard let start = grid.range(first)?.start, let end = grid.range(last)?.end, start < end else {
        throw ImportFault(line: index + 1, expected: "a place in the text", found: "“\(line[..<separator.lowerBound])”")
      }
      let rest = line[separator.upperBound...]
      if rest.hasPrefix("(") {
        document.leftOut.append((starts[index], "the link “\(line)”"))
        continue
      }
      for word in rest.split(separator: " ") {
        let label = word.split(separator: ":").last.map(String.init) ?? String(word)
        document.spans.append(
          ForeignSpan("\(document.spans.count + 1)", label, [(start, end)], byte: starts[index]))
      }
    }
    return [document]
  }

  /// One place, or the first and last, of up to three numbers each.
  private static func places(_ text: Substring) -> (first: [Int], last: [Int])? {
    var places: [[Int]] = []
    var digits = ""
    var depth = 0
    for character in text {
      switch character {
      case "(":
        depth += 1
        if places.last?.isEmpty != true { places.append([]) }
      case "0"..."9": digits.append(character)
      case ",", ")":
        if !digits.isEmpty {
          guard let number = Int(digits), !places.isEmpty else { return nil }
          places[places.count - 1].append(number)
          digits = ""
        }
        if character == ")" { depth -= 1 }
      case " ": continue
      default: return nil
      }
    }
    guard depth == 0, let first = places.first, let last = places.last, places.count < 3, !first.isEmpty,
      first.count < 4, last.count < 4, !last.isEmpty
    else { return nil }
    return (first, last)
  }

  /// The tokens of each line.
  private struct Grid {
    private var lines: [[TextRange]] = []

    init(_ text: DocumentText) {
      var (tokens, start): ([TextRange], Int?) = ([], nil)
      for (offset, scalar) in text.string.unicodeScalars.enumerated() {
        if scalar.properties.isWhitespace {
          if let begun = start { tokens.append(TextRange(begun, offset)) }
          start = nil
          if scalar == "\n" {
            lines.append(tokens)
            tokens = []
          }
        } else if start == nil {
          start = offset
        }
      }
      if let begun = start { tokens.append(TextRange(begun, text.count)) }
      lines.append(tokens)
    }

    /// A line, a token or a character.
    func range(_ place: [Int]) -> TextRange? {
      guard lines.indices.contains(place[0]) else { return nil }
      let tokens = lines[place[0]]
      guard place.count > 1 else {
        guard let first = tokens.first, let last = tokens.last else { return nil }
        return TextRange(first.start, last.end)
      }
      guard tokens.indices.contains(place[1]) else { return nil }
      guard place.count > 2 else { return tokens[place[1]] }
      let token = tokens[place[1]]
      return place[2] < token.count ? TextRange(token.start + place[2], token.start + place[2] + 1) : nil
    }
  }
}

extension String {
  /// The first place of another text.
  fileprivate func range(of other: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
      start = index(after: start)
    }
    return nil
  }
}
