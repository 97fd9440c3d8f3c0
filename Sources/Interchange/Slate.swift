public import Standoff

/// Slate annotations beside a text: one line for each item, such as `((2, 0), (2, 3)) - label`, or for each link, with
/// two items before the hyphen. Read only.
///
/// The ends of links are spans with the label `item`. A place is a line, a token of it (by white space) and a character of that, each counted from 0; the last place is
/// inclusive. A line of another form, and a place outside the text, is refused.
public struct Slate: Importer {
  public static let name = "slate"
  public static let endings = ["annotations"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.beside

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    guard let text = texts(nil) else {
      throw ImportFault(line: 1, expected: "the text beside the annotations", found: nil)
    }
    let grid = Grid(text)
    let starts = TextLines(bytes).starts
    var document = ForeignDocument(text: text, unit: .codePoint)
    var known: Set<String> = []
    let lines = try TextLines.decoded(bytes).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, scalars) in lines.enumerated() {
      let line = String(scalars.last == "\r" ? scalars.dropLast() : scalars)
      if line.allSatisfy(\.isWhitespace) { continue }
      let hyphen = line.range(of: " -")
      guard let hyphen, var items = items(line[..<hyphen.lowerBound]), (1...2).contains(items.count) else {
        throw ImportFault(
          line: index + 1, expected: "a place and labels, such as (2, 0) - label", found: "“\(line.prefix(40))”")
      }
      var rest = line[hyphen.upperBound...]
      // Some files have a link's second item behind the hyphen.
      if items.count == 1, let second = Self.items(rest), second.count == 1, rest.contains("(") {
        items += second
        rest = ""
      }
      let ranges = items.compactMap { item -> TextRange? in
        guard let start = grid.range(item.first)?.start, let end = grid.range(item.last)?.end, start < end else {
          return nil
        }
        return TextRange(start, end)
      }
      guard ranges.count == items.count else {
        throw ImportFault(line: index + 1, expected: "a place in the text", found: "“\(line[..<hyphen.lowerBound])”")
      }
      let labels = rest.split(separator: " ").map { word in
        word.split(separator: ":").last.map(String.init) ?? String(word)
      }
      if items.count == 2 {
        let ends = ranges.map { range -> String in
          let id = "item@\(range)"
          if known.insert(id).inserted {
            document.spans.append(ForeignSpan(id, "item", [(range.start, range.end)], byte: starts[index]))
          }
          return id
        }
        for label in labels.isEmpty ? ["link"] : labels {
          document.relations.append(
            ForeignRelation(
              "\(document.relations.count + 1)", label, from: ends[0], to: ends[1], byte: starts[index]))
        }
        continue
      }
      for label in labels {
        document.spans.append(
          ForeignSpan("\(document.spans.count + 1)", label, [(ranges[0].start, ranges[0].end)], byte: starts[index]))
      }
      if labels.isEmpty { document.leftOut.append((starts[index], "“\(line)”, which has no label")) }
    }
    return [document]
  }

  /// The items of a line: each a place, or the first and last, of up to three numbers each.
  private static func items(_ text: Substring) -> [(first: [Int], last: [Int])]? {
    var items: [[[Int]]] = []
    var digits = ""
    var depth = 0
    /// Ends a number; a number outside brackets is an item.
    func endNumber() -> Bool {
      if digits.isEmpty { return true }
      guard let number = Int(digits) else { return false }
      digits = ""
      if depth == 0 { items.append([[]]) }
      guard let item = items.indices.last, let place = items[item].indices.last else { return false }
      items[item][place].append(number)
      return true
    }
    for character in text {
      switch character {
      case "(":
        if depth == 0 { items.append([]) }
        depth += 1
        guard let item = items.indices.last else { return nil }
        if items[item].last?.isEmpty != true { items[item].append([]) }
      case "0"..."9": digits.append(character)
      case ",", ")", " ":
        guard endNumber() else { return nil }
        if character == ")" { depth -= 1 }
        if depth < 0 { return nil }
      default: return nil
      }
    }
    guard endNumber(), depth == 0 else { return nil }
    return items.isEmpty ? nil : checked(items)
  }

  private static func checked(_ items: [[[Int]]]) -> [(first: [Int], last: [Int])]? {
    var checked: [(first: [Int], last: [Int])] = []
    for places in items {
      let full = places.filter { !$0.isEmpty }
      guard let first = full.first, let last = full.last, full.count < 3, first.count < 4, last.count < 4 else {
        return nil
      }
      checked.append((first, last))
    }
    return checked
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
