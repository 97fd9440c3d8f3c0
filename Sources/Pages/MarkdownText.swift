/// Text as it may stand in Markdown.
package enum MarkdownText {
  /// A text on one line, with nothing in it that Markdown or HTML would take for its own.
  package static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in DisplayWidth.visible(text).unicodeScalars {
      if "\\`*_[]<>|&#".unicodeScalars.contains(scalar) { plain += "\\" }
      plain.unicodeScalars.append(scalar)
    }
    return plain
  }
}
