import Foundation
import JSONText
import Testing

@Suite struct JSONTests {
  /// A value of JSON as this reader sees it.
  indirect enum Value: Equatable {
    case object([String: Value])
    case array([Value])
    case string(String)
    case number(Double)
    case boolean(Bool)
    case null
  }

  static func read(_ bytes: [UInt8]) throws(JSONFault) -> Value {
    var reader = JSONReader(bytes)
    let value = try read(&reader)
    try reader.finish()
    return value
  }

  static func read(_ reader: inout JSONReader) throws(JSONFault) -> Value {
    switch try reader.peek() {
    case .object:
      var object: [String: Value] = [:]
      try reader.readObject { (key, reader) throws(JSONFault) in object[key] = try read(&reader) }
      return .object(object)
    case .array:
      var array: [Value] = []
      try reader.readArray { (reader) throws(JSONFault) in array.append(try read(&reader)) }
      return .array(array)
    case .string: return .string(try reader.readString())
    case .number: return .number(try reader.readNumber())
    case .boolean: return .boolean(try reader.readBoolean())
    case .null: return reader.readNull() ? .null : .string("")
    }
  }

  /// The same value as Foundation sees it.
  static func foundation(_ bytes: [UInt8]) -> Value? {
    func value(_ any: Any) -> Value {
      switch any {
      case let object as [String: Any]: return .object(object.mapValues(value))
      case let array as [Any]: return .array(array.map(value))
      case let string as String: return .string(string)
      case is NSNull: return .null
      case let number as NSNumber:
        return "\(type(of: number))".contains("Boolean") || number === kCFBooleanTrueLike
          || number === kCFBooleanFalseLike
          ? .boolean(number.boolValue) : .number(number.doubleValue)
      default: return .null
      }
    }
    return (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)).map(value)
  }

  private static let kCFBooleanTrueLike = NSNumber(value: true)
  private static let kCFBooleanFalseLike = NSNumber(value: false)

  static let samples = [
    #"{"a": [1, -2.5, 1e3, 0, -0.0, 12345678901], "b": {"c": null, "d": "x\n\u00e9\ud83d\ude00\"\\/"}, "é": "“ü”"}"#,
    #"[[], {}, [[["deep"]]], "", " ", "\u0000\u001f"]"#, #""only a string""#, "  3.25e-2 ", "null",
  ]

  @Test(arguments: samples) func `sound texts are read as Foundation reads them`(text: String) throws {
    #expect(try Self.read(Array(text.utf8)) == Self.foundation(Array(text.utf8)))
  }

  @Test func `whatever is accepted is what Foundation sees, over thousands of damaged texts`() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var (accepted, refused) = (0, 0)
    for round in 0..<20_000 {
      var bytes = Array(Self.samples[round % 3].utf8)
      for _ in 0...next(3) {
        let place = next(bytes.count)
        switch next(3) {
        case 0: bytes[place] = UInt8(next(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(Array("{}[],:\"\\u0e-. 1tfn".utf8)[next(18)], at: place)
        }
        if bytes.isEmpty { bytes = [0x31] }
      }
      do throws(JSONFault) {
        let value = try Self.read(bytes)
        accepted += 1
        // Foundation takes any of duplicate keys; this reader takes none. All that it takes, Foundation takes alike.
        #expect(Self.foundation(bytes) == value, "\(String(decoding: bytes, as: UTF8.self))")
      } catch {
        refused += 1
        #expect(error.line >= 1 && error.column >= 1 && !error.expected.isEmpty)
      }
    }
    #expect(accepted > 500 && refused > 5000)
  }

  @Test func `faults name line and column in characters`() {
    #expect(throws: JSONFault(line: 2, column: 8, expected: "a value", found: "“]}”")) {
      try Self.read(Array("{\n \"éé\": ]}".utf8))
    }
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", "+1", "\"\\x\"", "\"\\ud800\"", "\"\\udc00x\"",
    "\"a\nb\"", "nul", "[1] 2", "{a:1}", "\"abc", "-", "1e", "\"\\u12\"", "[\"\\",
  ]) func `what is no JSON is refused`(text: String) {
    #expect(throws: JSONFault.self) { try Self.read(Array(text.utf8)) }
  }

  @Test func `ill-formed UTF-8 in a string is refused`() {
    #expect(throws: JSONFault.self) { try Self.read([0x22, 0xFF, 0x22]) }
  }

  @Test func `deep nesting is refused and does not crash`() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: JSONFault.self) { try Self.read(deep) }
    var reader = JSONReader(deep)
    #expect(throws: JSONFault.self) { try reader.skipValue() }
  }

  @Test func `what is written is read back, byte for byte the same each time`() throws {
    func written() -> [UInt8] {
      var writer = JSONWriter()
      writer.object(.block) { writer in
        writer.key("empty")
        writer.array(.block) { _ in }
        writer.key("list")
        writer.array(.block) { writer in
          writer.object { writer in
            writer.key("n")
            writer.number(0.1)
            writer.key("o")
            writer.number(3)
          }
          writer.strings(["a\"b\\c\n\t\u{1}\u{7F}é😀", ""])
        }
        writer.key("none")
        writer.null()
      }
      writer.newline()
      return writer.bytes
    }
    #expect(written() == written())
    let text =
      "{\n  \"empty\": [],\n  \"list\": [\n    {\"n\": 0.1, \"o\": 3.0},\n    [\"a\\\"b\\\\c\\n\\t\\u0001\\u007fé😀\", \"\"]\n  ],\n  \"none\": null\n}\n"
    #expect(String(decoding: written(), as: UTF8.self) == text)
    #expect(try Self.read(written()) == Self.foundation(written()))
  }

  @Test func `what a terminal obeys or hides is escaped, unless the bytes must stay`() {
    let hidden =
      ["\u{7F}", "\u{80}", "\u{9B}", "\u{9F}", "\u{61C}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202E}"]
      + ["\u{2066}", "\u{2069}", "\u{E0001}", "\u{E0041}", "\u{E007F}"]
    let plain = "~\u{A0}é“”…\u{2010}\u{2029}\u{2030}\u{2065}\u{206A}😀\u{E0080}\u{E0100}أ\u{61B}"
    var writer = JSONWriter()
    writer.strings(hidden + [plain])
    let text = writer.text
    for scalar in hidden.joined().unicodeScalars { #expect(!text.unicodeScalars.contains(scalar), "\(scalar.value)") }
    #expect(text.contains(plain))
    #expect(text.contains("\\u007f") && text.contains("\\u009b") && text.contains("\\udb40\\udc41"))
    #expect(try! JSONDecoder().decode([String].self, from: Data(text.utf8)) == hidden + [plain])
    var keeping = JSONWriter(keepsControls: true)
    keeping.strings(hidden)
    #expect(hidden.allSatisfy(keeping.text.contains))
  }
}
