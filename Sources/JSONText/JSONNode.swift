/// A JSON value read whole, with its place: for texts whose keys are other programs' and not all known.
public struct JSONNode: Sendable {
  public let place: JSONReader.Place
  public let value: Value

  public enum Value: Sendable {
    case object([(key: String, node: JSONNode)])
    case array([JSONNode])
    case string(String)
    case number(Double)
    case boolean(Bool)
    case null
  }

  /// The member of an object; nil where it has none, or where this is no object.
  public subscript(key: String) -> JSONNode? { members.first { $0.key == key }?.node }

  /// The members of an object, in the order of the text; none of any other value.
  public var members: [(key: String, node: JSONNode)] { if case .object(let members) = value { members } else { [] } }
  /// The elements of an array; nil of any other value.
  public var elements: [JSONNode]? { if case .array(let elements) = value { elements } else { nil } }
  public var string: String? { if case .string(let text) = value { text } else { nil } }
  /// A number without a fraction that fits 53 bits.
  public var integer: Int? { if case .number(let number) = value { Int(exactly: number) } else { nil } }
  public var isObject: Bool { if case .object = value { true } else { false } }
  public var isNull: Bool { if case .null = value { true } else { false } }

  /// A string, number or truth value as text; nil of any other value.
  public var text: String? {
    switch value {
    case .string(let text): text
    case .number(let number): Int(exactly: number)?.description ?? number.description
    case .boolean(let value): value ? "true" : "false"
    case .object, .array, .null: nil
    }
  }
}

extension JSONReader {
  /// Reads one value of any kind.
  ///
  /// - Parameter most: how many values it may hold, itself included.
  /// - Throws: also where it holds more.
  public mutating func readNode(atMost most: Int) throws(JSONFault) -> JSONNode {
    var left = most
    return try node(&left)
  }

  private mutating func node(_ left: inout Int) throws(JSONFault) -> JSONNode {
    let start = place()
    left -= 1
    if left < 0 { throw fault(at: start, expected: "fewer values in one piece", found: "one more") }
    var count = left
    let value: JSONNode.Value
    switch try peek() {
    case .object:
      var members: [(key: String, node: JSONNode)] = []
      try readObject { (key, reader) throws(JSONFault) in members.append((key, try reader.node(&count))) }
      value = .object(members)
    case .array:
      var elements: [JSONNode] = []
      try readArray { (reader) throws(JSONFault) in elements.append(try reader.node(&count)) }
      value = .array(elements)
    case .string: value = .string(try readString())
    case .number: value = .number(try readNumber())
    case .boolean: value = .boolean(try readBoolean())
    case .null:
      try skipValue()
      value = .null
    }
    left = count
    return JSONNode(place: start, value: value)
  }

  // MARK: members that must be there

  public func member(_ key: String, of node: JSONNode) throws(JSONFault) -> JSONNode {
    guard node.isObject else { throw fault(at: node.place, expected: "an object", found: "another value") }
    guard let member = node[key] else {
      throw fault(at: node.place, expected: "the key “\(key)” in this object", found: "none")
    }
    return member
  }

  public func string(_ key: String, of node: JSONNode) throws(JSONFault) -> String {
    let member = try member(key, of: node)
    guard let string = member.string else {
      throw fault(at: member.place, expected: "a string", found: "another value")
    }
    return string
  }

  /// A string or a number, as ids are.
  public func text(_ key: String, of node: JSONNode) throws(JSONFault) -> String {
    let member = try member(key, of: node)
    guard let text = member.text else {
      throw fault(at: member.place, expected: "a string or a number", found: "another value")
    }
    return text
  }

  public func integer(_ key: String, of node: JSONNode) throws(JSONFault) -> Int {
    let member = try member(key, of: node)
    guard let integer = member.integer else {
      throw fault(at: member.place, expected: "a whole number", found: member.text ?? "another value")
    }
    return integer
  }

  /// The elements of an array; none where the key is missing or null.
  public func elements(_ key: String, of node: JSONNode) throws(JSONFault) -> [JSONNode] {
    guard let member = node[key], !member.isNull else { return [] }
    guard let elements = member.elements else {
      throw fault(at: member.place, expected: "an array", found: "another value")
    }
    return elements
  }
}
