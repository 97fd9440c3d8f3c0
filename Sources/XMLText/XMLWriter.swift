/// A writer of XML in UTF-8, an element a line.
///
/// ```swift
/// var writer = XMLWriter()
/// writer.element("a", [("b", "1")]) { $0.element("c", text: "x < y") }
/// ```
public struct XMLWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  private var depth = 0

  /// Creates a writer, which begins with the XML declaration.
  public init() {}

  /// Writes an element with others in it.
  public mutating func element(
    _ name: String, _ attributes: [(name: String, value: String)] = [], _ body: (inout XMLWriter) -> Void
  ) {
    open(name, attributes)
    bytes += Array(">\n".utf8)
    depth += 1
    body(&self)
    depth -= 1
    indent()
    bytes += Array("</\(name)>\n".utf8)
  }

  /// Writes an element with a text, or an empty one.
  public mutating func element(
    _ name: String, _ attributes: [(name: String, value: String)] = [], text: String? = nil
  ) {
    open(name, attributes)
    if let text {
      bytes.append(UInt8(ascii: ">"))
      write(text, isAttribute: false)
      bytes += Array("</\(name)>\n".utf8)
    } else {
      bytes += Array("/>\n".utf8)
    }
  }

  private mutating func open(_ name: String, _ attributes: [(name: String, value: String)]) {
    indent()
    bytes += Array("<\(name)".utf8)
    for (name, value) in attributes {
      bytes += Array(" \(name)=\"".utf8)
      write(value, isAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private mutating func indent() { bytes += [UInt8](repeating: 32, count: 2 * depth) }

  /// Writes a text; what XML has no character for is written as U+FFFD.
  private mutating func write(_ text: String, isAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += Array("&amp;".utf8)
      case "<": bytes += Array("&lt;".utf8)
      case ">": bytes += Array("&gt;".utf8)
      case "\"" where isAttribute: bytes += Array("&quot;".utf8)
      case "\r": bytes += Array("&#13;".utf8)
      case "\n" where isAttribute: bytes += Array("&#10;".utf8)
      case "\t" where isAttribute: bytes += Array("&#9;".utf8)
      case _ where scalar.value < 32 && scalar != "\n" && scalar != "\t", "\u{FFFE}", "\u{FFFF}":
        bytes += Array("\u{FFFD}".utf8)
      default: bytes += Array(String(scalar).utf8)
      }
    }
  }
}
