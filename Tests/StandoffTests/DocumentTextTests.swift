import Testing

@testable import Standoff

/// A generator with a seed, so that what fails can be made again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

@Suite struct DocumentTextTests {
  static let alphabet = [
    "a", "Z", " ", "\r\n", "\n", "é", "e\u{301}", "“", "”", "你", "。", "ع", "я", "👍🏽", "👨‍👩‍👧", "\u{A0}", "\0", "𝒜",
  ]

  static func text(_ seed: Int, pieces: Int) -> String {
    var random = Seeded(seed)
    return (0..<pieces).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
  }

  @Test func `offsets in every unit are those of Swift's own views`() {
    for seed in 0..<40 {
      let string = Self.text(seed, pieces: seed * 23)
      let text = DocumentText(string)
      #expect(text.count == string.unicodeScalars.count)
      #expect(text.utf16Count == string.utf16.count)
      var index = string.unicodeScalars.startIndex
      for offset in 0...text.count {
        let byte = string.utf8.distance(from: string.utf8.startIndex, to: index)
        let unit = string.utf16.distance(from: string.utf16.startIndex, to: index)
        #expect(text.utf8Offset(ofCodePoint: offset) == byte)
        #expect(text.codePoint(ofUTF8: byte) == offset)
        #expect(text.utf16Offset(ofCodePoint: offset) == unit)
        #expect(text.codePoint(ofUTF16: unit) == offset)
        #expect(text.index(ofCodePoint: offset, in: string) == index)
        #expect(text.codePoint(of: index, in: string) == offset)
        if index < string.endIndex { string.unicodeScalars.formIndex(after: &index) }
      }
    }
  }

  @Test func `a range stands for the same words as in Python`() {
    let text = DocumentText("Ruiz denied she “took 🎁 gifts”, the Post said.\n")
    #expect(text[TextRange(12, 30)] == "she “took 🎁 gifts”")
    #expect(text.utf16Offset(ofCodePoint: 30) == 31)
    #expect(text.utf8Offset(ofCodePoint: 30) == 37)
  }

  @Test func `inside a surrogate pair there is no code point`() {
    let text = DocumentText("a👍b")
    #expect(text.codePoint(ofUTF16: 2) == nil)
    #expect(text.codePoint(ofUTF16: 3) == 2)
    #expect(text.codePoint(ofUTF16: 5) == nil)
  }

  @Test func `bytes that are no UTF-8 are refused with their place`() {
    #expect(throws: DocumentText.NotUTF8(byteOffset: 3)) { try DocumentText(utf8: [97, 98, 99, 0xFF, 97]) }
    #expect(throws: DocumentText.NotUTF8.self) { try DocumentText(utf8: [0xED, 0xA0, 0x80]) }
    #expect(throws: DocumentText.NotUTF8.self) { try DocumentText(utf8: [0xC0, 0x80]) }
  }

  @Test func `a range on one line has one space for any white space`() {
    let pieces = ["", " ", "  ", "\n", "\r\n", "\t", "\u{A0}", "word", "“é”", " \u{301}", "\u{7F}"]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let text = DocumentText(first + second + "a" + third)
          let expected = text.string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          #expect(text.onOneLine(text.range) == expected)
        }
      }
    }
  }

  @Test func `scalars told without tables have the kind of their category`() {
    for value in Array(UInt32(0x80)...0x24F) + Array(0x2000...0x206F) {
      guard let scalar = Unicode.Scalar(value), scalar.wordKind != .joiner, ![0x200C, 0x200D].contains(value) else {
        continue
      }
      let category = scalar.properties.generalCategory
      let isLetter: Bool
      switch category {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber:
        isLetter = true
      default: isLetter = false
      }
      #expect(isLetter == (scalar.wordKind == .letter), "\(value)")
    }
  }

  @Test func `zones are found as by looking at each`() {
    let zones = [(2, 5), (5, 6), (9, 14), (14, 15), (19, 20)].enumerated().map { index, ends in
      Zone([.boilerplate, .repeat, .headline][index % 3], TextRange(ends.0, ends.1))
    }
    let document = Document(
      id: "d", text: DocumentText("She denied it all day."), sha256: "", title: "t", zones: zones)
    let ranges = zones.map(\.range)
    for start in 0...21 {
      for end in start...21 {
        let range = TextRange(start, end)
        #expect(range.lies(in: ranges) == ranges.contains { $0.contains(range) })
        let around = zones.contains { $0.range.contains(range) }
        #expect((document.zoneKind(around: range) != nil) == around)
        guard start < end else { continue }
        #expect(document.zoneKind(of: range) == zones.first { $0.range.overlaps(range) }?.kind ?? .body)
      }
    }
  }
}
