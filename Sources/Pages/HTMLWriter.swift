/// Text that becomes a page for browsers: what is written as text can be nothing else.
package struct HTMLWriter {
  package private(set) var page = ""

  package init() {}

  /// Writes text.
  package mutating func text(_ text: String) { page += Self.escaped(text) }

  /// Writes an element with what is in it.
  ///
  /// - Parameters:
  ///   - name: of the project's own, like the attributes' names.
  ///   - attributes: in order; a value of nil is left out with its name.
  package mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ body: (inout HTMLWriter) -> Void
  ) {
    open(name, attributes)
    body(&self)
    page += "</\(name)>"
    if Self.blocks.contains(name) { page += "\n" }
  }

  /// Writes an element with nothing but text in it.
  package mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// Writes an element that has no end, such as `meta`.
  package mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    page += "<\(name)"
    for (name, value) in attributes {
      guard let value else { continue }
      page += value.isEmpty ? " \(name)" : " \(name)=\"\(Self.escaped(value))\""
    }
    page += ">"
  }

  /// Writes what is HTML already: styles and scripts of the project's own, and the parts of a page.
  package mutating func raw(_ text: String) { page += text }

  private static let blocks: Set = [
    "section", "p", "li", "tr", "table", "h1", "h2", "h3", "h4", "ul", "ol", "details", "svg", "div", "nav", "head",
  ]

  /// Text in which nothing is a tag, an entity or the end of an attribute, and nothing changes the direction of what
  /// follows or hides: controls are visible signs, as they are at a terminal.
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
