/// An element read whole, with what is in it.
public struct XMLNode: Sendable {
  /// The name, with its prefix.
  public let name: String
  /// The attributes in the order of the text.
  public let attributes: [(name: String, value: String)]
  /// The elements in it.
  public private(set) var children: [XMLNode] = []
  /// The text in it, without that of its elements.
  public private(set) var text = ""
  /// The number of bytes before it.
  public let byte: Int

  /// The value of an attribute; nil if there is none.
  public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// The elements of that name in it.
  public func all(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

  /// The first element of that name in it.
  public func first(_ name: String) -> XMLNode? { children.first { $0.name == name } }

  /// Reads a whole text.
  public static func read(_ bytes: [UInt8]) throws(XMLFault) -> XMLNode {
    var reader = XMLReader(bytes)
    var open: [XMLNode] = []
    var root: XMLNode?
    while let event = try reader.next() {
      switch event {
      case .start(let element):
        open.append(XMLNode(name: element.name, attributes: element.attributes, byte: element.byte))
      case .text(let text): open[open.count - 1].text += text
      case .end:
        let node = open.removeLast()
        if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
      }
    }
    guard let root else { throw XMLFault(byte: 0, expected: "an element", found: nil) }
    return root
  }
}
