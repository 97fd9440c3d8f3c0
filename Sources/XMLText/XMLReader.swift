/// A strict reader of XML 1.0 in UTF-8, one event after another.
///
/// ```swift
/// var reader = XMLReader(Array("<a b='1'>x</a>".utf8))
/// while let event = try reader.next() { print(event) }
/// ```
///
/// A document type declaration is refused, so that no entity can be defined and nothing outside is asked for; of
/// entities only the five of XML and character references are known. Elements nest at most ``greatestDepth`` deep.
/// Names are kept with their prefixes; see ``namespace(of:)``.
///
/// Source: *Extensible Markup Language (XML) 1.0*, fifth edition, W3C Recommendation (2008).
public struct XMLReader: Sendable {
  /// What stands next.
  public enum Event: Equatable, Sendable {
    case start(Element)
    /// Text between tags, its references resolved; never empty.
    case text(String)
    case end(String)
  }

  /// A start tag.
  public struct Element: Equatable, Sendable {
    /// The name, with its prefix.
    public let name: String
    /// The attributes in the order of the text, with their prefixes.
    public let attributes: [(name: String, value: String)]
    /// The number of bytes before it.
    public let byte: Int

    public static func == (a: Element, b: Element) -> Bool {
      a.name == b.name && a.attributes.elementsEqual(b.attributes, by: ==)
    }

    /// The value of an attribute; nil if there is none.
    public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  /// How deep elements may nest.
  public static let greatestDepth = 256

  private let bytes: [UInt8]
  private var at = 0
  private var open: [String] = []
  /// The end tag of an empty element that was read.
  private var pending: String?
  private var isDone = false
  /// The namespaces declared by each open element.
  private var namespaces: [[String: String]] = []

  /// Creates a reader of a text.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of bytes read.
  public var byte: Int { at }

  /// The namespace that a prefixed name belongs to here; nil if none is declared.
  public func namespace(of name: String) -> String? {
    let prefix = name.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(name[..<$0]) } ?? ""
    return namespaces.lazy.reversed().compactMap { $0[prefix] }.first
  }

  /// Reads the next event; nil at the end of the document.
  ///
  /// - Throws: ``XMLFault`` where the text is not well-formed, or has a document type.
  public mutating func next() throws(XMLFault) -> Event? {
    if let name = pending {
      pending = nil
      return close(name)
    }
    if at == 0 { try begin() }
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        if let text = try text() { return .text(text) }
        continue
      }
      switch at + 1 < bytes.count ? bytes[at + 1] : 0 {
      case UInt8(ascii: "?"): try skip(to: "?>", "the end of a processing instruction")
      case UInt8(ascii: "!"):
        if starts(with: "<!--") {
          try skip(to: "-->", "the end of a comment")
        } else if starts(with: "<![CDATA[") {
          return .text(try section())
        } else {
          throw fault("no document type (leave out “<!DOCTYPE …>”)", "“<!”")
        }
      case UInt8(ascii: "/"): return try end()
      default: return try start()
      }
    }
    guard open.isEmpty else { throw fault("</\(open[open.count - 1])>", nil) }
    guard isDone else { throw fault("an element", nil) }
    return nil
  }

  // MARK: parts

  private mutating func begin() throws(XMLFault) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    guard starts(with: "<?xml") else { return }
    let start = at
    try skip(to: "?>", "the end of the XML declaration")
    let declaration = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    guard let place = declaration.firstRange(of: "encoding") else { return }
    let rest = declaration[place.upperBound...]
    let name = rest.split { "=\"' ?>".contains($0) }.first.map(String.init) ?? ""
    guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(name) else {
      at = start
      throw fault("UTF-8", "the encoding “\(name)”")
    }
  }

  private mutating func start() throws(XMLFault) -> Event {
    let byte = at
    guard !(open.isEmpty && isDone) else { throw fault("one element around everything", "a second one") }
    guard open.count < Self.greatestDepth else {
      throw fault("elements that nest at most \(Self.greatestDepth) deep", "a deeper one")
    }
    at += 1
    let name = try name()
    var attributes: [(name: String, value: String)] = []
    var names: Set<String> = []
    var declared: [String: String] = [:]
    while true {
      let hadSpace = skipSpace()
      guard at < bytes.count else { throw fault("“>”", nil) }
      if bytes[at] == UInt8(ascii: ">") {
        at += 1
        break
      }
      if bytes[at] == UInt8(ascii: "/") {
        at += 1
        try take(">")
        pending = name
        break
      }
      guard hadSpace else { throw fault("white space before an attribute", here) }
      let place = at
      let attribute = try self.name()
      guard names.insert(attribute).inserted else {
        at = place
        throw fault("each attribute once", "“\(attribute)” again")
      }
      _ = skipSpace()
      try take("=")
      _ = skipSpace()
      let value = try quoted()
      attributes.append((attribute, value))
      if attribute == "xmlns" { declared[""] = value }
      if attribute.hasPrefix("xmlns:") { declared[String(attribute.dropFirst(6))] = value }
    }
    open.append(name)
    namespaces.append(declared)
    isDone = true
    return .start(Element(name: name, attributes: attributes, byte: byte))
  }

  private mutating func end() throws(XMLFault) -> Event {
    let place = at
    at += 2
    let name = try name()
    guard open.last == name else {
      at = place
      throw fault(open.last.map { "</\($0)>" } ?? "a start tag", "</\(name)>")
    }
    _ = skipSpace()
    try take(">")
    return close(name)
  }

  private mutating func close(_ name: String) -> Event {
    open.removeLast()
    namespaces.removeLast()
    return .end(name)
  }

  /// Text up to the next tag; nil for white space outside the root.
  private mutating func text() throws(XMLFault) -> String? {
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
    if open.isEmpty {
      if let other = bytes[start..<at].firstIndex(where: { !Self.isSpace($0) }) {
        at = other
        throw fault("an element around all text", here)
      }
      return nil
    }
    return try resolved(start..<at, isAttribute: false)
  }

  private mutating func section() throws(XMLFault) -> String {
    guard !open.isEmpty else { throw fault("an element around all text", "a CDATA section") }
    at += 9
    let start = at
    try skip(to: "]]>", "the end of a CDATA section")
    return try decoded(start..<at - 3, at: start)
  }

  private mutating func quoted() throws(XMLFault) -> String {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
      throw fault("a quoted value", here)
    }
    let quote = bytes[at]
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != quote, bytes[at] != UInt8(ascii: "<") { at += 1 }
    guard at < bytes.count, bytes[at] == quote else { throw fault("the end of the value", here) }
    at += 1
    return try resolved(start..<at - 1, isAttribute: true)
  }

  // MARK: characters

  /// The text of a range: references resolved, line ends as line feeds, white space of an attribute as blanks.
  private func resolved(_ range: Range<Int>, isAttribute: Bool) throws(XMLFault) -> String {
    let part = bytes[range]
    let isPlain = !part.contains { $0 == UInt8(ascii: "&") || $0 == 13 || isAttribute && ($0 == 9 || $0 == 10) }
    if isPlain { return try decoded(range, at: range.lowerBound) }
    var result: [UInt8] = []
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "&"):
        let most = min(range.upperBound, place + 12)
        guard let end = bytes[place..<most].firstIndex(of: UInt8(ascii: ";")) else {
          throw XMLFault(byte: place, expected: "a reference such as &amp;", found: "“&”")
        }
        let name = String(decoding: bytes[place + 1..<end], as: UTF8.self)
        guard let scalar = Self.scalar(name) else {
          throw XMLFault(byte: place, expected: "one of XML’s own references, such as &amp;", found: "“&\(name);”")
        }
        result += Array(String(scalar).utf8)
        place = end + 1
        continue
      case 13:
        result.append(isAttribute ? 32 : 10)
        if place + 1 < range.upperBound, bytes[place + 1] == 10 { place += 1 }
      case 9, 10: result.append(isAttribute ? 32 : byte)
      default: result.append(byte)
      }
      place += 1
    }
    guard let text = String(validating: result, as: UTF8.self) else {
      throw XMLFault(byte: range.lowerBound, expected: "UTF-8 text", found: "other bytes")
    }
    return try checked(text, at: range.lowerBound)
  }

  private func decoded(_ range: Range<Int>, at place: Int) throws(XMLFault) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw XMLFault(byte: place, expected: "UTF-8 text", found: "other bytes")
    }
    return try checked(text, at: place)
  }

  private func checked(_ text: String, at place: Int) throws(XMLFault) -> String {
    let isOfXML = text.utf8.allSatisfy { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    guard isOfXML else { throw XMLFault(byte: place, expected: "characters of XML", found: "a control character") }
    return text
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    let number: UInt32? =
      if name.hasPrefix("#x") { UInt32(name.dropFirst(2), radix: 16) } else if name.hasPrefix("#") {
        UInt32(name.dropFirst())
      } else { nil }
    guard let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
    return scalar.value >= 32 || [9, 10, 13].contains(scalar.value) ? scalar : nil
  }

  private mutating func name() throws(XMLFault) -> String {
    let start = at
    while at < bytes.count, Self.isName(bytes[at], isFirst: at == start) { at += 1 }
    guard at > start else { throw fault("a name", here) }
    return try decoded(start..<at, at: start)
  }

  private static func isName(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: ":"), 0x80...:
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
    default: false
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

  private mutating func skipSpace() -> Bool {
    let start = at
    while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
    return at > start
  }

  private mutating func take(_ text: StaticString) throws(XMLFault) {
    guard starts(with: text) else { throw fault("“\(text)”", here) }
    at += text.utf8CodeUnitCount
  }

  private func starts(with text: StaticString) -> Bool { bytes[at...].starts(with: text.description.utf8) }

  private mutating func skip(to end: StaticString, _ expected: String) throws(XMLFault) {
    let wanted = Array(end.description.utf8)
    var place = at + 2
    while place + wanted.count <= bytes.count {
      if bytes[place..<place + wanted.count].elementsEqual(wanted) {
        at = place + wanted.count
        return
      }
      place += 1
    }
    at = bytes.count
    throw fault(expected, nil)
  }

  private var here: String? {
    at < bytes.count ? "“\(String(decoding: bytes[at..<min(bytes.count, at + 12)], as: UTF8.self))”" : nil
  }

  private func fault(_ expected: String, _ found: String?) -> XMLFault {
    XMLFault(byte: at, expected: expected, found: found)
  }
}
