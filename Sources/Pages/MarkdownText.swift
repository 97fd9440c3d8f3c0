/// Text escaped for Markdown.
package enum MarkdownText {
  /// A text on one line, without anything that Markdown or HTML takes for markup.
  package static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in DisplayWidth.visible(text).unicodeScalars {
      if "\\`*_[]<>|&#".unicodeScalars.contains(scalar) { plain += "\\" }
      plain.unicodeScalars.append(scalar)
    }
    return plain
  }
}
