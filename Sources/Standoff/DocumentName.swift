/// Names and titles for documents that come without one.
package enum DocumentName {
  /// A name in which what no name may hold has become a hyphen.
  package static func plain(_ stem: String) -> String {
    var name = ""
    for character in stem {
      let isPlain = character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
      if isPlain { name.append(character) } else if !name.hasSuffix("-") { name.append("-") }
    }
    let trimmed = name.drop { !($0.isLetter || $0.isNumber) }.prefix(128)
    return trimmed.isEmpty ? stem : String(trimmed.last == "-" ? trimmed.dropLast() : trimmed)
  }

  /// The first line with something in it, cut at 120 characters; the name where there is none.
  package static func title(of text: DocumentText, else id: String) -> String {
    let start = text.string.prefix(2000).split(whereSeparator: \.isNewline).map { $0.trimmingBlanks() }
    return start.first { !$0.isEmpty }.map { String($0.prefix(120)) } ?? id
  }
}
