package import Pages

/// Splits a line into words as a shell would: quotes of both kinds protect spaces; outside single quotes a backslash
/// protects the next character, in double quotes only `"` and `\\`.
///
/// - Throws: if a quotation mark is not closed.
package func shellWords(_ line: String) throws(Complaint) -> [String] {
  var words: [String] = []
  var current: String?
  var quote: Character?
  var opened = ""
  var rest = line[...]
  while let character = rest.popFirst() {
    if character == "\\", quote != "'", let next = rest.first, quote == nil || next == "\"" || next == "\\" {
      current = (current ?? "") + String(next)
      rest.removeFirst()
    } else if let open = quote {
      if character == open { quote = nil } else { current = (current ?? "") + String(character) }
    } else if character == "\"" || character == "'" {
      quote = character
      opened = String(character) + rest.prefix(48)
      current = current ?? ""
    } else if character.isWhitespace {
      if let word = current { words.append(word) }
      current = nil
    } else {
      current = (current ?? "") + String(character)
    }
  }
  if quote != nil {
    throw Complaint("The quotation mark is not closed.", "Close it, or leave it out.", culprit: opened)
  }
  if let word = current { words.append(word) }
  return words
}
