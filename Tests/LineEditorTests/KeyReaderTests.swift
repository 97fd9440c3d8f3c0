import Testing

@testable import LineEditor

@Suite struct KeyReaderTests {
  static func decoded(_ bytes: [UInt8]) -> [UInt32] {
    var (value, missing): (UInt32, Int) = (0, 0)
    return bytes.compactMap { KeyReader.decode($0, &value, &missing) }
  }

  @Test func `keys of any script arrive whole`() {
    let text = "aé“你👍🏽"
    #expect(Self.decoded(Array(text.utf8)) == text.unicodeScalars.map(\.value))
  }

  @Test func `bytes that are no text are dropped, and what follows is kept`() {
    #expect(Self.decoded([0xFF, 0x61]) == [0x61])
    #expect(Self.decoded([0xE4, 0x61]) == [0x61])
    #expect(Self.decoded([0xED, 0xA0, 0x80, 0x62]) == [0x62])
    #expect(Self.decoded([0x80, 0xC3, 0xA9]) == [0xE9])
  }

  @Test func `what is longer than it need be, or beyond Unicode, is no key`() {
    #expect(Self.decoded([0xC0, 0xAF, 0x61]) == [0x61])
    #expect(Self.decoded([0xF4, 0x90, 0x80, 0x80, 0x61]) == [0x61])
    #expect(Self.decoded([0xF5, 0x80, 0x80, 0x80, 0x61]) == [0x61])
    #expect(Self.decoded([0xF4, 0x8F, 0xBF, 0xBF]) == [0x10FFFF])
  }

  @Test func `the arrow's escape comes as its signs`() {
    #expect(Self.decoded([0x1B, 0x5B, 0x41]) == [0x1B, 0x5B, 0x41])
  }
}
