/// Names and titles for documents that come without one.
package enum DocumentName {
  /// The stem with each run of characters that no name may have replaced by a hyphen.
  package static func plain(_ stem: String) -> String {
    var name = ""
    for character in stem {
      let isPlain = character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
      if isPlain { name.append(character) } else if !name.hasSuffix("-") { name.append("-") }
    }
    let trimmed = name.drop { !($0.isLetter || $0.isNumber) }.prefix(128)
    return trimmed.isEmpty ? stem : String(trimmed.last == "-" ? trimmed.dropLast() : trimmed)
  }

  /// The first line that is not blank, cut to 120 characters; the id if there is none.
  package static func title(of text: DocumentText, else id: String) -> String {
    var rest = text[TextRange(0, min(text.count, 8000))][...]
    var left = 2000
    while left > 0, !rest.isEmpty {
      let line = rest.prefix(left).prefix { !$0.isNewline }
      let title = line.trimmingBlanks()
      if !title.isEmpty { return String(title.prefix(120)) }
      left -= line.count + 1
      rest = rest[line.endIndex...].dropFirst()
    }
    return id
  }
}
