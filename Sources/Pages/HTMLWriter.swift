/// A writer of HTML that escapes all text.
package struct HTMLWriter {
  package private(set) var page = ""

  package init() {}

  /// Writes text, escaped.
  package mutating func text(_ text: String) { page += Self.escaped(text) }

  /// Writes an element and its content.
  ///
  /// - Parameters:
  ///   - name: not escaped, like the attributes' names; never from a file.
  ///   - attributes: in order; an attribute whose value is nil is left out.
  package mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ body: (inout HTMLWriter) -> Void
  ) {
    open(name, attributes)
    body(&self)
    page += "</\(name)>"
    if Self.blocks.contains(name) { page += "\n" }
  }

  /// Writes an element that holds only text.
  package mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// Writes an element without an end tag, such as `meta`.
  package mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    page += "<\(name)"
    for (name, value) in attributes {
      guard let value else { continue }
      page += value.isEmpty ? " \(name)" : " \(name)=\"\(Self.escaped(value))\""
    }
    page += ">"
  }

  /// Writes HTML as it is: the project's own styles and scripts, and parts of a page.
  package mutating func raw(_ text: String) { page += text }

  private static let blocks: Set = [
    "section", "p", "li", "tr", "table", "h1", "h2", "h3", "h4", "ul", "ol", "details", "svg", "div", "nav", "head",
  ]

  /// Text without anything that HTML takes for markup, or that hides or reverses what follows: control characters
  /// become visible signs, as at a terminal.
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default:
        if character.isASCII, let value = character.asciiValue, value >= 0x20, value < 0x7F {
          escaped.append(character)
        } else {
          escaped += DisplayWidth.cell(character).text
        }
      }
    }
    return escaped
  }
}
